import Diagnostics
import Packets
import TemplateCompiler
import TemplateRuntime

@main struct Tokki {
  static func main() {
    let (source, diagnostics) = EditionReader.read(CommandLine.arguments[1])
    for d in diagnostics { print(d.location, d.severity, d.code, d.message.ja, d.hint?.ja ?? "") }
    guard let source else { return }
    let (edition, more) = Compiler.compile(source)
    for d in more { print(d.location, d.severity, d.context ?? "", d.code, d.message.ja, d.hint?.ja ?? "") }
    guard let edition else { return }
    let data = DataFile.read(CommandLine.arguments[2])
    for d in data.diagnostics { print(d.location, d.severity, d.code, d.message.ja, d.hint?.ja ?? "") }
    guard let root = data.root else { return }
    var options = PacketOptions()
    options.mode = PacketMode(rawValue: CommandLine.arguments[3]) ?? .prefilled
    let binding = edition.dictionary.bind(root, mode: options.mode, date: nil)
    for d in binding.diagnostics { print(d.location, d.severity, d.code, d.message.ja, d.hint?.ja ?? "") }
    let packet = PacketBuilder(edition, editionDigest: source.digest, options: options).packet(of: binding.record)
    print(OutputWriter.write(packet, to: CommandLine.arguments[4]))
  }
}
