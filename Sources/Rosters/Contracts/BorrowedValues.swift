import Diagnostics
import Guides
import Records

/// What a list's rows take of a contract that is not theirs: shared data that names its contract is that contract's, and yet it
/// completes every row.
///
/// That is meant where contracts have a value in common, and a mistake where a row's own was forgotten. So it is told: once of
/// what no row gives, and else of each row that does not.
struct BorrowedValues: Sendable {
  private let common: CommonData
  /// The names down to the contract's record.
  private let contract: [String]
  /// Of the contract, what the shared data gives and some row gives, too.
  private let perRow: [Field]
  /// What of it every packet of the mode must have, by name.
  private let demanded: Set<String>
  /// Of the contract, what the shared data alone gives.
  private let alone: [Field]

  /// Of a list that has rows of another contract than the common data's; `rowFields` are those that some row may give.
  init(
    _ common: CommonData,
    _ rowFields: Set<Field.ID>,
    _ dictionary: FieldDictionary,
    mode: PacketMode
  ) {
    self.common = common
    let contract = dictionary.contract
    self.contract = dictionary.fields[contract.record].names
    let names = common.shared?.node(at: self.contract)?.givenNames ?? []
    let given = dictionary.fields.indices.filter { id in
      let field = dictionary.fields[id]
      return field.parent == contract.record && id != contract.key && names.contains(field.name)
    }
    // A part of a record or of a list is enough.
    func isGiven(_ id: Field.ID) -> Bool {
      rowFields.contains(id) || dictionary.fields[id].children.contains(where: isGiven)
    }
    perRow = given.filter(isGiven).map { dictionary.fields[$0] }
    let words = ConditionWords(dictionary: dictionary, frame: 0)
    let always = perRow.filter { $0.neededIf.map { words.clause(of: $0) } == .always }
    demanded = mode == .final ? Set(always.map(\.name)) : []
    alone = given.filter { !isGiven($0) }.map { dictionary.fields[$0] }
  }

  /// The paths of what no row gives.
  var inherited: [String] { alone.map(\.path) }

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

  /// What is told of a row; where the finished packet demands a value, another contract's is none.
  func diagnostics(of record: RosterRecord) -> [Diagnostic] {
    guard let own = record.own, let key = record.key, common.isOfOther(than: key) else {
      return []
    }
    let given = own.node(at: contract)?.givenNames ?? []
    return perRow.filter { !given.contains($0.name) }.map { field in
      let isDemanded = demanded.contains(field.name)
      return Diagnostic(
        .borrowedValue,
        isDemanded ? .error : .warning,
        at: own.location,
        ja: isDemanded
          ? "「\(field.label)」が空です。共通の契約データにあるのは別の契約の値なので、提出用には使えません。"
          : "「\(field.label)」が空なので、共通の契約データにある、別の契約の値を使います。",
        en: isDemanded
          ? "\(field.name) is not given; the shared data's value is another contract's and cannot be used in final mode."
          : "\(field.name) is not given; the shared data's value, which is another contract's, is used.",
        hint: Message(ja: "この契約の値を書いてください", en: "give this contract's own"),
        field: field.path
      )
    }
  }
}
