/// Writes diagnostics for people at a terminal, and for programs.
package struct DiagnosticFormatter: Sendable {
  private let language: Language
  private let isColored: Bool
  private let texts: [String: SourceText]

  /// Writes in one language, and quotes lines of `texts` only.
  ///
  /// Templates are texts that may be quoted. A data file never is one: a line of it would show a
  /// person's data.
  package init(language: Language, isColored: Bool = false, quoting texts: [SourceText] = []) {
    self.language = language
    self.isColored = isColored
    self.texts = Dictionary(texts.map { ($0.file, $0) }) { first, _ in first }
  }

  /// `file:line:column: エラー[code]: sentence`, the line with a caret, and the hint; ended by a line feed.
  package func text(_ diagnostic: Diagnostic) -> String {
    let place = styled(diagnostic.location.description.printable, .bold)
    let kind = styled(
      "\(word(diagnostic.severity))[\(diagnostic.code.rawValue)]",
      style(diagnostic.severity)
    )
    let context = diagnostic.context.map { language == .ja ? "（\($0)）" : "(\($0)) " } ?? ""
    var lines = ["\(place): \(kind): \((context + diagnostic.messageWithPath[language]).printable)"]
    lines += excerpt(at: diagnostic.location)
    if let remedy = diagnostic.remedyOnCommandLine {
      let label = styled(language == .ja ? "ヒント" : "hint", .cyan)
      lines.append("  \(label): \(remedy[language].printable)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  package func text(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map(text).joined()
  }

  /// エラー 2件、警告 1件; empty without diagnostics.
  package func summary(_ diagnostics: [Diagnostic]) -> String {
    let parts = Diagnostic.Severity.allCases.compactMap { severity -> String? in
      let count = diagnostics.count { $0.severity == severity }
      guard count > 0 else { return nil }
      return switch language {
      case .ja: "\(word(severity)) \(count)件"
      case .en: "\(count) \(word(severity))\(count == 1 ? "" : "s")"
      }
    }
    return parts.joined(separator: language == .ja ? "、" : ", ")
  }

  // MARK: The line

  private static let longestExcerpt = 120

  /// The line with its number, and below it a caret; nothing where the text is not to be quoted.
  package func excerpt(at location: SourceLocation) -> [String] {
    guard location.line > 0, let line = texts[location.file]?.line(location.line) else { return [] }
    let number = String(location.line)
    let margin = String(repeating: " ", count: number.utf8.count)
    let scalars = Array(line.printable.unicodeScalars)
    let caret = min(max(location.column - 1, 0), scalars.count)
    // Of a long line, what stands around the place.
    let start = scalars.count > Self.longestExcerpt ? max(0, caret - Self.longestExcerpt / 2) : 0
    let end = min(scalars.count, start + Self.longestExcerpt)
    var shown = String.UnicodeScalarView(scalars[start..<end])
    if start > 0 { shown.insert(contentsOf: "…".unicodeScalars, at: shown.startIndex) }
    if end < scalars.count { shown.append("…") }
    var lines = ["  \(number) │ \(String(shown))"]
    if location.column > 0 {
      var padding = start > 0 ? " " : ""
      for scalar in scalars[start..<caret] {
        padding += scalar == "\t" ? "\t" : String(repeating: " ", count: scalar.columns)
      }
      lines.append("  \(margin) │ \(padding)\(styled("^", .red))")
    }
    return lines
  }

  // MARK: Words and colours

  private func word(_ severity: Diagnostic.Severity) -> String {
    switch (severity, language) {
    case (.error, .ja): "エラー"
    case (.warning, .ja): "警告"
    case (.error, .en): "error"
    case (.warning, .en): "warning"
    }
  }

  private enum Style: Int {
    case bold = 1
    case red = 31
    case yellow = 33
    case cyan = 36
  }

  private func style(_ severity: Diagnostic.Severity) -> Style {
    switch severity {
    case .error: .red
    case .warning: .yellow
    }
  }

  private func styled(_ text: String, _ style: Style) -> String {
    isColored ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension [Diagnostic] {
  /// The diagnostics for programs, with both languages; a place that is unknown is null.
  package var json: JSONValue {
    .array(
      map { diagnostic in
        .object([
          ("code", .string(diagnostic.code.rawValue)),
          ("severity", .string(diagnostic.severity.rawValue)),
          ("file", .string(diagnostic.location.file)),
          ("line", .number(diagnostic.location.line)),
          ("column", .number(diagnostic.location.column)),
          ("context", diagnostic.context.map(JSONValue.string) ?? .null),
          ("field", diagnostic.field.map(JSONValue.string) ?? .null),
          ("message", diagnostic.messageWithPath.json),
          ("hint", diagnostic.remedyOnCommandLine?.json ?? .null),
        ])
      }
    )
  }
}

extension Message {
  fileprivate var json: JSONValue { .object([("ja", .string(ja)), ("en", .string(en))]) }
}

extension JSONValue {
  fileprivate static func number(_ position: Int) -> JSONValue {
    position > 0 ? .integer(Int64(position)) : .null
  }
}
