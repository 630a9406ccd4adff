package import Files

/// A file of a zip in the making.
package struct ZipEntry: Sendable {
  /// With slashes between folders.
  let name: String
  let content: Content

  enum Content: Sendable {
    case bytes([UInt8])
    case file(InputFile)
  }

  init(_ name: String, _ file: InputFile) {
    self.name = name
    content = .file(file)
  }

  package init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    content = .bytes(bytes)
  }
}

/// Hands out the files of a zip, one after another.
package protocol ZipEntries: SendableMetatype {
  mutating func next() throws(FileSystem.Failure) -> ZipEntry?
}

/// A zip, made piece by piece as it is asked for, so that no file waits in memory.
///
/// The same files make the same bytes. The directory at the end is kept in memory, about 100 bytes a file.
package struct ZipStream<Entries: ZipEntries> {
  private var entries: Entries
  private let deflation: Deflation
  /// A file that is being read.
  private var body: (record: ZipRecord, file: InputFile)?
  private var directory: [UInt8] = []
  private var count = 0
  private var offset = 0
  private var isDone = false

  private static var pieceSize: Int { 1 << 18 }

  package init(_ entries: Entries) throws(FileSystem.Failure) {
    self.entries = entries
    deflation = try Deflation()
  }

  /// The next piece; nil at the end.
  package mutating func next() throws(FileSystem.Failure) -> [UInt8]? {
    var piece: [UInt8] = []
    while !isDone, piece.count < Self.pieceSize {
      if let (record, file) = body {
        try pack(file, as: record, &piece)
      } else if let entry = try entries.next() {
        try begin(entry, &piece)
      } else {
        let start = offset + piece.count
        piece += directory
        piece += ZipRecord.end(count: count, directoryAt: start, size: directory.count)
        isDone = true
      }
    }
    offset += piece.count
    return piece.isEmpty ? nil : piece
  }

  private mutating func begin(_ entry: ZipEntry, _ piece: inout [UInt8]) throws(FileSystem.Failure)
  {
    let record = ZipRecord(name: entry.name, offset: offset + piece.count)
    deflation.begin()
    piece += record.localHeader
    switch entry.content {
    case .bytes(let bytes):
      deflation.pack(bytes, isLast: true, into: &piece)
      end(record, &piece)
    case .file(let file):
      guard file.size <= ZipRecord.largestFile else {
        throw .tooLarge(limit: ZipRecord.largestFile)
      }
      body = (record, file)
    }
  }

  private mutating func pack(_ file: InputFile, as record: ZipRecord, _ piece: inout [UInt8])
    throws(FileSystem.Failure)
  {
    var bytes: [UInt8] = []
    let count = min(Self.pieceSize, max(file.size - deflation.size, 1))
    let isMore = try file.read(count, at: deflation.size, into: &bytes)
    deflation.pack(bytes, isLast: !isMore, into: &piece)
    guard !isMore else { return }
    if !file.isUnchanged { throw .changed(path: file.path) }
    body = nil
    end(record, &piece)
  }

  private mutating func end(_ record: ZipRecord, _ piece: inout [UInt8]) {
    piece += record.descriptor(deflation)
    directory += record.directoryEntry(deflation)
    count += 1
  }
}
