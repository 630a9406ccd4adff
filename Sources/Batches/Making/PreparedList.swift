package import Diagnostics
package import Packets
package import Records
package import Rosters

/// A list that is open, with what its rows share: all that is known before the first row is read.
package struct PreparedList: Sendable {
  package let roster: Roster
  /// What all rows share.
  let shared: Binding
  /// Reads its rows.
  package let reader: RecordReader

  /// Opens the list, and adds the diagnostics of the list as a whole to `diagnostics`.
  ///
  /// With errors among them no packet is to be made of it. `occasion`: its id, unless it is the usual one.
  package static func open(
    _ list: ListSource,
    common: RawNode,
    binder: Binder,
    options: PacketOptions,
    onlyNew: Bool = false,
    occasion: String?,
    beside diagnostics: [Diagnostic] = []
  ) -> (list: PreparedList?, diagnostics: [Diagnostic]) {
    let (opened, remarks) = Roster.open(
      list,
      common: common,
      binder: binder,
      mode: options.mode
    )
    var diagnostics = diagnostics + remarks
    guard let roster = opened, !diagnostics.hasErrors else { return (nil, diagnostics) }
    if roster.rowCount == 0 { diagnostics.append(.emptyList(at: list.path)) }
    func bind(_ shared: RawNode?) -> Binding {
      binder.bindShared(shared, of: common.location, options, onlyNew: onlyNew)
    }
    diagnostics += bind(roster.common).diagnostics.filter(\.isOfSharedDataAlone)
    let reader = RecordReader(
      binder: binder,
      mode: options.mode,
      date: options.date,
      onlyNew: onlyNew,
      occasion: occasion,
      reported: Set(diagnostics)
    )
    return (PreparedList(roster: roster, shared: bind(roster.shared), reader: reader), diagnostics)
  }
}

extension Binder {
  /// The data that all records share, without any vendor's: what it says need not be printed, nor its mistakes be reported, for
  /// each of them.
  func bindShared(
    _ shared: RawNode?,
    of file: SourceLocation,
    _ options: PacketOptions,
    onlyNew: Bool
  ) -> Binding {
    bind(
      shared ?? RawNode(.mapping([]), at: file),
      mode: options.mode,
      date: options.date,
      onlyNew: onlyNew
    )
  }
}

extension Diagnostic {
  /// Whether it is reported once for all records: of a value that stands in the shared data, not of one that a record may give.
  var isOfSharedDataAlone: Bool { code != .missingValue && code != .ruleViolated }

  fileprivate static func emptyList(at path: String) -> Self {
    Diagnostic(
      .missingValue,
      at: SourceLocation(file: path),
      ja: "一覧に、見出しのほかの行がありません。",
      en: "The list has no rows beside its header."
    )
  }
}
