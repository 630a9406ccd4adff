package import TemplateRuntime

/// Where a packet stands below the output folder: `<contract.number>/<vendor.id>`, made of ids only.
package enum PacketPath {
  /// Nil if an id makes no folder's name.
  package static func path(of record: Record, _ dictionary: FieldDictionary) -> String? {
    var parts: [String] = []
    for (field, fallback) in [("contract.number", "no-number"), ("vendor.id", "no-vendor")] {
      var id = Array(fallback.utf8)
      if let field = dictionary.field(at: field) {
        let slot = record.slot(dictionary.operand(of: field), Registers())
        if slot.kind == .text { id = Array(record.bytes(of: slot)) }
      }
      guard let name = FolderName.name(for: id) else { return nil }
      parts.append(name)
    }
    return parts.joined(separator: "/")
  }
}
