import DataEditing
import DataFiles
import Diagnostics
import Records
import TemplateCompiler

/// What a data file says, in the fields' own names, and what of it is no field's.
struct OpenedData {
  private let tree: DataTree
  private let diagnostics: [Diagnostic]
  private let binder: Binder

  /// An empty contract.
  init(_ binder: Binder) {
    self.binder = binder
    tree = DataTree(binder)
    diagnostics = []
  }

  /// An empty contract for what cannot be read.
  init(_ read: ReadData, _ binder: Binder) {
    self.binder = binder
    guard let root = read.root else {
      tree = DataTree(binder)
      diagnostics = read.diagnostics
      return
    }
    let file = ContractFile(root, binder)
    tree = DataTree(root, binder)
    diagnostics = read.diagnostics + file.diagnostics + file.misplaced(binder)
  }

  /// `Opened` as the page reads it: `name` is that of the file without its folder, in the place of its `path`; `version` that of
  /// its bytes.
  func json(name: String?, path: String?, version: String?) -> JSONValue {
    .object([
      ("file", .optional(name)),
      ("version", .string(version ?? "")),
      ("data", tree.json(binder)),
      (
        "diagnostics",
        .array(
          diagnostics.inReportOrder().map { diagnostic in
            var place = diagnostic.location
            if let path, let name, place.file == path { place.file = name }
            return diagnostic.moved(to: place).json()
          }
        )
      ),
    ])
  }
}

extension ContractFile {
  /// Diagnostics of what is no field, or not in its field's shape: the page does not get it, so they are shown at once.
  fileprivate func misplaced(_ binder: Binder) -> [Diagnostic] {
    (vendorIDs.isEmpty ? [nil] : vendorIDs).flatMap { id -> [Diagnostic] in
      guard case .success(let tree) = tree(vendor: id) else { return [] }
      return binder.bind(tree, mode: .blank, date: nil).diagnostics.filter {
        [.unknownDataField, .wrongType, .duplicateKey].contains($0.code)
      }
    }
  }
}
