/// What the number of a cell means, by the cell's number format.
enum WorkbookFormat: Hashable {
  /// With how it is shown, where that is more than its digits.
  case number(NumberFormat?)
  case date
  /// A time of day without a day: h:mm.
  case time
  /// Time that has gone by, beyond 24 hours: [h]:mm.
  case duration

  /// A format that every spreadsheet program knows by number (ECMA-376, 18.8.30).
  ///
  /// 27–36 and 50–58 depend on the locale; in Japan, China and Korea they are dates, and nowhere else are they used.
  init(builtIn id: Int) {
    self =
      switch id {
      case 14...17, 22, 27...31, 34...36, 50...58: .date
      case 18...21, 32, 33, 45, 47: .time
      case 46: .duration
      case 9, 10: .number(NumberFormat(code: id == 9 ? "0%" : "0.00%"))
      case _: .number(nil)
      }
  }

  /// A format that is written down: `[$-411]ggge"年"m"月"d"日"`.
  ///
  /// Of its sections for positive, negative and other values the first counts.
  init(code: String) {
    var tokens = Tokens(code)
    var hasDay = false
    var hasTime = false
    var hasMonthOrMinute = false
    while let token = tokens.next() {
      switch token {
      case .elapsed:
        self = .duration
        return
      case .letter("y"), .letter("d"), .letter("g"), .letter("e"), .letter("b"), .letter("a"),
        .letter("r"):
        hasDay = true
      case .letter("h"), .letter("s"): hasTime = true
      case .letter("m"): hasMonthOrMinute = true
      case .letter: continue
      }
    }
    self =
      if hasDay || (hasMonthOrMinute && !hasTime) { .date } else if hasTime { .time } else {
        .number(NumberFormat(code: code))
      }
  }
}

/// The letters of a number format that stand for something, without what is printed as it is.
private struct Tokens {
  enum Token {
    /// In lower case.
    case letter(Unicode.Scalar)
    /// [h], [mm], [s].
    case elapsed
  }

  private var rest: ArraySlice<Unicode.Scalar>

  init(_ code: String) { rest = Array(code.unicodeScalars)[...] }

  mutating func next() -> Token? {
    while let scalar = rest.popFirst() {
      switch scalar {
      case ";": return nil
      case "\"": skip(past: "\"")
      case "\\", "_", "*", "!": rest = rest.dropFirst()
      case "[":
        let content = rest.prefix { $0 != "]" }
        skip(past: "]")
        let letters = Set(content.map(Self.lowered))
        if letters.count == 1, !letters.isDisjoint(with: ["h", "m", "s"]) { return .elapsed }
      case _:
        if skip(word: "eneral", after: scalar, "g") { continue }
        if skip(word: "m/pm", after: scalar, "a") || skip(word: "/p", after: scalar, "a") {
          return .letter("h")
        }
        let letter = Self.lowered(scalar)
        // 0.00E+00
        if letter == "e", rest.first == "+" || rest.first == "-" { continue }
        if ("a"..."z").contains(letter) { return .letter(letter) }
      }
    }
    return nil
  }

  private mutating func skip(past end: Unicode.Scalar) {
    rest = rest.drop { $0 != end }.dropFirst()
  }

  private mutating func skip(
    word: String,
    after scalar: Unicode.Scalar,
    _ first: Unicode.Scalar
  ) -> Bool {
    guard Self.lowered(scalar) == first,
      rest.prefix(word.unicodeScalars.count).map(Self.lowered).elementsEqual(word.unicodeScalars)
    else { return false }
    rest = rest.dropFirst(word.unicodeScalars.count)
    return true
  }

  private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
  }
}
