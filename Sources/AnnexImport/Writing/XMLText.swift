/// Characters of XML and of the template language that are no text.
enum XMLText {
  static func escaped(_ text: some Collection<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "{": result.append(contentsOf: "{{".unicodeScalars)
      case _: result.append(scalar)
      }
    }
    return String(result)
  }
}
