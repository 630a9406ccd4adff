/// Text as the template language has it.
package enum XMLText {
  private static let words = [
    "前項", "前条", "前各項", "前各号", "前号", "次項", "次条", "次号", "同条", "同項", "同号", "本項", "本条", "ただし書", "前段",
    "後段",
  ]

  /// With every word that points to a provision in `cite`: where it stands it is no reference of the annex.
  static func cited(_ text: some Collection<Unicode.Scalar>) -> String {
    let text = Scalars(text)
    var result = ""
    var start = 0
    var index = 0
    while index < text.count {
      // 事前項目: part of a longer word.
      let isWithin = index > start && text[index - 1].isKanji && text[index] != "第"
      guard !isWithin, let end = pointerEnd(text, index) else {
        index += 1
        continue
      }
      result += escaped(text[start..<index]) + "<cite>\(escaped(text[index..<end]))</cite>"
      (start, index) = (end, end)
    }
    return result + escaped(text[start...])
  }

  /// Where 第６条, 第２号 or one of the words that begins at the index ends.
  private static func pointerEnd(_ text: Scalars, _ index: Int) -> Int? {
    if let word = words.first(where: { text.has($0, at: index) }) {
      return index + word.unicodeScalars.count
    }
    guard text[index] == "第", let number = Numeral.number(text, at: index + 1) else { return nil }
    let unit = index + 1 + number.count
    guard text.has(oneOf: ["条", "項", "号"], at: unit) else { return nil }
    return Label.branch(text, at: unit + 1)?.end ?? unit + 1
  }

  /// As text of the template language, where a brace opens a hole.
  static func escaped(_ text: some Collection<Unicode.Scalar>) -> String {
    markup(text).replacing("{", with: "{{")
  }

  /// As text or an attribute of XML or HTML.
  package static func markup(_ text: some Collection<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case _: result.append(scalar)
      }
    }
    return String(result)
  }
}
