/// Something that an author or a clerk can put right: what, where, and how.
///
/// Diagnostics are collected and reported together; they never carry a value from a clerk's data.
package struct Diagnostic: Hashable, Sendable {
  package let code: DiagnosticCode
  package private(set) var severity: Severity
  package private(set) var location: SourceLocation
  /// Its Japanese sentence begins with the subject's name, if there is one.
  package var message: Message
  package let subject: Subject?
  /// What to do about it, in words for the command line and the page alike.
  package var hint: Message?
  /// What to do about it where the two have each a way of their own; instead of a hint.
  package let advice: Advice?
  /// Where the place lies in the papers' own terms: 第６条第２項.
  package var context: String?
  /// The path of the data field that it is about: `vendor.workers.name`.
  package var field: String?

  package enum Severity: String, CaseIterable, Sendable {
    case error, warning
  }

  /// The field that a message begins with.
  package struct Subject: Hashable, Sendable {
    /// As in 「再委託先」２件目の「名称」.
    package let name: String
    /// As in `vendor.subcontractors[2].name`, for the command line.
    package let path: String

    package init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }

  /// `ja` is what follows the subject's name.
  package init(
    _ code: DiagnosticCode,
    _ severity: Severity = .error,
    at location: SourceLocation,
    of subject: Subject? = nil,
    ja: String,
    en: String,
    hint: Message? = nil,
    advice: Advice? = nil,
    context: String? = nil,
    field: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.location = location
    self.subject = subject
    self.message = Message(ja: ((subject?.name ?? "") + ja).shortened, en: en.shortened)
    self.hint = hint.map { Message(ja: $0.ja.shortened, en: $0.en.shortened) }
    self.advice = advice
    self.context = context
    self.field = field
  }

  /// The same, said of another place.
  package func moved(to location: SourceLocation) -> Diagnostic {
    var moved = self
    moved.location = location
    return moved
  }
}

extension Diagnostic {
  /// The message as the command line says it, with the subject's path behind its name.
  package var messageWithPath: Message {
    guard let subject, message.ja.hasPrefix(subject.name) else { return message }
    let predicate = message.ja.dropFirst(subject.name.count)
    return Message(ja: "\(subject.name)（\(subject.path)）\(predicate)", en: message.en)
  }

  /// What to do about it, as the command line says it.
  package var remedyOnCommandLine: Message? { hint ?? advice?.onCommandLine }

  package func asError() -> Diagnostic {
    var error = self
    error.severity = .error
    return error
  }
}

/// One sentence in the two languages that the tool speaks.
package struct Message: Hashable, Sendable {
  package let ja: String
  package let en: String

  package init(ja: String, en: String) {
    self.ja = ja
    self.en = en
  }

  package subscript(language: Language) -> String {
    switch language {
    case .ja: ja
    case .en: en
    }
  }
}

extension String {
  /// Cut where a name of an author's making would fill the screen.
  fileprivate var shortened: String {
    let longest = 600
    guard utf8.count > longest else { return self }
    return String(unicodeScalars.prefix(longest / 3)) + "…"
  }
}

/// The language of messages; papers are always Japanese.
package enum Language: String, CaseIterable, Sendable {
  case ja, en
}

extension [Diagnostic] {
  package var hasErrors: Bool { contains { $0.severity == .error } }

  /// What may follow from other mistakes last; else by file and place, then by code, so that a report never depends on the
  /// order of the checks; each said once, and a name that is not known once for all of its places.
  package func inReportOrder() -> [Diagnostic] {
    var seen = Set<Diagnostic>()
    var named: [Unknown: Int] = [:]
    var ordered: [Diagnostic] = []
    var more: [Int: Int] = [:]
    let sorted = sorted {
      if $0.code.mayFollow != $1.code.mayFollow { return $1.code.mayFollow }
      return $0.location != $1.location
        ? $0.location < $1.location : $0.code.rawValue < $1.code.rawValue
    }
    for diagnostic in sorted where seen.insert(diagnostic).inserted {
      if diagnostic.code.mayFollow {
        let unknown = Unknown(code: diagnostic.code, message: diagnostic.message)
        if let first = named[unknown] {
          more[first, default: 0] += 1
          continue
        }
        named[unknown] = ordered.count
      }
      ordered.append(diagnostic)
    }
    for (index, count) in more { ordered[index].message = ordered[index].message.more(count) }
    return ordered
  }

  private struct Unknown: Hashable {
    let code: DiagnosticCode
    let message: Message
  }
}

extension Message {
  /// With how many other places it is said of.
  fileprivate func more(_ count: Int) -> Message {
    Message(
      ja: ja + "（ほかに\(count)か所）",
      en: en + " (\(count) more \(count == 1 ? "place" : "places"))"
    )
  }
}
