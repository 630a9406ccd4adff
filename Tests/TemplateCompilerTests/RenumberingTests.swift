import AnnexComparison
import AnnexImport
import Diagnostics
import Fixtures
@testable import TemplateCompiler
import Testing

/// Each 条, 項 and 号 of three annexes inserted before, deleted and moved in turn: every reference has the words that an oracle, written
/// apart from drafting rules, gives it, or the run is refused.
struct RenumberingTests {
  @Test(arguments: UInt64(1)...3)
  func referencesFollow(_ seed: UInt64) throws {
    let annex = NumberedOutline(seed: seed)
    var (renumbered, refused) = (0, 0)
    for changed in annex.changes {
      let (edition, diagnostics) = PrintedAnnex.compile(changed.xml, digits: "half")
      let expected = changed.words
      guard let edition else {
        let codes = Set(diagnostics.filter { $0.severity == .error }.map(\.code))
        #expect(codes == [.danglingReference], "\(changed.xml)")
        #expect(expected == nil, "\(changed.xml)")
        refused += 1
        continue
      }
      let text = ComparedText(edition.annexes[0]).units.characters.string
      let found = text.matches(of: /〔([^〕]*)〕/).map { String($0.1) }
      #expect(found == expected, "\(changed.xml)")
      renumbered += 1
    }
    #expect(renumbered > 15 && refused > 5)
  }
}

/// Articles, their 項 and 号, each with a reference.
private struct NumberedOutline {
  struct Provision {
    var id: String
    var reference: (first: String, last: String?)?
    var parts: [Provision] = []
  }

