import CFileSystem
package import Diagnostics
import Glibc

/// The few things that are asked of the file system, with its errors as values.
package enum FileSystem {
  /// Why a file could not be read or written.
  package enum Failure: Error, Equatable {
    case notFound
    case notRegular
    case tooLarge(limit: Int)
    /// A folder that holds something other than a packet.
    case notOurs(path: String)
    /// An input that someone wrote into while it was read.
    case changed(path: String)
    case system(errno: Int32, path: String)
  }

  /// The bytes of a regular file.
  package static func read(_ path: String, atMost limit: Int) -> Result<[UInt8], Failure> {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      return .failure(errno == ENOENT ? .notFound : .system(errno: errno, path: path))
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      return .failure(.system(errno: errno, path: path))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return .failure(.notRegular) }
    guard status.st_size <= limit else { return .failure(.tooLarge(limit: limit)) }
    let size = Int(status.st_size)
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let n = unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if n == 0 { return }
        if n < 0 {
          if errno == EINTR { continue }
          failure = errno
          return
        }
        count += n
      }
    }
    return failure == 0 ? .success(bytes) : .failure(.system(errno: failure, path: path))
  }

  /// Whether a file holds exactly these bytes.
  static func holds(_ bytes: [UInt8], in path: String) -> Bool {
    guard case .success(let read) = read(path, atMost: bytes.count), read.count == bytes.count
    else {
      return false
    }
    // `==` on arrays goes byte by byte (measured: a fifteenth of a whole run).
    return unsafe read.withUnsafeBytes { a in
      unsafe bytes.withUnsafeBytes { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return true }
        return unsafe memcmp(a, b, bytes.count) == 0
      }
    }
  }

  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0
  }

  /// Whether the path itself, not what it links to, is a file.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, sorted by bytes; nil if it is none, or cannot be read.
  package static func entries(of path: String) -> [String]? { try? names(in: path) }

  /// The names in a folder, sorted by bytes; nil if it is none.
  static func names(in path: String) throws(Failure) -> [String]? {
    guard let stream = unsafe opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system(errno: errno, path: path)
    }
    defer { unsafe closedir(stream) }
    return unsafe names(in: stream)
  }

  /// The names in an open folder, sorted by bytes.
  static func names(in stream: OpaquePointer) -> [String] {
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The path without links and dots; nil if there is no such file.
  package static func canonicalPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}

// MARK: Writing

extension FileSystem {
  /// Writes a new file with these bytes.
  ///
  /// Unless it is synced here, that is for the caller to do before the file is shown to anyone.
  @discardableResult
  package static func write(
    _ bytes: [UInt8],
    to path: String,
    mode: UInt32 = 0o644,
    syncs: Bool = true
  ) throws(Failure) -> FileState {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .system(errno: errno, path: path) }
    var failure = write(bytes, to: descriptor)
    // A failed fsync is never retried: the kernel may have dropped the bytes.
    if failure == 0, syncs, fsync(descriptor) != 0 { failure = errno }
    var status = stat()
    if failure == 0, unsafe fstat(descriptor, &status) != 0 { failure = errno }
    // What was taken for written and is not there must never be published.
    if failure == 0, status.st_size != bytes.count { failure = EIO }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 { throw .system(errno: failure, path: path) }
    return FileState(status)
  }

  /// All of the bytes, however many calls that takes; 0 or an errno.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var written = 0
    var failure: Int32 = 0
    unsafe bytes.withUnsafeBytes { buffer in
      while written < buffer.count, failure == 0 {
        let n = unsafe Glibc.write(
          descriptor,
          buffer.baseAddress?.advanced(by: written),
          buffer.count - written
        )
        if n > 0 {
          written += n
        } else if n == 0 {
          failure = EIO
        } else if errno != EINTR {
          failure = errno
        }
      }
    }
    return failure
  }

  static func sync(_ folder: String) throws(Failure) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno: errno, path: folder) }
    defer { close(descriptor) }
    if fsync(descriptor) != 0 { throw .system(errno: errno, path: folder) }
  }

  /// Makes a folder and those above it.
  package static func makeFolders(_ path: String) throws(Failure) {
    var index = path.startIndex
    while index < path.endIndex {
      index = path[path.index(after: index)...].firstIndex(of: "/") ?? path.endIndex
      let part = String(path[..<index])
      if unsafe mkdir(part, 0o755) != 0, errno != EEXIST || !isFolderOrLink(part) {
        throw .system(errno: errno, path: part)
      }
    }
  }

  /// Makes one folder, in a folder that is there.
  static func makeFolder(_ path: String, orKeep keeps: Bool = false) throws(Failure) {
    if unsafe mkdir(path, 0o755) != 0, !keeps || errno != EEXIST {
      throw .system(errno: errno, path: path)
    }
  }

  private static func isFolderOrLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Removes a file, or a folder with all in it; nothing there is no error.
  package static func remove(_ path: String) throws(Failure) {
    if isFolder(path) {
      for name in entries(of: path) ?? [] { try remove(path + "/" + name) }
      if unsafe rmdir(path) != 0 { throw .system(errno: errno, path: path) }
    } else if unsafe unlink(path) != 0, errno != ENOENT {
      throw .system(errno: errno, path: path)
    }
  }

  static func rename(_ old: String, _ new: String) throws(Failure) {
    if unsafe Glibc.rename(old, new) != 0 { throw .system(errno: errno, path: new) }
  }

  /// Swaps two folders in one step.
  static func exchange(_ a: String, _ b: String) throws(Failure) {
    if unsafe tokki_exchange(a, b) != 0 {
      throw .system(errno: errno, path: b)
    }
  }
}

