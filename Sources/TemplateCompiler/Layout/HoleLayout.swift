import Diagnostics
import Records
import TemplateRuntime

/// Lays holes out: the value of a slot, or of a field as its type and filters have it.
extension RunLayout {
  func hole(_ hole: Hole) -> [Run] {
    switch scope.resolve(hole.path) {
    case nil:
      reader.report(.unknownField(hole.path, scope))
      return []
    case .slot(let value):
      reader.noteSlot(hole.path, scope)
      if let filter = hole.filters.first { reader.report(.filteredSlot(filter.name, hole.path)) }
      return [.text(value)]
    case .item:
      reader.report(.typeMismatch(hole.path, .runningText))
      return []
    case .index(let variable):
      return [.index(register: variable.register, numberStyle(hole) ?? .digits(context.digits))]
    case .count(let id, let operand):
      reader.uses.printed.insert(id)
      return [.count(operand, numberStyle(hole) ?? .digits(context.digits))]
    case .field(let id, let operand):
      reader.uses.printed.insert(id)
      return value(of: id, operand, hole)
    }
  }

  private func numberStyle(_ hole: Hole) -> NumberStyle? {
    var style: NumberStyle?
    for filter in hole.filters {
      switch filter.name {
      case "number": style = .grouped
      case "fullwidth": style = .digits(.full)
      case "kanji": style = .digits(.kanji)
      case _: report(filter, hole)
      }
    }
    return style
  }

  private func value(of id: Field.ID, _ operand: Operand, _ hole: Hole) -> [Run] {
    let field = scope.dictionary.fields[id]
    guard let type = field.type else {
      reader.report(.typeMismatch(hole.path, .runningText))
      return []
    }
    // A list's own operand, not that of its current item.
    let isList = field.itemFrame != nil && !scope.isItem(id, operand)
    if type == .multiline || type == .photo {
      reader.report(.typeMismatch(hole.path, .runningText))
      return []
    }
    var style = Self.style(of: type, digits: context.digits)
    var blank = isInCell ? field.cellBlank(of: type) : field.ruledBlank(of: type)
    var separator = "、"
    var wordsInBlankMode: String?
    for filter in hole.filters {
      switch filter.name {
      case "default":
        guard let words = filter.argument else { fallthrough }
        blank = .words(words)
      case "blank":
        guard let words = filter.argument else { fallthrough }
        wordsInBlankMode = words
      case "join":
        guard isList, let argument = filter.argument else {
          report(filter, hole)
          continue
        }
        separator = argument
      case _:
        guard filter.argument == nil, let format = format(filter.name, of: type) else {
          report(filter, hole)
          continue
        }
        style = .format(format)
      }
    }
    func value(_ operand: Operand) -> [Run] {
      let value = Run.value(operand, style, blank)
      var isLong = type == .datetime || !field.declaration.words.isEmpty
      if case .words = blank { isLong = true }
      return type.isUnit ? [.unit([value], isLong: isLong)] : [value]
    }
    var runs = value(operand)
    if isList {
      let register = (scope.variables.last?.register ?? 0) + 1
      let loop = Loop(list: operand, register: register, minimum: 1)
      let item = Operand(register: register, slot: 0)
      runs = [.joined(loop, value(item), separator: separator)]
    }
    guard let words = wordsInBlankMode, let isBlankMode else { return runs }
    return [.conditional(isBlankMode, [.text(words)]), .conditional(.not(isBlankMode), runs)]
  }

  /// Whether 未記入様式 is printed, in which no value is.
  private var isBlankMode: Condition? {
    let mode = Name(text: "packet.mode", location: SourceLocation(file: ""))
    return condition(.compare(.path(mode), .equal, .text("blank")))
  }

  /// How a type prints by itself.
  static func style(of type: FieldType, digits: DigitStyle) -> ValueStyle {
    switch type {
    case .text, .multiline, .decimal, .choice, .identifier, .postalCode, .phone, .email,
      .corporateNumber, .photo:
      .format(.text)
    case .integer: .format(.number(.grouped))
    case .percent: .format(.percent)
    case .money: .format(.money)
    case .date: .format(.wareki(digits, time: false))
    case .datetime: .format(.wareki(digits, time: true))
    case .boolean(let yes, let no): .boolean(yes: yes, no: no)
    }
  }

