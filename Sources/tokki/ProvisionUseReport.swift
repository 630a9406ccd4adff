import Diagnostics
import TemplateCompiler

/// How what rests on a provision is reported.
extension ProvisionUse {
  func line(_ language: Language) -> String {
    "\(location): \(kind.words[language])\(name.isEmpty ? "" : "「\(name)」")（\(provision)）"
  }

  var json: JSONValue {
    .object([
      ("provision", .string(provision)), ("kind", .string(kind.rawValue)), ("name", .string(name)),
      ("file", .string(location.file)), ("line", .integer(Int64(location.line))),
      ("column", .integer(Int64(location.column))),
    ])
  }
}
