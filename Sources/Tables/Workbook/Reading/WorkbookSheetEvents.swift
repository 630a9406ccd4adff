import Markup
import Records

/// Makes rows of the events of a sheet.
final class WorkbookSheetEvents: WorkbookHandler {
  var scope = WorkbookScope()
  /// What has been read and not been taken yet.
  var rows: [TableRow] = []
  /// Why there are no further rows.
  private(set) var fault: WorkbookFault?
  private(set) var rowNumber = 0
  /// Whether the sheet has had its rows; a sheet without is none.
  private(set) var hasData = false
  private let formats: [WorkbookFormat]
  private let strings: WorkbookStrings
  private let is1904: Bool
  /// How much of `WorkbookLimits.work` is left.
  private var work: Int
  /// Whether the sheet shows a zero as an empty cell.
  private var hidesZeros = false

  private var isInData = false
  private var isInRow = false
  private var isHidden = false
  private var cells: [TableCell] = []
  /// Of the last cell.
  private var column = 0
  private var cell: OpenCell?

  private struct OpenCell {
    var type = CellType.number
    var format = WorkbookFormat.number(nil)
    var hasFormula = false
    var hasValue = false
    /// Whether it has a text of its own, beside which a value counts for nothing.
    var hasText = false
  }

  private enum CellType: String {
    case number = "n"
    case shared = "s"
    case inline = "inlineStr"
    case formulaText = "str"
    case boolean = "b"
    case error = "e"
    case date = "d"

    /// Whether white space around its text is part of it.
    var isProse: Bool {
      switch self {
      case .inline, .formulaText: true
      case .number, .shared, .boolean, .error, .date: false
      }
    }
  }

  static let lastRow = 1_048_576
  static let lastColumn = 16_384

  init(formats: [WorkbookFormat], strings: WorkbookStrings, is1904: Bool, work: Int) {
    self.work = work
    self.formats = formats
    self.strings = strings
    self.is1904 = is1904
  }

  func startElement(
    _ name: UnsafeBufferPointer<UInt8>,
    namespace: UnsafeBufferPointer<UInt8>,
    attributes: [MarkupAttribute],
    offset: Int
  ) {
    let element = unsafe scope.start(name, namespace)
    guard fault == nil else { return }
    switch element {
    case .sheetData: (isInData, hasData) = (true, true)
    case .row: if isInData { unsafe startRow(attributes) }
    case .cell: if isInRow { unsafe startCell(attributes) }
    case .formula: cell?.hasFormula = true
    case .value:
      cell?.hasValue = true
      scope.isGathering = cell?.hasText == false
    case .inline:
      guard cell?.type == .inline else { break }
      cell?.hasText = true
      scope.clear()
    case .text: scope.isGathering = cell?.type == .inline
    case .view:
      hidesZeros = unsafe attributes.contains { unsafe $0.isCalled("showZeros") && $0.isFalse }
    case .item, .merge, .other, .skipped: break
    }
  }

  func endElement(_ name: UnsafeBufferPointer<UInt8>, offset: Int) {
    let element = unsafe scope.end(name)
    guard fault == nil else { return }
    if scope.isTooLong { fault = .tooLarge }
    switch element {
    case .sheetData: isInData = false
    case .row: endRow()
    case .cell: endCell()
    case .value, .text: scope.isGathering = false
    case .formula, .inline, .item, .merge, .view, .other, .skipped: break
    }
  }

  private func startRow(_ attributes: [MarkupAttribute]) {
    var number = rowNumber + 1
    isHidden = false
    for index in unsafe attributes.indices {
      let attribute = unsafe attributes[index]
      guard unsafe attribute.namespace.isEmpty else { continue }
      if unsafe attribute.isCalled("r"), unsafe !attribute.value.isEmpty {
        unsafe number = Int(digits: attribute.value) ?? 0
      }
      if unsafe attribute.isCalled("hidden") { unsafe isHidden = attribute.isTrue }
    }
    guard number > rowNumber, number <= Self.lastRow else { return fail() }
    rowNumber = number
    isInRow = true
    cells = []
    column = 0
  }

  private func endRow() {
    guard isInRow else { return }
    isInRow = false
    if !cells.isEmpty { rows.append(TableRow(number: rowNumber, cells: cells, isHidden: isHidden)) }
  }

  private func startCell(_ attributes: [MarkupAttribute]) {
    var cell = OpenCell()
    var place = (row: rowNumber, column: column + 1)
    for index in unsafe attributes.indices {
      let attribute = unsafe attributes[index]
      guard unsafe attribute.namespace.isEmpty else { continue }
      if unsafe attribute.isCalled("r") {
        if unsafe attribute.value.isEmpty { continue }
        unsafe place = CellReference.read(attribute.value) ?? (0, 0)
      } else if unsafe attribute.isCalled("s") {
        // A style that is not there, or without a number, formats nothing, as Excel reads it.
        let index = unsafe Int(digits: attribute.value) ?? -1
        cell.format = formats.indices.contains(index) ? formats[index] : .number(nil)
      } else if unsafe attribute.isCalled("t") {
        guard let type = unsafe CellType(rawValue: attribute.text) else { return fail() }
        cell.type = type
      }
    }
    guard place.row == rowNumber, place.column > column, place.column <= Self.lastColumn else {
      return fail()
    }
    column = place.column
    scope.clear()
    self.cell = cell
  }

