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
    let declaration = Declaration(bytes)
    if let offset = source.firstInvalidUTF8 {
      return declaration.foreignEncoding == nil
        ? .invalidEncoding(at: source.location(at: offset))
        : .invalidEncoding(at: source.location(at: offset), hint: .saveAndDeclare)
    }
    // libxml2 takes a NUL for the end of the file, and passes over a second byte order mark.
    if let offset = bytes.firstIndex(of: 0) {
      return .notWellFormed(.character, at: source.location(at: offset))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF]) {
      return .notWellFormed(.character, at: source.location(at: 3))
    }
    if let encoding = declaration.foreignEncoding {
      return .foreignEncodingDeclared(at: source.location(at: encoding.offset))
    }
    if let version = declaration.foreignVersion {
      return .notWellFormed(.declaration, at: source.location(at: version.offset))
    }
    if let offset = crowdedTag(bytes, limit: limits.attributes + limits.namespaces) {
      return .tooManyAttributes(limits.attributes, at: source.location(at: offset))
    }
    return nil
  }

  /// The offset of a tag with more attributes than the limit: libxml2 compares them pairwise before it reports them
  /// (measured: 40,000 take 2.3 s).
  private static func crowdedTag(_ bytes: [UInt8], limit: Int) -> Int? {
    var offset = 0
    while let start = bytes[offset...].firstIndex(of: UInt8(ascii: "<")) {
      if let end = endOfSection(bytes[start...]) {
        offset = end
        continue
      }
      var quote: UInt8?
      var count = 0
      offset = start + 1
      // Even within quotes a "<" is not allowed in a tag.
      scan: while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") {
        switch bytes[offset] {
        case UInt8(ascii: ">") where quote == nil: break scan
        case UInt8(ascii: "=") where quote == nil: count += 1
        case let byte where byte == quote: quote = nil
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = quote ?? bytes[offset]
        case _: break
        }
        offset += 1
      }
      if count > limit { return start }
    }
    return nil
  }

  /// Where a comment, a CDATA section or a processing instruction at the start of `bytes` ends; nil for a tag.
  private static func endOfSection(_ bytes: ArraySlice<UInt8>) -> Int? {
    let second = bytes.dropFirst().first
    guard second == UInt8(ascii: "!") || second == UInt8(ascii: "?") else { return nil }
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
    where bytes.starts(with: open.utf8) {
      var rest = bytes.dropFirst(open.utf8.count)
      while let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        if rest[...end].suffix(close.utf8.count).elementsEqual(close.utf8) { return end + 1 }
        rest = rest[(end + 1)...]
      }
      return bytes.endIndex
    }
    return nil
  }
}

/// What stands in `<?xml version="1.0" encoding="UTF-8"?>`.
struct Declaration {
  typealias Value = (name: ArraySlice<UInt8>, offset: Int)

  private let bytes: ArraySlice<UInt8>

  init(_ document: [UInt8]) {
    let start = document.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let rest = document[start...]
    guard rest.starts(with: "<?xml".utf8), let space = rest.dropFirst(5).first,
      [0x20, 0x09, 0x0A].contains(space), let end = rest.firstIndex(of: UInt8(ascii: ">"))
    else {
      bytes = []
      return
    }
    bytes = rest[..<end]
  }

  /// A version other than 1.0.
  var foreignVersion: Value? {
    value(of: "version").flatMap { $0.name.elementsEqual("1.0".utf8) ? nil : $0 }
  }

  /// An encoding other than UTF-8.
  var foreignEncoding: Value? {
    value(of: "encoding").flatMap {
      $0.name.lowercasedASCII.elementsEqual("utf-8".utf8) ? nil : $0
    }
  }

  var isAccepted: Bool { foreignVersion == nil && foreignEncoding == nil }

  private func value(of name: String) -> Value? {
    guard let at = bytes.indices.first(where: { bytes[$0...].starts(with: name.utf8) }),
      let open = bytes[at...].firstIndex(where: {
        $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
      }),
      let close = bytes[(open + 1)...].firstIndex(of: bytes[open])
    else { return nil }
    return (bytes[(open + 1)..<close], open + 1)
  }
}

extension Sequence<UInt8> {
  fileprivate var lowercasedASCII: [UInt8] {
    map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }
}

extension Message {
  fileprivate static let save = Message(ja: "UTF-8で保存し直してください。", en: "Save the file as UTF-8.")
  fileprivate static let saveAndDeclare = Message(
    ja: "UTF-8で保存し直し、XML宣言も encoding=\"UTF-8\" に改めてください。",
    en: "Save the file as UTF-8, and write encoding=\"UTF-8\" in its declaration."
  )
}

extension Diagnostic {
  fileprivate static func fileTooLarge(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .fileTooLarge,
      at: location,
      ja: "ファイルが大きすぎます（\(limit >> 20) MiBまで）。",
      en: "The file is too large (the limit is \(limit >> 20) MiB)."
    )
  }

  package static func invalidEncoding(at location: SourceLocation) -> Self {
    invalidEncoding(at: location, hint: .save)
  }

  fileprivate static func invalidEncoding(at location: SourceLocation, hint: Message) -> Self {
    Diagnostic(
      .invalidEncoding,
      at: location,
      ja: "文字コードがUTF-8ではありません。",
      en: "The text is not UTF-8.",
      hint: hint
    )
  }

  /// Of a file that is UTF-8, but says otherwise.
  fileprivate static func foreignEncodingDeclared(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidEncoding,
      at: location,
      ja: "XML宣言の文字コードがUTF-8ではありません。",
      en: "The XML declaration names another encoding than UTF-8.",
      hint: Message(
        ja: "ファイルの中身はUTF-8なので、宣言を encoding=\"UTF-8\" に改めてください。",
        en: "The file itself is UTF-8: write encoding=\"UTF-8\"."
      )
    )
  }

  static func tooManyAttributes(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .tooManyAttributes,
      at: location,
      ja: "一つの要素に属性が多すぎます（\(limit)個まで）。",
      en: "An element has too many attributes (the limit is \(limit))."
    )
  }
}
