package import Diagnostics
package import Files
import Records

/// A clerk's data file, in one of the formats in which a contract can be written.
package enum DataFile {
  package enum Format: String, CaseIterable, Sendable {
    case yaml, json

    /// By the file's name; nil if its ending is not known.
    package init?(path: String) {
      switch path.split(separator: ".").last?.lowercased() {
      case "yaml", "yml": self = .yaml
      case "json": self = .json
      case nil, _?: return nil
      }
    }

    /// A contract's data is a mapping, so what begins with a brace is JSON.
    package init(content: [UInt8]) {
      let first = content.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
      self = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .yaml
    }
  }

  package static func read(_ path: String, limits: DataLimits = DataLimits()) -> ReadData {
    switch FileSystem.read(path, atMost: limits.bytes) {
    case .failure(let failure):
      ReadData(root: nil, diagnostics: [failure.diagnostic(at: SourceLocation(file: path))])
    case .success(let bytes):
      read(bytes, named: path, format: Format(path: path), limits: limits)
    }
  }

  /// Bytes that came from elsewhere than a file: standard input, a request.
  package static func read(
    _ bytes: [UInt8],
    named name: String,
    format: Format?,
    limits: DataLimits = DataLimits()
  ) -> ReadData {
    guard bytes.count <= limits.bytes else {
      let failure = FileSystem.Failure.tooLarge(limit: limits.bytes)
      return ReadData(root: nil, diagnostics: [failure.diagnostic(at: SourceLocation(file: name))])
    }
    do throws(ReadFailure) {
      let text = try text(bytes, named: name)
      return switch format ?? Format(content: text.bytes) {
      case .yaml: YAMLReader.read(text, limits: limits)
      case .json: JSONReader.read(text, limits: limits)
      }
    } catch {
      return ReadData(root: nil, diagnostics: [error.diagnostic])
    }
  }

  package static func text(_ bytes: [UInt8], named name: String) throws(ReadFailure) -> SourceText {
    // Editors on Windows put a byte order mark first; RFC 8259 §8.1 lets a reader pass over it.
    let hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = SourceText(file: name, bytes: hasByteOrderMark ? Array(bytes.dropFirst(3)) : bytes)
    if let offset = text.firstInvalidUTF8 {
      if let foreign = ForeignData(bytes) {
        throw ReadFailure(foreign.diagnostic(at: text.location(at: 0)))
      }
      let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      throw ReadFailure(
        .foreignText(
          isUTF16 ? .utf16 : ForeignText(Array(text.bytes[offset...]), in: .utf8),
          in: .utf8,
          isJoined: text.bytes[..<offset].isJapaneseUTF8,
          at: text.location(at: offset)
        )
      )
    }
    return text
  }
}
