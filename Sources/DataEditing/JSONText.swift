import DataFiles
import Diagnostics
import TemplateRuntime

/// Writes data in JSON.
struct JSONText {
  let binder: Binder
  let style: FileStyle

  /// A value that begins in a line with that indentation.
  func value(_ value: DataTree.Value, of id: Field.ID, indentation: Int) -> [UInt8] {
    switch value {
    case .absent: "null".bytes
    case .text(let bytes): text(bytes, of: binder.dictionary.fields[id].type, before: nil)
    case .record(let members): record(members, indentation: indentation)
    case .list(let items):
      brackets("[", "]", items, indentation: indentation) {
        self.value($0, of: id, indentation: indentation + style.step)
      }
    }
  }

  func record(_ members: [DataTree.Member], indentation: Int) -> [UInt8] {
    brackets(
      "{",
      "}",
      members.filter { binder.isWorthWriting($0) },
      indentation: indentation
    ) { member($0, indentation: indentation + style.step) }
  }

  func member(_ member: DataTree.Member, indentation: Int) -> [UInt8] {
    let key = JSONValue.string(binder.key(of: member, style: style)).bytes
    let value = member.value.withSingleVendor(member.field == binder.vendor)
    return key + style.colon.bytes
      + self.value(value, of: member.field, indentation: indentation)
  }

  /// What stands between two items whose lines have that indentation.
  func separator(indentation: Int) -> [UInt8] {
    if style.isMultiline { return ",\n".bytes + .spaces(indentation) }
    return (style.colon == ":" ? "," : ", ").bytes
  }

  private func brackets<Item>(
    _ open: String,
    _ close: String,
    _ items: [Item],
    indentation: Int,
    _ write: (Item) -> [UInt8]
  ) -> [UInt8] {
    guard !items.isEmpty else { return (open + close).bytes }
    let inner = indentation + style.step
    let content = Array(items.map(write).joined(separator: separator(indentation: inner)))
    guard style.isMultiline else { return open.bytes + content + close.bytes }
    let head = open.bytes + [0x0A] + .spaces(inner)
    return head + content + [0x0A] + .spaces(indentation) + close.bytes
  }

  /// A number or a truth stays one, or is one in a field of such values, if its text is what JSON would write.
  func text(
    _ bytes: [UInt8],
    of type: FieldType?,
    before: RawScalar?
  ) -> [UInt8] {
    let look = YAMLLook(bytes)
    let isBare =
      switch look {
      case .integer, .truth:
        before.map { $0.style == .plain && YAMLLook($0.bytes) == look }
          ?? (look == YAMLLook(of: type))
      case .text, .number, .date, .word: false
      }
    return isBare ? bytes : JSONValue.string(String(decoding: bytes, as: UTF8.self)).bytes
  }
}
