import Files
import Glibc
import Packets
import TemplateCompiler

/// What was published in a batch folder: `.tokki/journal`, a line a packet, appended once the packet is safely in place.
///
/// A later line for the same packet replaces an earlier one. Each line begins with a digest of its rest, so that a line that is
/// not as it was written is known; it counts as never written, and is reported, unless it is the last one, cut off in the middle.
struct Journal: Sendable {
  struct Entry: Sendable {
    /// `<contract folder>/<vendor folder>`.
    let path: String
    /// What the packet was made from: the batch's settings and the row's data.
    let source: Digest
    /// What was typed in the row, with all that its packet depends on besides; nil if the row has diagnostics.
    let typed: Digest?
    /// The manifest's root.
    let root: Digest
    let checkNumber: String
    /// Every file of the packet, the manifest among them, by name.
    let files: [(name: String, state: FileState)]

    var packet: BatchManifest.Packet {
      BatchManifest.Packet(path: path, root: root, checkNumber: checkNumber)
    }

    /// The same packet of a row that was typed otherwise.
    func typed(_ typed: Digest?) -> Entry {
      Entry(
        path: path,
        source: source,
        typed: typed,
        root: root,
        checkNumber: checkNumber,
        files: files
      )
    }
  }

  private let bytes: [UInt8]
  /// The newest line of each packet.
  private let lines: [String: Range<Int>]
  /// The newest line for what was typed.
  private let typed: [Digest: Range<Int>]
  /// The bytes of the file up to the first line that is damaged or cut off, and those of the good lines behind it.
  private let wholeSize: Int
  private let rest: [UInt8]
  /// The numbers of the lines that are damaged.
  let damagedLines: [Int]

  /// Reads a batch folder's journal; none is an empty one.
  init(of run: OutputFolder) throws(FileSystem.Failure) {
    switch FileSystem.read(run.journal, atMost: .max, followsLinks: false) {
    case .success(let bytes): self.init(bytes)
    case .failure(.notFound): self.init([])
    case .failure(let failure): throw failure
    }
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var lines: [String: Range<Int>] = [:]
    var typed: [Digest: Range<Int>] = [:]
    var start = 0
    var number = 0
    var damagedLines: [Int] = []
    var damage: Int?
    var rest: [UInt8] = []
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      number += 1
      if let (path, digest) = Self.keys(ofLine: bytes[start..<end]) {
        lines[path] = start..<end
        if let digest { typed[digest] = start..<end }
        if damage != nil { rest += bytes[start...end] }
      } else {
        damagedLines.append(number)
        damage = damage ?? start
      }
      start = end + 1
    }
    self.lines = lines
    self.typed = typed
    self.damagedLines = damagedLines
    self.rest = rest
    wholeSize = damage ?? start
  }

  /// The paths of all packets that were published, in no order.
  var paths: some Sequence<String> { lines.keys }

  subscript(path: String) -> Entry? {
    lines[path].flatMap { Self.entry(ofLine: bytes[$0]) }
  }

  /// The packet that was published last at its place, if this is what was typed then.
  func entry(typed digest: Digest) -> Entry? {
    guard let line = typed[digest], let entry = Self.entry(ofLine: bytes[line]),
      lines[entry.path] == line
    else { return nil }
    return entry
  }

  /// The journal's file, opened for more lines.
  func writer(of run: OutputFolder, syncs: Bool) throws(FileSystem.Failure) -> JournalWriter {
    try JournalWriter(
      run.journal,
      keeping: wholeSize,
      then: rest,
      mode: run.rights.file,
      syncs: syncs
    )
  }
}

// MARK: Lines

extension Journal {
  private static let tab = UInt8(ascii: "\t")
  /// Hexadecimal digits of the digest that a line begins with.
  private static let sealLength = 16

