import AnnexComparison
import Batches
import Diagnostics
import Files
import Fixtures
import Foundation
import Packets
import TemplateCompiler
import Testing

/// A folder of Tests/Cases/errors: a mistake, and the report that it earns.
///
/// The folder is called by the diagnostic's code, with `+variant` where a code has several. Its files are laid over those of
/// `_base`, a small edition that is right; then everything is done with them that can be: a packet is made of `data.yaml`, the
/// annex is held against `original.txt`, and the packet is verified. Beyond the edition's files a case may have `out/`, what lies
/// there before the packet is made, `packet/`, what is laid over it before it is verified, `run/`, what is laid over the folder
/// of a run of that packet (0001/V001) before that is verified, and `arguments`: lines like `only annex,roster`,
/// `remove packet/annex.html`, `occasion incident`: the packet is that of the occasion, `run another`: the run made another packet than the one that lies there, `format docbook`, and `print annex`: these of
/// the run's documents are printed.
struct ErrorCase: CustomTestStringConvertible {
  let name: String
  var testDescription: String { name }
  var code: String { String(name.prefix { $0 != "+" }) }

  static let kind = "errors"
  static let base = ErrorCase(name: "_base")
  static let all = Golden.folders(of: kind).map(ErrorCase.init).filter { $0.name != base.name }

  var expected: URL { folder.appending(path: "expected.txt") }
  private var folder: URL { Golden.cases.appending(path: "\(Self.kind)/\(name)") }

  struct Report {
    let diagnostics: [Diagnostic]
    /// As a terminal shows it, in one language after the other.
    let text: String
  }

  func report() async throws -> Report {
    let place = try Workplace()
    defer { place.clear() }
    try place.lay(Self.base.folder, over: "_base")
    try place.lay(Self.base.folder, over: "edition")
    for name in try Workplace.files(in: folder) {
      let isElsewhere = ["arguments", "expected.txt", "out", "packet", "run"].contains(name)
      if !isElsewhere { try place.lay(folder.appending(path: name), over: "edition/\(name)") }
    }
    try place.lay(folder.appending(path: "out"), over: "out")
    try place.remove(arguments("remove").filter { $0.hasPrefix("edition/") })

    var options = PacketOptions()
    options.printsHTML = arguments("format") != ["docbook"]
    let run = PacketMaking.make(
      data: place.path("edition/data.yaml"),
      edition: place.path("edition"),
      vendor: nil,
      selection: selection,
      out: place.path("out"),
      options: options
    )
    var diagnostics = run.diagnostics
    if !diagnostics.hasErrors {
      // What only `tokki check` says.
      diagnostics += Edition.open(place.path("edition"), reportsUnused: true).diagnostics
        .filter { !diagnostics.contains($0) }
      diagnostics += try place.comparison()
    }
    if case .made(let path, _) = run.outcome {
      try FileManager.default.moveItem(atPath: path, toPath: place.path("packet"))
      try place.lay(folder.appending(path: "packet"), over: "packet")
      try place.remove(arguments("remove").filter { $0.hasPrefix("packet/") })
      let verified = PacketVerifier.verify(place.path("packet"))
      diagnostics += verified.diagnostics
      if let manifest = verified.manifest, !diagnostics.hasErrors {
        try place.makeRun(of: manifest, isAnother: arguments("run") == ["another"])
        try place.lay(folder.appending(path: "run"), over: "run")
        try place.remove(arguments("remove").filter { $0.hasPrefix("run/") })
        diagnostics += await BatchVerifier.verify(place.path("run")).diagnostics
        for id in arguments("print") {
          let file = place.path("print.html")
          diagnostics +=
            BatchPrint.print(place.path("run"), by: .vendor, documents: [id], to: file).diagnostics
        }
      }
    }
    diagnostics = diagnostics.map(place.withoutPath).inReportOrder()
    let texts = Language.allCases.map { language in
      let formatter = DiagnosticFormatter(language: language, quoting: run.quotable)
      return formatter.text(diagnostics) + formatter.summary(diagnostics) + "\n"
    }
    return Report(diagnostics: diagnostics, text: texts.joined(separator: "\n"))
  }

  private var selection: Selection {
    Selection(
      occasion: arguments("occasion").first,
      documents: arguments("only").first?.split(separator: ",").map(String.init)
    )
  }

  private func arguments(_ name: String) -> [String] {
    let text = try? String(contentsOf: folder.appending(path: "arguments"), encoding: .utf8)
    return (text ?? "").split(separator: "\n")
      .filter { $0.hasPrefix(name + " ") }
      .map { String($0.dropFirst(name.count + 1)) }
  }
}

/// A temporary folder in which a case is played through.
private struct Workplace {
  private let root = FileManager.default.temporaryDirectory
    .appending(path: "tokki-errors-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  func clear() { try? FileManager.default.removeItem(at: root) }

  func path(_ name: String) -> String { root.appending(path: name).path(percentEncoded: false) }

  static func files(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Lays a file, or a folder with all in it, over what is there; what is not there is not laid.
  func lay(_ source: URL, over name: String) throws {
    let from = source.path(percentEncoded: false)
    let to = path(name)
    guard FileManager.default.fileExists(atPath: from) else { return }
    if Self.isFolder(from) {
      if !Self.isFolder(to) {
        try? FileManager.default.removeItem(atPath: to)
        try FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
      }
      for file in try Self.files(in: source) {
        try lay(source.appending(path: file), over: "\(name)/\(file)")
      }
    } else {
      try? FileManager.default.removeItem(atPath: to)
      try FileManager.default.copyItem(atPath: from, toPath: to)
    }
  }

  func remove(_ names: [String]) throws {
    for name in names { try FileManager.default.removeItem(atPath: path(name)) }
  }

  /// The folder of a run that made the packet.
  func makeRun(of packet: Manifest, isAnother: Bool) throws {
    try lay(root.appending(path: "packet"), over: "run/0001/V001")
    let root = try #require(Digest(hexadecimal: isAnother ? packet.dataDigest : packet.root))
    let run = BatchManifest(
      editionID: packet.editionID,
      editionDigest: root,
      mode: packet.mode,
      date: packet.date,
      occasion: packet.occasion,
      formats: ["html", "docbook"],
      splits: true,
      only: nil,
      inputs: [],
      rejectedCount: 0,
      packets: [.init(path: "0001/V001", root: root, checkNumber: packet.checkNumber)]
    )
    try Data(run.bytes).write(to: URL(filePath: path("run/run.json")))
    try Data(VerifyPage.bytes(of: run)).write(to: URL(filePath: path("run/verify.html")))
  }

  /// What `tokki check --against` says.
  func comparison() throws -> [Diagnostic] {
    let original = path("edition/original.txt")
    guard FileManager.default.fileExists(atPath: original) else { return [] }
    let edition = try #require(Edition.open(path("edition")).edition).compiled
    do throws(ReadFailure) {
      return TextProof(
        official: try OfficialText.read(original),
        edition: ComparedText(edition.annexes[0])
      ).diagnostics
    } catch {
      return [error.diagnostic]
    }
  }

  /// As if the file had been named as it is within the edition, or beside it.
  func withoutPath(_ diagnostic: Diagnostic) -> Diagnostic {
    var file = diagnostic.location.file
    for prefix in [path("edition") + "/", path("") + "/", path("")] where file.hasPrefix(prefix) {
      file = String(file.dropFirst(prefix.count))
    }
    var place = diagnostic.location
    place.file = file
    return diagnostic.moved(to: place)
  }
}
