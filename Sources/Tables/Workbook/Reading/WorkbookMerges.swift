import Files
import Markup

/// Finds the merged ranges of a sheet, which stand behind its rows.
enum WorkbookMerges {
  /// More ranges than a list has use for.
  private static let most = 1 << 20

  /// The ranges of which `isWanted` holds, in the order of the sheet; the part is read by as many readers as it takes.
  static func read(
    _ part: () throws(WorkbookFault) -> OfficePart,
    where isWanted: @escaping (MergedRange) -> Bool
  ) throws(WorkbookFault) -> [MergedRange] {
    guard try mayHaveMerges(try part()) else { return [] }
    let handler = Handler(isWanted)
    let stream = MarkupStream(limits: .workbook, handler: handler)
    let part = try part()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try part.read(into: &piece)
      if count == 0 { break }
      let isRead = unsafe piece[..<count].withUnsafeBufferPointer { unsafe stream.feed($0) }
      // The reader of the rows says what is wrong, and where.
      if !isRead || handler.ranges.count > most { break }
    }
    if handler.ranges.count > most { throw .tooLarge }
    return handler.ranges
  }

  /// Whether the name of the element is anywhere in the part: to look for it takes a fraction of a parse.
  private static func mayHaveMerges(_ part: OfficePart) throws(WorkbookFault) -> Bool {
    let name = Array("mergeCell".utf8)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var window: [UInt8] = []
    while true {
      let count = try part.read(into: &piece)
      if count == 0 { return false }
      window = window.suffix(name.count - 1) + piece[..<count]
      if window[...].firstPlace(of: name) != nil { return true }
    }
  }

  private final class Handler: WorkbookHandler {
    var scope = WorkbookScope()
    var ranges: [MergedRange] = []
    private let isWanted: (MergedRange) -> Bool

    init(_ isWanted: @escaping (MergedRange) -> Bool) { self.isWanted = isWanted }

    func startElement(
      _ name: UnsafeBufferPointer<UInt8>,
      namespace: UnsafeBufferPointer<UInt8>,
      attributes: [MarkupAttribute],
      offset: Int
    ) {
      guard unsafe scope.start(name, namespace) == .merge,
        let reference = unsafe attributes.first(where: { unsafe $0.isCalled("ref") }),
        let range = unsafe MergedRange(Array(reference.value)), isWanted(range)
      else { return }
      ranges.append(range)
    }

    func endElement(_ name: UnsafeBufferPointer<UInt8>, offset: Int) { _ = unsafe scope.end(name) }
  }
}

extension MergedRange {
  /// B3:C4; nil for anything else, and for a single cell.
  init?(_ reference: [UInt8]) {
    let corners = reference.split(separator: UInt8(ascii: ":")).compactMap { corner in
      unsafe Array(corner).withUnsafeBufferPointer { unsafe CellReference.read($0) }
    }
    guard corners.count == 2, case let (first, last) = (corners[0], corners[1]), first != last,
      first.row <= last.row, first.column <= last.column
    else { return nil }
    self.init(rows: first.row...last.row, columns: (first.column - 1)...(last.column - 1))
  }
}
