import Diagnostics
import Records

/// One requirement of the annex, and what answers it.
package struct CoverageRow: Sendable {
  /// 特記事項第６条第２項.
  package let provision: String
  /// The official words.
  package let phrase: String
  /// The document that prints the field; the form that should, if none does.
  package let form: String
  /// The dictionary's path.
  package let field: String
  /// When the document is made, as the packet has it; empty: always.
  package let condition: String
  package let isAnswered: Bool
}

/// Holds every requirement of the annex against the forms that must answer it.
///
/// A requirement is answered by a field that a document of the packet brings to the one who fills it in: printed
/// unconditionally (or, if the law demands it in one case only, whenever that is the case), outside the office's own box, under
/// the edition's slots. What is printed in one place or in another, whatever the data, is unconditional. Final mode must demand it (`needed-if`) or leave it to the hand. A loop counts as unconditional if it
/// prints at least one row. 等 leaves a list open, so it needs a field of free text, which may stay empty; so may that of what a
/// list ends with, その他….
struct Coverage {
  private let template: Template
  private let numbered: NumberedAnnex
  private let scope: Scope
  /// The files that have errors: of a form among them it is not known what it prints.
  private let broken: Set<String>
  private let reader: ElementReader
  private var rows: [CoverageRow] = []
  private var printed: [String: [PrintedField]] = [:]
  private var deliveries: [String: Delivery] = [:]

  private init(
    template: Template,
    numbered: NumberedAnnex,
    scope: Scope,
    broken: Set<String>,
    reader: ElementReader
  ) {
    self.template = template
    self.numbered = numbered
    self.scope = scope
    self.broken = broken
    self.reader = reader
  }

  /// `broken`: the files that have errors.
  static func check(
    _ template: Template,
    _ numbered: NumberedAnnex,
    scope: Scope,
    broken: Set<String>,
    reader: ElementReader
  ) -> [CoverageRow] {
    var coverage = Coverage(
      template: template,
      numbered: numbered,
      scope: scope,
      broken: broken,
      reader: reader
    )
    for form in template.forms {
      coverage.printed[form.id] = PrintedField.fields(of: form, scope: coverage.documentScope(form))
      coverage.deliveries[form.id] = Delivery(of: form.id, in: template, scope: scope)
    }
    for (index, provision) in numbered.provisions.enumerated() {
      let address = Address(index: index, part: nil)
      for text in provision.provision.texts { coverage.check(text, address) }
    }
    return coverage.rows
  }

  /// The scope of a form within the packet: it has its document's loop variable.
  private func documentScope(_ form: Form) -> Scope {
    template.edition.documents(printing: form.id).first
      .flatMap { $0.flow.loop }.flatMap { scope.entering($0)?.scope } ?? scope
  }

  private mutating func check(_ content: [Inline], _ provision: Address) {
    for (index, inline) in content.enumerated() {
      switch inline {
      case .requirement(let requirement):
        check(requirement, provision, isRest: content[..<index].last?.endsWithRest ?? false)
        if case .text(let text, let location)? = content[(index + 1)...].first, text.hasPrefix("等")
        {
          reader.report(.openListWithoutField(numbered.words(of: provision), at: location))
        }
      case .text, .hole, .lineBreak: break
      case .reference, .paper, .term, .cite, .emphasis, .conditional:
        check(inline.content ?? [], provision)
      }
    }
  }

