import DataFiles
import Diagnostics
import Files
import Records
import Rosters

/// Rejected items of a list, each on a line of its own.
final class RejectedItems: RejectsFile {
  enum Form { case lines, json, yaml }

  private let file: OutputFile
  private let form: Form
  private var isFirst = true

  init(_ path: String, form: Form) throws(FileSystem.Failure) {
    file = try OutputFile(path)
    self.form = form
    if form == .json { try file.write(Array("[".utf8)) }
  }

  func add(_ row: RosterRow, _ reasons: [[UInt8]]) throws(FileSystem.Failure) {
    let item: [UInt8]
    switch row.body {
    case .table: return
    case .item(let node): item = Self.text(of: node, reasons)
    case .line(let bytes):
      let data = DataFile.read(bytes, named: "", format: .json)
      // What cannot be read stays as it is, for no key could be added to it.
      item = data.root.map { Self.text(of: $0, reasons) } ?? bytes
    }
    switch form {
    case .lines: try file.write(item + [0x0A])
    case .json: try file.write(Array((isFirst ? "\n" : ",\n").utf8) + item)
    case .yaml: try file.write(Array("- ".utf8) + item + [0x0A])
    }
    isFirst = false
  }

  func finish() throws(FileSystem.Failure) {
    if form == .json { try file.write(Array("\n]\n".utf8)) }
    try file.finish()
  }

  private static func text(of node: RawNode, _ reasons: [[UInt8]]) -> [UInt8] {
    guard case .mapping(let entries) = node.content else { return json(node).bytes }
    let own = entries.filter { !HeaderReading.reportHeaders.contains($0.key) }
    let report = zip(HeaderReading.reportHeaders, reasons).map { name, text in
      (name: name, value: JSONValue.string(String(decoding: text, as: UTF8.self)))
    }
    return JSONValue.object(own.map { (name: $0.key, value: json($0.value)) } + report).bytes
  }

  /// Values as text, whatever they were: the reader of a roster makes no difference.
  private static func json(_ node: RawNode) -> JSONValue {
    switch node.content {
    case .absent: .null
    case .scalar(let scalar): .string(String(decoding: scalar.bytes, as: UTF8.self))
    case .sequence(let items): .array(items.map(json))
    case .mapping(let entries): .object(entries.map { (name: $0.key, value: json($0.value)) })
    }
  }
}
