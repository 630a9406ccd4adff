package import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Reads files whole. Only regular files: a pipe could block, a device never end.
package enum RegularFile {
  /// The bytes, or why they cannot be had. `path` is as the person gave it; messages repeat it so.
  package static func read(_ path: String, limit: Int) -> Result<[UInt8], FileFailure> {
    guard !path.utf8.contains(0) else { return .failure(FileFailure(.unreadable(path, errno: ENOENT))) }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return .failure(FileFailure(.unreadable(path, errno: errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      return .failure(FileFailure(.unreadable(path, errno: errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return .failure(FileFailure(.notAFile(path))) }
    guard status.st_size <= limit else {
      return .failure(FileFailure(.fileTooLarge(path, limit: limit)))
    }
    return read(descriptor, path, limit: limit, expected: Int(status.st_size))
  }

  private static func read(
    _ descriptor: Int32, _ path: String, limit: Int, expected: Int
  ) -> Result<[UInt8], FileFailure> {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe pread(descriptor, $0.baseAddress, $0.count, bytes.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .failure(FileFailure(.unreadable(path, errno: errno))) }
      if count == 0 { return .success(bytes) }
      bytes += buffer[..<count]
      // It may have grown since it was opened.
      if bytes.count > limit { return .failure(FileFailure(.fileTooLarge(path, limit: limit))) }
    }
  }
}

/// Why a file cannot be read.
package struct FileFailure: Error {
  package let diagnostic: Diagnostic

  fileprivate init(_ diagnostic: Diagnostic) {
    self.diagnostic = diagnostic
  }
}

extension Diagnostic {
  fileprivate static func unreadable(_ path: String, errno code: Int32) -> Diagnostic {
    let (ja, en): (String, String) =
      switch code {
      case ENOENT, ENOTDIR: ("ファイルがありません。", "There is no such file.")
      case EACCES, EPERM: ("ファイルを読む権限がありません。", "You may not read this file.")
      default: ("ファイルを読めません（errno \(code)）。", "The file cannot be read (errno \(code)).")
      }
    return Diagnostic(.fileUnreadable, at: SourceLocation(file: path), ja: ja, en: en)
  }

  fileprivate static func notAFile(_ path: String) -> Diagnostic {
    Diagnostic(
      .fileUnreadable, at: SourceLocation(file: path), ja: "通常のファイルではありません（フォルダーなど）。",
      en: "This is not a regular file.")
  }

  static func fileTooLarge(_ path: String, limit: Int) -> Diagnostic {
    Diagnostic(
      .fileTooLarge, at: SourceLocation(file: path),
      ja: "ファイルが大きすぎます（\(limit >> 20) MiBまで）。", en: "The file is too large: \(limit >> 20) MiB at most.")
  }
}
