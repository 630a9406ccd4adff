import Diagnostics
import Records

/// Holds the characters of an edition's own files against those that its office can print.
enum TemplateCharacters {
  /// A warning for the first character of a file that is not in the repertoire, or that nobody sees; remarks do not count.
  static func check(_ text: SourceText, _ repertoire: Repertoire) -> Diagnostic? {
    // How a style sheet is written is not printed.
    guard text.file.hasSuffix(".xml"), hasDoubts(text.bytes, repertoire) else { return nil }
    var offset = 0
    var isRemark = false
    // A byte order mark is no character of the text.
    let scalars = String(decoding: text.bytes, as: UTF8.self).unicodeScalars
    for scalar in scalars {
      defer { offset += UTF8.width(scalar) }
      if scalar == "<" || scalar == "-" {
        let rest = text.bytes[offset...]
        if rest.starts(with: "<!--".utf8) { isRemark = true }
        if rest.starts(with: "-->".utf8) { isRemark = false }
      }
      guard !isRemark, offset > 0, isDoubtful(scalar.value, repertoire) else { continue }
      return .outsideRepertoire(scalar, at: text.location(at: offset))
    }
    return nil
  }

  private static func hasDoubts(_ bytes: [UInt8], _ repertoire: Repertoire) -> Bool {
    !repertoire.covers(bytes)
      || bytes.indices.contains { index in
        bytes[index] == 0xE2 && index + 2 < bytes.count && bytes[index + 1] == 0x80
          && (0x8B...0x8F).contains(bytes[index + 2])
      }
  }

  private static func isDoubtful(_ scalar: UInt32, _ repertoire: Repertoire) -> Bool {
    !repertoire.contains(scalar) || isInvisible(scalar)
  }

  /// Zero width spaces and joiners, marks of direction, soft hyphens.
  private static func isInvisible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0xFEFF: true
    case _: false
    }
  }
}

extension Diagnostic {
  fileprivate static func outsideRepertoire(_ scalar: Unicode.Scalar, at location: SourceLocation)
    -> Self
  {
    let code =
      "U+" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
      + String(scalar.value, radix: 16, uppercase: true)
    let isSeen = scalar.properties.generalCategory != .format
    let name = isSeen ? "「\(scalar)」（\(code)）" : "見えない文字（\(code)）"
    let isRadical = (0x2E80...0x2FDF).contains(scalar.value)
    return Diagnostic(
      .outsideRepertoire,
      .warning,
      at: location,
      ja: "\(name)は、この版の文字の範囲（repertoire）になく、印字されないおそれがあります。",
      en: "The character \(code) is not in the edition's repertoire, and may not be printed.",
      hint: isSeen
        ? isRadical
          ? Message(
            ja: "PDFから写したときに入る、部首を表す文字です。普通の漢字に打ち直してください。",
            en: "It is a radical, which comes with copies from a PDF; type the common character."
          )
          : Message(
            ja: "別の字に改めるか、style の repertoire に広い範囲を書いてください。",
            en: "Use another character, or name a wider repertoire in style."
          )
        : Message(
          ja: "ウェブやPDFから写したときに入る文字です。削ってください。",
          en: "It comes with text that is copied from the web or a PDF; remove it."
        )
    )
  }
}
