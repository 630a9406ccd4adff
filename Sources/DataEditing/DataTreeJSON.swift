import DataFiles
package import Diagnostics
package import Records

extension DataTree {
  /// An object by the fields' names, with `vendors` for the vendors; each value a string, or null.
  package func json(_ binder: Binder) -> JSONValue { Self.json(members, binder) }

  private static func json(_ members: [Member], _ binder: Binder) -> JSONValue {
    .object(members.map { (binder.keyInTree(of: $0.field), json($0.value, binder)) })
  }

  private static func json(_ value: Value, _ binder: Binder) -> JSONValue {
    switch value {
    case .absent: .null
    case .text(let bytes): .text(bytes)
    case .record(let members): json(members, binder)
    case .list(let items): .array(items.map { json($0, binder) })
    }
  }

  /// The tree whose `json` was read as `root`, or what is wrong with it.
  ///
  /// Fields go by their names alone; a name that is no field's and a value that is not of its field's shape are errors.
  package static func read(
    _ root: RawNode,
    _ binder: Binder
  ) -> (tree: DataTree?, diagnostics: [Diagnostic]) {
    var reading = TreeReading(binder, diagnostics: [])
    let members = reading.record(root, under: nil)
    let diagnostics = reading.diagnostics ?? []
    return (diagnostics.hasErrors ? nil : DataTree(members, binder), diagnostics)
  }
}

extension Binder {
  /// What a field is called in the tree's JSON.
  func keyInTree(of id: Field.ID) -> String {
    id == vendor ? ContractFile.vendorsKey : dictionary.fields[id].name
  }
}
