/// The annex that the table of reference words speaks of, in one of its shapes, with a reference in it.
struct ReferenceAnnex {
  /// A line of the table.
  struct Row {
    let shape: String
    let from: String
    let before: [String]
    let targets: [String]
    let through: String?
    let joint: String?
    /// `number`, or words behind a =.
    let words: String?
    let expected: String

    /// Nil for a remark.
    init?(_ line: Substring) {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 8, !line.hasPrefix("#") else { return nil }
      func cell(_ index: Int) -> String? { cells[index] == "-" ? nil : cells[index] }
      func list(_ index: Int) -> [String] {
        cell(index)?.split(separator: ",").map(String.init) ?? []
      }
      shape = cells[0]
      from = cells[1]
      before = list(2)
      targets = list(3)
      through = cell(4)
      joint = cell(5)
      words = cell(6)
      expected = cells[7]
    }
  }

  let row: Row

  var digits: String {
    switch row.shape {
    case "half": "half"
    case "kanji": "kanji"
    case _: "full"
    }
  }

  /// What a form says of the annex.
  var form: String {
    "<form xmlns=\"urn:tokki:template:1\" id=\"paper\"><title>書類</title><p>\(row.from == "outside" ? marked : "")</p></form>"
  }

  var xml: String {
    """
    <annex xmlns="urn:tokki:template:1" id="annex" mark="別紙１"><title>題名</title>\(numbering)
    \(articles)
    </annex>
    """
  }

  private var articles: String {
    let first =
      [
        article("1", [[]]), article("2", [[0, 3, 0, 0, 0]]), article("3", [[], [0, 0, 0], []]),
        article("4", [[]]),
      ].joined()
    let five = article("5", [[], [], [], [], [0, 0, 0, 0, 0, 3], []])
    let branch = article("5_2", [[], []])
    let (six, seven) = (article("6", [[]]), article("7", [[]]))
    let third =
      article("8", [[]]) + "<article id=\"n9\" deleted=\"true\"/>" + article("10", [[], [0, 0]])
    let last = article("11", [[0, 2]]) + article("12", [[]])
    guard row.shape == "hen" else {
      return first + five + branch + six + seven + third + last
    }
    func group(_ element: String, _ id: String, _ content: String) -> String {
      "<\(element) id=\"n\(id)\"><caption>\(element)</caption>\(content)</\(element)>"
    }
    let divisions =
      group("division", "h1c2s1k1m1", five) + group("division", "h1c2s1k1m2", branch)
    let subsections =
      group("subsection", "h1c2s1k1", divisions) + group("subsection", "h1c2s1k2", six)
    let sections = group("section", "h1c2s1", subsections) + group("section", "h1c2s2", seven)
    return group("part", "h1", group("chapter", "h1c1", first) + group("chapter", "h1c2", sections))
      + group("part", "h2", group("chapter", "h2c1", third) + group("chapter", "h2c2", last))
  }

  /// 別紙２, which has articles of its own.
  var other: String {
    """
    <annex xmlns="urn:tokki:template:1" id="other" mark="別紙２"><title>別の題名</title>
    \(article("o1", [[], []]))
    \(article("o2", [[0, 0]]))
    \(article("o3", [[]]))
    </annex>
    """
  }

  private var numbering: String {
    let levels =
      switch row.shape {
      case "kanji":
        "<level of=\"item\" label=\"{n}\"/><level of=\"subitem\" label=\"{イ}\"/><level of=\"subitem\" label=\"（{1}）\"/>"
      case "dai":
        "<level of=\"article\" label=\"第{n}\"/><level of=\"paragraph\" label=\"{n}\" cite=\"の{n}\"/><level of=\"item\" label=\"({n})\" cite=\"({n})\"/>"
      case "num":
        "<level of=\"article\" label=\"{n}\"/><level of=\"paragraph\" label=\"({1})\" cite=\"({1})\"/><level of=\"item\" label=\"{ア}\" cite=\"{ア}\"/><level of=\"subitem\" label=\"({ア})\"/><level of=\"subitem\" label=\"{a}\"/>"
      case _: ""
      }
    return levels.isEmpty ? "" : "<numbering>\(levels)</numbering>"
  }

  /// A paragraph is the list of its 号, each the number of its ア.
  private func article(_ key: String, _ paragraphs: [[Int]]) -> String {
    let inner = paragraphs.enumerated().map { index, items -> String in
      let place = "\(key).\(index + 1)"
      let below = items.enumerated().map { index, count -> String in
        item("\(place).\(index + 1)", count)
      }
      return "<paragraph id=\"\(Self.id(place))\">\(words(of: place))\(below.joined())</paragraph>"
    }
    let branch = key.contains("_") ? " branch=\"true\"" : ""
    return "<article id=\"\(Self.id(key))\"\(branch)>\(inner.joined())</article>"
  }

  private func item(_ place: String, _ count: Int) -> String {
    let below = (0..<count).map { index -> String in
      let inner = "\(place).\(index + 1)"
      let deepest: [String] =
        inner == "11.1.2.1"
        ? [1, 2].map { number -> String in
          let place = "\(inner).\(number)"
          return "<subitem id=\"\(Self.id(place))\">細別\(words(at: place))</subitem>"
        } : []
      return
        "<subitem id=\"\(Self.id(inner))\">細別\(words(at: inner))\(deepest.joined())</subitem>"
    }
    return "<item id=\"\(Self.id(place))\">号\(words(at: place))\(below.joined())</item>"
  }

  private func words(of place: String) -> String {
    let own = words(at: place)
    switch place {
    case "3.1":
      return
        "<sentence part=\"main\">本文。\(own)</sentence><sentence part=\"proviso\">ただし、例外。</sentence>"
    case "3.3":
      return
        "<sentence part=\"former\">前。\(own)</sentence><sentence part=\"latter\">後。</sentence>"
    case _: return "文である。" + own
    }
  }

  private func words(at place: String) -> String { row.from == place ? marked : "" }

  /// The references before, and the one that is asked about within 〔〕.
  private var marked: String {
    let before = row.before.map {
      $0 == "法" ? "<cite>法</cite>" : "<ref to=\"\(Self.target($0))\"/>"
    }
    return before.joined(separator: "、") + "〔\(reference)〕"
  }

  private var reference: String {
    var attributes = "to=\"\(row.targets.map(Self.target).joined(separator: " "))\""
    if let through = row.through { attributes += " through=\"\(Self.target(through))\"" }
    if let joint = row.joint { attributes += " join=\"\(joint)\"" }
    if row.words == "number" || row.from == "outside" { attributes += " words=\"number\"" }
    guard let words = row.words, words.hasPrefix("=") else { return "<ref \(attributes)/>" }
    return "<ref \(attributes)>\(words.dropFirst())</ref>"
  }

  static func id(_ place: String) -> String {
    if place == "annex" || place == "other" { return place }
    return "n" + place.replacing("_", with: "x").replacing(".", with: "-")
  }

  private static func target(_ place: String) -> String {
    if let range = place.firstRange(of: "..") {
      return id(String(place[..<range.lowerBound])) + ".." + id(String(place[range.upperBound...]))
    }
    let parts = place.split(separator: "#").map(String.init)
    return ([id(parts[0])] + parts.dropFirst()).joined(separator: "#")
  }
}
