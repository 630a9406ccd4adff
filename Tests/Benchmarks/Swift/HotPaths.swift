@testable import Batches
import Diagnostics
@testable import Files
@testable import Packets
import Records
import TemplateCompiler
import TemplateRuntime

/// What is measured, by name; one call of a path goes it once and says how many bytes came of it.
///
/// `render/CASE/FORMAT[/folded]`, `bind/row`, `packet/row`, `packet/sample`, `pipe/row`, `compile/FOLDER`.
final class HotPaths {
  private let folder: String
  private var cases: [String: RenderingCase] = [:]
  private var known: [String: () -> Int] = [:]

  private static let edition = "Templates/kawasaki-1985"
  private static let sample = edition + "/samples/contract.yaml"
  static let caseNames = ["row", "sample", "large"]

  /// `folder` has a list, as CSV and as NDJSON, and what its rows share.
  init(folder: String) { self.folder = folder }

  /// Nil if there is none, or nothing comes of it.
  subscript(name: String) -> (() -> Int)? {
    if let path = known[name] { return path }
    guard let path = path(name.split(separator: "/", maxSplits: 1).map { String($0) }), path() > 0
    else { return nil }
    known[name] = path
    return path
  }

  func renderingCase(_ name: String) -> RenderingCase? {
    if let known = cases[name] { return known }
    cases[name] =
      switch name {
      case "row": row.flatMap(RenderingCase.row)
      case "sample": .contract(Self.sample, edition: Self.edition, times: 1)
      case "large": .contract(Self.sample, edition: Self.edition, times: 4)
      case _: nil
      }
    return cases[name]
  }

  private var row: ListRow? {
    ListRow(folder + "/roster.csv", common: folder + "/common.yaml", edition: Self.edition)
  }

  private func path(_ name: [String]) -> (() -> Int)? {
    guard name.count == 2 else { return nil }
    switch (name[0], name[1]) {
    case ("render", let rest):
      let parts = rest.split(separator: "/").map { String($0) }
      guard parts.count >= 2, let record = renderingCase(parts[0]),
        let program = record.program(parts[1], isFolded: parts.last == "folded")
      else { return nil }
      return { record.render(program).count }
    case ("bind", "row"):
      return row.map { row in { row.read()?.slots.count ?? 0 } }
    case ("packet", "row"):
      guard let row, let record = row.read() else { return nil }
      let builder = row.builder(of: row.folded)
      return { builder.packet(of: record).files.count }
    case ("packet", "sample"):
      guard let record = renderingCase("sample") else { return nil }
      var options = PacketOptions()
      options.mode = .final
      let builder = PacketBuilder(
        record.edition,
        editionDigest: Digest(of: Array("edition".utf8)),
        options: options
      )
      return { builder.packet(of: record.record).files.count }
    case ("pipe", "row"):
      return pipe
    case ("compile", let folder):
      return {
        EditionReader.read(folder).source
          .flatMap { Compiler.compile($0).edition }?.html.instructions.count ?? 0
      }
    case _:
      return nil
    }
  }

  private var pipe: (() -> Int)? {
    var options = Pipe.Options(data: folder + "/common.yaml", edition: Self.edition)
    options.packet.splits = false
    guard var pipe = Pipe.open(options).pipe,
      case .success(let lines) = FileSystem.read(folder + "/roster.ndjson", atMost: 1 << 20)
    else { return nil }
    let line = Array(lines.prefix { $0 != 0x0A })
    return { (try? pipe.answer(to: line, number: 1))?.count ?? 0 }
  }
}
