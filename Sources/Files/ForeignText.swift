package import Diagnostics

/// What a text is from the line on in which its encoding no longer reads it.
package enum ForeignText {
  case cp932, utf8, utf16
  /// The text ends within a character.
  case cutOff
  case unknown

  /// As many bytes of a text as suffice to recognise it.
  package static let enough = 1 << 20

  /// Recognises it by the bytes from the first faulty line on.
  package init(_ rest: [UInt8], in encoding: TextEncoding) {
    var rest = rest[...]
    if rest.count >= Self.enough, let end = rest.lastIndex(of: 0x0A) { rest = rest[...end] }
    let lines = rest.split(separator: 0x0A)
    if rest.contains(0) {
      self = .utf16
      return
    }
    switch encoding {
    case .utf8, .utf8WithBOM:
      var validator = UTF8Validator()
      validator.read(rest)
      if validator.isUnfinished {
        self = .cutOff
      } else if !lines.dropFirst().contains(where: \.isJapaneseUTF8),
        CP932.shared?.decode(rest) != nil
      {
        self = .cp932
      } else {
        self = .unknown
      }
    case .cp932:
      if lines.first?.isJapaneseUTF8 == true {
        self = .utf8
      } else if CP932.shared?.decode(rest.dropLast()) != nil {
        self = .cutOff
      } else {
        self = .unknown
      }
    }
  }
}

extension Sequence<UInt8> {
  /// Whether it is well-formed UTF-8 with kana or kanji, as which no text in CP932 happens to pass.
  package var isJapaneseUTF8: Bool {
    var validator = UTF8Validator()
    validator.read(self)
    return validator.isComplete && validator.hasWideCharacter
  }
}

/// Finds out whether bytes that come in pieces are well-formed UTF-8 (Unicode Table 3-7).
package struct UTF8Validator {
  /// Where the first sequence begins that is no character, as far as one has come.
  package private(set) var fault: Int?
  /// Whether a character of three bytes or more has come: kana, kanji, a byte order mark.
  package private(set) var hasWideCharacter = false
  /// Where the character in hand begins.
  private var start = 0
  private var offset = 0
  /// How many bytes of the character in hand are to come, and where the next one must lie.
  private var missing = 0
  private var range: ClosedRange<UInt8> = 0x80...0xBF

  package init() {}

  package var isComplete: Bool { fault == nil && missing == 0 }

  /// Whether all is well but for the last character, of which bytes are to come.
  var isUnfinished: Bool { fault == nil && missing > 0 }

  /// Of all that has come, where the first sequence begins that is no character.
  var firstFault: Int? { fault ?? (missing > 0 ? start : nil) }

  package mutating func read(_ bytes: some Sequence<UInt8>) {
    guard fault == nil else { return }
    for byte in bytes {
      if missing > 0 {
        guard range.contains(byte) else { return fault = start }
        missing -= 1
        range = 0x80...0xBF
        if missing == 0, offset - start >= 2 { hasWideCharacter = true }
      } else if byte >= 0x80 {
        start = offset
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, range) = (2, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: missing = 2
        case 0xED: (missing, range) = (2, 0x80...0x9F)
        case 0xF0: (missing, range) = (3, 0x90...0xBF)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, range) = (3, 0x80...0x8F)
        case _: return fault = start
        }
      }
      offset += 1
    }
  }
}

extension Diagnostic {
  /// Of a text whose bytes are not what it says that they are.
  ///
  /// `isJoined`: up to the place it is what it says.
  package static func foreignText(
    _ foreign: ForeignText,
    in encoding: TextEncoding,
    isJoined: Bool,
    at location: SourceLocation
  ) -> Diagnostic {
    let own = encoding == .cp932 ? "Shift_JIS（CP932）" : "UTF-8"
    let ownEnglish = encoding == .cp932 ? "Shift_JIS (CP932)" : "UTF-8"
    func other(_ name: String, _ english: String) -> Diagnostic {
      Diagnostic(
        .invalidEncoding,
        at: location,
        ja: (isJoined ? "ここから先の" : "") + "文字コードが、\(own)ではなく\(name)です。",
        en: "The text is \(english)\(isJoined ? " from here on" : ""), not \(ownEnglish).",
        hint: isJoined
          ? Message(
            ja: "二つのソフトの出力をつないだファイルと考えられます。別々のファイルに分けるか、全体をUTF-8で保存し直してください",
            en:
              "the output of two programs seems to be joined; keep it apart, or save all of it as UTF-8"
          ) : saveAnew(location)
      )
    }
    switch foreign {
    case .cp932: return other("Shift_JIS（CP932）", "Shift_JIS (CP932)")
    case .utf8: return other("UTF-8", "UTF-8")
    case .utf16: return other("UTF-16", "UTF-16")
    case .cutOff:
      return Diagnostic(
        .invalidEncoding,
        at: location,
        ja: "ファイルが文字の途中で終わっています。",
        en: "The file ends within a character.",
        hint: Message(
          ja: "コピーや転送が途中で切れた可能性があります。元のファイルを取得し直してください",
          en: "a copy or a transfer may have been cut off; get the file again"
        )
      )
    case .unknown where encoding == .cp932:
      return Diagnostic(
        .invalidEncoding,
        at: location,
        ja: "文字コードがUTF-8でもShift_JIS（CP932）でもありません。",
        en: "The text is neither UTF-8 nor Shift_JIS (CP932).",
        hint: saveAnew(location)
      )
    case .unknown:
      return Diagnostic(
        .invalidEncoding,
        at: location,
        ja: isJoined ? "UTF-8の文字として正しくないバイトがあります。" : "文字コードがUTF-8ではありません。",
        en: isJoined ? "There is a byte that is no character of UTF-8." : "The file is not UTF-8.",
        hint: isJoined
          ? Message(
            ja: "文字が壊れています。元のデータで確認し、入力し直してください",
            en: "a character is damaged; see what it was, and type it again"
          ) : saveAnew(location)
      )
    }
  }

  private static func saveAnew(_ location: SourceLocation) -> Message {
    location.isCell
      ? Message(
        ja: "Excelの「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んで保存し直してください",
        en: "save it again as CSV UTF-8"
      )
      : Message(
        ja: "メモ帳などで開き、文字コードに「UTF-8」を選んで保存し直してください",
        en: "open it in an editor and save it as UTF-8"
      )
  }
}
