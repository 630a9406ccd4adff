import DataEditing
import DataFiles
import Records
import Tables
import TemplateCompiler

/// The page's data as a file to be taken away.
struct DataDownload {
  let name: String
  let bytes: [UInt8]

  private static let usualName = "契約データ"

  /// Edits the file that the data was read from, if it is of the same format, so that comments, the order of keys and what is no
  /// field stay; one that cannot be edited is written again under another name.
  ///
  /// `original` is what that file said, `file` its name.
  init(
    _ tree: DataTree,
    _ format: DataFile.Format,
    of original: [UInt8]?,
    named file: String?,
    title: String,
    _ binder: Binder
  ) {
    let file = file.flatMap { ListFileName.isPlain($0) ? $0 : nil }
    let isSameFormat = file.flatMap(DataFile.Format.init(path:)) == format
    if let file, let original, isSameFormat {
      switch DataFileEditor.edit(original, format: format, to: tree, binder) {
      case .unchanged:
        (name, bytes) = (file, original)
        return
      case .edited(let edited):
        (name, bytes) = (file, edited)
        return
      case .notEditable: break
      }
    }
    bytes = DataFileWriter.bytes(tree, format: format, title: title, binder)
    let stem = file.map { name in String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)]) }
    name = "\(stem ?? Self.usualName)\(isSameFormat ? "-2" : "").\(format.rawValue)"
  }
}
