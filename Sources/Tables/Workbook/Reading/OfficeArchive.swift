package import Files
import Glibc
import Libzip

/// The zip that a workbook or a document of Word is.
///
/// All that is asked of libzip when reading. Sizes are measured while unpacking: what the zip claims is not believed.
@safe package final class OfficeArchive {
  private let zip: OpaquePointer
  private let limits: WorkbookLimits
  private var unpacked = 0

  package init(_ input: InputFile, limits: WorkbookLimits) throws(WorkbookFault) {
    self.limits = limits
    if input.size > limits.bytes { throw .file(.tooLarge(limit: limits.bytes)) }
    var head: [UInt8] = []
    let file: UnsafeMutablePointer<FILE>
    do throws(FileSystem.Failure) {
      _ = try input.read(8, at: 0, into: &head)
      unsafe file = try input.stream()
    } catch {
      throw .file(error)
    }
    if head == [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] {
      unsafe fclose(file)
      throw .protected
    }
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

  /// A part to be read from its start; nil if there is none.
  func part(_ name: String) throws(WorkbookFault) -> OfficePart? {
    guard let index = unsafe zip.entry(called: name) else { return nil }
    var status = unsafe zip_stat()
    guard unsafe zip_stat_index(zip, index, 0, &status) == 0 else { throw .damaged }
    if unsafe status.encryption_method != UInt16(ZIP_EM_NONE) { throw .protected }
    guard let file = unsafe zip_fopen_index(zip, index, 0) else { throw .damaged }
    return unsafe OfficePart(
      file,
      of: self,
      packed: Int(clamping: status.comp_size)
    )
  }

  /// The bytes of a small part; nil if there is none.
  package func bytes(of name: String) throws(WorkbookFault) -> [UInt8]? {
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

  /// Takes note that `count` bytes have been unpacked.
  fileprivate func note(_ count: Int) throws(WorkbookFault) {
    unpacked += count
    if unpacked > limits.unpacked { throw .tooLarge }
  }

  fileprivate func mayUnfold(_ packed: Int, to size: Int) -> Bool {
    size <= 16 << 20 || size / max(packed, 1) <= limits.ratio
  }
}

/// One part of the zip, as it is unpacked.
@safe final class OfficePart {
  private let file: OpaquePointer
  private let archive: OfficeArchive
  private let packed: Int
  private var size = 0
  private var isFirst = true
  /// For a part in UTF-16, which XML allows and all spreadsheet programs read.
  private var utf16: UTF16Part?

  fileprivate init(_ file: OpaquePointer, of archive: OfficeArchive, packed: Int) {
    unsafe self.file = file
    self.archive = archive
    self.packed = packed
  }

  deinit { unsafe zip_fclose(file) }

  /// Unpacks into the buffer, of four bytes or more, from its start; 0 at the end.
  ///
  /// Of UTF-16 it makes UTF-8.
  func read(into buffer: inout [UInt8]) throws(WorkbookFault) -> Int {
    if isFirst {
      isFirst = false
      var count = try unpack(into: &buffer, atMost: buffer.count / 2)
      utf16 = UTF16Part(buffer[..<count])
      if utf16 == nil { return count }
      // The declaration names the encoding that it was.
      let text = try utf16?.text(buffer[..<count], isFirst: true)
      count = text?.count ?? 0
      buffer.replaceSubrange(..<count, with: text ?? [])
      return count
    }
    guard utf16 != nil else { return try unpack(into: &buffer, atMost: buffer.count) }
    while true {
      // Two bytes become three at most.
      let count = try unpack(into: &buffer, atMost: buffer.count / 2)
      let text = try utf16?.text(buffer[..<count], isFirst: false) ?? []
      if text.isEmpty, count > 0 { continue }
      buffer.replaceSubrange(..<text.count, with: text)
      return text.count
    }
  }

  private func unpack(into buffer: inout [UInt8], atMost limit: Int) throws(WorkbookFault) -> Int {
    let count = unsafe zip_fread(file, &buffer, UInt64(limit))
    guard count >= 0 else { throw .damaged }
    size += Int(count)
    try archive.note(Int(count))
    guard archive.mayUnfold(packed, to: size) else { throw .tooLarge }
    return Int(count)
  }
}

extension OpaquePointer {
  /// The place in a zip of a part, whatever its case, with slashes or, as some programs write them, backslashes; nil if there is
  /// none.
  func entry(called name: String) -> UInt64? {
    let index = unsafe zip_name_locate(self, name, zip_flags_t(ZIP_FL_NOCASE))
    if index >= 0 { return UInt64(index) }
    let wanted = Array(name.utf8)
    for index in 0..<UInt64(max(0, unsafe zip_get_num_entries(self, 0))) {
      guard let entry = unsafe zip_get_name(self, index, 0) else { continue }
      let bytes = unsafe String(cString: entry).utf8.map { $0 == 0x5C ? 0x2F : $0 }
      let path = bytes.first == 0x2F ? bytes[1...] : bytes[...]
      if path.lazy.map(\.lowercased).elementsEqual(wanted.lazy.map(\.lowercased)) { return index }
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var lowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}

extension InputFile {
  /// A stream with a place of its own in this very file.
  fileprivate func stream() throws(FileSystem.Failure) -> UnsafeMutablePointer<FILE> {
    let name = "/proc/self/fd/\(descriptor)"
    guard let stream = unsafe fopen(name, "rbe") else { throw .system(errno: errno, path: path) }
    return unsafe stream
  }
}
