package import Diagnostics
package import Records

/// The data of one contract, with its vendor or its several vendors, of which each packet sees one.
///
/// `vendor:` holds a record, `vendors:` a list of such records. Whichever was written, the tree that is bound has one vendor
/// in it and no trace of another.
package struct ContractFile: Sendable {
  /// The key of a list of vendors; a vendor alone stands under the record's own name.
  package static let vendorsKey = "vendors"

  /// In the order of the file; nil for one that has none.
  package let vendorIDs: [String?]
  package let diagnostics: [Diagnostic]
  private let root: RawNode
  private let shared: [RawNode.Entry]
  private let vendors: [RawNode.Entry]
  /// Whether `vendors:` was written.
  private let isList: Bool

  package init(_ root: RawNode, _ binder: Binder) {
    self.root = root
    let key = binder.dictionary.fields[binder.dictionary.vendor.record].name
    var shared: [RawNode.Entry] = []
    var vendors: [RawNode.Entry] = []
    var diagnostics: [Diagnostic] = []
    var given: SourceLocation?
    var isList = false
    if case .mapping(let entries) = root.content {
      for entry in entries {
        guard Self.namesVendor(entry.key, binder) else {
          shared.append(entry)
          continue
        }
        if let given {
          diagnostics.append(.vendorsGivenTwice(at: entry.keyLocation, first: given))
          continue
        }
        given = entry.keyLocation
        if case .sequence(let nodes) = entry.value.content {
          isList = true
          vendors = nodes.map {
            RawNode.Entry(key: key, keyLocation: $0.location, value: $0)
          }
        } else {
          vendors = [
            RawNode.Entry(key: key, keyLocation: entry.keyLocation, value: entry.value)
          ]
        }
      }
    }
    vendorIDs = vendors.map { Self.id(of: $0.value, binder) }
    diagnostics += Self.check(vendors, vendorIDs, isList: isList)
    self.shared = shared
    self.vendors = vendors
    self.isList = isList
    self.diagnostics = diagnostics
  }

  /// The tree of the contract with the vendor called `id`, or with its only vendor; nil if there is none such.
  package func tree(vendor id: String?) -> Result<RawNode, VendorFailure> {
    guard let id else {
      guard vendors.count <= 1 else {
        return .failure(VendorFailure(.vendorNotChosen(vendorIDs, at: root.location)))
      }
      return .success(tree(of: vendors.first))
    }
    let index = vendorIDs.firstIndex { $0.map { $0.utf8.elementsEqual(id.utf8) } ?? false }
    guard let index else {
      return .failure(VendorFailure(.unknownVendor(vendorIDs, at: root.location)))
    }
    return .success(tree(of: vendors[index]))
  }

  private func tree(of vendor: RawNode.Entry?) -> RawNode {
    guard case .mapping = root.content else { return root }
    return RawNode(.mapping(shared + (vendor.map { [$0] } ?? [])), at: root.location)
  }

  /// Whether a key of a file names its vendor or its vendors.
  package static func namesVendor(_ key: String, _ binder: Binder) -> Bool {
    key == vendorsKey || binder.field(key, under: nil) == binder.dictionary.vendor.record
  }

  private static func id(of vendor: RawNode, _ binder: Binder) -> String? {
    let (record, key) = (binder.dictionary.vendor.record, binder.dictionary.vendor.key)
    guard case .mapping(let entries) = vendor.content,
      let entry = entries.first(where: { binder.field($0.key, under: record) == key }),
      case .scalar(let scalar) = entry.value.content
    else { return nil }
    let text = String(decoding: scalar.bytes.trimmed(), as: UTF8.self)
    return text.isEmpty ? nil : text
  }

  private static func check(
    _ vendors: [RawNode.Entry],
    _ ids: [String?],
    isList: Bool
  ) -> [Diagnostic] {
    guard isList else { return [] }
    var diagnostics: [Diagnostic] = []
    var seen: Set<[UInt8]> = []
    for (vendor, id) in zip(vendors, ids) {
      guard let id else {
        diagnostics.append(.vendorWithoutID(at: vendor.keyLocation))
        continue
      }
      if !seen.insert(Array(id.utf8)).inserted {
        diagnostics.append(.duplicateVendor(at: vendor.keyLocation))
      }
    }
    return diagnostics
  }
}

/// Why no vendor could be chosen.
package struct VendorFailure: Error {
  package let diagnostic: Diagnostic

  fileprivate init(_ diagnostic: Diagnostic) {
    self.diagnostic = diagnostic
  }
}

extension Diagnostic {
  fileprivate static func vendorsGivenTwice(
    at location: SourceLocation,
    first: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .duplicateKey,
      at: location,
      ja: "受注者が二か所に書かれています。",
      en: "The vendor is given in two places.",
      hint: Message(
        ja: "最初は\(first.line)行目にあります。vendor か vendors のどちらか一方にまとめてください",
        en: "the first is in line \(first.line); keep either vendor or vendors"
      )
    )
  }

  fileprivate static func vendorWithoutID(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .missingValue,
      at: location,
      ja: "vendors に並べる受注者には、それぞれ id（受注者番号）が要ります。",
      en: "Each of the vendors needs an id."
    )
  }

  fileprivate static func duplicateVendor(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .duplicateVendor,
      at: location,
      ja: "この受注者の id は、前の受注者と同じです。",
      en: "An earlier vendor has the same id."
    )
  }

  fileprivate static func vendorNotChosen(_ ids: [String?], at location: SourceLocation)
    -> Diagnostic
  {
    Diagnostic(
      .unknownVendor,
      at: location,
      ja: "受注者が\(ids.count)者あります。--vendor で一者を選んでください。",
      en: "There are \(ids.count) vendors; choose one with --vendor.",
      hint: choice(ids)
    )
  }

  fileprivate static func unknownVendor(_ ids: [String?], at location: SourceLocation) -> Diagnostic
  {
    Diagnostic(
      .unknownVendor,
      at: location,
      ja: "--vendor で選んだ受注者が、データにありません。",
      en: "The vendor chosen with --vendor is not in the data.",
      hint: choice(ids)
    )
  }

  /// Ids may be shown; but what does not look like one could be a name in the wrong field.
  private static func choice(_ ids: [String?]) -> Message? {
    let known = ids.compactMap(\.self).filter { id in
      id.utf8.count <= 40 && id.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
    guard !known.isEmpty else { return nil }
    let more = known.count > 20
    return Message(
      ja: "データにある受注者：\(known.prefix(20).joined(separator: "、"))\(more ? " ほか" : "")",
      en: "in the data: \(known.prefix(20).joined(separator: ", "))\(more ? ", …" : "")"
    )
  }
}
