import Batches
import Files

/// Bytes that are made when somebody asks for them, so that what is not read is not made.
struct PulledPieces: AsyncSequence, Sendable {
  typealias Element = [UInt8]
  typealias Failure = any Error
  typealias Pull = () throws -> [UInt8]?

  private let begin: @Sendable () throws -> Pull

  /// `begin` is called with the first question.
  init(_ begin: @escaping @Sendable () throws -> Pull) { self.begin = begin }

  init(_ file: FileStream) {
    self.init {
      var file = file
      return { try file.next() }
    }
  }

  struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let begin: @Sendable () throws -> Pull
    private var pull: Pull?

    fileprivate init(begin: @escaping @Sendable () throws -> Pull) { self.begin = begin }

    mutating func next() async throws -> [UInt8]? {
      let pull = try self.pull ?? begin()
      self.pull = pull
      return try pull()
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(begin: begin) }
}

extension Reply {
  /// A file to be saved, in pieces; nil if it is not there.
  static func file(at path: String, named name: String) -> Reply? {
    guard let file = try? FileStream(path) else { return nil }
    return Reply(type: .bytes, body: .pieces(PulledPieces(file)), fileName: name)
  }

  /// A page of papers, in pieces, under its own policy; nil if it is not there.
  static func paper(at path: String) -> Reply? {
    guard let file = try? FileStream(path) else { return nil }
    var head: [UInt8] = []
    var reader = file
    while head.suffix(1 << 18 + 8).firstRange(of: Array("</style>".utf8)) == nil {
      guard let piece = try? reader.next() else { return nil }
      head += piece
    }
    return Reply(
      type: .html,
      body: .pieces(PulledPieces(file)),
      policy: .paper(styleHash: StyleHash.of(page: head))
    )
  }

  /// A zip to be saved, made while it is sent.
  static func zip<Entries: ZipEntries>(
    named name: String,
    _ entries: @escaping @Sendable () throws -> Entries
  ) -> Reply {
    let pieces = PulledPieces {
      var stream = try ZipStream(entries())
      return { try stream.next() }
    }
    return Reply(type: .zip, body: .pieces(pieces), fileName: name)
  }
}
