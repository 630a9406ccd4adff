@testable import DataEditing
import Fixtures
import Records

/// Writes a tree as clerks write their files: in any style that YAML and JSON have for it, with comments all over.
struct StyledData {
  let binder: Binder
  private var generator: SeededGenerator
  private var lines: [String] = []
  private var comments = 0
  private(set) var commentsInLists: [String] = []
  private(set) var commentsElsewhere: [String] = []
  private var listDepth = 0
  private let step: Int
  private let dashIndent: Int
  private let itemIndent: Int
  private let isTidy: Bool

  init(_ binder: Binder, seed: UInt64) {
    self.binder = binder
    generator = SeededGenerator(seed: seed)
    step = [2, 2, 4, 3].randomElement(using: &generator) ?? 2
    dashIndent = [0, 2, 2, 4].randomElement(using: &generator) ?? 2
    itemIndent = [2, 2, 2, 4].randomElement(using: &generator) ?? 2
    isTidy = Bool.random(using: &generator)
  }

  private mutating func oneIn(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &generator) == 0
  }
  private mutating func pick<T>(_ options: [T]) -> T {
    options[Int.random(in: 0..<options.count, using: &generator)]
  }

  // MARK: YAML

  mutating func yaml(_ tree: DataTree) -> [UInt8] {
    if oneIn(3) { comment(0) }
    if oneIn(8) { lines.append("---") }
    members(tree.members, column: 0)
    if oneIn(3) { comment(0) }
    let lineEnd = pick(["\n", "\n", "\n", "\r\n", "\r"])
    let text = lines.joined(separator: lineEnd) + (oneIn(6) ? "" : lineEnd)
    return (oneIn(6) ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
  }

  private mutating func newComment() -> String {
    comments += 1
    let text = "# c\(comments):" + pick(["注", " x: 'y'", " - [", "\""])
    if listDepth > 0 { commentsInLists.append(text) } else { commentsElsewhere.append(text) }
    return text
  }

  private mutating func comment(_ column: Int) {
    lines.append(String(repeating: " ", count: column) + newComment())
  }

  private mutating func trailer() -> String { oneIn(8) ? "  " + newComment() : "" }

  private mutating func filler(_ column: Int) {
    if oneIn(10) { lines.append("") }
    if oneIn(10) { comment(column) }
  }

  private mutating func key(of id: Field.ID) -> String {
    let field = binder.dictionary.fields[id]
    let keys = [field.name, field.name, field.label] + field.declaration.aliases
    let key = pick(keys)
    return oneIn(12) ? "\"\(key)\"" : key
  }

  private mutating func members(_ members: [DataTree.Member], column: Int) {
    for member in members.shuffled(using: &generator) {
      filler(column)
      let head = String(repeating: " ", count: column) + key(of: member.field) + ":"
      var value = member.value
      let isVendor = member.field == binder.vendor
      if isVendor { listDepth += 1 }
      defer { if isVendor { listDepth -= 1 } }
      if isVendor {
        guard value.items.count == 1, Bool.random(using: &generator) else {
          lines.append(String(repeating: " ", count: column) + "vendors:" + trailer())
          items(value.items, of: member.field, column: column + dashIndent)
          continue
        }
        value = value.items[0]
      }
      self.value(value, of: member.field, head: head, column: column, indent: step)
    }
    if oneIn(9) {
      lines.append(
        String(repeating: " ", count: column) + pick(["x1: 甲 # 注", "x2: {a: [b]}", "x3: 'y'"])
      )
    }
  }

  private mutating func value(
    _ value: DataTree.Value,
    of id: Field.ID,
    head: String,
    column: Int,
    indent: Int
  ) {
    switch value {
    case .absent: lines.append(head + pick(["", " ~", " null", ""]) + trailer())
    case .text(let bytes):
      text(String(decoding: bytes, as: UTF8.self), head: head, column: column + indent)
    case .record(let members):
      if members.isEmpty || oneIn(4) {
        lines.append(head + " " + flow(value, of: id, column: column + 1) + trailer())
      } else {
        lines.append(head + trailer())
        self.members(members, column: column + step)
      }
    case .list(let items):
      if items.isEmpty || oneIn(4) {
        lines.append(head + " " + flow(value, of: id, column: column + 1) + trailer())
      } else if items.count == 1, case .text(let bytes) = items[0], oneIn(4) {
        text(String(decoding: bytes, as: UTF8.self), head: head, column: column + indent)
      } else {
        lines.append(head + trailer())
        self.items(items, of: id, column: column + dashIndent)
      }
    }
  }

  private mutating func items(_ items: [DataTree.Value], of id: Field.ID, column: Int) {
    listDepth += 1
    defer { listDepth -= 1 }
    let isApart = oneIn(4)
    for (index, item) in items.enumerated() {
      if isApart, index > 0 { lines.append("") }
      filler(column)
      let dash = String(repeating: " ", count: column) + "-"
      if case .record(let members) = item, !members.isEmpty, !oneIn(4) {
        let first = lines.count
        self.members(members, column: column + itemIndent)
        // A comment in the first line stays above; the dash stands in the first key's line, or above it.
        let key =
          lines[first...].firstIndex { line in
            !line.isEmpty && line.drop { $0 == " " }.first != "#"
          } ?? first
        if oneIn(8) {
          lines.insert(dash + trailer(), at: first)
        } else {
          let rest = lines[key].dropFirst(column + 1)
          lines[key] = dash + rest
          // Deeper, it could be taken for text of the item before.
          for line in first..<key where !lines[line].isEmpty {
            lines[line] = String(repeating: " ", count: column) + lines[line].drop { $0 == " " }
          }
        }
      } else {
        value(item, of: id, head: dash, column: column, indent: itemIndent)
      }
      if oneIn(12) { comment(column + 1) }
    }
  }

  private mutating func flow(_ value: DataTree.Value, of id: Field.ID, column: Int) -> String {
    let gap = oneIn(5) ? "\n" + String(repeating: " ", count: column) : pick(["", " ", ""])
    let end = gap.isEmpty || !oneIn(3) ? "" : ","
    func wrapped(_ open: String, _ items: [String], _ close: String) -> String {
      if items.isEmpty { return open + gap + close }
      return open + gap + items.joined(separator: gap.count > 1 ? "," + gap : ", ") + end + gap
        + close
    }
    switch value {
    case .absent: return pick(["~", "null"])
    case .text(let bytes): return quoted(String(decoding: bytes, as: UTF8.self), isFlow: true)
    case .record(let members):
      var parts: [String] = []
      for member in members.shuffled(using: &generator) {
        let value =
          member.field == binder.vendor && member.value.items.count == 1
          ? member.value.items[0] : member.value
        parts.append(key(of: member.field) + ": " + flow(value, of: member.field, column: column))
      }
      return wrapped("{", parts, "}")
    case .list(let items):
      return wrapped("[", items.map { flow($0, of: id, column: column) }, "]")
    }
  }

  private mutating func text(_ text: String, head: String, column: Int) {
    let isEasy =
      !text.isEmpty && !text.hasPrefix(" ") && !text.hasPrefix("\n")
      && text.unicodeScalars.allSatisfy { !$0.isForbidden && $0 != "\u{FEFF}" }
      && text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy {
        !$0.hasPrefix(" ") && !$0.hasSuffix(" ")
      }
    guard isEasy, text.contains("\n") ? !oneIn(3) : oneIn(8) else {
      let quoted = quoted(text, isFlow: false)
      if oneIn(12) {
        lines.append(head + trailer())
        lines.append(String(repeating: " ", count: column) + quoted + trailer())
      } else {
        lines.append(head + " " + quoted + trailer())
      }
      return
    }
    var parts = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var chomping = "-"
    if parts.last == "" {
      parts.removeLast()
      chomping = parts.last == "" ? "+" : ""
    }
    let style = text.contains("\n") ? "|" : pick(["|", ">"])
    lines.append(head + " " + style + chomping + (oneIn(6) ? " " + newComment() : ""))
    for part in parts {
      lines.append(part.isEmpty ? "" : String(repeating: " ", count: column) + part)
    }
    if chomping != "+", oneIn(4) { lines.append("") }
  }

  private mutating func quoted(_ text: String, isFlow: Bool) -> String {
    let scalars = text.unicodeScalars
    let isPlain =
      !text.isEmpty && text != "null"
      && scalars.allSatisfy { scalar in
        scalar.value > 0x2FFF && scalar.value < 0xFB00 && scalar != "\u{3000}"
          || scalar.properties.isAlphabetic && scalar.isASCII
          || ("0"..."9").contains(scalar)
      }
    if isPlain, !oneIn(3) { return text }
    let isPrintable = scalars.allSatisfy {
      !$0.isForbidden && $0 != "\u{FEFF}" && $0 != "\n" && $0 != "\t"
    }
    if isPrintable, Bool.random(using: &generator) {
      return "'"
        + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
    return Self.escaped(text)
  }

  private static func escaped(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case _
      where (scalar.isForbidden || scalar == "\u{FEFF}" || scalar == "\t") && scalar.value < 0x10000:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
      case _: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  // MARK: JSON

  mutating func json(_ tree: DataTree) -> [UInt8] {
    let isWide = Bool.random(using: &generator)
    let text = json(.record(tree.members), of: nil, indentation: isWide ? 0 : nil)
    return (oneIn(6) ? [0xEF, 0xBB, 0xBF] : []) + Array((text + pick(["", "\n"])).utf8)
  }

  private mutating func json(_ value: DataTree.Value, of id: Field.ID?, indentation: Int?) -> String
  {
    let inner = indentation.map { $0 + step }
    func wrapped(_ open: String, _ items: [String], _ close: String) -> String {
      guard !items.isEmpty, let indentation, let inner else {
        return open + items.joined(separator: step == 3 ? "," : ", ") + close
      }
      let line = "\n" + String(repeating: " ", count: inner)
      return open + line + items.joined(separator: "," + line) + "\n"
        + String(repeating: " ", count: indentation) + close
    }
    switch value {
    case .absent: return "null"
    case .text(let bytes):
      let text = String(decoding: bytes, as: UTF8.self)
      let isBare = bytes.isInteger || text == "true" || text == "false"
      return isBare && Bool.random(using: &generator) ? text : Self.escaped(text)
    case .record(let members):
      var parts: [String] = []
      for member in members.shuffled(using: &generator) {
        let isSingle = member.field == binder.vendor && member.value.items.count == 1 && oneIn(2)
        let isVendors = member.field == binder.vendor && !isSingle
        let value = isSingle ? member.value.items[0] : member.value
        let field = binder.dictionary.fields[member.field]
        let key =
          isVendors ? "vendors" : pick([field.name, field.label] + field.declaration.aliases)
        parts.append(
          "\"\(key)\"" + (step == 3 ? ":" : ": ")
            + json(value, of: member.field, indentation: inner)
        )
      }
      if oneIn(9) { parts.append("\"x1\": {\"a\": [1]}") }
      return wrapped("{", parts, "}")
    case .list(let items):
      return wrapped("[", items.map { json($0, of: id, indentation: inner) }, "]")
    }
  }
}
