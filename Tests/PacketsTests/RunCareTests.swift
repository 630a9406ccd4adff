import Batches
import Diagnostics
import Fixtures
import Foundation
import Packets
import Records
import TemplateCompiler
import Testing

/// What a run does where something is lost, damaged, or somebody else's: with the small edition of Tests/Cases/errors.
struct RunCareTests {
  private static let edition = Golden.cases.appending(path: "errors/_base").path(
    percentEncoded: false
  )

  /// A temporary folder with a list, and a run of it in `out`.
  private final class Place {
    let root = FileManager.default.temporaryDirectory.appending(path: "tokki-\(UUID().uuidString)")
    var out: String { path("out") }

    init() throws {
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
      try write("common.yaml", "contract: {date: 2022-04-01}\n")
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func path(_ name: String) -> String { root.appending(path: name).path(percentEncoded: false) }

    func write(_ name: String, _ text: String) throws {
      let url = root.appending(path: name)
      let folder = url.deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }

    func text(_ name: String) -> String? {
      (try? Data(contentsOf: root.appending(path: name))).map {
        String(decoding: $0, as: UTF8.self)
      }
    }

    func remove(_ name: String) throws {
      try FileManager.default.removeItem(at: root.appending(path: name))
    }

    func link(_ name: String, to target: String) throws {
      try FileManager.default.createSymbolicLink(
        atPath: path(name),
        withDestinationPath: path(target)
      )
    }

    func mode(_ name: String) throws -> Int? {
      let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
      return attributes[.posixPermissions] as? Int
    }

    /// Everything below a folder but the tool's own, with the bytes of files.
    func tree(_ name: String = "out") -> [String: String] {
      var tree: [String: String] = [:]
      for case let file as String in FileManager.default.enumerator(atPath: path(name)) ?? .init()
      where !file.hasPrefix(".tokki") {
        tree[file] = text(name + "/" + file) ?? "folder"
      }
      return tree
    }

    func run(_ roster: String, mode: PacketMode = .prefilled, out: String = "out") async
      -> (result: BatchResult, rows: [BatchEvent.Row])
    {
      let input = BatchInput(
        data: path("common.yaml"),
        edition: RunCareTests.edition,
        list: path(roster)
      )
      var options = BatchOptions(out: path(out))
      options.packet.mode = mode
      options.syncs = false
      let rows = Rows()
      let result = await BatchRunner.run(
        input,
        options,
        isStopped: { false },
        observe: { rows.add($0) }
      )
      return (result, rows.all)
    }

    func manifest() throws -> BatchManifest {
      let bytes = try Data(contentsOf: root.appending(path: "out/run.json"))
      return try #require(BatchManifest(bytes: Array(bytes)))
    }
  }

  private final class Rows: @unchecked Sendable {
    private let lock = NSLock()
    private var rows: [BatchEvent.Row] = []
    var all: [BatchEvent.Row] { lock.withLock { rows } }
    func add(_ event: BatchEvent) {
      if case .row(let row) = event { lock.withLock { rows.append(row) } }
    }
  }

  private static func list(_ rows: [(id: String, title: String, date: String)]) -> String {
    "契約番号,受注者番号,件名,契約締結日,商号又は名称\n"
      + rows.map { "0040012,\($0.id),\($0.title),\($0.date),株式会社\($0.id)\n" }.joined()
  }

  /// A run of six rows, of which the last is rejected, and the mended rejects.
  private static func started() async throws -> Place {
    let place = try Place()
    let rows = (0..<6).map { ("V00\($0)", "件名", $0 == 5 ? "いつか" : "2022-04-01") }
    try place.write("list.csv", list(rows))
    let (result, _) = await place.run("list.csv")
    #expect(result.counts.made == 5 && result.counts.rejected == 1)
    let rejects = try #require(place.text("out/rejects.csv"))
    try place.write("mended.csv", rejects.replacing("いつか", with: "2022-04-01"))
    return place
  }

  private static func errors(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.filter { $0.severity == .error }.map(\.code.rawValue)
  }

  // MARK: Rows that are of no record

