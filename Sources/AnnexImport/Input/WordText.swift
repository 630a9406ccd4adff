import Diagnostics
import Files
import Markup
import Tables

/// Reads the paragraphs of a document of Word, with the numbers that Word gives them.
struct WordText {
  private var lines: [ImportedText.Line] = []
  private var numbering: WordNumbering
  private var number = 0

  static func read(_ file: InputFile) throws(ReadFailure) -> ImportedText {
    let location = SourceLocation(file: file.path)
    do throws(WorkbookFault) {
      let archive = try OfficeArchive(file, limits: WorkbookLimits())
      guard let document = try archive.tree("word/document.xml") else { throw .damaged }
      let numbering = WordNumbering(
        numbering: try archive.tree("word/numbering.xml"),
        styles: try archive.tree("word/styles.xml")
      )
      var reader = WordText(numbering: numbering)
      reader.readBlocks(document.child("body") ?? document)
      return ImportedText(file: file.path, format: .word, lines: reader.lines)
    } catch {
      throw ReadFailure(error.diagnosticOfDocument(at: location))
    }
  }

  private init(numbering: WordNumbering) { self.numbering = numbering }

  private mutating func readBlocks(_ parent: Element) {
    for block in parent.elements {
      switch block.name {
      case "p": readParagraph(block)
      case "tbl": for row in block.rows { readRow(row) }
      // What stands within a mark of the editor's is text like any other; what was deleted or moved away is none.
      case "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag": readBlocks(block)
      case _: break
      }
    }
  }

  private mutating func readParagraph(_ paragraph: Element) {
    number += 1
    let properties = paragraph.child("pPr")
    let style = properties?.child("pStyle")?.value
    var run = WordRun()
    run.read(paragraph)
    let label =
      run.text.compact.isEmpty ? nil : numbering.label(properties?.child("numPr"), style: style)
    for box in run.boxes { readBlocks(box) }
    let role: ImportedText.Role = style == "Title" ? .title : .text
    for (index, text) in run.text.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let words = (index == 0 ? Scalars(label ?? "") : []) + text
      lines.append(
        ImportedText.Line(number, words, role: role, startsPage: index == 0 && run.startsPage)
      )
    }
  }

  private mutating func readRow(_ row: Element) {
    number += 1
    var cells: [Scalars] = []
    for cell in row.elements where cell.name == "tc" {
      var run = WordRun()
      run.read(cell)
      cells.append(run.text.filter { $0 != "\n" }.trimmed)
    }
    if cells.count == 1 {
      lines.append(ImportedText.Line(number, cells[0]))
    } else if cells.contains(where: { !$0.isEmpty }) {
      lines.append(ImportedText.Line(number, [], role: .cells(cells)))
    }
  }
}

/// The characters of a paragraph.
private struct WordRun {
  var text: Scalars = []
  /// Text boxes, whose paragraphs are lines of their own.
  var boxes: [Element] = []
  var startsPage = false

  mutating func read(_ element: Element) {
    for child in element.elements {
      switch child.name {
      case "t": text += child.words
      case "tab", "ptab": text.append("\t")
      case "br", "cr":
        if child.attributes.contains(where: { $0.name == "type" && $0.value == "page" }) {
          startsPage = true
        } else {
          text.append("\n")
        }
      case "noBreakHyphen": text.append("-")
      case "r": if !child.isHidden { read(child) }
      case "ruby": if let base = child.child("rubyBase") { read(base) }
      case "txbxContent": boxes.append(child)
      // One drawing in two ways, for new and old programs.
      case "AlternateContent": if let choice = child.child("Choice") { read(choice) }
      case "pPr", "rPr", "del", "moveFrom", "instrText", "delText", "Fallback", "footnoteReference",
        "endnoteReference":
        break
      case _: read(child)
      }
    }
  }
}

extension Element {
  func child(_ name: String) -> Element? { elements.first { $0.name == name } }

  /// `w:val`.
  var value: String? { attributes.first { $0.name == "val" }?.value }

  fileprivate var isHidden: Bool {
    child("rPr")?.child("vanish").map { !["0", "false", "off"].contains($0.value ?? "") } ?? false
  }

  fileprivate var rows: [Element] {
    elements.flatMap {
      ["sdt", "sdtContent", "ins"].contains($0.name) ? $0.rows : $0.name == "tr" ? [$0] : []
    }
  }

  fileprivate var words: Scalars {
    children.flatMap { node -> Scalars in
      switch node {
      case .text(let text): Scalars(String(decoding: text.bytes, as: UTF8.self))
      case .element: []
      }
    }
  }
}

extension OfficeArchive {
  fileprivate func tree(_ name: String) throws(WorkbookFault) -> Element? {
    guard let bytes = try bytes(of: name) else { return nil }
    var limits = MarkupParser.Limits.template
    limits.bytes = 32 << 20
    limits.elements = 2_000_000
    limits.depth = 250
    limits.namespaces = 128
    limits.errors = 1
    guard let root = MarkupParser.parse(SourceText(file: name, bytes: bytes), limits: limits).root
    else {
      throw .damaged
    }
    return root
  }
}

extension WorkbookFault {
  fileprivate func diagnosticOfDocument(at location: SourceLocation) -> Diagnostic {
    switch self {
    case .file(let failure): failure.diagnostic(at: location)
    case .protected: .unreadableText(.encrypted, at: location)
    case .notWorkbook, .damaged, .noWorksheet: .damagedDocument(at: location)
    case .tooLarge: FileSystem.Failure.tooLarge(limit: 32 << 20).diagnostic(at: location)
    }
  }
}
