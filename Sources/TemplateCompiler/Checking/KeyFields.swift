import Diagnostics
import Records

/// The fields that the program itself asks for: where a dictionary may declare them, and that it has the keys, which
/// distinguish packets and name their folders.
struct KeyFields {
  private let dictionary: FieldDictionary
  private let reader: ElementReader

  static func check(_ dictionary: FieldDictionary, reader: ElementReader) {
    KeyFields(dictionary: dictionary, reader: reader).check()
  }

  private func check() {
    var records: [Field.ID] = []
    for key in Field.Key.allCases {
      let declared = dictionary.fields.indices.filter {
        dictionary.fields[$0].declaration.key == key
      }
      // The built-in record lies where the dictionary begins.
      if declared.isEmpty, let start = dictionary.fields.last?.declaration.location {
        reader.report(.missingKey(key, at: start))
      }
      for (index, id) in declared.enumerated() {
        let record = dictionary.root(of: id)
        if index > 0 || !isInRecord(id) || records.contains(record) {
          reader.report(.misplaced("key", .key, at: location(of: id)))
        }
        records.append(record)
      }
    }
    guard records.count >= Field.Key.allCases.count else { return }
    var titled: [Field.ID] = []
    for (id, field) in dictionary.fields.enumerated() {
      let record = dictionary.root(of: id)
      if field.declaration.isTitle {
        if !isInRecord(id) || !records.contains(record) || titled.contains(record) {
          reader.report(.misplaced("title", .title, at: location(of: id)))
        }
        titled.append(record)
      }
      if field.declaration.isPerVendor, field.parent == nil || field.parent != records.first {
        reader.report(.misplaced("per-vendor", .perVendor, at: location(of: id)))
      }
    }
  }

  private func location(of id: Field.ID) -> SourceLocation {
    dictionary.fields[id].declaration.location
  }

  /// Whether it stands right within an outermost record.
  private func isInRecord(_ id: Field.ID) -> Bool {
    dictionary.fields[id].parent == dictionary.root(of: id) && dictionary.fields[id].frame == 0
  }
}

extension Message {
  fileprivate static let key = Message(
    ja: "key=\"contract\" と key=\"vendor\" は、最も外側の別々の record のすぐ下の項目に、一つずつ書きます。",
    en:
      "One field has the contract's key, one the vendor's, each right within an outermost record of its own."
  )
  fileprivate static let title = Message(
    ja: "title は、key のある record のすぐ下の項目に、一つずつ書きます。",
    en: "One field has a title, right within each record that has a key."
  )
  fileprivate static let perVendor = Message(
    ja: "per-vendor は、契約の record の項目に書きます。",
    en: "It belongs to fields of the contract's record."
  )
}

extension Diagnostic {
  fileprivate static func misplaced(
    _ attribute: String,
    _ hint: Message,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .invalidAttribute,
      at: location,
      ja: "属性「\(attribute)」は、この項目には書けません。",
      en: "The attribute “\(attribute)” has no place on this field.",
      hint: hint
    )
  }

  fileprivate static func missingKey(_ key: Field.Key, at location: SourceLocation) -> Self {
    Diagnostic(
      .missingElement,
      at: location,
      ja: "key=\"\(key.rawValue)\" の項目が必要です。書類一式は、契約番号と受注者番号で区別されます。",
      en:
        "A field with key=\"\(key.rawValue)\" is needed: packets are distinguished by contract and vendor.",
      hint: Message(
        ja: "番号の field に key=\"\(key.rawValue)\" を加えてください。型は identifier か text です。",
        en:
          "Add key=\"\(key.rawValue)\" to the field of its number, of the type identifier or text."
      )
    )
  }
}
