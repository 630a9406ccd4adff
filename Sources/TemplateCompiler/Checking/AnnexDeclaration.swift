/// What one declaration may say of the annex's elements and of pages: a closed list of properties and values that hide no word.
///
/// No function but `rgb(…)` is read (`calc(…)`, `var(…)`), as its value is not known here. Lengths are of a known unit.
enum AnnexDeclaration {
  /// Whether a declaration leaves every word to be seen, and adds none; both parts are in lower case.
  ///
  /// A screen can be as wide as a sheet with its margins; on paper what is wider than the text would be cut off.
  static func isHarmless(_ property: String, _ value: String, onScreen: Bool) -> Bool {
    if property.hasPrefix("--") { return true }
    if value.contains("("), !value.hasPrefix("rgb(") { return false }
    switch property {
    case "content": return value == "none" || value == "normal"
    case "list-style", "list-style-type": return value == "none"
    case _ where value == "inherit": return property != "all"
    case "font-family", "font-weight", "font-style", "font-kerning", "text-align",
      "text-align-last", "text-justify", "text-autospace", "line-break",
      "overflow-wrap", "word-wrap", "hyphens", "hanging-punctuation", "orphans", "widows", "page",
      "break-before", "break-after", "break-inside", "page-break-before", "page-break-after",
      "page-break-inside", "box-sizing", "clear", "text-decoration-color", "print-color-adjust",
      "-webkit-print-color-adjust", "font-variant-numeric", "counter-reset", "counter-increment":
      return true
    case "display":
      return ["block", "inline", "inline-block", "flow-root", "table-header-group"].contains(value)
    case "visibility", "overflow": return value == "visible"
    case "opacity": return value == "1"
    case "position": return value == "static" || value == "relative"
    case "vertical-align": return ["baseline", "top", "middle"].contains(value)
    case "float", "background-image", "text-emphasis", "text-transform", "transform", "filter",
      "clip-path", "mask",
      "animation":
      return value == "none"
    case "height", "inset", "left", "right", "top", "bottom": return value == "auto"
    case "max-height": return value == "none"
    case "min-height": return isLengths(value, 0...850)
    case "text-decoration", "text-decoration-line": return value == "none" || value == "underline"
    case "text-underline-offset": return value == "auto" || isLengths(value, 0...6)
    case "white-space": return value == "normal" || value == "pre-wrap"
    case "word-break": return value == "normal" || value == "break-all"
    case "font-feature-settings": return value == "normal" || value == "\"palt\""
    case "color": return value == "black" || channels(value)?.allSatisfy { $0 <= 0x66 } == true
    case "background", "background-color":
      return ["none", "transparent", "white"].contains(value) || isLight(value)
    case "box-shadow":
      let words = value.split(separator: " ")
      return value == "none"
        || words.dropLast().allSatisfy { isLength($0, 0...20) } && channels(words.last ?? "") != nil
    case "font-size": return isFontSize(value[...])
    case "line-height": return isLineHeight(value[...])
    case "font": return isFont(value)
    case "width", "min-width":
      return value == "auto" || isWidth(value, 140...(onScreen ? 600 : 360))
    case "max-width": return value == "none" || isWidth(value, 140...850)
    case "text-indent": return isLengths(value, -28...60)
    case "letter-spacing", "word-spacing": return value == "normal" || isLengths(value, -1...6)
    case "column-count": return value == "auto" || value == "1" || value == "2"
    case "column-gap": return value == "normal" || isLengths(value, 0...60)
    case _:
      if property == "margin" || property.hasPrefix("margin-") || property == "padding"
        || property.hasPrefix("padding-")
      {
        return value.split(separator: " ").allSatisfy { $0 == "auto" || isLength($0, 0...130) }
      }
      return property.hasPrefix("border") && !property.hasPrefix("border-image")
        && value.split(separator: " ").allSatisfy {
          !startsNumber($0) || isLength($0, 0...20)
        }
    }
  }

  /// The same of cells, which grow with their words, whatever their height.
  static func isHarmlessOfCells(_ property: String, _ value: String) -> Bool {
    if property == "height" { return value == "auto" || isLengths(value, 0...850) }
    return isHarmless(property, value, onScreen: false)
  }

  /// The same of what stands in `@page` and its margin boxes, whose words are not the style's to give; a page has margins of 10mm.
  static func isHarmlessOfPages(_ property: String, _ value: String) -> Bool {
    if property == "size" {
      let words = ["a4", "a5", "a3", "b5", "b4", "jis-b5", "jis-b4", "portrait", "landscape"]
      return value.split(separator: " ").allSatisfy {
        words.contains(String($0)) || isLength($0, 400...1200)
      }
    }
    if property == "margin" || property.hasPrefix("margin-") { return isLengths(value, 28...170) }
    return isHarmless(property, value, onScreen: false)
  }

