import Hummingbird
import NIOCore

/// A body as it comes in, piece by piece, so that no more than a piece is ever held.
struct Upload: AsyncSequence, Sendable {
  typealias Element = [UInt8]

  enum Fault: Error {
    case tooLarge
    /// The sender went away before the end.
    case cutOff
  }

  let body: RequestBody
  /// What the head says; nil if it does not.
  let length: Int?
  let limit: Int

  struct AsyncIterator: AsyncIteratorProtocol {
    var pieces: RequestBody.AsyncIterator
    let length: Int?
    let limit: Int
    var count = 0

    mutating func next() async throws -> [UInt8]? {
      guard let piece = try await pieces.next() else {
        if let length, count != length { throw Fault.cutOff }
        return nil
      }
      count += piece.readableBytes
      guard count <= limit else { throw Fault.tooLarge }
      return Array(buffer: piece)
    }
  }

  func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(pieces: body.makeAsyncIterator(), length: length, limit: limit)
  }

  /// All of it, for what is small.
  func collected() async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await piece in self { bytes += piece }
    return bytes
  }
}
