import Diagnostics
import Records
import Tables

/// Whether the rows of one contract, each with a vendor of its own, say the same of it: its title, its days, its amounts.
///
/// Rows are noted first, in memory of 16 bytes a row, by what was typed. Only if some contract's rows differ in that, those are
/// compared in a second reading, by what they mean.
package struct ContractAgreement: Sendable {
  /// A field of which the rows of a contract should say the same.
  struct Term: Sendable {
    let id: Field.ID
    let field: Field
    let type: FieldType
    /// Vendors of one contract may have amounts of their own (単価契約), and sign on days of their own; the work and its term are one.
    fileprivate let mayBeVendorsOwn: Bool
  }

  let terms: [Term]
  private var noted: [(contract: UInt64, typed: UInt64)] = []
  private var doubtful: Set<UInt64> = []
  /// Of the contracts whose rows differ, by field.
  private var compared: [UInt64: [Comparison]] = [:]

  private struct Comparison {
    var first: (value: UInt64, row: Int)?
    /// The first row with another value.
    var other: Int?
  }

  /// Compares what `fields` hold of a contract.
  init(_ dictionary: FieldDictionary, _ fields: [Field.ID]) {
    let contract = dictionary.contract
    terms = fields.compactMap { id in
      let field = dictionary.fields[id]
      guard field.parent == contract.record, let type = field.type,
        [.date, .datetime, .money].contains(type) || id == contract.title
      else { return nil }
      return Term(
        id: id,
        field: field,
        type: type,
        mayBeVendorsOwn: type == .money || field.declaration.isPerVendor
      )
    }
  }

  /// What an item gives for the terms.
  func texts(in tree: RawNode) -> [[UInt8]] {
    terms.map { tree.scalar(at: $0.field.names) ?? [] }
  }

  // MARK: Reading all rows

  /// Takes note of a row; `typed` has what stands in the place of each term.
  mutating func note(_ contract: [UInt8], _ typed: [[UInt8]]) {
    guard !terms.isEmpty else { return }
    var hash = ByteHash()
    for text in typed {
      hash.add(text)
      hash.add([0])
    }
    noted.append((ByteHash(contract).value, hash.value))
  }

  /// Whether some rows must be read again, since they may differ; nothing more is to be noted.
  mutating func findDoubtful() -> Bool {
    var entries: [(contract: UInt64, typed: UInt64)] = []
    swap(&entries, &noted)
    entries.sort { $0.contract < $1.contract }
    for index in entries.indices.dropFirst()
    where entries[index].contract == entries[index - 1].contract
      && entries[index].typed != entries[index - 1].typed
    {
      doubtful.insert(entries[index].contract)
    }
    return !doubtful.isEmpty
  }

  /// Whether the row is of a contract of which rows may differ.
  func isDoubtful(_ contract: [UInt8]) -> Bool {
    !doubtful.isEmpty && doubtful.contains(ByteHash(contract).value)
  }

  /// Compares a row with the others of its contract; an empty text says nothing.
  package mutating func compare(_ contract: [UInt8], row: Int, _ typed: [[UInt8]]) {
    let contract = ByteHash(contract).value
    var comparisons =
      compared[contract] ?? Array(repeating: Comparison(), count: terms.count)
    for (index, value) in values(typed).enumerated() {
      guard let value else { continue }
      if let first = comparisons[index].first {
        if first.value != value { comparisons[index].other = comparisons[index].other ?? row }
      } else {
        comparisons[index].first = (value, row)
      }
    }
    compared[contract] = comparisons
  }

  /// Drops what was compared of a contract, whose rows are then compared again.
  package mutating func forget(_ contract: [UInt8]) { compared[ByteHash(contract).value] = nil }

  /// Whether rows of a contract were found to differ.
  package func differs(_ contract: [UInt8]) -> Bool {
    compared[ByteHash(contract).value]?.contains { $0.other != nil } ?? false
  }

  // MARK: One row

  /// The diagnostics of a row of a contract: each term that another row has otherwise.
  func diagnostics(
    _ contract: [UInt8],
    _ typed: () -> [[UInt8]],
    at place: (Term) -> SourceLocation,
    rowAt: (Int) -> SourceLocation,
    _ mode: PacketMode
  ) -> [Diagnostic] {
    guard !compared.isEmpty, let comparisons = compared[ByteHash(contract).value] else { return [] }
    var diagnostics: [Diagnostic] = []
    for (index, value) in values(typed()).enumerated() {
      guard let value, let first = comparisons[index].first, let other = comparisons[index].other
      else { continue }
      let term = terms[index]
      let row = rowAt(value == first.value ? other : first.row)
      diagnostics.append(.contractDiffers(term, row: row, mode, at: place(term)))
    }
    return diagnostics
  }

  /// What each text means, as a hash; nil for one that says nothing, or cannot be read, which is reported otherwise.
  private func values(_ typed: [[UInt8]]) -> [UInt64?] {
    zip(terms, typed).map { term, text in
      if text.isEmpty { return nil }
      if [.text, .identifier].contains(term.type) {
        return ByteHash(Array(HeaderText(String(decoding: text, as: UTF8.self)).text.utf8)).value
      }
      return term.type.number(meantBy: text).map { UInt64(bitPattern: $0) }
    }
  }
}

/// FNV-1a: the same in every process, so that the diagnostics of a list never differ.
private struct ByteHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  init(_ bytes: [UInt8]) { add(bytes) }

  mutating func add(_ bytes: [UInt8]) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}

extension Diagnostic {
  fileprivate static func contractDiffers(
    _ term: ContractAgreement.Term,
    row: SourceLocation,
    _ mode: PacketMode,
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .contractDiffers,
      mode == .final && !term.mayBeVendorsOwn ? .error : .warning,
      at: location,
      of: Diagnostic.Subject(name: "「\(term.field.label)」", path: term.field.path),
      ja: "が、契約番号が同じ\(row.japaneseRow(from: location))と異なります。",
      en:
        "\(term.field.path) (\(term.field.label)) differs from that in \(row.englishRow(from: location)), of the same contract.",
      hint: term.mayBeVendorsOwn
        ? Message(
          ja: "単価契約など、受注者ごとに\(term.field.label)が異なる契約であれば、修正は不要です",
          en: "where each vendor has one of its own, leave it"
        )
        : Message(
          ja: "同じ契約なら値をそろえ、別の契約なら契約番号を分けてください",
          en: "give both rows the same, or number the other contract"
        ),
      field: term.field.path
    )
  }
}

extension SourceLocation {
  /// As in 「5月」の3行目, the sheet only if it is another.
  fileprivate func japaneseRow(from place: SourceLocation) -> String {
    file == place.file ? "\(line)行目" : "「\(file.split(separator: "/").last ?? "")」の\(line)行目"
  }

  /// As in row 3 of 5月.
  fileprivate func englishRow(from place: SourceLocation) -> String {
    file == place.file ? "row \(line)" : "row \(line) of \(file.split(separator: "/").last ?? "")"
  }
}
