package import Diagnostics
import Glibc

/// The few things that are asked of the file system, with its errors as values.
package enum FileSystem {
  /// Why a file could not be read or written.
  package enum Failure: Error, Equatable {
    case notFound
    case notRegular
    case tooLarge(limit: Int)
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

  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, sorted by bytes; nil if it is none.
  package static func entries(of path: String) -> [String]? {
    guard let stream = unsafe opendir(path) else { return nil }
    defer { unsafe closedir(stream) }
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

extension FileSystem.Failure {
  package func diagnostic(at location: SourceLocation) -> Diagnostic {
    switch self {
    case .notFound:
      Diagnostic(.fileUnreadable, at: location, ja: "ファイルがありません。", en: "There is no such file.")
    case .notRegular:
      Diagnostic(
        .fileUnreadable, at: location, ja: "通常のファイルではありません。", en: "This is not a regular file.")
    case .tooLarge(let limit):
      Diagnostic(
        .fileTooLarge, at: location, ja: "ファイルが大きすぎます（\(limit >> 20) MiBまで）。",
        en: "The file is too large (the limit is \(limit >> 20) MiB).")
    case .system(let errno, _):
      Diagnostic(
        .fileUnreadable, at: location, ja: "ファイルを読めません（errno \(errno)）。",
        en: "The file cannot be read (errno \(errno)).")
    }
  }
}
