import DataFiles
import Records

/// Writes data in brackets: all of JSON, and the flow style of YAML.
struct FlowText {
  let binder: Binder
  let style: FileStyle

  /// A value that begins in a line with that indentation.
  func value(_ value: DataTree.Value, of id: Field.ID, indentation: Int) -> [UInt8] {
    switch value {
    case .absent: (style.format == .json ? "null" : "~").bytes
    case .text(let bytes):
      style.text(bytes, of: binder.dictionary.fields[id].type, isFlow: true).inline
    case .record(let members): record(members, indentation: indentation)
    case .list(let items):
      list(
        items.map { self.value($0, of: id, indentation: indentation + style.step) },
        indentation: indentation
      )
    }
  }

  func record(_ members: [DataTree.Member], indentation: Int) -> [UInt8] {
    let members = members.filter { binder.isWorthWriting($0) }
      .map { member($0, indentation: indentation + style.step) }
    return brackets("{", members, "}", indentation: indentation)
  }

  func member(_ member: DataTree.Member, indentation: Int) -> [UInt8] {
    let value = member.value.withSingleVendor(member.field == binder.vendor)
    return style.key(binder.key(of: member, style: style)) + style.colon.bytes
      + self.value(value, of: member.field, indentation: indentation)
  }

  /// A list of items that are written already.
  func list(_ items: [[UInt8]], indentation: Int) -> [UInt8] {
    brackets("[", items, "]", indentation: indentation)
  }

  private func brackets(
    _ open: String,
    _ items: [[UInt8]],
    _ close: String,
    indentation: Int
  ) -> [UInt8] {
    guard style.isMultiline, !items.isEmpty else {
      return open.bytes + items.joined(by: style.comma) + close.bytes
    }
    let lines = items.map { .spaces(indentation + style.step) + $0 }.joined(by: ",\n")
    return open.bytes + [0x0A] + lines + [0x0A] + .spaces(indentation) + close.bytes
  }
}