  /// The papers that are right are made; and yet the run does not end as if nothing were missing in one.
  @Test(arguments: [(PacketMode.prefilled, [String]()), (.final, ["unmatched-row"])])
  func aRowOfNoRecordStopsNoPacket(_ mode: PacketMode, _ errors: [String]) async throws {
    let place = try Place()
    try place.write("list/list.csv", Self.list([("V1", "件名", "2022-04-01")]))
    try place.write("list/従事者.csv", "契約番号,受注者番号,氏名\n0040012,V1,一\n0040012,V01,二\n")
    let (result, _) = await place.run("list", mode: mode)
    #expect(result.counts.made == 1 && result.counts.rejected == 0)
    #expect(result.diagnostics.map(\.code) == [.unmatchedRow])
    #expect(Self.errors(result.diagnostics) == errors)
  }

  // MARK: What is lost

  @Test func noPacketIsForgottenWithoutTheJournal() async throws {
    let place = try await Self.started()
    try place.remove("out/.tokki")
    let (result, _) = await place.run("mended.csv")
    #expect(Self.errors(result.diagnostics) == [])
    let packets = try place.manifest().packets
    #expect(packets.map(\.path) == (0..<6).map { "0040012/V00\($0)" })
    #expect(packets.filter { !$0.isListed }.isEmpty)
    #expect(await BatchVerifier.verify(place.out).diagnostics.map(\.message.en) == [])
  }