  private func endCell() {
    guard let open = cell else { return }
    cell = nil
    guard let value = value(of: open) else { return fail() }
    guard !value.bytes.isEmpty || value.kind != .text else { return }
    work -= 64 * (column - cells.count) + value.bytes.count
    guard work >= 0 else { return fault = .tooLarge }
    while cells.count < column - 1 { cells.append(TableCell([])) }
    cells.append(value)
  }

  /// What the cell holds; nil if that cannot be.
  private func value(of cell: OpenCell) -> TableCell? {
    let text = cell.type.isProse ? scope.text : Array(scope.text.trimmed())
    switch cell.type {
    case .formulaText where cell.hasValue, .inline:
      return shown(text.withoutWorkbookEscapes, in: cell.format)
    case .number, .shared, .formulaText, .boolean, .error, .date:
      if text.isEmpty { return TableCell([], kind: cell.hasFormula ? .uncalculated : .text) }
    }
    switch cell.type {
    case .number:
      let number = WorkbookNumber.cell(text, format: cell.format, is1904: is1904)
      return hidesZeros && number?.isZero == true ? TableCell([]) : number
    case .shared:
      let index = unsafe text.withUnsafeBufferPointer { unsafe Int(digits: $0) }
      return index.flatMap { strings[$0] }.map { shown($0, in: cell.format) }
    case .boolean:
      switch text {
      case [0x31], Array("true".utf8): return TableCell(Array("true".utf8), kind: .boolean)
      case [0x30], Array("false".utf8): return TableCell(Array("false".utf8), kind: .boolean)
      case _: return nil
      }
    case .error: return TableCell(text, kind: .error)
    case .date: return TableCell(text.withoutMidnight, kind: .date)
    case .inline, .formulaText: return nil
    }
  }

  private func shown(_ text: [UInt8], in format: WorkbookFormat) -> TableCell {
    if case .number(let format?) = format, let cell = format.cell(ofText: text) { return cell }
    return TableCell(text)
  }

  private func fail() { fault = .damaged }
}

/// Names of cells as spreadsheets write them.
package enum CellReference {
  /// B3 is (3, 2); nil for anything else.
  static func read(_ text: UnsafeBufferPointer<UInt8>) -> (row: Int, column: Int)? {
    var column = 0
    var index = 0
    // Small letters, too, as Excel reads them.
    while index < text.count, case let byte = unsafe text[index] & 0xDF,
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte), index < 3
    {
      column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
      index += 1
    }
    guard index > 0,
      let row = unsafe Int(digits: UnsafeBufferPointer(rebasing: text[index...]))
    else { return nil }
    return (row, column)
  }

  /// A, Z, AA.
  package static func letters(_ column: Int) -> [UInt8] {
    var letters: [UInt8] = []
    var rest = column
    while rest > 0 {
      letters.insert(UInt8(ascii: "A") + UInt8((rest - 1) % 26), at: 0)
      rest = (rest - 1) / 26
    }
    return letters
  }
}

extension MarkupAttribute {
  func isCalled(_ name: StaticString) -> Bool {
    unsafe self.name.count == name.utf8CodeUnitCount
      && self.name.elementsEqual(
        UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
      )
  }

  fileprivate var isTrue: Bool {
    unsafe value.elementsEqual("1".utf8) || value.elementsEqual("true".utf8)
  }

  fileprivate var isFalse: Bool {
    unsafe value.elementsEqual("0".utf8) || value.elementsEqual("false".utf8)
  }
}

extension TableCell {
  fileprivate var isZero: Bool {
    switch kind {
    case .number, .numberSince1904, .shown, .scaled:
      bytes.allSatisfy { !(0x31...0x39).contains($0) } && bytes.contains(0x30)
    case .text, .date, .boolean, .error, .uncalculated, .covered: false
    }
  }
}

extension Int {
  /// A number of at most nine digits; nil for anything else.
  fileprivate init?(digits: UnsafeBufferPointer<UInt8>) {
    guard !digits.isEmpty, digits.count <= 9 else { return nil }
    var number = 0
    for index in digits.indices {
      let byte = unsafe digits[index]
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    self = number
  }
}

extension [UInt8] {
  /// 2022-04-01T00:00:00Z is a day; seconds that are zero are left out.
  fileprivate var withoutMidnight: [UInt8] {
    let text = prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "Z") }
    if text.count == 19, text.suffix(9).elementsEqual("T00:00:00".utf8) {
      return Array(text.dropLast(9))
    }
    if text.count == 19, text.suffix(3).elementsEqual(":00".utf8) { return Array(text.dropLast(3)) }
    return Array(text)
  }
}
