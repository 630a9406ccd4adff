package import Diagnostics
package import Records

/// Which field stands at each place of a tree: `vendor.workers[2].name`.
///
/// Items have their numbers, from 1; of several vendors, each is `vendor`.
package struct DataPaths: Sendable {
  private struct Place: Sendable {
    let path: String
    /// The field itself, or the list of an item; nil for the whole contract.
    let field: Field.ID?
    /// Whether it is a list and none of its items.
    var isList = false
  }

  private let dictionary: FieldDictionary
  /// Outermost first: in YAML a record begins where its first key does.
  private var places: [SourceLocation: [Place]] = [:]

  package init(_ root: RawNode, _ binder: Binder) {
    dictionary = binder.dictionary
    add(Place(path: "", field: nil), at: root.location)
    record(root, path: "", id: nil, binder)
  }

  /// The path of what a diagnostic of the binder is about, as far as its items have numbers.
  ///
  /// A missing value is reported where its record, its item or its list stands; its own name comes from the diagnostic.
  package func path(of diagnostic: Diagnostic) -> String? {
    let places = places[diagnostic.location] ?? []
    guard let field = diagnostic.field.flatMap({ dictionary.field(at: $0) }) else {
      return places.first { !$0.path.isEmpty }?.path
    }
    let ancestry = ancestry(of: field)
    let place = places.last { place in place.field.map(ancestry.contains) ?? true }
    return path(to: ancestry, from: place ?? Place(path: "", field: nil))
  }

  /// The path of a node or a key, if its place is one's own.
  package subscript(location: SourceLocation) -> String? {
    places[location]?.last.flatMap { $0.path.isEmpty ? nil : $0.path }
  }

  /// Goes on from a place by the names of fields, up to a list, of which no item is named.
  private func path(to ancestry: [Field.ID], from place: Place) -> String {
    guard !place.isList else { return place.path }
    var path = place.path
    let rest = place.field.flatMap { ancestry.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    for field in ancestry[rest...] {
      path = path.appending(name: dictionary.fields[field].name)
      if dictionary.fields[field].itemFrame != nil { break }
    }
    return path
  }

  /// From the root down to the field itself.
  private func ancestry(of field: Field.ID) -> [Field.ID] {
    var chain = [field]
    while let last = chain.last, let parent = dictionary.fields[last].parent {
      chain.append(parent)
    }
    return chain.reversed()
  }

  // MARK: Walking

  private mutating func add(_ place: Place, at location: SourceLocation) {
    places[location, default: []].append(place)
  }

  private mutating func record(_ node: RawNode, path: String, id: Field.ID?, _ binder: Binder) {
    guard case .mapping(let entries) = node.content else { return }
    for entry in entries {
      guard let child = binder.dataField(entry.key, under: id) else { continue }
      field(entry, path: path.appending(name: dictionary.fields[child].name), id: child, binder)
    }
  }

  private mutating func field(
    _ entry: RawNode.Entry,
    path: String,
    id: Field.ID,
    _ binder: Binder
  ) {
    let node = entry.value
    let isList = dictionary.fields[id].itemFrame != nil
    add(Place(path: path, field: id, isList: isList), at: entry.keyLocation)
    if node.location != entry.keyLocation {
      add(Place(path: path, field: id, isList: isList), at: node.location)
    }
    switch node.content {
    case .absent, .scalar: break
    case .mapping: record(node, path: path, id: id, binder)
    case .sequence(let items):
      for (index, item) in items.enumerated() {
        let path = isList ? path + "[\(index + 1)]" : path
        add(Place(path: path, field: id), at: item.location)
        record(item, path: path, id: id, binder)
      }
    }
  }
}

extension String {
  fileprivate func appending(name: String) -> String { isEmpty ? name : self + "." + name }
}
