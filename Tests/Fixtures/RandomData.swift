import Diagnostics
package import Records

/// Random data that fits a dictionary, with the texts that go wrong elsewhere.
package struct RandomData {
  private let dictionary: FieldDictionary
  private var generator: SeededGenerator
  private let here = SourceLocation(file: "random")

  package init(_ dictionary: FieldDictionary, seed: UInt64) {
    self.dictionary = dictionary
    generator = SeededGenerator(seed: seed)
  }

  package mutating func record() -> RawNode { mapping(under: nil) }

  private mutating func mapping(under parent: Field.ID?) -> RawNode {
    let children = parent.map { dictionary.fields[$0].children } ?? dictionary.roots
    let chosen = children.shuffled(using: &generator).filter { id in
      dictionary.fields[id].path != "packet" && dictionary.fields[id].formula == nil
        && Int.random(in: 0..<5, using: &generator) > 0
    }
    return RawNode(
      .mapping(
        chosen.map { id in
          RawNode.Entry(key: dictionary.fields[id].name, keyLocation: here, value: value(of: id))
        }
      ),
      at: here
    )
  }

  private mutating func value(of id: Field.ID) -> RawNode {
    switch dictionary.fields[id].declaration.shape {
    case .record: return mapping(under: id)
    case .value(let type): return scalar(type)
    case .list(let type):
      let count = Int.random(in: 0...3, using: &generator)
      let items = (0..<count).map { _ in type.map { scalar($0) } ?? mapping(under: id) }
      return RawNode(.sequence(items), at: here)
    }
  }

  private mutating func scalar(_ type: FieldType) -> RawNode {
    if Int.random(in: 0..<12, using: &generator) == 0 { return RawNode(.absent, at: here) }
    let isQuoted: Bool
    let text: String
    switch type {
    case .text, .multiline, .photo: (text, isQuoted) = (pick(Self.texts), true)
    case .identifier: (text, isQuoted) = (pick(["0040012", "V001", "no", "1e3", "0x1F"]), false)
    case .integer, .money: (text, isQuoted) = (pick(["0", "12345678", "12,345", "-5"]), false)
    case .decimal, .percent: (text, isQuoted) = (pick(["0.5", "12.50", "３．２５"]), false)
    case .date: (text, isQuoted) = (pick(["2022-04-01", "令和４年４月１日", "R4.4.1"]), false)
    case .datetime: (text, isQuoted) = (pick(["2022-04-11T10:00", "令和４年４月11日 午前10時"]), true)
    case .boolean(let yes, let no): (text, isQuoted) = (pick([yes, no, "true", "no"]), false)
    case .choice(let options, _): (text, isQuoted) = (pick(options.map(\.words)), false)
    case .postalCode: (text, isQuoted) = ("000-0000", false)
    case .phone: (text, isQuoted) = ("044-000-0001", false)
    case .email: (text, isQuoted) = ("a@example.jp", false)
    case .corporateNumber: (text, isQuoted) = ("7010705000725", false)
    }
    return RawNode(.scalar(RawScalar(bytes: Array(text.utf8), isQuoted: isQuoted)), at: here)
  }

  private mutating func pick(_ options: [String]) -> String {
    options.randomElement(using: &generator) ?? ""
  }

  private static let texts = [
    "髙﨑　例子", "𠮷野", "神\u{FA19}", "渡邉\u{E0100}", "a: b # c", "- x", "'\"\\", "{[&*!|>%@`", "null",
    "~", "",
    " ", "一\n二", "<&>", "\u{85}", "\u{0}", "\u{FFFE}", "\u{2028}", "\u{FEFF}", "no", "か\u{3099}",
    "---", "👩‍👩‍👧‍👦",
  ]
}
