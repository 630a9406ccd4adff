import Diagnostics

enum WorkbookSource {
  static func tables(_ path: String) throws(TableFailure) -> [RosterInput.NamedTable] { [] }
}
final class WorkbookRejects: TableOutput {
  init(_ path: String) {}
  func begin(_ name: String, _ header: [[UInt8]], like source: any TableSource)
    throws(FileSystem.Failure) -> Int { 0 }
  func append(_ cells: [[UInt8]], to table: Int) throws(FileSystem.Failure) {}
  func finish() throws(FileSystem.Failure) {}
}
