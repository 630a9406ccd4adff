import Diagnostics
package import Files
import Tables

extension ImportedText {
  private static let textLimit = 4 << 20
  private static let documentLimit = 32 << 20

  /// Reads a plain text, a page of HTML or a document of Word, whichever its bytes show it to be.
  package static func read(_ path: String) throws(ReadFailure) -> ImportedText {
    let location = SourceLocation(file: path)
    let file = try InputFile.opened(path)
    let head = try file.all(4096, isHead: true)
    let foreign = ForeignFile(head, file)
    if let foreign,
      let refused = UnreadableText(foreign, isRichText: head.starts(with: "{\\rtf".utf8))
    {
      if refused == .oldWord, head.starts(with: [0x50, 0x4B]) {
        if file.size > documentLimit { throw .tooLarge(documentLimit, location) }
        return try WordText.read(file)
      }
      throw ReadFailure(.unreadableText(refused, at: location))
    }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw ReadFailure(.unreadableText(.spreadsheet, at: location))
    }
    let bytes = try file.all(textLimit, isHead: false)
    if bytes.allSatisfy({ $0 <= 0x20 }) { throw ReadFailure(.emptyText(at: location)) }
    let isHTML = foreign == .html || foreign == .xml
    let encoding =
      isHTML ? HTMLText.encoding(declaredIn: bytes) : foreign == .jis ? "ISO-2022-JP" : nil
    guard let text = decoded(bytes, as: encoding) else {
      throw ReadFailure(.unknownEncoding(at: location))
    }
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    return isHTML ? HTMLText.read(scalars, file: path) : plain(scalars, file: path)
  }

  /// The text in UTF-8: as its bytes say, else as it declares, else as Windows writes Japanese; nil if it is none of these.
  static func decoded(_ bytes: [UInt8], as declared: String?) -> [UInt8]? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return TextConversion(from: "UTF-16", to: "UTF-8")?.convert(bytes)
    }
    if declared != "ISO-2022-JP", String(validating: bytes, as: UTF8.self) != nil {
      return bytes.contains(0) ? nil : bytes
    }
    if let declared, let text = TextConversion(from: declared, to: "UTF-8")?.convert(bytes) {
      return text
    }
    return CP932.shared?.decode(bytes[...])
  }
}

extension InputFile {
  fileprivate static func opened(_ path: String) throws(ReadFailure) -> InputFile {
    do throws(FileSystem.Failure) {
      return try InputFile(path)
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: path)))
    }
  }

  /// The first bytes, or all of a file that has no more.
  fileprivate func all(_ limit: Int, isHead: Bool) throws(ReadFailure) -> [UInt8] {
    do throws(FileSystem.Failure) {
      if !isHead { return try contents(atMost: limit) }
      var bytes: [UInt8] = []
      _ = try read(limit, at: 0, into: &bytes)
      return bytes
    } catch {
      throw ReadFailure(error.diagnostic(at: SourceLocation(file: path)))
    }
  }
}

extension ReadFailure {
  fileprivate static func tooLarge(_ limit: Int, _ location: SourceLocation) -> ReadFailure {
    ReadFailure(FileSystem.Failure.tooLarge(limit: limit).diagnostic(at: location))
  }
}