  private func format(_ filter: String, of type: FieldType) -> ValueFormat? {
    switch (filter, type) {
    case ("iso", .date): .iso(time: false)
    case ("iso", .datetime): .iso(time: true)
    case ("wareki", .date): .wareki(context.digits, time: false)
    case ("wareki", .datetime): .wareki(context.digits, time: true)
    case ("kanji", .date): .wareki(.kanji, time: false)
    case ("kanji", .integer): .number(.digits(.kanji))
    case ("number", .integer), ("number", .money): .number(.grouped)
    case ("money", .integer), ("money", .money): .money
    case ("daiji", .integer), ("daiji", .money): .daiji
    case ("fullwidth", .integer): .number(.digits(.full))
    case ("fullwidth", .text), ("fullwidth", .identifier), ("fullwidth", .postalCode),
      ("fullwidth", .phone), ("fullwidth", .corporateNumber):
      .fullwidth
    case (_, _): nil
    }
  }

  private func report(_ filter: FilterUse, _ hole: Hole) {
    let known = [
      "iso", "wareki", "number", "money", "daiji", "kanji", "fullwidth", "join", "default",
      "blank",
    ]
    reader.report(
      known.contains(filter.name)
        ? .filterMismatch(filter.name, hole.path)
        : .unknownFilter(filter.name, known, at: hole.path.location)
    )
  }
}

extension Field {
  /// What a cell shows until it is filled in.
  func cellBlank(of type: FieldType) -> Blank {
    switch type {
    case .date: .spaced("令和　　年　　月　　日")
    case .datetime: .spaced("令和　　年　　月　　日　　時　　分")
    case .multiline: .cell(lines: declaration.lines ?? 2)
    case .text, .integer, .decimal, .percent, .money, .boolean, .choice, .identifier, .postalCode,
      .phone, .email, .corporateNumber, .photo:
      .cell(lines: declaration.lines ?? 1)
    }
  }

  /// What running text shows: a rule of a size fit for handwriting.
  func ruledBlank(of type: FieldType) -> Blank {
    let width = declaration.width
    return switch type {
    case .date, .datetime: cellBlank(of: type)
    case .integer, .decimal, .percent, .boolean: .rule(width ?? 4)
    case .money, .identifier, .postalCode, .phone, .corporateNumber, .choice: .rule(width ?? 8)
    case .text, .multiline, .email, .photo: .rule(width ?? 12)
    }
  }
}

extension FieldType {
  /// Whether a value is too short to be divided between two lines.
  fileprivate var isUnit: Bool {
    switch self {
    case .integer, .decimal, .percent, .money, .date, .datetime, .postalCode, .phone,
      .corporateNumber:
      true
    case .text, .multiline, .boolean, .choice, .identifier, .email, .photo: false
    }
  }
}

extension Diagnostic {
  fileprivate static func filterMismatch(_ filter: String, _ path: Name) -> Self {
    Diagnostic(
      .filterMismatch,
      at: path.location,
      ja: "フィルタ「\(filter)」は「\(path.text)」の型には使えません。",
      en: "The filter “\(filter)” does not fit the type of “\(path.text)”.",
      hint: Message(
        ja: "フィルタを付けなければ、型に応じた形で印刷されます。",
        en: "Without a filter it is printed as its type demands."
      )
    )
  }

  fileprivate static func filteredSlot(_ filter: String, _ path: Name) -> Self {
    Diagnostic(
      .filterMismatch,
      at: path.location,
      ja: "「\(path.text)」は版の語（slot）なので、フィルタ「\(filter)」は付けられません。",
      en: "“\(path.text)” is a slot of the edition, so the filter “\(filter)” does not apply.",
      hint: Message(
        ja: "edition.xml の slot に、印刷する形のままで書いてください。",
        en: "Write the slot in edition.xml just as it is to be printed."
      )
    )
  }

  fileprivate static func unknownFilter(
    _ filter: String,
    _ known: [String],
    at location: SourceLocation
  )
    -> Self
  {
    let list = known.joined(separator: ", ")
    return Diagnostic(
      .unknownFilter,
      at: location,
      ja: "フィルタ「\(filter)」はありません。",
      en: "There is no filter “\(filter)”.",
      hint: didYouMean(filter, among: known).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      } ?? Message(ja: "使えるもの：\(list)", en: "Accepted: \(list)")
    )
  }
}
