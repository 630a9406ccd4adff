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

/// A zip, made piece by piece as it is asked for, so that nothing of it waits in memory.
///
/// The same files make the same bytes. What the directory at the end needs to know lies in a file without a name meanwhile, so that
/// memory does not grow with the number of files either.
package struct ZipStream<Entries: ZipEntries> {
  private var entries: Entries
  private var directory: ZipDirectory
  private var offset: UInt64 = 0
  private var stage = Stage.entries
  private var body: Body?

  private enum Stage { case entries, directory, done }

  /// The rest of a large file on its way.
  private struct Body {
    let file: InputFile
    let deflation: Deflation?
    var place = 0
  }

  /// A larger file is read twice: the first time to know its size and its checksum.
  private let largestWhole: Int

  /// `folder` is where the directory may lie meanwhile.
  package init(_ entries: Entries, workingIn folder: String, largestWhole: Int = 8 << 20) {
    self.entries = entries
    self.largestWhole = largestWhole
    directory = ZipDirectory(folder)
  }

  /// The next piece; nil at the end.
  package mutating func next() throws(FileSystem.Failure) -> [UInt8]? {
    var piece: [UInt8] = []
    while piece.isEmpty {
      if body != nil {
        try continueBody(&piece)
      } else {
        switch stage {
        case .entries:
          if let entry = try entries.next() {
            try begin(entry, &piece)
          } else {
            stage = .directory
          }
        case .directory:
          guard let part = try directory.next() else {
            piece = ZipRecord.end(
              count: directory.count,
              directoryAt: offset,
              size: directory.size
            )
            stage = .done
            return piece
          }
          piece = part
          continue
        case .done: return nil
        }
      }
      if stage == .entries { offset += UInt64(piece.count) }
    }
    return piece
  }

  private mutating func begin(_ entry: ZipEntry, _ piece: inout [UInt8]) throws(FileSystem.Failure)
  {
    switch entry.content {
    case .bytes(let bytes): try add(bytes, as: entry.name, &piece)
    case .file(let file):
      guard file.size > largestWhole else {
        let bytes = try file.contents(atMost: largestWhole)
        try file.expectUnchanged()
        return try add(bytes, as: entry.name, &piece)
      }
      try begin(file, as: entry.name, &piece)
    }
  }

  private mutating func add(_ bytes: [UInt8], as name: String, _ piece: inout [UInt8])
    throws(FileSystem.Failure)
  {
    var checksum = Checksum()
    checksum.add(bytes)
    var packed: [UInt8] = []
    try Deflation().pack(bytes, isLast: true, into: &packed)
    let isPacked = packed.count < bytes.count
    let content = isPacked ? packed : bytes
    let record = ZipRecord(
      name: name,
      isPacked: isPacked,
      checksum: checksum.value,
      size: UInt64(bytes.count),
      packedSize: UInt64(content.count),
      offset: offset
    )
    try directory.add(record)
    piece = record.localHeader + content
  }

  // MARK: Large files

  private static var pieceSize: Int { 1 << 18 }

  private mutating func begin(_ file: InputFile, as name: String, _ piece: inout [UInt8])
    throws(FileSystem.Failure)
  {
    var checksum = Checksum()
    let deflation = try Deflation()
    var size = 0
    var packedSize = 0
    var bytes: [UInt8] = []
    var packed: [UInt8] = []
    while try file.read(Self.pieceSize, at: size, into: &bytes) {
      checksum.add(bytes)
      deflation.pack(bytes, isLast: false, into: &packed)
      size += bytes.count
      packedSize += packed.count
      bytes.removeAll(keepingCapacity: true)
      packed.removeAll(keepingCapacity: true)
    }
    deflation.pack([], isLast: true, into: &packed)
    packedSize += packed.count
    let isPacked = packedSize < size
    let record = ZipRecord(
      name: name,
      isPacked: isPacked,
      checksum: checksum.value,
      size: UInt64(size),
      packedSize: UInt64(isPacked ? packedSize : size),
      offset: offset
    )
    try directory.add(record)
    piece = record.localHeader
    body = Body(file: file, deflation: isPacked ? try Deflation() : nil)
  }

  private mutating func continueBody(_ piece: inout [UInt8]) throws(FileSystem.Failure) {
    guard var body else { return }
    var bytes: [UInt8] = []
    let isMore = try body.file.read(Self.pieceSize, at: body.place, into: &bytes)
    body.place += bytes.count
    if let deflation = body.deflation {
      deflation.pack(bytes, isLast: !isMore, into: &piece)
    } else {
      piece = bytes
    }
    if !isMore { try body.file.expectUnchanged() }
    self.body = isMore ? body : nil
  }
}

extension InputFile {
  fileprivate func expectUnchanged() throws(FileSystem.Failure) {
    if !isUnchanged { throw .changed(path: path) }
  }
}
