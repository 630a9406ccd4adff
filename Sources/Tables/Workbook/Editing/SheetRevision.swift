/// Finds out which bytes of a sheet's XML to change so that some of its cells hold other texts, and nothing else is touched.
struct SheetRevision {
  private let corrections: CellCorrections
  /// What is to be merged no more.
  private let unmerged: Set<MergedRange>
  private(set) var edits: [TextEdit] = []
  /// Whether a formula is no longer where it was.
  private(set) var removesFormulas = false

  private var depth = 0
  /// Of the document's element, and so of all that are a spreadsheet's: `x:`, or nothing.
  private var prefix: [UInt8] = []
  private var isInData = false
  private var row = 0
  private var column = 0
  /// The corrections of the row that are not yet in place, from the left.
  private var waiting: [(column: Int, text: [UInt8])] = []
  /// The cell that is replaced.
  private var replaced: (start: Int, bytes: [UInt8])?
  private var formula: Formula?
  /// The list of merged ranges: its tag, what is taken out of it, and how many stay.
  private var merges: (tag: Tag, edits: [TextEdit], kept: Int)?
  /// Where the range begins that is taken out.
  private var unmergedStart: Int?
  /// Of cells that stay, those whose formula is that of several cells.
  private var shared: [Formula] = []
  private var brokenGroups: Set<[UInt8]> = []

  /// Other bytes in place of some of the document's.
  struct TextEdit {
    let range: Range<Int>
    let bytes: [UInt8]
  }

  private struct Formula {
    var range: Range<Int>
    let group: [UInt8]?
    let isFirstOfGroup: Bool
    let isOfArea: Bool
  }

  init(_ corrections: CellCorrections, unmerging ranges: Set<MergedRange> = []) {
    self.corrections = corrections
    unmerged = ranges
  }

  /// Takes the document's tags, one after another.
  mutating func take(_ tag: Tag) {
    if tag.isEnd {
      end(tag)
      depth -= 1
    } else {
      depth += 1
      start(tag)
      if tag.isEmpty { depth -= 1 }
    }
  }

