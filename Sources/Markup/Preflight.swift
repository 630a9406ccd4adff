package import Diagnostics

/// What is asked of the bytes before libxml2 sees them: the questions that it answers late, slowly, or not at all.
enum Preflight {
  static func check(_ source: SourceText, limits: MarkupParser.Limits) -> Diagnostic? {
    let bytes = source.bytes
    guard bytes.count <= limits.bytes else {
      return .fileTooLarge(limits.bytes, at: SourceLocation(file: source.file))
    }
    if [[0xFE, 0xFF], [0xFF, 0xFE], [0x00, 0x3C], [0x3C, 0x00], [0x4C, 0x6F]]
      .contains(where: bytes.starts(with:))
    {
      return .invalidEncoding(at: source.location(at: 0))
    }
    if let offset = source.firstInvalidUTF8 {
      return .invalidEncoding(at: source.location(at: offset))
    }
    if let offset = foreignEncodingDeclaration(bytes) {
      return .invalidEncoding(at: source.location(at: offset))
    }
    if let offset = crowdedTag(bytes, limit: limits.attributes + limits.namespaces) {
      return .tooManyAttributes(limits.attributes, at: source.location(at: offset))
    }
    return nil
  }

  /// The offset of an encoding name other than UTF-8 in the XML declaration.
  private static func foreignEncodingDeclaration(_ bytes: [UInt8]) -> Int? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard bytes[start...].starts(with: "<?xml ".utf8) || bytes[start...].starts(with: "<?xml\n".utf8)
      || bytes[start...].starts(with: "<?xml\t".utf8),
      let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let declaration = bytes[start..<end]
    let word = Array("encoding".utf8)
    guard let at = declaration.indices.first(where: { declaration[$0...].starts(with: word) }),
      let open = declaration[at...].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
      let close = declaration[(open + 1)...].firstIndex(of: declaration[open])
    else { return nil }
    let name = declaration[(open + 1)..<close].map { $0 | 0x20 }
    return name == Array("utf-8".utf8).map { $0 | 0x20 } ? nil : open + 1
  }

  /// The offset of a tag with more attributes than the limit: libxml2 compares them pairwise before it tells of them
  /// (measured: 40,000 take 2.3 s).
  private static func crowdedTag(_ bytes: [UInt8], limit: Int) -> Int? {
    var tag: Int?
    var quote: UInt8?
    var count = 0
    for (offset, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "<") where quote == nil:
        tag = offset
        count = 0
      case UInt8(ascii: ">") where quote == nil:
        tag = nil
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard tag != nil else { continue }
        if quote == byte { quote = nil } else if quote == nil { quote = byte }
      case UInt8(ascii: "=") where quote == nil:
        count += 1
        if let tag, count > limit { return tag }
      case _:
        continue
      }
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func fileTooLarge(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .fileTooLarge, at: location,
      ja: "ファイルが大きすぎます（\(limit >> 20) MiBまで）。",
      en: "The file is too large (the limit is \(limit >> 20) MiB).")
  }

  package static func invalidEncoding(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidEncoding, at: location,
      ja: "文字コードがUTF-8ではありません。",
      en: "The text is not UTF-8.",
      hint: Message(ja: "UTF-8で保存し直してください。", en: "Save the file as UTF-8."))
  }

  static func tooManyAttributes(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .tooManyAttributes, at: location,
      ja: "一つの要素に属性が多すぎます（\(limit)個まで）。",
      en: "An element has too many attributes (the limit is \(limit)).")
  }
}