  /// `isRest`: その他 stands before it.
  private mutating func check(_ requirement: Requirement, _ provision: Address, isRest: Bool) {
    check(requirement.content, provision)
    let phrase = requirement.content.text(in: scope)
    let isInherited = template.inheritedFiles.contains(requirement.location.file)
    guard let form = template.form(requirement.form.text) else {
      // The edition leaves out what words below it demand.
      if !requirement.form.text.isEmpty, !isInherited {
        reader.report(.unknownForm(requirement.form, offered: template.forms.map(\.id)))
      }
      return
    }
    guard let field = scope.dictionary.field(at: requirement.field.text) else {
      if !requirement.field.text.isEmpty { reader.report(.unknownField(requirement.field, scope)) }
      return
    }
    let path = scope.dictionary.fields[field].path
    let isFree = [.text, .multiline].contains(scope.dictionary.fields[field].type)
    let isOpen = phrase == "等" || isFree && (isRest || phrase.hasPrefix("その他"))
    if isOpen, !isFree {
      reader.report(
        .openListWithoutField(numbered.words(of: provision), at: requirement.location)
      )
    }
    let demanded = requirement.condition?.proposition { $0.text }
    // Several forms may be one paper, of which the packet prints that which the edition's slots choose.
    let candidates =
      [form] + template.forms.filter { $0.id != form.id && $0.paper != nil && $0.isSamePaper(form) }
    let answers = candidates.map { candidate in
      (form: candidate, state: state(of: field, on: candidate, demanded, isOpen: isOpen))
    }
    let best = answers.first { $0.state == .answered } ?? answers[0]
    if isInherited, best.state == .missing(.notInPacket) { return }
    if case .missing(let lack) = best.state, !broken.contains(source(of: lack, form, field)) {
      let place = Place(
        provision: numbered.words(of: provision),
        phrase: phrase,
        form: form.id,
        field: path,
        location: requirement.location
      )
      reader.report(.unanswered(lack, place))
    }
    rows.append(
      CoverageRow(
        provision: numbered.fullWords(of: provision),
        phrase: phrase,
        form: best.form.id,
        field: path,
        condition: template.edition.documents(printing: best.form.id).first?
          .flow.condition?.canonical { $0.text } ?? "",
        isAnswered: best.state == .answered
      )
    )
  }

  /// The file in which what is lacking should stand.
  private func source(of lack: Lack, _ form: Form, _ field: Field.ID) -> String {
    switch lack {
    case .notPrinted, .inOfficeBox, .underCondition: form.location.file
    case .notInPacket, .ruledOut, .ofOffice, .documentUnderCondition:
      template.edition.location.file
    case .optional: scope.dictionary.fields[field].declaration.location.file
    }
  }

  // MARK: What a form answers

  /// What a requirement lacks.
  enum Lack {
    case notPrinted, inOfficeBox, underCondition
    case notInPacket, ruledOut, ofOffice, documentUnderCondition
    case optional
  }

  struct Place {
    let provision: String
    let phrase: String
    let form: String
    let field: String
    let location: SourceLocation
  }

  private enum State: Hashable {
    case answered
    case missing(Lack)
  }

  /// Whether a form's document answers a requirement by a field, and if not, what it lacks first.
  private func state(
    of field: Field.ID,
    on form: Form,
    _ demanded: Proposition?,
    isOpen: Bool
  ) -> State {
    let path = scope.dictionary.fields[field].path
    let answers = (printed[form.id] ?? []).filter {
      $0.path == path || $0.path.hasPrefix(path + ".")
    }
    if case Delivery.none? = deliveries[form.id] { return .missing(.notInPacket) }
    if answers.isEmpty { return .missing(.notPrinted) }
    if answers.allSatisfy(\.isInOfficeUse) { return .missing(.inOfficeBox) }
    /// Whether one of the propositions holds whenever the law demands the item.
    func isUnconditional(_ cases: [Proposition]) -> Bool {
      Proposition.any((demanded.map { [.not($0)] } ?? []) + cases).alwaysHolds
    }
    let unconditional = Dictionary(grouping: answers.filter { !$0.isInOfficeUse }, by: \.path)
      .filter { isUnconditional($0.value.map { .all($0.conditions) }) }
    if unconditional.isEmpty { return .missing(.underCondition) }
    switch deliveries[form.id] ?? .none {
    case .none: return .missing(.notInPacket)
    case .ruledOut: return .missing(.ruledOut)
    case .office: return .missing(.ofOffice)
    case .onCondition(let condition):
      if !isUnconditional([condition]) { return .missing(.documentUnderCondition) }
    case .handedOut: break
    }
    let isDemanded =
      isOpen
      || unconditional.keys.contains { path in
        scope.dictionary.field(at: path).map { self.isDemanded($0, on: form) } ?? false
      }
    return isDemanded ? .answered : .missing(.optional)
  }