  /// Ends the document: there are no further tags.
  mutating func finish() {
    for formula in shared where formula.group.map(brokenGroups.contains) ?? false {
      remove(formula)
    }
    // Those at one place stay in their order.
    edits = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }.map(\.element)
  }

  private mutating func start(_ tag: Tag) {
    switch depth {
    case 1:
      prefix = tag.name.lastIndex(of: UInt8(ascii: ":")).map { Array(tag.name[...$0]) } ?? []
    case 2:
      isInData = isNamed("sheetData", tag) && !tag.isEmpty
      let hasMerges = !unmerged.isEmpty && isNamed("mergeCells", tag) && !tag.isEmpty
      merges = hasMerges ? (tag, [], 0) : nil
    case 3 where merges != nil && isNamed("mergeCell", tag): startMerge(tag)
    case 3 where isInData && isNamed("row", tag): startRow(tag)
    case 4 where isInData && isNamed("c", tag): startCell(tag)
    case 5 where isInData && isNamed("f", tag): startFormula(tag)
    case _: break
    }
  }

  private mutating func end(_ tag: Tag) {
    switch depth {
    case 2:
      isInData = false
      endMerges(tag.range.upperBound)
    case 3 where unmergedStart != nil: endMerge(tag.range.upperBound)
    case 3 where isInData: insertWaiting(before: .max, at: tag.range.lowerBound)
    case 4 where isInData: endCell(tag.range.upperBound)
    case 5 where isInData: endFormula(tag.range.upperBound)
    case _: break
    }
  }

  private func isNamed(_ name: String, _ tag: Tag) -> Bool {
    tag.name.starts(with: prefix) && tag.name.dropFirst(prefix.count).elementsEqual(name.utf8)
  }

  // MARK: Rows and cells

  private mutating func startRow(_ tag: Tag) {
    row = tag.value(of: "r").flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? row + 1
    column = 0
    waiting = corrections.cells(inRow: row) ?? []
    guard !waiting.isEmpty else { return }
    // A hint of which columns the row has.
    let own = tag.removing("spans")
    if tag.isEmpty {
      let cells = waiting.filter { !$0.text.isEmpty }.flatMap {
        cell($0.column, $0.text, like: nil)
      }
      let end = Array("</".utf8) + prefix + Array("row>".utf8)
      edits.append(
        TextEdit(
          range: tag.range,
          bytes: Array(own.dropLast(2)) + [UInt8(ascii: ">")] + cells + end
        )
      )
      waiting = []
    } else if own.count < tag.bytes.count {
      edits.append(TextEdit(range: tag.range, bytes: own))
    }
  }

  private mutating func startCell(_ tag: Tag) {
    let given = tag.value(of: "r").flatMap { reference in
      unsafe Array(reference).withUnsafeBufferPointer { unsafe CellReference.read($0) }
    }
    column = given?.column ?? column + 1
    insertWaiting(before: column - 1, at: tag.range.lowerBound)
    guard let first = waiting.first, first.column == column - 1 else { return }
    waiting.removeFirst()
    replaced = (tag.range.lowerBound, cell(first.column, first.text, like: tag))
    if tag.isEmpty { endCell(tag.range.upperBound) }
  }

  private mutating func endCell(_ end: Int) {
    guard let cell = replaced else { return }
    edits.append(TextEdit(range: cell.start..<end, bytes: cell.bytes))
    replaced = nil
  }

  /// Puts the cells that the row does not have yet, left of a column, at a place of the document.
  private mutating func insertWaiting(before column: Int, at place: Int) {
    while let first = waiting.first, first.column < column {
      waiting.removeFirst()
      guard !first.text.isEmpty else { continue }
      edits.append(TextEdit(range: place..<place, bytes: cell(first.column, first.text, like: nil)))
    }
  }

  /// A cell of text; in the style of the one that it replaces.
  private func cell(_ column: Int, _ text: [UInt8], like old: Tag?) -> [UInt8] {
    func tag(_ name: String) -> [UInt8] { prefix + Array(name.utf8) }
    var cell = [UInt8(ascii: "<")] + tag("c r=\"")
    cell += CellReference.letters(column + 1) + Array("\(row)\"".utf8)
    if let style = old?.value(of: "s") {
      cell += Array(" s=\"".utf8) + style + [UInt8(ascii: "\"")]
    }
    guard !text.isEmpty else { return cell + Array("/>".utf8) }
    cell += Array(" t=\"inlineStr\"><".utf8) + tag("is><") + tag("t xml:space=\"preserve\">")
    cell.append(escaping: text)
    return cell + Array("</".utf8) + tag("t></") + tag("is></") + tag("c>")
  }

  // MARK: Merged ranges

  private mutating func startMerge(_ tag: Tag) {
    guard let range = tag.value(of: "ref").flatMap({ MergedRange(Array($0)) }),
      unmerged.contains(range)
    else {
      merges?.kept += 1
      return
    }
    unmergedStart = tag.range.lowerBound
    if tag.isEmpty { endMerge(tag.range.upperBound) }
  }

  private mutating func endMerge(_ end: Int) {
    guard let start = unmergedStart else { return }
    unmergedStart = nil
    merges?.edits.append(TextEdit(range: start..<end, bytes: []))
  }

  /// A list of ranges that is empty may not stand in a sheet.
  private mutating func endMerges(_ end: Int) {
    guard let merges, !merges.edits.isEmpty else { return }
    if merges.kept == 0 {
      edits.append(TextEdit(range: merges.tag.range.lowerBound..<end, bytes: []))
    } else {
      edits.append(TextEdit(range: merges.tag.range, bytes: merges.tag.removing("count")))
      edits += merges.edits
    }
  }

  // MARK: Formulas

  private mutating func startFormula(_ tag: Tag) {
    let kind = tag.value(of: "t").map { String(decoding: $0, as: UTF8.self) }
    let area = tag.value(of: "ref")
    formula = Formula(
      range: tag.range,
      group: kind == "shared" ? tag.value(of: "si").map { Array($0) } : nil,
      isFirstOfGroup: area != nil,
      isOfArea: kind != "shared" && area.map(holdsCorrection) ?? false
    )
    if tag.isEmpty { endFormula(tag.range.upperBound) }
  }

  private mutating func endFormula(_ end: Int) {
    guard var formula else { return }
    self.formula = nil
    formula.range = formula.range.lowerBound..<end
    if replaced != nil {
      removesFormulas = true
      // The others of its group are written down there.
      if let group = formula.group, formula.isFirstOfGroup { brokenGroups.insert(group) }
    } else if formula.isOfArea {
      // It would write over what was typed.
      remove(formula)
    } else if formula.group != nil {
      shared.append(formula)
    }
  }

  private mutating func remove(_ formula: Formula) {
    edits.append(TextEdit(range: formula.range, bytes: []))
    removesFormulas = true
  }

  /// Whether an area, B2:C9, has a corrected cell.
  private func holdsCorrection(_ area: ArraySlice<UInt8>) -> Bool {
    let corners = area.split(separator: UInt8(ascii: ":")).compactMap { corner in
      unsafe Array(corner).withUnsafeBufferPointer { unsafe CellReference.read($0) }
    }
    guard let first = corners.first, let last = corners.last else { return false }
    return corrections.rows.contains { row in
      row >= first.row && row <= last.row
        && (corrections.cells(inRow: row) ?? []).contains {
          $0.column + 1 >= first.column && $0.column + 1 <= last.column
        }
    }
  }
}
