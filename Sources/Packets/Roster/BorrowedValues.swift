import Diagnostics
import TemplateRuntime

/// What a list's rows take of a contract that is not theirs: shared data that names its contract is that contract's, and yet it
/// completes every row.
///
/// That is meant where contracts have a value in common, and a mistake where a row's own was forgotten. So it is told: once of
/// what no row gives, and else of each row that does not.
struct BorrowedValues: Sendable {
  private let common: CommonData
  /// Of the contract, the names of what the shared data gives and some row gives, too.
  private let perRow: [String]
  /// Of the contract, what the shared data alone gives.
  private let alone: [Field]

  /// Of a list that has rows of another contract than the common data's; `varying` are the fields that some row may set.
  init?(_ common: CommonData, _ varying: Set<Field.ID>, _ dictionary: FieldDictionary) {
    guard let contract = dictionary.field(at: "contract") else { return nil }
    self.common = common
    let names = common.shared?.node(at: ["contract"])?.givenNames ?? []
    let given = dictionary.fields.indices.filter { id in
      let field = dictionary.fields[id]
      return field.parent == contract && field.name != "number" && names.contains(field.name)
    }
    perRow = given.filter(varying.contains).map { dictionary.fields[$0].name }
    alone = given.filter { !varying.contains($0) }.map { dictionary.fields[$0] }
  }

  /// What is told of the list as a whole.
  func remark(at place: SourceLocation) -> Diagnostic? {
    guard !alone.isEmpty else { return nil }
    let labels = alone.map { "「\($0.label)」" }.joined()
    let names = alone.map(\.name).joined(separator: ", ")
    return Diagnostic(
      .borrowedValue,
      .warning,
      at: place,
      ja: "共通の契約データの\(labels)を、契約番号の違う行の書類にも使います。",
      en: "The shared data gives \(names) of one contract; rows of others get it, too.",
      hint: Message(
        ja: "契約ごとに違うなら、一覧にその列を作ってください",
        en: "give the list a column for what differs from contract to contract"
      )
    )
  }

  /// What is told of a row.
  func diagnostics(of record: RosterRecord) -> [Diagnostic] {
    guard let own = record.own, let key = record.key, common.isOfOther(than: key) else {
      return []
    }
    let given = own.node(at: ["contract"])?.givenNames ?? []
    return perRow.filter { !given.contains($0) }.map { name in
      Diagnostic(
        .borrowedValue,
        .warning,
        at: own.location,
        ja: "空なので、共通の契約データにある、別の契約の値を使います。",
        en: "Nothing is given here; the shared data's value, which is another contract's, is used.",
        hint: Message(ja: "この契約の値を書いてください", en: "give this contract's own"),
        field: "contract.\(name)"
      )
    }
  }
}
