@testable import DataEditing
import Foundation
import Records

/// Changes of a tree as the page makes them, by paths such as `vendors[1].workers[2].name`.
struct TreeChanges {
  let binder: Binder
  private(set) var tree: DataTree

  init(_ tree: DataTree, _ binder: Binder) {
    self.tree = tree
    self.binder = binder
  }

  /// A line such as `set contract.number "1"`, `append vendors[1].workers {"name": "甲"}`, `remove vendors[1].workers 2`,
  /// `move vendors[1].workers 1 3`.
  mutating func apply(_ line: Substring) throws {
    let words = line.split(separator: " ", maxSplits: 2).map(String.init)
    func json<T: Decodable>(_: T.Type) throws -> T {
      try JSONDecoder().decode(T.self, from: Data(words[2].utf8))
    }
    switch words[0] {
    case "set": set(words[1], try json(String?.self))
    case "append" where words[2].hasPrefix("{"): append(words[1], try json([String: String].self))
    case "append": append(words[1], try json(String.self))
    case "remove": remove(words[1], Int(words[2]) ?? 0)
    case "move":
      let numbers = words[2].split(separator: " ").compactMap { Int($0) }
      move(words[1], numbers[0], to: numbers[1])
    case let word: fatalError("no change \(word)")
    }
  }

  mutating func set(_ path: String, _ text: String?) {
    change(path) { $0 = text.map { .text(Array($0.utf8)) } ?? .absent }
  }

  /// An item behind the last, with texts by the names of its fields, or one text.
  mutating func append(_ path: String, _ texts: [String: String]) {
    guard let list = field(path) else { return }
    let item = DataTree.Value.record(
      texts.compactMap { name, text in
        binder.dictionary.child(name, of: list).map { DataTree.Member($0, .text(Array(text.utf8))) }
      }.inDictionaryOrder
    )
    change(path) { $0 = .list($0.items + [item]) }
  }

  mutating func append(_ path: String, _ text: String) {
    change(path) { $0 = .list($0.items + [.text(Array(text.utf8))]) }
  }

  mutating func remove(_ path: String, _ number: Int) {
    change(path) { value in
      var items = value.items
      items.remove(at: number - 1)
      value = .list(items)
    }
  }

  mutating func move(_ path: String, _ number: Int, to target: Int) {
    change(path) { value in
      var items = value.items
      items.insert(items.remove(at: number - 1), at: target - 1)
      value = .list(items)
    }
  }

  private func field(_ path: String) -> Field.ID? {
    var field: Field.ID?
    for (name, _) in parts(path) { field = binder.dataField(name, under: field) }
    return field
  }

  private func parts(_ path: String) -> [(name: String, number: Int?)] {
    path.split(separator: ".").map { part in
      let pieces = part.split { $0 == "[" || $0 == "]" }
      return (String(pieces[0]), pieces.count > 1 ? Int(pieces[1]) : nil)
    }
  }

  private mutating func change(_ path: String, _ body: (inout DataTree.Value) -> Void) {
    var root = DataTree.Value.record(tree.members)
    change(&root, parts(path)[...], under: nil, body)
    tree = DataTree(root.members, binder)
  }

  private func change(
    _ value: inout DataTree.Value,
    _ parts: ArraySlice<(name: String, number: Int?)>,
    under parent: Field.ID?,
    _ body: (inout DataTree.Value) -> Void
  ) {
    guard let (name, number) = parts.first else { return body(&value) }
    guard let id = binder.dataField(name, under: parent) else { fatalError("no field \(name)") }
    var members = value.members
    var member = members[field: id] ?? .absent
    if let number {
      var items = member.items
      change(&items[number - 1], parts.dropFirst(), under: id, body)
      member = .list(items)
    } else {
      change(&member, parts.dropFirst(), under: id, body)
    }
    members.removeAll { $0.field == id }
    members.append(DataTree.Member(id, member))
    value = .record(members.inDictionaryOrder)
  }
}

extension DataTree {
  /// How many texts it has that are given.
  var leafCount: Int { DataTree.Value.record(members).leafCount }

  /// The members with another text in one place.
  func replacing(leaf index: Int, by bytes: [UInt8]) -> [Member] {
    var root = Value.record(members)
    var rest = index
    root.replace(&rest, by: bytes)
    return root.members
  }
}

extension DataTree.Value {
  fileprivate var leafCount: Int {
    switch self {
    case .absent: 0
    case .text: 1
    case .record(let members): members.reduce(0) { $0 + $1.value.leafCount }
    case .list(let items): items.reduce(0) { $0 + $1.leafCount }
    }
  }

  fileprivate mutating func replace(_ index: inout Int, by bytes: [UInt8]) {
    switch self {
    case .absent: break
    case .text:
      if index == 0 { self = .text(bytes) }
      index -= 1
    case .record(var members):
      for place in members.indices { members[place].value.replace(&index, by: bytes) }
      self = .record(members)
    case .list(var items):
      for place in items.indices { items[place].replace(&index, by: bytes) }
      self = .list(items)
    }
  }
}
