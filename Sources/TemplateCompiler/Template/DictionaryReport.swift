import Diagnostics
import Records

extension Diagnostic {
  static func duplicateName(_ name: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .duplicateName,
      at: location,
      ja: "名前「\(name)」は既に使われています。",
      en: "The name “\(name)” is already taken.",
      hint: Message(ja: "別の名前を付けてください。", en: "Choose another name.")
    )
  }

  static func repeatedLabel(
    _ label: String,
    of path: String,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .duplicateName,
      at: location,
      ja: "項目名（label）「\(label)」は、同じ段の項目「\(path)」にも付いています。契約データの見出しから項目を特定できません。",
      en:
        "The label 「\(label)」 is also that of “\(path)” beside it, so that data could mean either.",
      hint: Message(ja: "別の label にしてください。", en: "Choose another label.")
    )
  }

  static func listsTooDeep(at location: SourceLocation) -> Self {
    Diagnostic(
      .nestingTooDeep,
      at: location,
      ja: "一覧の入れ子が深すぎます（\(Registers.count - 2)段まで）。",
      en: "Lists are nested too deep (the limit is \(Registers.count - 2))."
    )
  }
}