  var articles: [Provision] = []

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    articles = (1...6).map { article in
      let paragraphs = (1...[1, 2, 5, 1, 6, 3][article - 1]).map { paragraph in
        let count = Int.random(in: 0...3, using: &random) == 0 ? 5 : 0
        let items = (0..<count).map { Provision(id: "a\(article)-\(paragraph)-\($0 + 1)") }
        return Provision(id: "a\(article)-\(paragraph)", parts: items)
      }
      return Provision(id: "a\(article)", parts: paragraphs)
    }
    let original = self
    let all = original.paths
    for path in all where path.count > 1 {
      // Ranges now and then; what cannot be said is left out.
      for _ in 0..<20 {
        guard let target = all.randomElement(using: &random) else { break }
        var last: String?
        let siblings = original.siblings(of: target)
        if Bool.random(using: &random), let own = target.last, own + 1 < siblings.count {
          last = siblings[Int.random(in: (own + 1)..<siblings.count, using: &random)].id
        }
        self[path].reference = (original[target].id, last)
        if wording(from: path) != nil { break }
        self[path].reference = nil
      }
    }
  }

  // MARK: Places

  private var paths: [[Int]] {
    articles.indices.flatMap { article in
      [[article]]
        + articles[article].parts.indices.flatMap { paragraph in
          [[article, paragraph]]
            + articles[article].parts[paragraph].parts.indices.map { [article, paragraph, $0] }
        }
    }
  }

  private subscript(path: [Int]) -> Provision {
    get { path.dropFirst().reduce(articles[path[0]]) { $0.parts[$1] } }
    set {
      switch path.count {
      case 1: articles[path[0]] = newValue
      case 2: articles[path[0]].parts[path[1]] = newValue
      case _: articles[path[0]].parts[path[1]].parts[path[2]] = newValue
      }
    }
  }

  private func siblings(of path: [Int]) -> [Provision] {
    path.count == 1 ? articles : self[Array(path.dropLast())].parts
  }

  private mutating func setSiblings(of path: [Int], _ siblings: [Provision]) {
    if path.count == 1 {
      articles = siblings
    } else {
      self[Array(path.dropLast())].parts = siblings
    }
  }

  private func path(of id: String) -> [Int]? { paths.first { self[$0].id == id } }

  // MARK: Changes

  var changes: [NumberedOutline] {
    paths.flatMap { path -> [NumberedOutline] in
      let siblings = siblings(of: path)
      let index = path[path.count - 1]
      var new = Provision(id: "new")
      if path.count == 1 { new.parts = [Provision(id: "new-1")] }
      var inserted = siblings
      inserted.insert(new, at: index)
      var deleted = siblings
      let moving = deleted.remove(at: index)
      let moved = deleted + [moving]
      let all = [inserted, moved] + (deleted.isEmpty && path.count == 2 ? [] : [deleted])
      return all.map { changed in
        var outline = self
        outline.setSiblings(of: path, changed)
        return outline
      }
    }
  }

  // MARK: As it is written

  var xml: String {
    let body = articles.map { article in
      let inner = article.parts.map { paragraph -> String in
        let items = paragraph.parts.map { "<item id=\"\($0.id)\">号\($0.xml)</item>" }.joined()
        return "<paragraph id=\"\(paragraph.id)\">項\(paragraph.xml)\(items)</paragraph>"
      }
      return "<article id=\"\(article.id)\">\(inner.joined())</article>\n"
    }
    return
      "<annex xmlns=\"urn:tokki:template:1\" id=\"annex\"><title>題名</title>\n\(body.joined())</annex>"
  }

  // MARK: The words

  /// Of all references in reading order; nil if one cannot be said.
  var words: [String]? {
    let places = paths.filter { self[$0].reference != nil }
    let words = places.compactMap(wording)
    return words.count == places.count ? words : nil
  }

  private func wording(from place: [Int]) -> String? {
    guard let reference = self[place].reference, let first = path(of: reference.first) else {
      return nil
    }
    guard let lastID = reference.last else {
      return first == place ? nil : name(first, from: place)
    }
    guard let last = path(of: lastID), first.count == last.count,
      first.dropLast() == last.dropLast()
    else { return nil }
    return range(first, last[last.count - 1], from: place)
  }

  private static let units = ["条", "項", "号"]

  private func number(_ path: [Int], _ index: Int) -> String {
    "第\(index + 1)\(Self.units[path.count - 1])"
  }

  private func isOnly(_ path: [Int]) -> Bool { path.count == 2 && siblings(of: path).count == 1 }

  private func name(_ target: [Int], from place: [Int]) -> String {
    // What is the only 項 goes by its article.
    if isOnly(target) { return name([target[0]], from: place) }
    if place.starts(with: target) { return "この" + Self.units[target.count - 1] }
    let container = Array(target.dropLast())
    return before(container, from: place) + sign(target, from: place)
  }

  /// What stands before the last step: nothing for what the place is part of.
  private func before(_ container: [Int], from place: [Int]) -> String {
    container.isEmpty || place.starts(with: container) ? "" : name(container, from: place)
  }

  /// 前項 where it stands beside what the place is part of, else 第２項.
  private func sign(_ target: [Int], from place: [Int]) -> String {
    let unit = Self.units[target.count - 1]
    let index = target[target.count - 1]
    if place.count >= target.count,
      place.dropLast(place.count - target.count + 1) == target.dropLast()
    {
      if index == place[target.count - 1] - 1 { return "前" + unit }
      if index == place[target.count - 1] + 1 { return "次" + unit }
    }
    return number(target, index)
  }

  private func range(_ first: [Int], _ end: Int, from place: [Int]) -> String? {
    let depth = first.count - 1
    let start = first[depth]
    let last = Array(first.dropLast()) + [end]
    let unit = Self.units[depth]
    guard start < end else { return nil }
    let container = Array(first.dropLast())
    let count = end - start + 1
    if place.starts(with: container), place.count > depth {
      let own = place[depth]
      if start...end ~= own { return nil }
      if end == own - 1, count < 4 { return "前\(count)\(unit)" }
      if end == own - 1, start == 0 { return "前各\(unit)" }
    }
    if depth > 0, start == 0, end == siblings(of: first).count - 1 {
      return place.starts(with: container)
        ? "次の各\(unit)" : name(container, from: place) + "各\(unit)"
    }
    let head = before(container, from: place) + sign(first, from: place)
    let tail = place.starts(with: container) ? sign(last, from: place) : number(last, end)
    return count == 2 ? head + "及び" + tail : head + "から" + tail + "まで"
  }
}

extension NumberedOutline.Provision {
  fileprivate var xml: String {
    guard let reference else { return "" }
    let through = reference.last.map { " through=\"\($0)\"" } ?? ""
    return "〔<ref to=\"\(reference.first)\"\(through)/>〕"
  }
}