  /// `seal TAB path TAB typed TAB source TAB root TAB check number (TAB name TAB size TAB time)*`; no part can hold a tab.
  static func line(_ entry: Entry) -> [UInt8] {
    var body = Array(entry.path.utf8)
    func add(_ part: String) {
      body.append(tab)
      body += part.utf8
    }
    add(entry.typed?.hexadecimal ?? "-")
    add(entry.source.hexadecimal)
    add(entry.root.hexadecimal)
    add(entry.checkNumber)
    for file in entry.files {
      add(file.name)
      add(String(file.state.size))
      add(String(file.state.modified))
    }
    return seal(of: body[...]) + [tab] + body + [0x0A]
  }

  private static func seal(of body: ArraySlice<UInt8>) -> [UInt8] {
    Array(Digest(of: Array(body)).hexadecimal.utf8.prefix(sealLength))
  }

  /// Nil for a line that is not as it was written.
  private static func keys(ofLine line: ArraySlice<UInt8>) -> (path: String, typed: Digest?)? {
    let body = line.dropFirst(sealLength + 1)
    guard line.count > sealLength + 1, seal(of: body).elementsEqual(line.prefix(sealLength)) else {
      return nil
    }
    let path = body.prefix { $0 != tab }
    let typed = body[path.endIndex...].dropFirst().prefix { $0 != tab }
    return (String(decoding: path, as: UTF8.self), Digest(hexadecimal: typed))
  }

  private static func entry(ofLine line: ArraySlice<UInt8>) -> Entry? {
    let parts = line.split(separator: tab, omittingEmptySubsequences: false)
    guard parts.count >= 6, (parts.count - 6) % 3 == 0,
      let source = Digest(hexadecimal: parts[3]), let root = Digest(hexadecimal: parts[4])
    else { return nil }
    var files: [(name: String, state: FileState)] = []
    files.reserveCapacity((parts.count - 6) / 3)
    for index in stride(from: 6, to: parts.count, by: 3) {
      guard let size = number(parts[index + 1]), let modified = number(parts[index + 2]) else {
        return nil
      }
      let state = FileState(size: size, modified: Int64(modified))
      files.append((String(decoding: parts[index], as: UTF8.self), state))
    }
    return Entry(
      path: String(decoding: parts[1], as: UTF8.self),
      source: source,
      typed: Digest(hexadecimal: parts[2]),
      root: root,
      checkNumber: String(decoding: parts[5], as: UTF8.self),
      files: files
    )
  }

  /// As `line` writes it.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    Int(String(decoding: digits, as: UTF8.self))
  }
}

/// Appends to a journal.
final class JournalWriter: Sendable {
  private let path: String
  private let descriptor: Int32
  private let syncs: Bool

  /// Cuts off what is no whole line, and writes again what stood behind it.
  fileprivate init(
    _ path: String,
    keeping size: Int,
    then rest: [UInt8],
    mode: UInt32,
    syncs: Bool
  ) throws(FileSystem.Failure) {
    self.path = path
    self.syncs = syncs
    descriptor = unsafe open(
      path,
      O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
      mode
    )
    guard descriptor >= 0 else {
      throw errno == ELOOP ? .link(path: path) : .system(errno: errno, path: path)
    }
    FileSystem.grant(mode, to: descriptor)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0,
      status.st_size == size || ftruncate(descriptor, size) == 0
    else { throw .system(errno: errno, path: path) }
    if !rest.isEmpty { try append(rest) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// All of the lines, synced; after an error the journal may end in a line that is cut off.
  func append(_ entries: [Journal.Entry]) throws(FileSystem.Failure) {
    try append(entries.flatMap(Journal.line))
  }

  private func append(_ bytes: [UInt8]) throws(FileSystem.Failure) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .system(errno: errno, path: path) }
    let size = Int(status.st_size) + bytes.count
    var failure = FileSystem.write(bytes, to: descriptor)
    if failure == 0, syncs, fsync(descriptor) != 0 { failure = errno }
    if failure == 0, unsafe fstat(descriptor, &status) != 0 { failure = errno }
    if failure == 0, status.st_size != size { failure = EIO }
    if failure != 0 { throw .system(errno: failure, path: path) }
  }
}
