package import Diagnostics
package import Files
import Markup

/// Reads one sheet of a workbook row by row.
///
/// The rows in front of a fault are handed out before it.
package final class WorkbookReader: TableReader {
  package let name: String
  private let part: OfficePart
  private let events: WorkbookSheetEvents
  private let stream: MarkupStream
  /// Short, since every byte of it may name a long text that cells share.
  private var piece = [UInt8](repeating: 0, count: 1 << 14)
  private var taken = 0
  private var fault: WorkbookFault?
  private var isAtEnd = false

  init(name: String, part: OfficePart, events: WorkbookSheetEvents) {
    self.name = name
    self.part = part
    self.events = events
    stream = MarkupStream(limits: .workbook, handler: events)
  }

  package func next() throws(ReadFailure) -> TableRow? {
    while taken == events.rows.count {
      if let fault {
        throw ReadFailure(fault.diagnostic(at: .cell(file: name, row: events.rowNumber)))
      }
      if isAtEnd { return nil }
      events.rows.removeAll(keepingCapacity: true)
      taken = 0
      do throws(WorkbookFault) { try readOn() } catch { fault = error }
    }
    defer { taken += 1 }
    return events.rows[taken]
  }

  private func readOn() throws(WorkbookFault) {
    let count = try part.read(into: &piece)
    isAtEnd = count == 0
    let isRead =
      if isAtEnd {
        stream.finish() && events.hasData
      } else {
        unsafe piece[..<count].withUnsafeBufferPointer { unsafe stream.feed($0) }
      }
    if let fault = events.fault { throw fault }
    if !isRead { throw .damaged }
  }

  package var remarks: [Diagnostic] { [] }
}
