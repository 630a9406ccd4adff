import Diagnostics

extension Binder {
  /// The diagnostic of a key that names no field, with where it may belong.
  func unknown(_ entry: RawNode.Entry, under parent: Field.ID?, items: [Int]) -> Diagnostic {
    let siblings = dictionary.fields.indices.filter {
      dictionary.fields[$0].parent == parent && $0 != packet
    }
    let near = didYouMean(
      entry.key,
      among: siblings.map { dictionary.fields[$0].name }
        + siblings.map { dictionary.fields[$0].label }
        + siblings.flatMap { dictionary.fields[$0].declaration.aliases }
    )
    // A field's full name in the wrong place is nearer than a like name in the right one.
    let elsewhere = dictionary.fields.indices.filter { id in
      let field = dictionary.fields[id]
      return id != packet && field.parent != packet
        && ([field.name, field.label] + field.declaration.aliases).contains(entry.key)
    }
    let isKnown = near != nil || !elsewhere.isEmpty
    return .unknownField(
      isKnown ? entry.key : RawNode.quotable(key: entry.key),
      under: parent.map { FieldPlace(dictionary: dictionary, field: $0, items: items) },
      near: near,
      elsewhere: elsewhere.count == 1 ? dictionary.fields[elsewhere[0]].path : nil,
      at: entry.keyLocation
    )
  }
}

extension Diagnostic {
  fileprivate static func unknownField(
    _ key: String?,
    under parent: FieldPlace?,
    near: String?,
    elsewhere: String?,
    at location: SourceLocation
  ) -> Diagnostic {
    let ja = (parent == nil ? "" : "に") + (key.map { "「\($0)」という" } ?? "この")
    let en =
      (key.map { "There is no field \($0)" } ?? "There is no such field")
      + (parent.map { " in \($0.english)." } ?? ".")
    let hint: Message? =
      if let elsewhere {
        Message(ja: "この項目は \(elsewhere) に書きます", en: "this field belongs at \(elsewhere)")
      } else if let near {
        Message(ja: "「\(near)」ではありませんか", en: "did you mean \(near)?")
      } else {
        nil
      }
    return Diagnostic(
      .unknownDataField,
      at: location,
      of: parent?.subject(),
      ja: ja + "項目はありません。",
      en: en,
      hint: hint
    )
  }
}
