import DataFiles
package import Diagnostics
import Records

/// How an office writes its 新旧対照表.
package struct ComparisonStyle: Sendable, Equatable {
  /// Nil: the annex's own, with 新旧対照表 behind it.
  package var title: String?
  package var new = "改正後"
  package var old = "改正前"
  /// Whether the new text stands on the left, as in the amendments of ministries.
  package var isNewLeft = true
  package var hasRemarks = false
  package var remarks = "備考"
  package var added = "（新設）"
  package var removed = "（削る）"
  package var same = "（略）"

  package init() {}
}

extension ComparisonStyle {
  private enum Key: String, CaseIterable {
    case title, new, old, left, remarks, added, removed, same

    var label: String {
      switch self {
      case .title: "題名"
      case .new: "改正後"
      case .old: "改正前"
      case .left: "左の欄"
      case .remarks: "備考"
      case .added: "新設"
      case .removed: "削る"
      case .same: "略"
      }
    }

    init?(named name: String) {
      guard let key = Self.allCases.first(where: { $0.rawValue == name || $0.label == name }) else {
        return nil
      }
      self = key
    }
  }

  /// Reads a file of YAML or JSON: what it does not say is as usual.
  package static func read(_ path: String) -> (style: ComparisonStyle, diagnostics: [Diagnostic]) {
    let data = DataFile.read(path)
    var style = ComparisonStyle()
    guard let root = data.root else { return (style, data.diagnostics) }
    var diagnostics = data.diagnostics
    switch root.content {
    case .absent: break
    case .mapping(let entries):
      for entry in entries {
        guard let key = Key(named: entry.key) else {
          diagnostics.append(.unknownWord(entry))
          continue
        }
        guard case .scalar(let scalar) = entry.value.content else {
          diagnostics.append(.noWord(key.label, at: entry.value.location))
          continue
        }
        if let mistake = style.set(key, String(decoding: scalar.bytes, as: UTF8.self), entry) {
          diagnostics.append(mistake)
        }
      }
    case .scalar, .sequence: diagnostics.append(.noWord("改正後", at: root.location))
    }
    return (style, diagnostics)
  }

  private mutating func set(_ key: Key, _ value: String, _ entry: RawNode.Entry) -> Diagnostic? {
    switch key {
    case .title: title = value
    case .new: new = value
    case .old: old = value
    case .added: added = value
    case .removed: removed = value
    case .same: same = value
    case .left:
      switch value {
      case "改正後", "new": isNewLeft = true
      case "改正前", "old": isNewLeft = false
      case _: return .otherWord(key.label, "改正後", "改正前", at: entry.value.location)
      }
    case .remarks:
      switch value {
      case "あり", "on", "true": hasRemarks = true
      case "なし", "off", "false": hasRemarks = false
      case _: return .otherWord(key.label, "あり", "なし", at: entry.value.location)
      }
    }
    return nil
  }

  fileprivate static var labels: [String] { Key.allCases.map(\.label) }
}

extension Diagnostic {
  fileprivate static func unknownWord(_ entry: RawNode.Entry) -> Self {
    let name = didYouMean(entry.key, among: ComparisonStyle.labels)
    let names = ComparisonStyle.labels
    return Diagnostic(
      .unknownDataField,
      at: entry.keyLocation,
      ja: "新旧対照表の体裁に、この項目はありません。",
      en: "The style of a comparison has no such field.",
      hint: Message(
        ja: name.map { "「\($0)」のことですか。" } ?? "項目は、\(names.joined(separator: "、"))です。",
        en: name.map { "Did you mean “\($0)”?" }
          ?? "The fields are \(names.joined(separator: ", "))."
      )
    )
  }

  fileprivate static func noWord(_ label: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .wrongType,
      at: location,
      ja: "新旧対照表の体裁は、「\(label): 語」のように、項目ごとに一つの語を書きます。",
      en: "The style of a comparison has a word for each field, as in “\(label): word”."
    )
  }

  fileprivate static func otherWord(
    _ label: String,
    _ one: String,
    _ other: String,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .choiceNotOffered,
      at: location,
      ja: "「\(label)」は、「\(one)」か「\(other)」です。",
      en: "“\(label)” is “\(one)” or “\(other)”."
    )
  }
}