  // MARK: Sizes

  /// From 6pt on; what depends on the text around it makes nothing smaller, as it would once more in each element.
  private static func isFontSize(_ word: Substring) -> Bool {
    if ["small", "medium", "large", "x-large"].contains(word) { return true }
    guard let (number, unit) = measure(word) else { return false }
    return switch unit {
    case "em", "rem": 1...2 ~= number
    case "%": 100...200 ~= number
    case _: points(word).map { 6...18 ~= $0 } ?? false
    }
  }

  private static func isLineHeight(_ word: Substring) -> Bool {
    if word == "normal" { return true }
    guard let (number, unit) = measure(word) else { return false }
    return switch unit {
    case "", "em": 1...4 ~= number
    case "%": 100...400 ~= number
    case _: points(word).map { 14...80 ~= $0 } ?? false
    }
  }

  /// Whether the size in `bold 11pt/17pt "MS Mincho", serif`, and the height of its lines, can be read.
  private static func isFont(_ value: String) -> Bool {
    let words = value.split(separator: " ")
    // A weight is a number, too.
    guard
      let size = words.first(where: { startsNumber($0) && points($0.prefix { $0 != "/" }) != nil })
    else { return false }
    let parts = size.split(separator: "/", omittingEmptySubsequences: false)
    return isFontSize(parts[0]) && parts.dropFirst().allSatisfy(isLineHeight)
  }

  /// 100% of a page that may be narrow, or of a window.
  private static func isWidth(_ value: String, _ range: ClosedRange<Double>) -> Bool {
    if let (number, unit) = measure(value[...]), unit == "%" { return 30...100 ~= number }
    return isLengths(value, range)
  }

  private static func isLengths(_ value: String, _ range: ClosedRange<Double>) -> Bool {
    value.split(separator: " ").allSatisfy { isLength($0, range) }
  }

  /// `range`: in points.
  private static func isLength(_ word: Substring, _ range: ClosedRange<Double>) -> Bool {
    points(word).map(range.contains) ?? false
  }

  /// A length in points, an em as one of 10pt and 100% as an official page's width of 450pt; nil if it is none.
  private static func points(_ word: Substring) -> Double? {
    guard let (number, unit) = measure(word) else { return nil }
    return switch unit {
    case "pt": number
    case "px": number * 0.75
    case "mm": number * 72 / 25.4
    case "cm": number * 72 / 2.54
    case "q": number * 72 / 101.6
    case "in": number * 72
    case "pc": number * 12
    case "em", "rem", "ic": number * 10
    case "ch", "ex": number * 5
    case "%": number * 4.5
    case "": number == 0 ? 0 : nil
    case _: nil
    }
  }

  private static func measure(_ word: Substring) -> (number: Double, unit: Substring)? {
    let digits = word.prefix { $0.isASCII && $0.isNumber || "+-.".contains($0) }
    return Double(digits).map { ($0, word[digits.endIndex...]) }
  }

  private static func startsNumber(_ word: Substring) -> Bool {
    word.first.map { $0.isNumber || "+-.".contains($0) } ?? false
  }

  // MARK: Colours

  private static func isLight(_ word: some StringProtocol) -> Bool {
    word == "white" || channels(word)?.allSatisfy { $0 >= 0xCC } == true
  }

  /// Red, green and blue of `#rgb`, `#rrggbb` or `rgb(r g b)`; nil for anything else.
  private static func channels(_ word: some StringProtocol) -> [Int]? {
    if word.hasPrefix("rgb("), word.hasSuffix(")") {
      let words = word.dropFirst(4).dropLast().split(whereSeparator: " ,".contains)
      let values = words.compactMap { UInt8($0).map { Int($0) } }
      return words.count == 3 && values.count == 3 ? values : nil
    }
    guard word.first == "#" else { return nil }
    let digits = word.dropFirst().map { $0.isASCII ? $0.hexDigitValue : nil }
    guard digits.count == 3 || digits.count == 6, !digits.contains(nil) else { return nil }
    let values = digits.compactMap(\.self)
    return values.count == 3
      ? values.map { $0 * 17 }
      : stride(from: 0, to: 6, by: 2).map { values[$0] * 16 + values[$0 + 1] }
  }
}