  @Test func aDamagedJournalIsReported() async throws {
    let place = try await Self.started()
    var journal = Array(try #require(place.text("out/.tokki/journal")).utf8)
    journal[2] ^= 1
    try place.write("out/.tokki/journal", String(decoding: journal, as: UTF8.self))
    let (result, _) = await place.run("mended.csv")
    let damaged = result.diagnostics.filter { $0.code == .manifestDamaged }
    #expect(damaged.map(\.severity) == [.warning])
    #expect(damaged.first?.hint?.en == "Not in the journal: 0040012/V000")
    #expect(damaged.flatMap(\.faultsOfStyle) == [])
    #expect(try place.manifest().packets.count { $0.isListed } == 6)
    // It has been made whole: nothing more is said, and nothing is made again.
    let (again, _) = await place.run("list.csv")
    #expect(again.diagnostics.map(\.code) == [])
  }

  @Test func aLineThatWasCutOffIsNoDamage() async throws {
    let place = try await Self.started()
    let journal = try #require(place.text("out/.tokki/journal"))
    try place.write("out/.tokki/journal", String(journal.dropLast(5)))
    let (result, _) = await place.run("mended.csv")
    #expect(result.diagnostics.map(\.code) == [])
    #expect(try place.manifest().packets.count { $0.isListed } == 6)
  }

  @Test(arguments: ["", "{\"format\": \"tokki-run-1\"}", nil])
  func mendedRejectsNeedTheRunThatTheyCameFrom(_ manifest: String?) async throws {
    let place = try await Self.started()
    try place.remove("out/run.json")
    if let manifest { try place.write("out/run.json", manifest) }
    let before = place.tree()
    for mode in [PacketMode.prefilled, .final] {
      let (result, _) = await place.run("mended.csv", mode: mode)
      #expect(Self.errors(result.diagnostics) == ["manifest-damaged"])
      #expect(result.diagnostics.flatMap(\.faultsOfStyle) == [])
      guard case .refused = result.ending else { Issue.record("\(result.ending)"); continue }
    }
    #expect(place.tree() == before)
  }

  @Test func aFullRunFindsWhatTheJournalHasLost() async throws {
    let place = try await Self.started()
    try place.remove("out/.tokki")
    try place.remove("out/run.json")
    try place.remove("out/rejects.csv")
    try place.write("list.csv", Self.list([("V000", "件名", "2022-04-01")]))
    let (result, _) = await place.run("list.csv")
    #expect(result.notListed == (1..<5).map { "0040012/V00\($0)" })
    #expect(try place.manifest().packets.count == 5)
  }

  // MARK: What is somebody else's

  @Test(arguments: ["run.json", "verify.html", "verify.html/note.txt", "run.json/note.txt"])
  func ownFilesStay(_ name: String) async throws {
    let place = try Place()
    try place.write("list.csv", Self.list([("V000", "件名", "2022-04-01")]))
    try place.write("out/" + name, "mine")
    let before = place.tree()
    let (result, _) = await place.run("list.csv")
    #expect(Self.errors(result.diagnostics) == ["folder-occupied"])
    #expect(result.diagnostics.flatMap(\.faultsOfStyle) == [])
    #expect(place.tree() == before)
  }

  @Test func rejectsThatAPersonHasMendedStay() async throws {
    let place = try await Self.started()
    let mended = try #require(place.text("mended.csv"))
    try place.write("out/rejects.csv", mended)
    let (again, _) = await place.run("list.csv")
    #expect(again.diagnostics.map(\.code) == [.folderOccupied])
    #expect(again.diagnostics.flatMap(\.faultsOfStyle) == [])
    #expect(place.text("out/rejects.1.csv") == mended)
    // Fed back they make room, and their values are kept.
    for number in 2...3 {
      try place.write("out/rejects.csv", mended)
      let (result, _) = await place.run("out/rejects.csv")
      #expect(result.diagnostics.map(\.code) == [.folderOccupied])
      #expect(result.diagnostics.flatMap(\.faultsOfStyle) == [])
      #expect(result.counts.rejected == 0)
      #expect(place.text("out/rejects.csv") == nil)
      #expect(place.text("out/rejects.\(number).csv") == mended)
      #expect(try place.manifest().packets.count { $0.isListed } == 6)
    }
    // What is fed back with an error still in it is kept beside the new list.
    let worse = mended.replacing("2022-04-01", with: "そのうち")
    try place.write("out/rejects.csv", worse)
    let (result, _) = await place.run("out/rejects.csv")
    #expect(result.counts.rejected == 1)
    #expect(place.text("out/rejects.4.csv") == worse)
    #expect(place.text("out/rejects.csv") != nil)
    // As a run wrote it, it is the run's.
    _ = await place.run("out/rejects.csv")
    #expect(place.text("out/rejects.5.csv") == nil)
  }

  // MARK: Mended rows

  @Test(arguments: ["V001", "v001"])
  func aMendedRowReplacesNoRightOne(_ id: String) async throws {
    let place = try await Self.started()
    let before = place.tree()
    let mended = try #require(place.text("mended.csv"))
    try place.write("typo.csv", mended.replacing(",V005,", with: ",\(id),"))
    let (result, rows) = await place.run("typo.csv")
    #expect(result.counts.rejected == 1)
    #expect(Self.errors(rows.flatMap(\.diagnostics)) == ["duplicate-row"])
    let after = place.tree()
    for (name, bytes) in before where name.hasPrefix("0040012/") { #expect(after[name] == bytes) }
    // What was mended may be mended again.
    for title in ["一", "二"] {
      try place.write("mended.csv", mended.replacing("件名,2022", with: title + ",2022"))
      let (result, _) = await place.run("mended.csv")
      #expect(result.counts.made == 1 && result.counts.rejected == 0)
    }
  }

  @Test func rejectsThatWereNotFedBackStay() async throws {
    let place = try Place()
    let rows = (0..<4).map { ("V00\($0)", "件名", $0 == 0 ? "2022-04-01" : "いつか") }
    try place.write("list.csv", Self.list(rows))
    _ = await place.run("list.csv")
    let rejects = try #require(place.text("out/rejects.csv"))
    let lines = rejects.split(separator: "\n")
    let one = lines.prefix(2).joined(separator: "\n").replacing("いつか", with: "2022-04-01")
    try place.write("one.csv", one + "\n")
    let (result, _) = await place.run("one.csv")
    #expect(result.counts.made == 1)
    #expect(Self.errors(result.diagnostics) == ["missing-value"])
    #expect(result.diagnostics.flatMap(\.faultsOfStyle) == [])
    #expect(place.text("out/rejects.csv") == rejects)
    #expect(try place.manifest().rejectedCount == 2)
    try place.write("all.csv", rejects.replacing("いつか", with: "2022-04-01"))
    let (rest, _) = await place.run("all.csv")
    #expect(Self.errors(rest.diagnostics) == [] && rest.counts.rejected == 0)
    #expect(place.text("out/rejects.csv") == nil)
    #expect(try place.manifest().rejectedCount == 0)
  }

  /// What mended rows complete is whole, or it is said what it lacks.
  @Test func aPacketThatIsLostOrReplacedStaysSaid() async throws {
    let place = try await Self.started()
    try place.remove("out/0040012/V000")
    try place.write("out/0040012/V001/manifest.json", "{}")
    let (result, _) = await place.run("mended.csv")
    #expect(result.counts.made == 1)
    #expect(Set(Self.errors(result.diagnostics)) == ["packet-removed", "packet-changed"])
    #expect(try place.manifest().packets.count { $0.isListed } == 6)
    #expect(
      await BatchVerifier.verify(place.out).diagnostics.contains { $0.code == .packetRemoved }
    )
  }

  @Test func aSharedFolderGivesItsGroup() async throws {
    let place = try Place()
    try place.write("out/note.txt", "")
    try FileManager.default.setAttributes([.posixPermissions: 0o2770], ofItemAtPath: place.out)
    try place.write("list.csv", Self.list([("V1", "件名", "2022-04-01")]))
    _ = await place.run("list.csv")
    for name in [".tokki", "0040012", "0040012/V1"] {
      #expect(try place.mode("out/" + name) == 0o2770, "\(name)")
    }
    for name in [".tokki/lock", ".tokki/journal", "run.json", "0040012/V1/packet.html"] {
      #expect(try place.mode("out/" + name) == 0o660, "\(name)")
    }
  }

  // MARK: What a run that was cut off has set aside

  @Test func newRejectsStayWhereOldOnesWereSetAside() async throws {
    let place = try await Self.started()
    try place.write("out/rejects.csvs/0.csv", "new")
    try place.write("out/.tokki/aside/rejects.csvs/0.csv", "old")
    _ = await place.run("mended.csv")
    #expect(place.text("out/rejects.csvs/0.csv") == "new")
    #expect(place.text("out/.tokki/aside/rejects.csvs/0.csv") == nil)
  }

  @Test func aFileThatWasSetAsideReplacesNone() async throws {
    let place = try await Self.started()
    try place.write("out/0040012/V001/scan.pdf", "new")
    try place.write("out/.tokki/aside/0040012/V001/scan.pdf", "old")
    _ = await place.run("mended.csv")
    #expect(place.text("out/0040012/V001/scan.pdf") == "new")
    #expect(place.text("out/0040012/V001/scan.1.pdf") == "old")
  }

  @Test(arguments: ["aside", "aside/0040012"])
  func nothingIsMovedThroughALink(_ name: String) async throws {
    let place = try await Self.started()
    try place.write("elsewhere/V009/report.pdf", "theirs")
    try place.write("out/.tokki/aside/0040013/V001/file", "")
    if name == "aside" { try place.remove("out/.tokki/aside") }
    try place.link("out/.tokki/" + name, to: "elsewhere")
    let before = place.tree("elsewhere")
    let (result, _) = await place.run("mended.csv")
    #expect(Self.errors(result.diagnostics) == ["output-not-written"])
    #expect(place.tree("elsewhere") == before)
  }

  @Test func aFileInAPacketsFolderStays() async throws {
    let place = try await Self.started()
    try place.write("out/0040012/V001/scan.pdf", "scan")
    let rows = (0..<3).map { ("V00\($0)", "新しい件名", "2022-04-01") }
    try place.write("list.csv", Self.list(rows))
    let (result, events) = await place.run("list.csv")
    #expect(result.counts.made == 2 && result.counts.rejected == 1)
    let words = events.flatMap(\.diagnostics).map(\.message.ja).joined()
    #expect(words.contains("0040012/V001/scan.pdf"))
    #expect(place.text("out/0040012/V001/scan.pdf") == "scan")
  }

  // MARK: Links

  @Test(arguments: [".tokki", ".tokki/lock", ".tokki/journal"])
  func plantedLinksStopARun(_ name: String) async throws {
    let place = try await Self.started()
    try place.write("elsewhere/x", "")
    let isFolder = name == ".tokki"
    if !isFolder { try place.write("elsewhere/file", "theirs") }
    try place.remove("out/" + name)
    try place.link("out/" + name, to: isFolder ? "elsewhere" : "elsewhere/file")
    let before = place.tree("elsewhere")
    let (result, _) = await place.run("mended.csv")
    #expect(Self.errors(result.diagnostics) == ["output-not-written"])
    #expect(place.tree("elsewhere") == before)
    #expect(place.text("out/0040012/V005/packet.html") == nil)
  }

  @Test(arguments: ["0040012", "0040012/V001"])
  func plantedLinksRejectARow(_ name: String) async throws {
    let place = try await Self.started()
    try FileManager.default.moveItem(atPath: place.path("out/" + name), toPath: place.path("away"))
    try place.link("out/" + name, to: "away")
    let before = place.tree("away")
    try place.write("list.csv", Self.list([("V001", "新しい件名", "2022-04-01")]))
    let (result, events) = await place.run("list.csv")
    #expect(result.counts.rejected == 1 && result.counts.made == 0)
    #expect(events.flatMap(\.diagnostics).map(\.code) == [.outputNotWritten])
    #expect(place.tree("away") == before)
  }

  // MARK: Rights

  @Test func packetsAreForTheirMakerAlone() async throws {
    let place = try await Self.started()
    #expect(try place.mode("out") == 0o700)
    #expect(try place.mode("out/0040012/V000") == 0o700)
    #expect(try place.mode("out/0040012/V000/packet.html") == 0o600)
    #expect(try place.mode("out/rejects.csv") == 0o600)
    #expect(try place.mode("out/run.json") == 0o600)
    // Unless the folder says otherwise.
    for (folder, file) in [(0o755, 0o644), (0o770, 0o660), (0o777, 0o664)] {
      let name = "shared\(folder)"
      try FileManager.default.createDirectory(
        atPath: place.path(name),
        withIntermediateDirectories: false
      )
      try FileManager.default.setAttributes(
        [.posixPermissions: folder],
        ofItemAtPath: place.path(name)
      )
      _ = await place.run("list.csv", out: name)
      #expect(try place.mode(name + "/0040012/V000") == folder & 0o775)
      #expect(try place.mode(name + "/0040012/V000/packet.html") == file)
      #expect(try place.mode(name + "/rejects.csv") == file)
    }
  }

  // MARK: Keys

  @Test(arguments: PacketMode.allCases)
  func aPacketWithoutKeysIsNobodys(_ mode: PacketMode) throws {
    let place = try Place()
    try place.write("data.yaml", "{}\n")
    var options = PacketOptions()
    options.mode = mode
    let result = PacketMaking.make(
      data: place.path("data.yaml"),
      edition: Self.edition,
      vendor: nil,
      selection: .usual,
      out: place.out,
      options: options
    )
    let missing = result.diagnostics.filter { $0.code == .keyMissing }
    #expect(missing.map(\.field) == ["contract.number", "vendor.id"])
    #expect(missing.flatMap(\.faultsOfStyle) == [])
    let isMade = place.text("out/no-number/no-vendor/packet.html") != nil
    #expect(missing.allSatisfy { ($0.severity == .error) == (mode != .blank) })
    #expect(isMade == (mode == .blank))
  }

  @Test func keysThatLookAlikeAreOne() async throws {
    let place = try Place()
    let pairs = [
      ("V 1", "V\u{3000}1"), ("V2", "Ｖ２"), ("v3", "V3"), ("V\u{304B}\u{3099}", "V\u{304C}"),
    ]
    for (one, other) in pairs {
      try place.write(
        "list.csv",
        Self.list([(one, "甲", "2022-04-01"), (other, "乙", "2022-04-01")])
      )
      let (result, events) = await place.run("list.csv", out: UUID().uuidString)
      #expect(result.counts.made == 0 && result.counts.rejected == 2, "\(one)")
      #expect(events.flatMap(\.diagnostics).contains { $0.code == .duplicateRow }, "\(one)")
    }
    for scalar in ["\u{200B}", "\u{202D}", "\u{2066}", "\u{3164}", "\u{FEFF}", "\u{E0041}"] {
      try place.write("list.csv", Self.list([("V1" + scalar, "甲", "2022-04-01")]))
      let (result, _) = await place.run("list.csv", out: UUID().uuidString)
      #expect(result.counts.rejected == 1, "\(scalar.unicodeScalars.map(\.value))")
    }
  }

  @Test(arguments: [
    ("CON", "%43ON"), ("nul", "%6Eul"), ("Com1", "%43om1"), ("LPT³", "%4CPT³"), ("COM10", "COM10"),
    ("CONTRACT", "CONTRACT"), ("con.txt", "con%2Etxt"), ("V1.", "V1%2E"), ("V1 ", "V1%20"),
    ("%43ON", "%2543ON"), ("COM", "COM"),
  ])
  func devicesOfWindowsGiveNoFolderItsName(_ id: String, _ name: String) {
    #expect(FolderName.name(for: Array(id.utf8)) == name)
  }
}
