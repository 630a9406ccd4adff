import Diagnostics
package import Files

/// Writes a workbook again with other texts in some cells of some sheets.
///
/// Every other byte of the sheets, and every other part, stays as it is: looks, widths, hidden rows, formulas, further sheets. The
/// corrected cells become text, so that no program makes a number or a date of what was typed.
package struct CorrectedWorkbook {
  private let file: InputFile
  private let workbook: Workbook

  package init(_ file: InputFile) throws(ReadFailure) {
    self.file = file
    workbook = try Workbook(file)
  }

  /// Writes it to a file that is not there yet; with the corrections of each sheet go its index and the ranges that are merged no
  /// more.
  package func write(
    to path: String,
    _ corrections: [(sheet: Int, CellCorrections, unmerged: Set<MergedRange>)]
  ) throws(ReadFailure) {
    do throws(WorkbookFault) {
      var sheets: [(part: String, file: WorkbookTemporaryFile)] = []
      var removesFormulas = false
      for (index, corrections, unmerged) in corrections {
        let part = workbook.part(ofSheet: index)
        var revision = SheetRevision(corrections, unmerging: unmerged)
        var scanner = TagScanner()
        try forEachPiece(of: part) { scanner.feed($0) { revision.take($0) } }
        revision.finish()
        let sheet = try filed { () throws(FileSystem.Failure) in
          try WorkbookTemporaryFile(beside: path)
        }
        var splice = Splice(revision.edits)
        try forEachPiece(of: part) { piece throws(FileSystem.Failure) in
          try sheet.write(splice.next(piece))
        }
        sheets.append((part, sheet))
        removesFormulas = removesFormulas || revision.removesFormulas
      }
      // The order in which a program calculates the cells; one that lacks it makes it again.
      let chain = removesFormulas ? workbook.calculationChain : nil
      let mentions = try chain.map(withoutMention) ?? []
      try filed { () throws(FileSystem.Failure) in
        let copy = try OutputFile(path)
        try file.copy(to: copy)
        try copy.finish()
        let update = try WorkbookOutput(updating: path)
        for (part, sheet) in sheets { try update.replace(part, sheet) }
        for (name, bytes) in mentions { try update.replace(name, bytes) }
        if let chain { try update.remove(chain) }
        try update.close()
      }
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: path)))
    }
  }

  private func filed<Result>(_ body: () throws(FileSystem.Failure) -> Result)
    throws(WorkbookFault) -> Result
  {
    do throws(FileSystem.Failure) { return try body() } catch { throw .file(error) }
  }

  private func forEachPiece(
    of name: String,
    _ body: (ArraySlice<UInt8>) throws(FileSystem.Failure) -> Void
  ) throws(WorkbookFault) {
    let archive = try OfficeArchive(file, limits: WorkbookLimits())
    guard let part = try archive.part(name) else { throw .damaged }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try part.read(into: &piece)
      if count == 0 { return }
      try filed { () throws(FileSystem.Failure) in try body(piece[..<count]) }
    }
  }

  /// The two parts that name a part, without that.
  private func withoutMention(of part: String) throws(WorkbookFault) -> [(
    name: String, bytes: [UInt8]
  )] {
    let archive = try OfficeArchive(file, limits: WorkbookLimits())
    var changed: [(name: String, bytes: [UInt8])] = []
    for name in ["[Content_Types].xml", OfficeArchive.relationsPart(of: workbook.main)] {
      guard let bytes = try archive.bytes(of: name) else { throw .damaged }
      var edits: [SheetRevision.TextEdit] = []
      var start: Int?
      var scanner = TagScanner()
      scanner.feed(bytes) { tag in
        let type = tag.value(of: "Type").map { String(decoding: $0, as: UTF8.self) }
        let path = tag.value(of: "PartName").map { String(decoding: $0, as: UTF8.self) }
        if start == nil {
          guard
            type?.hasSuffix("/calcChain") == true || path?.lowercased() == "/\(part)".lowercased()
          else { return }
          start = tag.range.lowerBound
          guard tag.isEmpty else { return }
        }
        if let begin = start {
          edits.append(.init(range: begin..<tag.range.upperBound, bytes: []))
          start = nil
        }
      }
      var splice = Splice(edits)
      changed.append((name, splice.next(bytes[...])))
    }
    return changed
  }
}

/// Puts edits in the place of what a document has there, piece by piece.
struct Splice {
  private var edits: ArraySlice<SheetRevision.TextEdit>
  /// Of the document, how much has come.
  private var offset = 0
  /// Up to where it has been copied or replaced.
  private var done = 0

  /// In the order of the document; none overlaps another.
  init(_ edits: [SheetRevision.TextEdit]) { self.edits = edits[...] }

  /// The next piece of the document with what takes its place.
  mutating func next(_ piece: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    let end = offset + piece.count
    func copied(to place: Int) -> ArraySlice<UInt8> {
      let start = max(done, offset)
      guard start < place else { return [] }
      return piece[(piece.startIndex + start - offset)..<(piece.startIndex + place - offset)]
    }
    while let edit = edits.first, edit.range.lowerBound < end {
      edits.removeFirst()
      result += copied(to: edit.range.lowerBound)
      result += edit.bytes
      done = max(done, edit.range.upperBound)
    }
    result += copied(to: end)
    done = max(done, end)
    offset = end
    return result
  }
}
