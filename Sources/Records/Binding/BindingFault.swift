import Diagnostics

/// The shape that a field's data must have.
enum ExpectedShape {
  case record, value, list
}

// What is wrong with the shape of the data, whatever its values.

extension Diagnostic {
  static func notARecord(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .wrongType,
      at: location,
      ja: "データは「項目名: 値」の並びで書いてください。",
      en: "The data must be a mapping of field names to values."
    )
  }

  static func expected(
    _ expected: ExpectedShape,
    _ field: FieldPlace,
    at location: SourceLocation
  ) -> Diagnostic {
    switch expected {
    case .record:
      Diagnostic(
        .wrongType,
        at: location,
        of: field.subject(),
        ja: "の下には「項目名: 値」を並べてください。",
        en: "\(field.english) takes a mapping of field names to values.",
        field: field.name
      )
    case .value:
      Diagnostic(
        .wrongType,
        at: location,
        of: field.subject(),
        ja: "には値を一つだけ書いてください。",
        en: "\(field.english) takes a single value.",
        field: field.name
      )
    case .list:
      Diagnostic(
        .wrongType,
        at: location,
        of: field.subject(),
        ja: "は繰り返しの項目です。一覧で書いてください。",
        en: "\(field.english) takes a list.",
        hint: Message(
          ja: "YAMLでは各行の頭に「- 」を付け、JSONでは[ ]で囲みます",
          en: "begin each item with '- ' in YAML, or put all in [ ] in JSON"
        ),
        field: field.name
      )
    }
  }

  static func givenTwice(_ field: FieldPlace, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .duplicateKey,
      at: location,
      of: field.subject(),
      ja: "が、別の書き方でも書かれています。",
      en: "\(field.english) is given a second time under another of its names.",
      hint: Message(ja: "どちらか一方を消してください", en: "keep one of them"),
      field: field.name
    )
  }

  static func tooLong(
    _ field: FieldPlace,
    count: Int,
    maximum: Int,
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .listTooLong,
      at: location,
      of: field.subject(),
      ja: "は\(maximum)件までですが、\(count)件あります。",
      en: "\(field.english) takes \(maximum) items at most; there are \(count).",
      field: field.name
    )
  }
}
