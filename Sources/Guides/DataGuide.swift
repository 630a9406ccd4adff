package import Records
package import TemplateCompiler

/// What those who write an edition's data need to know: the basis of the schema, the blank file and the rosters' headers.
package struct DataGuide: Sendable {
  /// The edition's name.
  let title: String
  let binder: Binder
  let basisWords: [Field.ID: String]
  /// The fields that it describes; nil: all.
  private let fields: Set<Field.ID>?

  package init(
    title: String,
    dictionary: FieldDictionary,
    basisWords: [Field.ID: String] = [:],
    fields: Set<Field.ID>? = nil
  ) {
    self.title = title
    binder = Binder(dictionary)
    self.basisWords = basisWords
    self.fields = fields
  }

  /// All fields, with what the edition's packet needs of them.
  package init(_ edition: CompiledEdition) {
    self.init(title: edition.name, dictionary: edition.dictionary, basisWords: edition.basisWords)
  }

  /// All fields, with what the packets of all occasions need.
  package init(whole edition: CompiledEdition) {
    self.init(
      title: edition.name,
      dictionary: edition.wholeDictionary,
      basisWords: edition.basisWords
    )
  }

  /// The keys, and what the edition's packet prints.
  package init(packetOf edition: CompiledEdition) {
    let keys = edition.dictionary.keyedRecords.flatMap { [$0.record, $0.key] }
    self.init(
      title: edition.name + (edition.occasion.map { "　\($0.name)" } ?? ""),
      dictionary: edition.dictionary,
      basisWords: edition.basisWords,
      fields: edition.readFields.union(keys)
    )
  }

  func tellsOf(_ id: Field.ID) -> Bool { fields?.contains(id) ?? true }

  package var dictionary: FieldDictionary { binder.dictionary }

  subscript(_ id: Field.ID) -> Field { dictionary.fields[id] }

  /// The outermost fields that data gives; the built-in `packet` is not one of them.
  var roots: [Field.ID] {
    dictionary.roots.filter { $0 != binder.packet && self[$0].formula == nil && tellsOf($0) }
  }

  /// The fields within one that data gives.
  func children(of id: Field.ID) -> [Field.ID] {
    self[id].children.filter { self[$0].formula == nil && tellsOf($0) }
  }

  /// 受注者: the field that a file may also hold a list of.
  var vendor: Field.ID { dictionary.vendor.record }

  /// The ways to write a field's key that the binder takes for this field, its name first.
  func keys(of id: Field.ID) -> [String] {
    let field = self[id]
    var keys: [String] = []
    for key in [field.name, field.label] + field.declaration.aliases
    where !keys.contains(key) && binder.field(key, under: field.parent) == id {
      keys.append(key)
    }
    return keys
  }

  // MARK: In words

  /// When a value is needed, what may stand in its place, where that comes from, and how to fill it in.
  func notes(of id: Field.ID) -> [String] {
    let declaration = self[id].declaration
    return [need(of: id), words(of: id), basisWords[id].map { "根拠：\($0)" }, declaration.help]
      .compactMap(\.self)
  }

  /// 必須, or when: 「報告区分」が「最終報」であるときは必須.
  package func need(of id: Field.ID) -> String? {
    if binder.byHand.contains(id) { return "手書き欄" }
    guard let condition = self[id].neededIf else { return nil }
    return switch clause(of: condition, asked: id) {
    case .always: "必須"
    case .never: nil
    case .when(let plain, _): "\(plain)ときは必須"
    }
  }

  private func words(of id: Field.ID) -> String? {
    let words = self[id].declaration.words.map { "「\($0)」" }.joined(separator: "又は")
    guard !words.isEmpty else { return nil }
    guard let condition = self[id].wordsIf else { return "\(words)も可" }
    return switch clause(of: condition, asked: id) {
    case .always: "\(words)も可"
    case .never: nil
    case .when(let plain, _): "\(plain)ときは\(words)も可"
    }
  }

  private func clause(of condition: Condition, asked id: Field.ID) -> ConditionWords.Clause {
    ConditionWords(dictionary: dictionary, frame: self[id].frame).clause(of: condition)
  }
}

extension FieldType {
  /// What to write, for a comment beside the field.
  var guide: String {
    switch self {
    case .text: "文字"
    case .multiline: "文字（改行可）"
    case .integer: "整数"
    case .decimal: "小数"
    case .percent: "割合（％）"
    case .money: "金額（円）"
    case .date: "日付"
    case .datetime: "日時"
    case .boolean(let yes, let no): "\(yes)／\(no)"
    case .choice(let options, let other):
      options.map(\.words).joined(separator: "／") + (other ? "／その他（自由に記入）" : "")
    case .identifier: "番号・符号"
    case .postalCode: "郵便番号"
    case .phone: "電話番号"
    case .email: "電子メールアドレス"
    case .corporateNumber: "法人番号（13桁）"
    case .photo: "写真の貼付け欄"
    }
  }
}
