package import Diagnostics
package import Records

/// Where a packet stands below the output folder: the contract's number over the vendor's id, `0040012/V001`.
///
/// That of another than the usual occasion stands beside it: `0040012/V001@incident`.
package enum PacketPath {
  /// The keys of packets, and what stands for them on papers that have none yet.
  private static func keys(_ dictionary: FieldDictionary) -> [(Field.ID, String)] {
    [(dictionary.contract.key, "no-number"), (dictionary.vendor.key, "no-vendor")]
  }

  /// Nil if an id makes no folder's name; `occasion`: its id, unless it is the usual one.
  package static func path(
    of record: Record,
    _ dictionary: FieldDictionary,
    occasion: String?
  ) -> String? {
    var parts: [String] = []
    for (field, fallback) in keys(dictionary) {
      guard let name = FolderName.name(for: id(field, record, dictionary) ?? Array(fallback.utf8))
      else { return nil }
      parts.append(name)
    }
    let path = parts.joined(separator: "/")
    guard let occasion else { return path }
    // The staging folder's prefix and suffix need room, too.
    guard parts[1].utf8.count + occasion.utf8.count < 240 else { return nil }
    return path + String(UnicodeScalar(FolderName.occasionMark)) + occasion
  }

  /// Diagnostics of the keys that a contract's data leaves empty, unless they were reported already.
  ///
  /// It is an error where a paper has values, for the next contract without a number would take this one's folder; in blank mode
  /// it is a remark.
  package static func missingKeys(
    of binding: Binding,
    _ dictionary: FieldDictionary,
    mode: PacketMode,
    at location: SourceLocation,
    beside reported: [Diagnostic]
  ) -> [Diagnostic] {
    keys(dictionary).compactMap { key, fallback in
      let field = dictionary.fields[key]
      guard id(key, binding.everything, dictionary) == nil,
        !reported.contains(where: { $0.field == field.path && $0.severity == .error })
      else { return nil }
      return switch mode {
      case .blank: .keyLeftBlank(field.label, fallback, at: location, field: field.path)
      case .prefilled, .final: .keyOfPacketMissing(field.label, at: location, field: field.path)
      }
    }
  }

  /// Nil if the record leaves it empty.
  private static func id(_ key: Field.ID, _ record: Record, _ dictionary: FieldDictionary)
    -> [UInt8]?
  {
    let slot = record.slot(dictionary.operand(of: key), Registers())
    return slot.kind == .text ? Array(record.bytes(of: slot)) : nil
  }
}

extension Diagnostic {
  fileprivate static func keyOfPacketMissing(
    _ label: String,
    at location: SourceLocation,
    field: String
  ) -> Self {
    Diagnostic(
      .keyMissing,
      at: location,
      of: Diagnostic.Subject(name: "「\(label)」", path: field),
      ja: "が記入されていないため、書類一式を作成できません。",
      en: "Without \(label) (\(field)) no packet can be made.",
      hint: Message(
        ja: "書類一式は契約番号と受注者番号のフォルダーに入ります。契約データに記入してください。",
        en: "A packet's folder has the contract's number and the vendor's id: give it in the data."
      ),
      field: field
    )
  }

  fileprivate static func keyLeftBlank(
    _ label: String,
    _ fallback: String,
    at location: SourceLocation,
    field: String
  ) -> Self {
    Diagnostic(
      .keyMissing,
      .warning,
      at: location,
      of: Diagnostic.Subject(name: "「\(label)」", path: field),
      ja: "が記入されていないため、フォルダー名を「\(fallback)」とします。",
      en: "There is no \(label) (\(field)); the folder is called “\(fallback)”.",
      field: field
    )
  }
}
