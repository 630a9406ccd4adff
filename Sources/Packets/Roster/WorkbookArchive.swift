import Glibc
import Libzip

/// The zip that a workbook is.
///
/// All that is asked of libzip when reading. Sizes are measured while unpacking: what the zip claims is not believed.
@safe final class WorkbookArchive {
  private let zip: OpaquePointer
  private let limits: WorkbookLimits
  /// The most that was unpacked of each part, by its place in the zip.
  private var unpacked: [Int: Int] = [:]
  private var total = 0

  init(_ path: String, limits: WorkbookLimits) throws(WorkbookFault) {
    self.limits = limits
    let file = try unsafe Self.openFile(path, limits: limits)
    guard let source = unsafe zip_source_filep_create(file, 0, -1, nil) else {
      unsafe fclose(file)
      throw .notWorkbook
    }
    guard let zip = unsafe zip_open_from_source(source, ZIP_RDONLY, nil) else {
      unsafe zip_source_free(source)
      throw .notWorkbook
    }
    unsafe self.zip = zip
    if unsafe zip_get_num_entries(zip, 0) > limits.entries { throw .tooLarge }
  }

  deinit { unsafe zip_discard(zip) }

  private static func openFile(
    _ path: String,
    limits: WorkbookLimits
  ) throws(WorkbookFault) -> UnsafeMutablePointer<FILE> {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .file(errno == ENOENT ? .notFound : .system(errno: errno, path: path))
    }
    var status = stat()
    var head = [UInt8](repeating: 0, count: 8)
    let fault: WorkbookFault? =
      if unsafe fstat(descriptor, &status) != 0 {
        .file(.system(errno: errno, path: path))
      } else if status.st_mode & S_IFMT != S_IFREG {
        .file(.notRegular)
      } else if status.st_size > limits.bytes {
        .file(.tooLarge(limit: limits.bytes))
      } else if unsafe pread(descriptor, &head, head.count, 0) < 0 {
        .file(.system(errno: errno, path: path))
      } else if head == [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] {
        .protected
      } else {
        nil
      }
    if let fault {
      close(descriptor)
      throw fault
    }
    guard let file = unsafe fdopen(descriptor, "rb") else {
      let number = errno
      close(descriptor)
      throw .file(.system(errno: number, path: path))
    }
    return unsafe file
  }

  /// A part to be read from its start; nil if there is none.
  func part(_ name: String) throws(WorkbookFault) -> WorkbookPart? {
    let index = unsafe zip_name_locate(zip, name, zip_flags_t(ZIP_FL_NOCASE))
    guard index >= 0 else { return nil }
    var status = unsafe zip_stat()
    guard unsafe zip_stat_index(zip, UInt64(index), 0, &status) == 0 else { throw .damaged }
    if unsafe status.encryption_method != UInt16(ZIP_EM_NONE) { throw .protected }
    guard let file = unsafe zip_fopen_index(zip, UInt64(index), 0) else { throw .damaged }
    return unsafe WorkbookPart(
      file,
      of: self,
      index: Int(index),
      packed: Int(clamping: status.comp_size)
    )
  }

  /// The bytes of a small part; nil if there is none.
  func bytes(of name: String) throws(WorkbookFault) -> [UInt8]? {
    guard let part = try part(name) else { return nil }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try part.read(into: &piece)
      if count == 0 { return bytes }
      if bytes.count + count > limits.smallPart { throw .tooLarge }
      bytes += piece[..<count]
    }
  }

  /// Takes note that so much of a part has been unpacked.
  fileprivate func note(_ size: Int, of index: Int, packed: Int) throws(WorkbookFault) {
    let before = unpacked[index] ?? 0
    guard size > before else { return }
    unpacked[index] = size
    total += size - before
    if total > limits.unpacked { throw .tooLarge }
    if size > 16 << 20, size / max(packed, 1) > limits.ratio { throw .tooLarge }
  }
}

/// One part of the zip, as it is unpacked.
@safe final class WorkbookPart {
  private let file: OpaquePointer
  private let archive: WorkbookArchive
  private let index: Int
  private let packed: Int
  private var size = 0

  fileprivate init(_ file: OpaquePointer, of archive: WorkbookArchive, index: Int, packed: Int) {
    unsafe self.file = file
    self.archive = archive
    self.index = index
    self.packed = packed
  }

  deinit { unsafe zip_fclose(file) }

  /// Unpacks into the buffer from its start; 0 at the end.
  func read(into buffer: inout [UInt8]) throws(WorkbookFault) -> Int {
    let count = unsafe zip_fread(file, &buffer, UInt64(buffer.count))
    guard count >= 0 else { throw .damaged }
    size += Int(count)
    try archive.note(size, of: index, packed: packed)
    return Int(count)
  }
}