  /// Whether final mode demands a field, or the hand fills it in, in every document of a form.
  ///
  /// A list around it must be demanded itself, so that there is an item, unless the document is made for what it holds.
  private func isDemanded(_ field: Field.ID, on form: Form) -> Bool {
    let dictionary = scope.dictionary
    func isByHand(_ id: Field.ID) -> Bool {
      dictionary.fields[id].declaration.hand
        || dictionary.fields[id].parent.map(isByHand) ?? false
    }
    func isNeeded(_ id: Field.ID) -> Bool {
      isByHand(id) || dictionary.fields[id].neededIf.map { $0.constantValue != false } ?? false
    }
    func isAnyNeeded(_ id: Field.ID) -> Bool {
      isNeeded(id)
        || dictionary.fields[id].declaration.shape == .record
          && dictionary.fields[id].children.contains(where: isAnyNeeded)
    }
    let cases = template.edition.documents(printing: form.id).flatMap(\.flow.paths)
    return (isAnyNeeded(field) || cases.contains(dictionary.fields[field].path))
      && dictionary.lists(around: field).allSatisfy {
        isNeeded($0) || cases.contains(dictionary.fields[$0].path)
      }
  }
}

extension Inline {
  /// Whether it is text that ends with その他.
  fileprivate var endsWithRest: Bool {
    if case .text(let text, _) = self {
      text.hasSuffix("その他") || text.hasSuffix("その他の")
    } else {
      false
    }
  }
}

extension Form {
  fileprivate func isSamePaper(_ other: Form) -> Bool { paper?.text == other.paper?.text }
}

extension Flow {
  /// Every path that is asked.
  fileprivate var paths: [String] {
    (loop.map { [$0.list.text] } ?? []) + (condition?.paths.map(\.text) ?? [])
  }
}

/// Whether a form reaches the one who fills it in, from the least to the most.
private enum Delivery {
  /// No document prints it.
  case none
  /// The edition's slots, or a mode, keep it out of the packet.
  case ruledOut
  /// It stays in the office.
  case office
  /// A packet has it only under a condition of the data.
  case onCondition(Proposition)
  /// It is handed out before anything is filled in; in final mode the packet may have it only if its case has come up.
  case handedOut

  /// On the occasion that brings it farthest.
  init(of form: String, in template: Template, scope: Scope) {
    self = .none
    for document in template.edition.documents where document.content == .form(form) {
      let delivery = Delivery(document, scope: scope)
      if delivery.rank > rank { self = delivery }
    }
  }

  private var rank: Int {
    switch self {
    case .none: 0
    case .ruledOut: 1
    case .office: 2
    case .onCondition: 3
    case .handedOut: 4
    }
  }

  private init(_ document: PacketDocument, scope: Scope) {
    let condition = document.flow.condition
    func settled(_ mode: String) -> Bool? {
      condition.map { scope.inMode(mode).settled($0) } ?? true
    }
    if document.isOfficeOnly {
      self = .office
    } else if ["blank", "prefilled", "final"].contains(where: { settled($0) == false }) {
      self = .ruledOut
    } else if let condition, settled("blank") != true || settled("prefilled") != true {
      self = .onCondition(condition.proposition { scope.absolutePath($0) ?? $0.text })
    } else if let loop = document.flow.loop, loop.minimum == 0 {
      self = .onCondition(.atom("for \(loop.list.text)"))
    } else {
      self = .handedOut
    }
  }
}
