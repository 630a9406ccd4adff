/// The tags and texts of a page, in order; comments and declarations are none.
enum HTMLTokenizer {
  struct Tag: Equatable {
    let name: String
    let isStart: Bool
    let classes: [String]
    let id: String
    let isHidden: Bool
  }

  enum Token: Equatable {
    /// With its line.
    case tag(Tag, Int)
    case text(Scalars, Int)

    var tag: Tag? {
      switch self {
      case .tag(let tag, _): tag
      case .text: nil
      }
    }
  }

  static func isVoid(_ name: String) -> Bool {
    ["br", "hr", "img", "input", "meta", "link", "col", "wbr", "base", "area"].contains(name)
  }

  static func tokens(of source: Scalars) -> [Token] {
    var tokens: [Token] = []
    var index = 0
    var line = 1
    /// In a script or a style sheet only its own end tag is one.
    var raw: String?
    while index < source.count {
      let end: Int
      if source[index] == "<", let next = markupEnd(source, index) {
        end = next
        if let tag = tag(Array(source[(index + 1)..<max(index + 1, end - 1)])) {
          if let name = raw, tag.isStart || tag.name != name {
          } else {
            raw =
              tag.isStart && ["script", "style", "textarea"].contains(tag.name) ? tag.name : nil
            tokens.append(.tag(tag, line))
          }
        }
      } else {
        end = source[(index + 1)...].firstIndex(of: "<") ?? source.count
        if raw == nil {
          tokens.append(.text(HTMLEntities.decoded(Array(source[index..<end])), line))
        }
      }
      line += source[index..<end].count { $0 == "\n" }
      index = end
    }
    return tokens
  }

  /// Behind the tag or comment that begins at the index; nil if the sign is text.
  private static func markupEnd(_ source: Scalars, _ index: Int) -> Int? {
    if source.has("<!--", at: index) {
      return (source.firstIndex(of: "-->", from: index + 4) ?? source.count - 3) + 3
    }
    guard index + 1 < source.count else { return nil }
    let next = source[index + 1]
    guard next == "/" || next == "!" || next == "?" || next.properties.isAlphabetic && next.isASCII
    else { return nil }
    var quote: Unicode.Scalar?
    for end in (index + 1)..<source.count {
      let scalar = source[end]
      if let open = quote {
        if scalar == open { quote = nil }
      } else if scalar == "\"" || scalar == "'" {
        quote = scalar
      } else if scalar == ">" {
        return end + 1
      }
    }
    return source.count
  }

  /// Of `p class="num"`; nil for a declaration.
  private static func tag(_ words: Scalars) -> Tag? {
    let isStart = words.first != "/"
    var rest = words[(isStart ? 0 : 1)...]
    let name = rest.prefix { $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    guard let first = name.first, first.properties.isAlphabetic else { return nil }
    rest = rest[name.endIndex...]
    var values: [String: String] = [:]
    while let start = rest.firstIndex(where: { !$0.isSpace && $0 != "/" }) {
      let key = rest[start...].prefix { !$0.isSpace && $0 != "=" && $0 != "/" }
      rest = rest[max(key.endIndex, start + 1)...]
      guard rest.first == "=", let value = rest.dropFirst().first else { continue }
      let quoted = value == "\"" || value == "'"
      let from = rest.index(rest.startIndex, offsetBy: quoted ? 2 : 1)
      let content = rest[from...].prefix { quoted ? $0 != value : !$0.isSpace }
      values[key.string.lowercasedASCII] = content.string
      rest = rest[min(rest.endIndex, content.endIndex + (quoted ? 1 : 0))...]
    }
    let style = (values["style"] ?? "").filter { $0 != " " }
    return Tag(
      name: name.string.lowercasedASCII,
      isStart: isStart,
      classes: (values["class"] ?? "").split(separator: " ").map(String.init),
      id: values["id"] ?? "",
      isHidden: style.contains("display:none")
    )
  }
}

extension String {
  /// Letters of ASCII made small, others as they are.
  fileprivate var lowercasedASCII: String {
    String(decoding: utf8.map { ($0 >= 0x41 && $0 <= 0x5A) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}

/// `&amp;`, `&#12354;`.
enum HTMLEntities {
  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "emsp": "\u{3000}",
    "ensp": " ",
    "times": "×", "middot": "·", "hellip": "…", "minus": "−", "ndash": "–", "mdash": "—",
  ]

  static func decoded(_ text: Scalars) -> Scalars {
    guard text.contains("&") else { return text }
    var result: Scalars = []
    var index = 0
    while index < text.count {
      if text[index] == "&", let end = text[index...].prefix(12).firstIndex(of: ";"),
        let scalar = scalar(text[(index + 1)..<end].string)
      {
        result.append(scalar)
        index = end + 1
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    guard name.hasPrefix("#") else { return named[name] }
    let digits = name.dropFirst()
    let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
    return UInt32(isHexadecimal ? digits.dropFirst() : digits, radix: isHexadecimal ? 16 : 10)
      .flatMap(Unicode.Scalar.init)
  }
}
