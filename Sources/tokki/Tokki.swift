import TemplateRuntime
import Diagnostics
import Packets
import TemplateCompiler

@main struct Tokki {
  static func main() {
    let (source, diagnostics) = EditionReader.read(CommandLine.arguments[1])
    for d in diagnostics { print(d.location, d.severity, d.code, d.message.ja, d.hint?.ja ?? "") }
    guard let source else { return }
    let (edition, more) = Compiler.compile(source)
    for d in more { print(d.location, d.severity, d.context ?? "", d.code, d.message.ja, d.hint?.ja ?? "") }
    print(edition?.id ?? "no edition", edition?.html.instructions.count ?? 0)
  }
}
