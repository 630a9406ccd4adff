import Packets

/// What the server asks of the session: a function for each route that is not the server's own.
///
/// `body` is the JSON as it came, and `bytes` a file; at most 2 MiB.
protocol Endpoints: Sendable {
  func edition() async -> Reply
  func data() async -> Reply
  func paper(number: Int) async -> Reply
  func printed(key: Int) async -> Reply
  func render(_ body: [UInt8]) async -> Reply
  func print(_ body: [UInt8]) async -> Reply
  func packet(_ body: [UInt8]) async -> Reply
  func source(_ body: [UInt8]) async -> Reply
  func openData(_ bytes: [UInt8], named name: String) async -> Reply
  func save(_ body: [UInt8]) async -> Reply
  func download(_ body: [UInt8]) async -> Reply

  func beginList(_ body: [UInt8]) async -> Reply
  /// A file of the list. What its upload throws (too large, cut off) is to be thrown on.
  func listFile(named name: String, from upload: Upload) async throws -> Reply
  func openList(_ body: [UInt8]) async -> Reply
  func list() async -> Reply
  func listRows(of list: Int, from: Int, count: Int) async -> Reply
  func correct(_ body: [UInt8]) async -> Reply
  func renderRow(_ body: [UInt8]) async -> Reply
  func listStarter() async -> Reply
  func listDownload() async -> Reply

  func startBatch(_ body: [UInt8]) async -> Reply
  func cancelBatch(_ body: [UInt8]) async -> Reply
  func batch() async -> Reply
  func batchPackets() async -> Reply
  func batchRejects() async -> Reply
  func batchPrint(_ order: PrintOrder) async -> Reply

  /// Ends what is running and removes what it made, in half a second.
  func end() async
}
