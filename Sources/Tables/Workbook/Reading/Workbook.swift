import Diagnostics
package import Files
import Markup

/// An XLSX workbook (ECMA-376, transitional or strict), open for reading.
///
/// Nothing but its own parts is read; what it links to outside is never followed.
///
/// It may be read from several times, and from several threads.
package struct Workbook: Sendable {
  package struct Sheet: Hashable, Sendable {
    package let name: String
    /// Hidden by the user, or by a macro so that the user cannot show it.
    package let isHidden: Bool
    fileprivate let part: String
  }

  /// The sheets with cells, in their order.
  package let sheets: [Sheet]
  private let file: InputFile
  private let limits: WorkbookLimits
  private let formats: [WorkbookFormat]
  private let strings: WorkbookStrings
  private let is1904: Bool
  /// The part that lists the sheets.
  let main: String
  /// The part with the order in which cells are calculated.
  let calculationChain: String?

  package init(_ path: String, limits: WorkbookLimits = WorkbookLimits()) throws(ReadFailure) {
    let file: InputFile
    do throws(FileSystem.Failure) { file = try InputFile(path) } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: path)))
    }
    try self.init(file, limits: limits)
  }

  init(_ file: InputFile, limits: WorkbookLimits = WorkbookLimits()) throws(ReadFailure) {
    self.file = file
    self.limits = limits
    do throws(WorkbookFault) {
      let archive = try OfficeArchive(file, limits: limits)
      guard let roots = try archive.relations(of: ""),
        let main = roots.first(where: { $0.type == "officeDocument" })?.target,
        main.hasSuffix(".xml")
      else { throw .notWorkbook }
      guard let book = try archive.tree(main), let links = try archive.relations(of: main) else {
        throw .damaged
      }
      guard book.name == "workbook" else { throw .notWorkbook }
      is1904 = book.child("workbookPr")?.attribute("date1904")?.isTrue ?? false
      let targets = Dictionary(links.map { (Array($0.id.utf8), $0) }) { first, _ in first }
      var sheets: [Sheet] = []
      for sheet in book.child("sheets")?.elements ?? [] where sheet.name == "sheet" {
        let id = sheet.attributes.first { $0.name == "id" && !$0.namespace.isEmpty }?.value
        guard let name = sheet.attribute("name")?.value else { throw .damaged }
        let link = id.flatMap { targets[Array($0.utf8)] }
        // Charts and dialogues are sheets too.
        guard link == nil || link?.type == "worksheet" else { continue }
        let state = sheet.attribute("state")?.value ?? "visible"
        // One that leads nowhere is found to be damaged when it is read.
        sheets.append(Sheet(name: name, isHidden: state != "visible", part: link?.target ?? ""))
      }
      if sheets.isEmpty { throw .noWorksheet }
      if sheets.count > limits.sheets { throw .tooLarge }
      self.sheets = sheets
      self.main = main
      calculationChain = links.first { $0.type == "calcChain" }?.target
      formats = try archive.formats(links.first { $0.type == "styles" }?.target)
      let shared = links.first { $0.type == "sharedStrings" }
      let part = if let shared { try archive.part(shared.target) } else { OfficePart?.none }
      strings = if let part { try .read(part, limits: limits) } else { WorkbookStrings() }
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: file.path)))
    }
  }

  /// Where in the zip a sheet is.
  func part(ofSheet index: Int) -> String { sheets[index].part }

  /// The rows of a sheet, from its first on.
  package func reader(of sheet: Sheet) throws(ReadFailure) -> WorkbookReader {
    let name = "\(file.path)/\(sheet.name)"
    do throws(WorkbookFault) {
      let archive = try OfficeArchive(file, limits: limits)
      guard let part = try archive.part(sheet.part) else { throw .damaged }
      let events = WorkbookSheetEvents(
        formats: formats,
        strings: strings,
        is1904: is1904,
        work: limits.work
      )
      return WorkbookReader(name: name, part: part, events: events)
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: name)))
    }
  }

  /// The merged ranges of a sheet that are wanted.
  func mergedRanges(of sheet: Sheet, where isWanted: @escaping (MergedRange) -> Bool)
    throws(ReadFailure) -> [MergedRange]
  {
    do throws(WorkbookFault) {
      let archive = try OfficeArchive(file, limits: limits)
      return try WorkbookMerges.read(
        { () throws(WorkbookFault) in
          guard let part = try archive.part(sheet.part) else { throw .damaged }
          return part
        },
        where: isWanted
      )
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: "\(file.path)/\(sheet.name)")))
    }
  }
}

/// One part's way to another.
private struct Relation {
  let id: String
  /// The last word of the type's URI, which is all that the editions of the standard have in common.
  let type: String
  /// Within the zip.
  let target: String
}

extension OfficeArchive {
  /// A small part as a tree; nil if there is none.
  fileprivate func tree(_ name: String) throws(WorkbookFault) -> Element? {
    guard let bytes = try bytes(of: name) else { return nil }
    let parsed = MarkupParser.parse(SourceText(file: name, bytes: bytes), limits: .workbook)
    guard let root = parsed.root else { throw .damaged }
    return root
  }

  /// Where a part leads to within the zip; nil if it leads nowhere.
  fileprivate func relations(of part: String) throws(WorkbookFault) -> [Relation]? {
    let folder = part.split(separator: "/").dropLast()
    return try tree(Self.relationsPart(of: part))?.elements.compactMap { element in
      guard element.name == "Relationship", element.attribute("TargetMode")?.value != "External",
        let id = element.attribute("Id")?.value, let type = element.attribute("Type")?.value,
        let target = element.attribute("Target")?.value,
        let path = Self.path(target, from: target.hasPrefix("/") ? [] : Array(folder))
      else { return nil }
      return Relation(id: id, type: String(type.split(separator: "/").last ?? ""), target: path)
    }
  }

  /// Where it is written down where a part leads to.
  static func relationsPart(of part: String) -> String {
    let folder = part.split(separator: "/").dropLast()
    let file = part.split(separator: "/").last ?? ""
    return (folder + ["_rels", "\(file).rels"]).joined(separator: "/")
  }

  /// A path within the zip; nil if it leads out of it.
  private static func path(_ target: String, from folder: [Substring]) -> String? {
    var path = folder
    for step in target.split(separator: "/") where step != "." {
      if step != ".." {
        path.append(step)
      } else if path.popLast() == nil {
        return nil
      }
    }
    return path.joined(separator: "/")
  }

  /// What each of the cell styles makes of a number.
  fileprivate func formats(_ part: String?) throws(WorkbookFault) -> [WorkbookFormat] {
    guard let part, let styles = try tree(part) else { return [] }
    var codes: [Int: WorkbookFormat] = [:]
    for format in styles.child("numFmts")?.elements ?? [] {
      guard let id = format.attribute("numFmtId").flatMap({ Int($0.value) }),
        let code = format.attribute("formatCode")?.value
      else { continue }
      codes[id] = WorkbookFormat(code: code)
    }
    return (styles.child("cellXfs")?.elements ?? []).map { style in
      let id = style.attribute("numFmtId").flatMap { Int($0.value) } ?? 0
      return codes[id] ?? WorkbookFormat(builtIn: id)
    }
  }
}

extension Element {
  fileprivate func child(_ name: String) -> Element? { elements.first { $0.name == name } }
}

extension Element.Attribute {
  fileprivate var isTrue: Bool { value == "1" || value == "true" }
}
