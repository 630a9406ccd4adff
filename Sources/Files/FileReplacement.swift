import CFileSystem
import Glibc

/// Writing where something stands already: a person's file, for which nothing must ever be half of what it was.
extension FileSystem {
  /// Puts new bytes in a file's place in one step; a link stays, and what it leads to is replaced.
  ///
  /// The file keeps its mode, its list of rights and, if that is possible, its owner. It is replaced only if it holds `old` to
  /// the last: else `.changed` is thrown, and nothing has happened.
  package static func replace(_ path: String, holding old: [UInt8], with new: [UInt8])
    throws(Failure)
  {
    guard let path = canonicalPath(path) else {
      throw errno == ENOENT ? .notFound : .system(errno: errno, path: path)
    }
    // The folder would let it happen; but a file that says no means it.
    guard unsafe access(path, W_OK) == 0 else { throw .system(errno: errno, path: path) }
    let staged = try stage(new, for: path, like: path)
    do throws(Failure) {
      guard holds(old, in: path) else { throw .changed(path: path) }
      try rename(staged, path)
    } catch {
      try? remove(staged)
      throw error
    }
    try sync(folder(of: path))
  }

  /// Writes a file of its own, never over another one; false, if the name is taken.
  package static func create(_ path: String, with bytes: [UInt8], like other: String?)
    throws(Failure)
    -> Bool
  {
    guard !exists(path) else { return false }
    let staged = try stage(bytes, for: path, like: other.flatMap(canonicalPath))
    defer { try? remove(staged) }
    // A second name is given only if it has not been taken meanwhile.
    if unsafe link(staged, path) != 0 {
      if errno == EEXIST { return false }
      // File systems without second names.
      guard errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK else {
        throw .system(errno: errno, path: path)
      }
      guard !exists(path) else { return false }
      try rename(staged, path)
    }
    try sync(folder(of: path))
    return true
  }

  /// Puts a file in place in one step, over nothing but one that `isOurs`; untouched if it holds these bytes already.
  package static func put(_ bytes: [UInt8], at path: String, over isOurs: ([UInt8]) -> Bool)
    throws(Failure)
  {
    if isFile(path), holds(bytes, in: path) { return }
    if exists(path) {
      guard case .success(let old) = read(path, atMost: .max, followsLinks: false), isOurs(old)
      else { throw .notOurs(path: path) }
    }
    let staged = try stage(bytes, for: path, like: nil)
    do throws(Failure) {
      try rename(staged, path)
    } catch {
      try? remove(staged)
      throw error
    }
    try sync(folder(of: path))
  }

  /// A synced file beside a path, under an unusual name; with the rights of another file, or of the folder.
  private static func stage(_ bytes: [UInt8], for path: String, like other: String?)
    throws(Failure) -> String
  {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let staged = folder(of: path) + "/.\(name.prefix(60)).\(getpid()).tokki"
    if isFile(staged) { try remove(staged) }
    do throws(Failure) {
      if let other {
        // The new file may not be readable by more users than the old one.
        try write(bytes, to: staged, mode: 0o600, syncs: false)
        try liken(staged, to: other)
      } else {
        try write(bytes, to: staged, mode: rights(in: folder(of: path)).file)
      }
      return staged
    } catch {
      try? remove(staged)
      throw error
    }
  }

  /// Gives a file the owner and the rights of another, and syncs it.
  private static func liken(_ path: String, to other: String) throws(Failure) {
    let model = unsafe open(other, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard model >= 0 else { throw .system(errno: errno, path: other) }
    defer { close(model) }
    var status = stat()
    guard unsafe fstat(model, &status) == 0 else { throw .system(errno: errno, path: other) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(errno: errno, path: path) }
    defer { close(descriptor) }
    // Only root can change a file's owner; the owner matters less than that it is saved.
    if fchown(descriptor, status.st_uid, status.st_gid) != 0, errno != EPERM {
      throw .system(errno: errno, path: path)
    }
    guard fchmod(descriptor, status.st_mode & 0o7777) == 0,
      tokki_copy_attributes(model, descriptor) == 0, fsync(descriptor) == 0
    else { throw .system(errno: errno, path: path) }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
