import Diagnostics
package import Records

extension RawNode {
  /// A tree of one value under a dotted path, for tests of single values.
  package static func value(_ text: String, at path: String) -> RawNode {
    let here = SourceLocation(file: "data.yaml", line: 1, column: 1)
    let scalar = RawNode(.scalar(RawScalar(bytes: Array(text.utf8), isQuoted: true)), at: here)
    return path.split(separator: ".").reversed().reduce(scalar) { node, name in
      RawNode(.mapping([Entry(key: String(name), keyLocation: here, value: node)]), at: here)
    }
  }
}

extension Record {
  /// The slot of a field outside all lists.
  package func slot(at path: String, _ dictionary: FieldDictionary) -> Slot? {
    guard let id = dictionary.field(at: path), dictionary.fields[id].frame == 0 else { return nil }
    return slots[dictionary.fields[id].slot]
  }

  package func text(at path: String, _ dictionary: FieldDictionary) -> String? {
    guard let slot = slot(at: path, dictionary) else { return nil }
    switch slot.kind {
    case .absent, .list: return nil
    case .text, .word, .number: return String(decoding: bytes(of: slot), as: UTF8.self)
    }
  }
}
