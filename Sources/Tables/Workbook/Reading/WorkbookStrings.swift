import Markup

/// The texts that the cells of a workbook share, one behind the other.
struct WorkbookStrings {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  subscript(index: Int) -> [UInt8]? {
    guard ends.indices.contains(index) else { return nil }
    let start = index == 0 ? 0 : Int(ends[index - 1])
    return Array(bytes[start..<Int(ends[index])])
  }

  fileprivate mutating func append(_ text: [UInt8]) {
    bytes += text
    ends.append(UInt32(bytes.count))
  }

  fileprivate var size: Int { bytes.count + 4 * ends.count }

  /// Reads the part to its end.
  static func read(
    _ part: OfficePart,
    limits: WorkbookLimits
  ) throws(WorkbookFault) -> WorkbookStrings {
    let handler = Handler()
    let stream = MarkupStream(limits: .workbook, handler: handler)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try part.read(into: &piece)
      if count == 0 { break }
      let isRead = unsafe piece[..<count].withUnsafeBufferPointer { unsafe stream.feed($0) }
      guard isRead else { throw .damaged }
      if handler.scope.isTooLong || handler.strings.size > limits.heldText { throw .tooLarge }
    }
    guard stream.finish() else { throw .damaged }
    return handler.strings
  }

  private final class Handler: WorkbookHandler {
    var scope = WorkbookScope()
    var strings = WorkbookStrings()

    func startElement(
      _ name: UnsafeBufferPointer<UInt8>,
      namespace: UnsafeBufferPointer<UInt8>,
      attributes: [MarkupAttribute],
      offset: Int
    ) {
      switch unsafe scope.start(name, namespace) {
      case .item: scope.clear()
      case .text: scope.isGathering = true
      case .sheetData, .row, .cell, .formula, .value, .inline, .merge, .view, .other, .skipped:
        break
      }
    }

    func endElement(_ name: UnsafeBufferPointer<UInt8>, offset: Int) {
      switch unsafe scope.end(name) {
      case .item: strings.append(scope.text.withoutWorkbookEscapes)
      case .text: scope.isGathering = false
      case .sheetData, .row, .cell, .formula, .value, .inline, .merge, .view, .other, .skipped:
        break
      }
    }
  }
}
