import DataFiles
package import Diagnostics
import Records

/// A JSON Schema (2020-12) of an edition's data, for editors that complete and check while one types.
///
/// It holds what the binder says of the shape of data: which fields there are and under which keys, records, lists and their
/// lengths, choices, and roughly how numbers, codes and dates are written. What a text means is left to `tokki check`: whether a
/// date exists, a check digit is right, a rule is kept, a needed value is there.
///
/// Each record, and each item of a list, is a definition named by its path. `properties` has the fields by their names;
/// `patternProperties` sends their labels and aliases there; `dependentSchemas` refuses a second spelling beside the first. A
/// hyphen stands in the names of the other definitions, which no path has.
package struct JSONSchema {
  private let guide: DataGuide
  private var definitions: [(name: String, value: JSONValue)] = []
  private var usedTypes: Set<String> = []

  /// The schema of an edition's data.
  package static func value(_ guide: DataGuide) -> JSONValue {
    var schema = JSONSchema(guide: guide)
    return schema.root()
  }

  private mutating func root() -> JSONValue {
    let vendor = guide.vendor
    let record = record(guide.roots, under: "#") { schema, id in
      id == vendor ? schema.vendor(id) : schema.field(id)
    }
    let types = TypeSchema.all.filter { usedTypes.contains($0.name) }
      .map { (name: $0.name, value: $0.value) }
    return .object(
      [
        ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
        ("title", .string("契約データ（\(guide.title)）")),
        (
          "description",
          .string(
            "項目名は、英字の名前のほか、日本語の名称（各項目の title）又は別名で書けます。"
              + "値の内容（日付の有無、検査用数字、必須項目、項目間の関係など）は tokki check が検査します。"
          )
        ),
      ] + record + [("$defs", .object(definitions + types))]
    )
  }

  // MARK: Records

  /// The keywords for an object of these fields, each of which may be written under any of its keys, but only once.
  private mutating func record(
    _ fields: [Field.ID],
    under pointer: String,
    _ field: (inout JSONSchema, Field.ID) -> JSONValue
  ) -> [(name: String, value: JSONValue)] {
    var properties: [(name: String, value: JSONValue)] = []
    var spellings: [(name: String, value: JSONValue)] = []
    var dependents: [(name: String, value: JSONValue)] = []
    for id in fields {
      let name = guide[id].name
      let reference = JSONValue.reference("\(pointer)/properties/\(name)")
      var keys = guide.keys(of: id)
      properties.append((name, field(&self, id)))
      let others = keys.filter { $0 != name }
      if !others.isEmpty { spellings.append((pattern(of: others), reference)) }
      if id == guide.vendor {
        properties.append((ContractFile.vendorsKey, reference))
        keys.append(ContractFile.vendorsKey)
      }
      for (index, key) in keys.enumerated().dropLast() {
        let later = pattern(of: Array(keys[(index + 1)...]))
        dependents.append((key, .object([("patternProperties", .object([(later, .bool(false))]))])))
      }
    }
    return [
      ("type", .types("object", "null")),
      ("properties", .object(properties)),
      ("patternProperties", .object(spellings)),
      ("additionalProperties", .bool(false)),
      ("dependentSchemas", .object(dependents)),
    ]
  }

  private func pattern(of keys: [String]) -> String {
    "^(?:" + keys.map(\.escapedForPattern).joined(separator: "|") + ")$"
  }

  /// Makes the definition of a record, or of a list's items, and refers to it.
  private mutating func define(_ id: Field.ID) -> JSONValue {
    let path = guide[id].path
    // The place is kept before the definitions of what stands within.
    let place = definitions.count
    definitions.append((path, .null))
    let record = record(guide.children(of: id), under: "#/$defs/\(path)") { $0.field($1) }
    definitions[place].value = .object(record)
    return .reference("#/$defs/\(path)")
  }

  /// One vendor, or a list of vendors that each have an id: `vendor` and `vendors` mean the same.
  private mutating func vendor(_ id: Field.ID) -> JSONValue {
    let one = define(id)
    var items = [("$ref", one.reference), (name: "type", value: .string("object"))]
    let given = reference(to: .given)
    let ways = guide.keys(of: guide.dictionary.vendor.key).map { key -> JSONValue in
      .object([("properties", .object([(key, given)])), ("required", .array([.string(key)]))])
    }
    items.append(("anyOf", .array(ways)))
    return .object(
      annotations(of: id, adding: "受注者が複数のときは、一覧で書きます（vendors と書いても同じです）") + [
        ("anyOf", .array([one, .object([("type", .string("array")), ("items", .object(items))])]))
      ]
    )
  }

  // MARK: Fields

  private mutating func field(_ id: Field.ID) -> JSONValue {
    let declaration = guide[id].declaration
    let maximum = JSONValue.integer(Int64(declaration.maximum ?? Field.Declaration.defaultMaximum))
    switch declaration.shape {
    case .record:
      return .object(annotations(of: id) + [("$ref", define(id).reference)])
    case .value(let type):
      return .object(annotations(of: id) + value(of: type, words: declaration.words))
    case .list(of: nil):
      return .object(
        annotations(of: id) + [
          ("type", .types("array", "null")), ("maxItems", maximum), ("items", define(id)),
        ]
      )
    case .list(of: let type?):
      let item = JSONValue.object(value(of: type, words: declaration.words))
      let list = JSONValue.object([
        ("type", .string("array")), ("maxItems", maximum), ("items", item),
      ])
      return .object(annotations(of: id) + [("anyOf", .array([list, item]))])
    }
  }

  private func annotations(
    of id: Field.ID,
    adding note: String? = nil
  ) -> [(name: String, value: JSONValue)] {
    let notes = (guide.notes(of: id) + [note].compactMap(\.self)).map { note in
      note.hasSuffix("。") ? note : note + "。"
    }
    let title = (name: "title", value: JSONValue.string(guide[id].label))
    return notes.isEmpty ? [title] : [title, ("description", .string(notes.joined()))]
  }

  private mutating func value(
    of type: FieldType,
    words: [String]
  ) -> [(name: String, value: JSONValue)] {
    switch type {
    case .boolean(let yes, let no):
      return alternatives(
        .options([yes, no, "yes", "no", "true", "false"], and: [.bool(true), .bool(false)]),
        words
      )
    case .choice(let options, other: false):
      return alternatives(.options(options.flatMap { [$0.words, $0.value] }), words)
    case .choice(let options, other: true):
      return [
        (
          "anyOf",
          .array([.options(options.flatMap { [$0.words, $0.value] }), reference(to: .ownWords)])
        )
      ]
    case .text, .multiline, .identifier, .photo:
      return reference(to: .of(type)).members
    case .integer, .decimal, .percent, .money, .date, .datetime, .postalCode, .phone, .email,
      .corporateNumber:
      return alternatives(reference(to: .of(type)), words)
    }
  }

  private mutating func reference(to type: TypeSchema) -> JSONValue {
    usedTypes.insert(type.name)
    return .reference("#/$defs/\(type.name)")
  }

  /// Words that stand in place of a value may have a remark in brackets behind them.
  private func alternatives(
    _ value: JSONValue,
    _ words: [String]
  ) -> [(name: String, value: JSONValue)] {
    guard !words.isEmpty else { return value.members }
    let words = words.map(\.escapedForPattern).joined(separator: "|")
    let word = JSONValue.object([
      ("type", .string("string")),
      ("pattern", .string(#"^\s*(?:"# + words + #")(?:[（(].*[）)])?\s*$"#)),
    ])
    return [("anyOf", .array([value, word]))]
  }
}

extension JSONValue {
  fileprivate static func reference(_ pointer: String) -> JSONValue {
    .object([("$ref", .string(pointer))])
  }

  fileprivate static func types(_ types: String...) -> JSONValue {
    .array(types.map { .string($0) })
  }

  /// One of these words, or nothing, as in any field.
  ///
  /// A word that reads as a number may be written as one.
  fileprivate static func options(_ words: [String], and more: [JSONValue] = []) -> JSONValue {
    var distinct: [String] = []
    for word in words where !distinct.contains(word) { distinct.append(word) }
    let numbers = distinct.compactMap { word in
      Int64(word).flatMap { String($0) == word ? JSONValue.integer($0) : nil }
    }
    return .object([
      ("enum", .array(more + distinct.map { .string($0) } + numbers + [.string(""), .null]))
    ])
  }

  fileprivate var members: [(name: String, value: JSONValue)] {
    if case .object(let members) = self { members } else { [] }
  }

  fileprivate var reference: JSONValue { members.first?.value ?? .null }
}

extension String {
  /// As it stands, within a regular expression of ECMA-262.
  fileprivate var escapedForPattern: String {
    var result = ""
    for scalar in unicodeScalars {
      if #"^$\.*+?()[]{}|"#.unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
