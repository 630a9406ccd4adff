extension ImportedText {
  /// The lines of a plain text; a form feed begins a page.
  package static func plain(_ scalars: Scalars, file: String) -> ImportedText {
    var lines: [Line] = []
    var text: Scalars = []
    var number = 1
    var startsPage = false
    func end() -> Line { Line(number, text, startsPage: startsPage) }
    var previous: Unicode.Scalar = " "
    for scalar in scalars {
      switch scalar.value {
      case 0xFEFF where lines.isEmpty && text.isEmpty: break
      case 0x0A where previous.value == 0x0D: break
      case 0x0A, 0x0D, 0x85, 0x2028, 0x2029:
        lines.append(end())
        (text, startsPage) = ([], false)
        number += 1
      case 0x0C:
        if !text.isEmpty { lines.append(end()) }
        (text, startsPage) = ([], true)
      case _: text.append(scalar)
      }
      previous = scalar
    }
    if !text.isEmpty { lines.append(end()) }
    return ImportedText(file: file, format: .plain, lines: lines)
  }
}
