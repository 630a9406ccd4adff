import Diagnostics
package import Records
import Tables

/// All the ways to head a column, and the field that each means.
///
/// A field goes by its dotted path, by its label or an alias, and by as many of the labels around it, with dots between, as it
/// takes to distinguish it from others. A field of an item also goes by the list's label and its own in one word: 従事者氏名.
package struct HeaderNames: Sendable {
  let dictionary: FieldDictionary
  private var byPath: [HeaderText: Field.ID] = [:]
  private var byLabels: [HeaderText: [Field.ID]] = [:]
  private var bySpelling: [HeaderText: [Field.ID]] = [:]
  /// The record that no data gives.
  private let builtIn: Field.ID?

  package init(_ binder: Binder) {
    dictionary = binder.dictionary
    builtIn = binder.packet
    var spellings: [[String]] = []
    var chains: [[String]] = []
    for (id, field) in dictionary.fields.enumerated() {
      let own = [field.label, field.name] + field.declaration.aliases
      let around = field.parent.map { spellings[$0] } ?? []
      spellings.append(own + around.flatMap { outer in own.map { outer + "." + $0 } })
      chains.append((field.parent.map { chains[$0] } ?? []) + [field.label])
      guard !isBuiltIn(id) else { continue }
      byPath[HeaderText(field.path)] = id
      byPath[HeaderText(field.path.replacingDots)] = id
      for count in chains[id].indices {
        byLabels.add(id, chains[id].suffix(count + 1).joined(separator: "."))
      }
      for spelling in spellings[id] { bySpelling.add(id, spelling) }
      if let parent = field.parent, dictionary.fields[parent].itemFrame != nil {
        for spelling in own { bySpelling.add(id, dictionary.fields[parent].label + spelling) }
        // 従事者氏名 for 従事者の氏名
        bySpelling.add(id, String(field.label.split(separator: "の").joined()))
      }
    }
  }

  enum Meaning: Equatable {
    case field(Field.ID)
    /// Several fields have this name.
    case ambiguous([Field.ID])
    case unknown
  }

  /// What a header means among the fields that are allowed.
  func meaning(of header: HeaderText, among isAllowed: (Field.ID) -> Bool) -> Meaning {
    if let id = byPath[header], isAllowed(id) { return .field(id) }
    for names in [byLabels, bySpelling] {
      let fields = (names[header] ?? []).filter(isAllowed)
      if fields.count == 1 { return .field(fields[0]) }
      let values = fields.filter {
        if case .value = dictionary.fields[$0].declaration.shape { true } else { false }
      }
      if values.count == 1 { return .field(values[0]) }
      if !fields.isEmpty { return .ambiguous(fields) }
    }
    return .unknown
  }

  /// What may have been meant by a header: the parts that a column of several things is to be split into (履行期間の始期 and
  /// 履行期間の終期 for 履行期間, 商号又は名称 and 所在地 for 契約の相手方の名称及び住所), or else the nearest name.
  func suggestions(for header: HeaderText, among isAllowed: (Field.ID) -> Bool) -> [String] {
    let allowed = dictionary.fields.indices.filter(isAllowed)
    let parts = allowed.map { dictionary.fields[$0].label }.filter {
      $0.hasPrefix(header.text + "の")
    }
    if parts.count > 1 { return parts }
    let things = header.text.replacing("並びに", with: "及び").split(separator: "及び").map {
      meaning(of: HeaderText(String($0)), among: isAllowed)
    }
    let labels = things.compactMap { thing -> String? in
      if case .field(let id) = thing { dictionary.fields[id].label } else { nil }
    }
    if labels.count > 1, labels.count == things.count { return labels }
    let near = allowed.flatMap { id in
      ([dictionary.fields[id].label, dictionary.fields[id].path]
        + dictionary.fields[id].declaration.aliases).map { (name: $0, id: id) }
    }
    let plausible = near.map(\.name).filter { header.isPlausible(for: $0) }
    guard let name = didYouMean(header.text, among: plausible),
      let id = near.first(where: { $0.name == name })?.id
    else { return [] }
    // The label is what a header is best called.
    let label = dictionary.fields[id].label
    return [meaning(of: HeaderText(label), among: isAllowed) == .field(id) ? label : name]
  }

  func isBuiltIn(_ id: Field.ID) -> Bool {
    dictionary.fields[id].formula != nil
      || builtIn != nil && dictionary.root(of: id) == builtIn
  }

  /// 親項目.項目, from the root down.
  func fullLabel(of id: Field.ID) -> String {
    let field = dictionary.fields[id]
    return (field.parent.map { fullLabel(of: $0) + "." } ?? "") + field.label
  }
}

extension HeaderText {
  /// What headers are about: a word of these in one header and not in the other makes them different things, however alike they
  /// are spelled (委託業者名 and 委託業務名, 法人番号 and 個人番号).
  private static let subjects = [
    "法人", "個人", "業者", "業務", "者", "先", "相手", "番号", "コード", "日", "額", "金", "税", "税抜", "氏名", "職", "住所",
    "所在", "電話",
    "FAX", "メール", "郵便", "始", "終", "自", "至", "開始", "終了", "代表", "担当", "受注", "発注", "再委託", "変更", "保証",
    "予定", "単価", "前払",
    "理由", "方法", "場所", "かな", "カナ", "及び", "並びに",
  ]

  /// Whether it says nothing that the name does not say: it may be misspelt or short, but not about something else.
  fileprivate func isPlausible(for name: String) -> Bool {
    Self.subjects.allSatisfy { !text.contains($0) || name.contains($0) }
  }
}

extension [HeaderText: [Field.ID]] {
  fileprivate mutating func add(_ id: Field.ID, _ name: String) {
    let header = HeaderText(name)
    if self[header]?.contains(id) != true { self[header, default: []].append(id) }
  }
}

extension String {
  /// vendor_id for vendor.id.
  fileprivate var replacingDots: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == "." ? "_" : $0 }))
  }
}
