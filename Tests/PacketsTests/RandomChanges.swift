@testable import DataEditing
import Fixtures
import Records

/// Changes of a tree as an afternoon at the page makes them.
struct RandomChanges {
  let binder: Binder
  private var generator: SeededGenerator
  /// Whether an item was taken out of a list.
  private(set) var hasRemoved = false

  init(_ binder: Binder, seed: UInt64) {
    self.binder = binder
    generator = SeededGenerator(seed: seed)
  }

  private mutating func oneIn(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &generator) == 0
  }

  mutating func changed(_ tree: DataTree) -> DataTree {
    DataTree(record(tree.members, of: nil), binder)
  }

  private mutating func record(_ members: [DataTree.Member], of id: Field.ID?) -> [DataTree.Member]
  {
    let children = id.map { binder.dictionary.fields[$0].children } ?? binder.dictionary.roots
    var result: [DataTree.Member] = []
    for child in children where child != binder.packet {
      if let old = members[field: child] {
        result.append(DataTree.Member(child, changed(old, of: child)))
      } else if oneIn(5) {
        result.append(DataTree.Member(child, new(child)))
      }
    }
    return result
  }

  private mutating func changed(_ value: DataTree.Value, of id: Field.ID) -> DataTree.Value {
    let shape = binder.dictionary.fields[id].declaration.shape
    if id == binder.vendor { return .list(list(value.items, of: id, isRecord: true)) }
    switch shape {
    case .value: return oneIn(5) ? text() : value
    case .record:
      if oneIn(20) {
        hasRemoved = true
        return .absent
      }
      return .record(record(value.members, of: id))
    case .list(let type): return .list(list(value.items, of: id, isRecord: type == nil))
    }
  }

  private mutating func list(_ items: [DataTree.Value], of id: Field.ID, isRecord: Bool)
    -> [DataTree.Value]
  {
    let isChange = Bool.random(using: &generator)
    guard !isChange else {
      return items.map { item in
        guard oneIn(3) else { return item }
        guard isRecord else { return text() }
        // Of what it holds, enough stays to recognise the item.
        guard let place = item.members.indices.randomElement(using: &generator) else {
          return .record(record([], of: id))
        }
        var members = item.members
        members[place].value = changed(members[place].value, of: members[place].field)
        return .record(members)
      }
    }
    var items = items
    if oneIn(3), !items.isEmpty {
      items.remove(at: Int.random(in: 0..<items.count, using: &generator))
      hasRemoved = true
    }
    if oneIn(3), items.count > 1 {
      let item = items.remove(at: Int.random(in: 0..<items.count, using: &generator))
      items.insert(item, at: Int.random(in: 0...items.count, using: &generator))
    }
    while oneIn(3) {
      let item: DataTree.Value = isRecord ? .record(record([], of: id)) : text()
      items.insert(item, at: Int.random(in: 0...items.count, using: &generator))
    }
    return items
  }

  mutating func new(_ id: Field.ID) -> DataTree.Value {
    switch binder.dictionary.fields[id].declaration.shape {
    case .value: return text()
    case .record:
      return id == binder.vendor
        ? .list([.record(record([], of: id))]) : .record(record([], of: id))
    case .list(let type):
      return .list(
        (0..<Int.random(in: 0...2, using: &generator)).map { _ in
          type == nil ? .record(record([], of: id)) : text()
        }
      )
    }
  }

  private mutating func text() -> DataTree.Value {
    let text = Self.texts.randomElement(using: &generator) ?? ""
    return text.isEmpty && oneIn(2) ? .absent : .text(Array(text.utf8))
  }

  private static let texts = [
    "", "", "髙﨑　例子", "𠮷野", "渡邉\u{E0100}", "0040012", "2022-04-01", "令和４年４月１日", "12345678", "-5",
    "12,345,678円", "yes", "No", "null", "~", "true", "on", "1e3", "0x1F", "12:30:45", "a: b", "a:",
    "a #b",
    "#a", "- a", "-", "? a", ": a", "[a]", "{a: b}", "&a", "*a", "!a", "|", ">", "'a'", "\"a\"",
    "it's",
    "%a", "@a", "`a", "<<", "=", "---", "...", " a", "a ", " ", "　", "一\n二", "一\n二\n", "一\n\n三\n\n",
    "一\n  二\n三", "\n一", "一\n", " 一\n二", "一\n \n三", "a\tb", "\ta", "a\r\nb", "\u{85}", "\u{0}",
    "\u{7F}",
    "\u{FFFE}", "\u{2028}", "\u{FEFF}", "か\u{3099}", "\\n", "C:\\新", "a,b", "a?", "a: b\n- c",
    "# 一\n# 二",
    "---\n...", String(repeating: "長い文。", count: 400), "👩‍👩‍👧‍👦", "<script>", "key: |\n  text",
  ]
}
