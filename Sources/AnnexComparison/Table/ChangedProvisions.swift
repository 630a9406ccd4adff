import AnnexImport
package import TemplateCompiler

extension ComparisonTable {
  /// 新旧対照表 of two texts, which the new one gives its title.
  package init(
    old: ComparedText,
    new: ComparedText,
    style: ComparisonStyle,
    isComplete: Bool = false
  ) {
    let name = new.title.isEmpty ? old.title : new.title
    self.init(
      UnitAlignment.pairs(old.units, new.units),
      title: style.title ?? (name.isEmpty ? "新旧対照表" : "\(name)　新旧対照表"),
      style: style,
      isComplete: isComplete
    )
  }

  /// What rests on a provision whose words have changed, by the new edition.
  package func uses(in uses: ProvisionUses) -> [ProvisionUse] {
    uses.uses(touchedBy: Set(groups.flatMap(\.pairs).flatMap { $0.changedIDs(within: nil) }))
  }
}

extension UnitPair {
  /// The ids of the smallest units whose own words have changed, or that were added or removed; of one without an id, that of
  /// the one around it.
  ///
  /// What has only another number or place still says what it said.
  fileprivate func changedIDs(within outer: String?) -> [String] {
    let id = new?.id ?? old?.id ?? outer
    let own = id.map { [$0] } ?? []
    switch change {
    case .same, .renumbered: return []
    case .added: return own
    case .removed: return own + parts.flatMap { $0.changedIDs(within: id) }
    case .reworded:
      return (hasOtherWords ? own : []) + parts.flatMap { $0.changedIDs(within: id) }
    }
  }

  private var hasOtherWords: Bool {
    old?.words.compact != new?.words.compact || old?.caption.compact != new?.caption.compact
  }
}
