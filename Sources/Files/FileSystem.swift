import CFileSystem
import Glibc

/// The few things that are asked of the file system, with its errors as values.
package enum FileSystem {
  /// The bytes of a regular file; where links are not to be followed, one is a failure.
  package static func read(
    _ path: String,
    atMost limit: Int,
    followsLinks: Bool = true
  ) -> Result<[UInt8], Failure> {
    // Without O_NONBLOCK, opening a pipe without a writer would wait for ever.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW)
    let descriptor = unsafe open(path, flags)
    guard descriptor >= 0 else {
      if errno == ENOENT { return .failure(.notFound) }
      if errno == ELOOP, !followsLinks { return .failure(.link(path: path)) }
      return .failure(.system(errno: errno, path: path))
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
  package static func holds(_ bytes: [UInt8], in path: String) -> Bool {
    guard case .success(let read) = read(path, atMost: bytes.count), read.count == bytes.count
    else {
      return false
    }
    // `==` on arrays goes byte by byte (measured: a fifteenth of a whole batch).
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

  /// What has a name.
  package enum Kind { case file, folder, link, other }

  /// What a path itself is, not what it links to; nil if there is nothing.
  package static func kind(of path: String) throws(Failure) -> Kind? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw .system(errno: errno, path: path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    case _: return .other
    }
  }

  /// The path itself if nothing is there, else with the first free number before its ending: `rejects.1.csv`.
  package static func freePlace(beside path: String) throws(Failure) -> String {
    guard try kind(of: path) != nil else { return path }
    let name = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let end = path[name...].lastIndex(of: ".") ?? path.endIndex
    var number = 1
    while true {
      let other = "\(path[..<end]).\(number)\(path[end...])"
      if try kind(of: other) == nil { return other }
      number += 1
    }
  }

  /// Throws unless names in a folder can be read, added and taken away.
  package static func checkChangeable(_ folder: String) throws(Failure) {
    if unsafe access(folder, R_OK | W_OK | X_OK) != 0 { throw .system(errno: errno, path: folder) }
  }

  /// Whether the path itself, not what it links to, is a file.
  package static func isFile(_ path: String) -> Bool {
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
  package static func names(in path: String) throws(Failure) -> [String]? {
    guard let stream = unsafe opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system(errno: errno, path: path)
    }
    defer { unsafe closedir(stream) }
    guard let names = unsafe names(in: stream) else { throw .system(errno: errno, path: path) }
    return names
  }

  /// The names in an open folder, sorted by bytes; nil with `errno` set if they cannot be read to the end.
  static func names(in stream: OpaquePointer) -> [String]? {
    var names: [String] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { return nil }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Where the running program lies; nil if that is not known.
  package static var program: String? {
    if let path = canonicalPath("/proc/self/exe") { return path }
    // Where there is no /proc.
    guard let path = unsafe tokki_program() else { return nil }
    return unsafe canonicalPath(String(cString: path))
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
    mode: UInt32 = 0o600,
    syncs: Bool = true
  ) throws(Failure) -> FileState {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .system(errno: errno, path: path) }
    var failure = write(bytes, to: descriptor)
    // A failed fsync is never retried: the kernel may have dropped the bytes.
    if failure == 0, syncs, fsync(descriptor) != 0 { failure = errno }
    var status = stat()
    if failure == 0, unsafe fstat(descriptor, &status) != 0 { failure = errno }
    if failure == 0 { grant(mode, to: descriptor, status) }
    // What was taken for written and is not there must never be published.
    if failure == 0, status.st_size != bytes.count { failure = EIO }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 { throw .system(errno: failure, path: path) }
    return FileState(status)
  }

  /// All of the bytes, however many calls that takes; 0 or an errno.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
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

  /// Gives a new file or folder the rights that the umask has held back.
  ///
  /// A file system that knows no rights refuses; what it then has is at most what was asked for.
  ///
  /// The bit by which a folder's group is that of all in it stays.
  private static func grant(_ mode: UInt32, to descriptor: Int32, _ status: stat) {
    if status.st_mode & 0o777 != mode { fchmod(descriptor, status.st_mode & 0o7000 | mode) }
  }

  package static func grant(_ mode: UInt32, to descriptor: Int32) {
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0 { grant(mode, to: descriptor, status) }
  }

  package static func sync(_ folder: String) throws(Failure) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno: errno, path: folder) }
    defer { close(descriptor) }
    // EINVAL: a file system that has no such call for folders.
    if fsync(descriptor) != 0, errno != EINVAL { throw .system(errno: errno, path: folder) }
  }

  /// Makes a folder and those above it, for this user alone; those that are there stay as they are.
  package static func makeFolders(_ path: String) throws(Failure) {
    var index = path.startIndex
    while index < path.endIndex {
      index = path[path.index(after: index)...].firstIndex(of: "/") ?? path.endIndex
      let part = String(path[..<index])
      if unsafe mkdir(part, 0o700) != 0, errno != EEXIST || !isFolderOrLink(part) {
        throw .system(errno: errno, path: part)
      }
    }
  }

  /// Makes one folder, in a folder that is there; `keeps`: one that has the name already stays, but no link to one.
  package static func makeFolder(_ path: String, mode: UInt32 = 0o700, orKeep keeps: Bool = false)
    throws(Failure)
  {
    if unsafe mkdir(path, mode) != 0 {
      guard keeps, errno == EEXIST else { throw .system(errno: errno, path: path) }
      switch try kind(of: path) {
      case .folder: return
      case .link: throw .link(path: path)
      case .file, .other, nil: throw .system(errno: ENOTDIR, path: path)
      }
    }
    var status = stat()
    if unsafe lstat(path, &status) == 0, status.st_mode & 0o777 == mode { return }
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno: errno, path: path) }
    defer { close(descriptor) }
    grant(mode, to: descriptor)
  }

  private static func isFolderOrLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The rights that a folder gives to what is put in it: its own, but never that others may write.
  ///
  /// What everybody may put something into, as `/tmp`, gives none to others.
  package static func rights(in folder: String) -> (folder: UInt32, file: UInt32) {
    var status = stat()
    guard unsafe stat(folder, &status) == 0, status.st_mode & S_ISVTX == 0 else {
      return (0o700, 0o600)
    }
    let mode = status.st_mode & 0o775 | 0o700
    return (mode, mode & 0o666)
  }

  /// Gives a file, not what a link leads to, rights that it was not made with.
  package static func setMode(_ mode: UInt32, of path: String) throws(Failure) {
    let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno: errno, path: path) }
    grant(mode, to: descriptor)
    close(descriptor)
  }

  /// Removes a file, or a folder with all in it; nothing there is no error.
  package static func remove(_ path: String) throws(Failure) {
    if isFolder(path) {
      for name in try names(in: path) ?? [] { try remove(path + "/" + name) }
      if unsafe rmdir(path) != 0 { throw .system(errno: errno, path: path) }
    } else if unsafe unlink(path) != 0, errno != ENOENT {
      throw .system(errno: errno, path: path)
    }
  }

  package static func rename(_ old: String, _ new: String) throws(Failure) {
    if unsafe Glibc.rename(old, new) != 0 { throw .system(errno: errno, path: new) }
  }

  /// Swaps two folders in one step; false on a file system that cannot, such as NTFS, SMB and FUSE.
  package static func exchange(_ a: String, _ b: String) throws(Failure) -> Bool {
    if unsafe tokki_exchange(a, b) == 0 { return true }
    if errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP { return false }
    throw .system(errno: errno, path: b)
  }
}
