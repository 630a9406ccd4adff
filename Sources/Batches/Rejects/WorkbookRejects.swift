import Files
import Rosters
import Tables

final class WorkbookRejects: TableOutput {
  private let writer: WorkbookWriter

  init(_ path: String) { writer = WorkbookWriter(path) }

  func begin(_ name: String, _ header: [[UInt8]], like source: any TableSource)
    throws(FileSystem.Failure) -> Int
  {
    let reasons = Array(HeaderReading.reportHeaders[0].utf8)
    return try writer.addSheet(
      name,
      header: header,
      prose: header.indices.filter { header[$0] == reasons }
    )
  }

  func append(_ cells: [[UInt8]], to table: Int) throws(FileSystem.Failure) {
    try writer.append(cells, to: table)
  }

  func finish() throws(FileSystem.Failure) { try writer.close() }
}
