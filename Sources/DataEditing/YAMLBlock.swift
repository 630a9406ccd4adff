import DataFiles
import Records

/// Writes data in YAML, in block style: the lines of a key, of an item, of a record's members.
///
/// Only what is given is written; items of lists stand for themselves even if they are empty.
struct YAMLBlock {
  let binder: Binder
  let style: FileStyle

  /// The lines of a record's members, whose keys begin in `column`.
  func members(_ members: [DataTree.Member], column: Int) -> [[UInt8]] {
    members.filter { binder.isWorthWriting($0) }
      .flatMap { member($0, column: column) }
  }

  func member(_ member: DataTree.Member, column: Int) -> [[UInt8]] {
    let key = style.key(binder.key(of: member, style: style))
    let head = .spaces(column) + key + ":".bytes
    switch member.value.withSingleVendor(member.field == binder.vendor) {
    case .absent: return [head]
    case .text(let bytes):
      return text(bytes, of: member.field, after: head, indentation: column + style.step)
    case .record(let members): return [head] + self.members(members, column: column + style.step)
    case .list(let items):
      if let flow = shortList(items, of: member.field) { return [head + " ".bytes + flow] }
      return [head] + self.items(items, of: member.field, column: column + style.dashIndent)
    }
  }

  /// The lines of a list's items, whose dashes stand in `column`.
  func items(_ items: [DataTree.Value], of list: Field.ID, column: Int) -> [[UInt8]] {
    items.flatMap { item($0, of: list, column: column) }
  }

  func item(_ item: DataTree.Value, of list: Field.ID, column: Int) -> [[UInt8]] {
    let dash = .spaces(column) + "-".bytes
    switch item {
    case .absent, .list: return [dash]
    case .text(let bytes):
      return text(bytes, of: list, after: dash, indentation: column + style.itemIndent)
    case .record(let members):
      var lines = self.members(members, column: column + style.itemIndent)
      guard let first = lines.first else { return [dash] }
      lines[0] = dash + first.dropFirst(column + 1)
      return lines
    }
  }

  private func text(
    _ bytes: [UInt8],
    of id: Field.ID,
    after head: [UInt8],
    indentation: Int
  ) -> [[UInt8]] {
    let text = style.text(bytes, of: binder.dictionary.fields[id].type, isFlow: false)
    return [head + " ".bytes + text.inline] + text.block.map { $0.indented(by: indentation) }
  }

  /// A few short words fit on the line of their key.
  private func shortList(_ items: [DataTree.Value], of list: Field.ID) -> [UInt8]? {
    switch binder.dictionary.fields[list].type {
    case .multiline, nil: return nil
    case .text, .integer, .decimal, .percent, .money, .date, .datetime, .boolean, .choice,
      .identifier, .postalCode, .phone, .email, .corporateNumber, .photo:
      break
    }
    let isShort = items.allSatisfy { item in
      guard case .text(let bytes) = item else { return false }
      return !bytes.contains(0x0A)
    }
    let flow = FlowText(binder: binder, style: style).value(.list(items), of: list, indentation: 0)
    return isShort && flow.count <= 120 ? flow : nil
  }
}

extension DataTree.Value {
  /// The vendors' list as a record if there is one vendor.
  func withSingleVendor(_ isVendors: Bool) -> DataTree.Value {
    guard isVendors, case .list(let items) = self, items.count == 1 else { return self }
    return items[0]
  }
}

extension Binder {
  /// Whether a file needs a key for it.
  func isWorthWriting(_ member: DataTree.Member) -> Bool {
    guard member.field == vendor, case .list(let items) = member.value else {
      return member.value.isGiven
    }
    return items.count > 1 || items.contains(where: \.isGiven)
  }

  /// The key of a field that is new to a file.
  func key(of member: DataTree.Member, style: FileStyle) -> String {
    if member.field == vendor, case .list(let items) = member.value, items.count != 1 {
      return ContractFile.vendorsKey
    }
    let field = dictionary.fields[member.field]
    let isOwn = self.field(field.label, under: field.parent) == member.field
    return style.usesLabels && isOwn ? field.label : field.name
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}

extension [UInt8] {
  static func spaces(_ count: Int) -> [UInt8] { Array(repeating: 0x20, count: count) }

  /// An empty line stays empty.
  func indented(by count: Int) -> [UInt8] { isEmpty ? self : .spaces(count) + self }

  /// Without their line feeds.
  var lines: [[UInt8]] {
    split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
  }
}

extension [[UInt8]] {
  func joined(by separator: String) -> [UInt8] {
    [UInt8](joined(separator: separator.bytes))
  }

  /// Each with a line feed before it.
  var asLinesBelow: [UInt8] { reduce(into: []) { $0 += [0x0A] + $1 } }
}
