import Glibc

/// Writing where something stands already: a person's file, for which nothing must ever be half of what it was.
extension FileSystem {
  /// Puts new bytes in a file's place in one step; a link stays, and what it leads to is replaced.
  ///
  /// The file keeps its mode and, if that is possible, its owner. It is replaced only if it holds `old` to the last: else
  /// `.changed` is thrown, and nothing has happened.
  static func replace(_ path: String, holding old: [UInt8], with new: [UInt8]) throws(Failure) {
    guard let path = canonicalPath(path) else {
      throw errno == ENOENT ? .notFound : .system(errno: errno, path: path)
    }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw .system(errno: errno, path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    // The folder would let it happen; but a file that says no means it.
    guard unsafe access(path, W_OK) == 0 else { throw .system(errno: errno, path: path) }
    let staged = try stage(new, for: path, like: status)
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
  static func create(_ path: String, with bytes: [UInt8], like other: String?) throws(Failure)
    -> Bool
  {
    guard !exists(path) else { return false }
    var status = stat()
    let isLike = other.map { unsafe stat($0, &status) == 0 } ?? false
    let staged = try stage(bytes, for: path, like: isLike ? status : nil)
    defer { try? remove(staged) }
    // A second name is given only if nobody else has taken it meanwhile.
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

  /// A synced file beside a path, under a name that nobody gives to a file.
  private static func stage(
    _ bytes: [UInt8],
    for path: String,
    like status: stat?
  ) throws(Failure) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let staged = folder(of: path) + "/.\(name.prefix(60)).\(getpid()).tokki"
    if isFile(staged) { try remove(staged) }
    do throws(Failure) {
      // Nobody may read in the new file what the old one hides.
      try write(bytes, to: staged, mode: status == nil ? 0o644 : 0o600, syncs: status == nil)
      guard let status else { return staged }
      let descriptor = unsafe open(staged, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .system(errno: errno, path: staged) }
      defer { close(descriptor) }
      // Only root can give a file away; whose it is matters less than that it is saved.
      if fchown(descriptor, status.st_uid, status.st_gid) != 0, errno != EPERM {
        throw .system(errno: errno, path: staged)
      }
      guard fchmod(descriptor, status.st_mode & 0o7777) == 0, fsync(descriptor) == 0 else {
        throw .system(errno: errno, path: staged)
      }
      return staged
    } catch {
      try? remove(staged)
      throw error
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