extension FileSystem.Failure {
  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    switch self {
    case .notFound:
      Diagnostic(.fileUnreadable, at: location, ja: "ファイルがありません。", en: "There is no such file.")
    case .notRegular:
      Diagnostic(
        .fileUnreadable,
        at: location,
        ja: "通常のファイルではありません。",
        en: "This is not a regular file."
      )
    case .tooLarge(let limit):
      Diagnostic(
        .fileTooLarge,
        at: location,
        ja: "ファイルが大きすぎます（\(limit >> 20) MiBまで）。",
        en: "The file is too large (the limit is \(limit >> 20) MiB)."
      )
    case .notOurs: .folderOccupied(at: location)
    case .changed: .fileChangedWhileRead(at: location)
    case .system(let errno, _):
      Diagnostic(
        .fileUnreadable,
        at: location,
        ja: "ファイルを読めません（\(Self.reason(errno).ja)、errno \(errno)）。",
        en: "The file cannot be read (\(Self.reason(errno).en), errno \(errno))."
      )
    }
  }

  /// What is said where a person's own file could not be written.
  package func diagnosticOfSaving(at location: SourceLocation) -> Diagnostic {
    switch self {
    case .notFound, .notRegular, .tooLarge, .notOurs, .changed: diagnostic(at: location)
    case .system(let errno, _):
      Diagnostic(
        .outputNotWritten,
        at: location,
        ja: "保存できません（\(Self.reason(errno).ja)、errno \(errno)）。",
        en: "This cannot be saved (\(Self.reason(errno).en), errno \(errno))."
      )
    }
  }

  /// What is said where a store could not be written.
  package var diagnosticOfStore: Diagnostic {
    diagnosticOfWriting(at: SourceLocation(file: path ?? ""), option: "--store")
  }

  /// What is said where nothing was to be read.
  package func diagnosticOfWriting(at location: SourceLocation, option: String = "--out")
    -> Diagnostic
  {
    switch self {
    case .notFound, .notRegular, .tooLarge: diagnostic(at: location)
    case .notOurs: .folderOccupied(at: location)
    case .changed: .fileChangedWhileRead(at: location)
    case .system(let errno, _):
      Diagnostic(
        .outputNotWritten,
        at: location,
        ja: "書き込めません（\(Self.reason(errno).ja)、errno \(errno)）。",
        en: "This cannot be written (\(Self.reason(errno).en), errno \(errno)).",
        hint: Message(
          ja: "出力先は \(option) で変えられます。",
          en: "Choose another place with \(option)."
        )
      )
    }
  }

  private static func reason(_ errno: Int32) -> Message {
    switch errno {
    case EACCES, EPERM: Message(ja: "権限がありません", en: "permission denied")
    case ENOSPC, EDQUOT: Message(ja: "ディスクに空きがありません", en: "the disk is full")
    case EROFS: Message(ja: "書込みのできないディスクです", en: "the disk is read-only")
    case ENOTDIR, EEXIST:
      Message(ja: "フォルダーのあるべき所にファイルがあります", en: "a file stands where a folder should")
    case ENAMETOOLONG: Message(ja: "名前が長すぎます", en: "the name is too long")
    case EIO: Message(ja: "ディスクの読み書きの障害です", en: "input/output error")
    case EMFILE, ENFILE: Message(ja: "開いているファイルが多すぎます", en: "too many open files")
    case _: Message(ja: "システムのエラーです", en: "an error of the system")
    }
  }
}

extension Diagnostic {
  fileprivate static func fileChangedWhileRead(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileUnreadable,
      at: location,
      ja: "読み込んでいる間に、ファイルが書き換えられました。",
      en: "The file was written into while it was read.",
      hint: Message(ja: "保存が終わってから、もう一度実行してください。", en: "Run again when it has been saved.")
    )
  }

  static func folderOccupied(at location: SourceLocation) -> Self {
    Diagnostic(
      .folderOccupied,
      at: location,
      ja: "書類一式ではないものが入っているフォルダーなので、書き込みません。",
      en: "The folder holds something other than a packet, so nothing is written to it.",
      hint: Message(
        ja: "中のものを別の場所に移すか、--out で別の出力先を選んでください。",
        en: "Move what lies there, or choose another place with --out."
      )
    )
  }
}
