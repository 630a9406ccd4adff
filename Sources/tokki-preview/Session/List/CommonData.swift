import DataEditing
import DataFiles
import Diagnostics
import Records
import Rosters

/// The page's data as what all rows of a list share: a file as a clerk could have written it.
///
/// A vendor of whom nothing is said is none; a single vendor stands as one.
package struct CommonData: Sendable, Equatable {
  let bytes: [UInt8]

  /// How places name the data.
  static let fileName = "契約データ.json"

  init(_ tree: DataTree, _ binder: Binder) {
    var members: [(name: String, value: JSONValue)] = []
    if case .object(let all) = tree.given.json(binder) { members = all }
    if let place = members.firstIndex(where: { $0.name == ContractFile.vendorsKey }),
      case .array(let items) = members[place].value
    {
      let given = items.filter(\.saysSomething)
      switch given.count {
      case 0: members.remove(at: place)
      case 1:
        members[place] = (binder.dictionary.fields[binder.dictionary.vendor.record].name, given[0])
      case _: members[place].value = .array(given)
      }
    }
    bytes = JSONValue.object(members).indentedBytes
  }

  /// As a batch reads the file.
  var root: RawNode? {
    DataFile.read(bytes, named: Self.fileName, format: .json).root
  }
}

extension JSONValue {
  fileprivate var saysSomething: Bool {
    switch self {
    case .null: false
    case .object(let members): !members.isEmpty
    case .array, .bool, .integer, .string, .text, .escaped: true
    }
  }
}
