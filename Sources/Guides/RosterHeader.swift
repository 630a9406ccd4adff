package import Files
import Records
import Tables

/// The header row of a roster (契約・委託先一覧), or of a sheet beside it, as a CSV file that Excel opens.
///
/// The roster has a row for each contract with a vendor. What a contract or a vendor has several of stands in a sheet for each
/// list, a row an item: it begins with 契約番号 and 受注者番号, which say whose the item is, and, within another list, with
/// that list's label over the number of its item. Records that are not printed in advance, such as an incident's, have a sheet
/// of their own as well. A sheet goes by its path: `vendor.workers`.
package struct RosterHeader {
  private let guide: DataGuide
  /// The record or list whose fields these are; nil for the roster itself.
  private let sheet: Field.ID?

  /// The header of the roster, or of the sheet called `name`, a path or a label; nil if there is none such.
  package init?(_ guide: DataGuide, sheet name: String? = nil) {
    self.guide = guide
    guard let name else {
      sheet = nil
      return
    }
    let sheets = Self.sheets(guide)
    guard
      let sheet = sheets.first(where: { guide[$0].path == name })
        ?? sheets.first(where: { guide[$0].label == name })
    else { return nil }
    self.sheet = sheet
  }

  /// The paths of all sheets beside the roster, in the order of the dictionary.
  package static func sheetNames(_ guide: DataGuide) -> [String] {
    sheets(guide).map { guide[$0].path }
  }

  /// RFC 4180, UTF-8 with a byte order mark, without which Excel takes it for CP932.
  package var csv: [UInt8] {
    Array("\u{FEFF}".utf8) + labels.map(\.quotedForCSV).joined(separator: ",").utf8 + "\r\n".utf8
  }

  /// Every label once.
  package var labels: [String] {
    let columns = keys + (sheet.map { outerLists(of: $0) + fields(of: $0) } ?? rosterFields)
    return columns.map { label(of: $0, among: sheet == nil ? namesakes : columns) }
  }

  /// What the table of contracts and vendors is called in a workbook.
  package static let tableName = "契約・委託先一覧"

  /// An empty workbook to fill in: the roster's table, and a sheet for each of some lists, by their paths.
  package static func writeWorkbook(_ guide: DataGuide, lists: [String], to path: String)
    throws(FileSystem.Failure)
  {
    let workbook = WorkbookWriter(path)
    for list in [nil] + lists {
      guard let header = RosterHeader(guide, sheet: list) else { continue }
      let name = header.sheet.map { guide[$0].label } ?? tableName
      _ = try workbook.addSheet(name, header: header.labels.map { Array($0.utf8) })
    }
    try workbook.close()
  }

  // MARK: Columns

  private static func sheets(_ guide: DataGuide) -> [Field.ID] {
    let subjects = guide.dictionary.keyedRecords.map(\.record)
    return guide.dictionary.fields.indices.filter { id in
      guard guide.tellsOf(id) else { return false }
      return switch guide[id].declaration.shape {
      case .value: false
      case .record: guide.isSetApart(id) && subjects.contains(guide.dictionary.root(of: id))
      case .list: subjects.contains(guide.dictionary.root(of: id))
      }
    }
  }

  private var keys: [Field.ID] {
    let contract = guide.dictionary.contract
    if let sheet, guide.dictionary.root(of: sheet) == contract.record { return [contract.key] }
    return guide.dictionary.keyedRecords.map(\.key)
  }

  private var rosterFields: [Field.ID] {
    guide.dictionary.keyedRecords.flatMap { fields(of: $0.record) }.filter { !keys.contains($0) }
  }

  /// All that a roster can have a column for; its labels differ from those of columns that a clerk adds.
  private var namesakes: [Field.ID] {
    guide.dictionary.fields.indices.filter {
      if case .value = guide[$0].declaration.shape { guide[$0].frame == 0 } else { false }
    }
  }

  private func outerLists(of id: Field.ID) -> [Field.ID] { guide.dictionary.lists(around: id) }

  /// The values of a record or of a list's items, those of records within included.
  private func fields(of id: Field.ID) -> [Field.ID] {
    if guide[id].type != nil { return [id] }
    return guide.children(of: id).flatMap { child -> [Field.ID] in
      switch guide[child].declaration.shape {
      case .value: [child]
      case .record: guide.isSetApart(child) ? [] : fields(of: child)
      case .list: []
      }
    }
  }

  /// The label; if another column has the same, 親項目.項目 with as many of the labels around it as it takes, or the path.
  private func label(of id: Field.ID, among columns: [Field.ID]) -> String {
    let others = columns.filter { $0 != id }.map(labels)
    let own = labels(id)
    for count in own.indices.map({ $0 + 1 })
    where !others.contains(where: { Array($0.suffix(count)) == Array(own.suffix(count)) }) {
      return own.suffix(count).joined(separator: ".")
    }
    return guide[id].path
  }

  /// The labels from the root down.
  private func labels(_ id: Field.ID) -> [String] {
    (guide[id].parent.map(labels) ?? []) + [guide[id].label]
  }
}

extension DataGuide {
  /// A record that prefilled mode does not print, while it prints what the record stands in.
  fileprivate func isSetApart(_ id: Field.ID) -> Bool {
    guard let parent = self[id].parent else { return false }
    return self[parent].declaration.prefill && !self[id].declaration.prefill
  }
}

extension String {
  fileprivate var quotedForCSV: String {
    guard unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return self
    }
    return "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
