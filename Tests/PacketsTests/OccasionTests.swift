import Batches
import DataFiles
import Diagnostics
import Foundation
import Packets
import Records
import TemplateCompiler
import Testing

/// The packets of every occasion of every edition: what the list of submissions names, and what final mode asks for.
struct OccasionTests {
  struct Case: CustomTestStringConvertible {
    let city: String
    let occasion: String
    var testDescription: String { "\(city) \(occasion)" }
    var folder: String { OccasionTests.path(city) }
    var edition: Edition? { Edition.open(folder, Selection(occasion: occasion)).edition }
  }

  static let cases = EditionsTests.cities.flatMap { city in
    (Edition.open(path(city)).edition?.compiled.occasions ?? []).map {
      Case(city: city, occasion: $0.id)
    }
  }

  private static func path(_ name: String) -> String {
    EditionsTests.templates.appending(path: name).path(percentEncoded: false)
  }

  @Test func thereAreOccasions() {
    #expect(Self.cases.count >= 7 * EditionsTests.cities.count)
  }

  @Test(arguments: cases)
  func theListNamesWhatIsEnclosedToBeHandedIn(_ example: Case) throws {
    let edition = try #require(example.edition)
    let data = DataFile.read(example.folder + "/samples/contract.yaml")
    let tree = try ContractFile(try #require(data.root), edition.binder).tree(vendor: nil).get()
    for mode in PacketMode.allCases {
      var options = PacketOptions()
      options.mode = mode
      let binding = edition.binder.bind(tree, mode: mode, date: nil)
      #expect(!binding.diagnostics.hasErrors)
      let packet = PacketBuilder(
        edition.compiled,
        editionDigest: edition.digest,
        options: options
      ).packet(of: binding.record)
      #expect(packet.manifest.occasion == example.occasion)
      try Self.expectListOfEnclosed(packet.files.map { ($0.name, $0.bytes) }, example)
    }
  }

  /// Whatever final mode misses in empty data stands on a paper of the packet, or is a key.
  @Test(arguments: cases)
  func whatIsDemandedIsPrinted(_ example: Case) throws {
    let edition = try #require(example.edition)
    let screen = try #require(edition.forScreen(on: example.occasion)?.compiled.screen)
    let printed = screen.documents.filter(\.isInPacket).flatMap(\.fields)
    let keys = edition.compiled.dictionary.keyedRecords.map {
      edition.compiled.dictionary.fields[$0.key].path
    }
    let nothing = RawNode(.absent, at: SourceLocation(file: "data"))
    let missing = edition.binder.bind(nothing, mode: .final, date: nil).diagnostics
      .filter { $0.code == .missingValue }.compactMap(\.field)
    #expect(!missing.isEmpty)
    for field in missing where !keys.contains(field) {
      #expect(printed.contains { $0 == field || $0.hasPrefix(field + ".") }, "\(field)")
    }
  }

  /// A batch of twenty rows: each packet in the occasion's own folder, with its own list.
  @Test(arguments: cases.filter { $0.city == "kawasaki-1985" })
  func aBatchIsOfOneOccasion(_ example: Case) async throws {
    let root = FileManager.default.temporaryDirectory
      .appending(path: "tokki-occasions-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    let list = root.appending(path: "list.csv").path(percentEncoded: false)
    let rows = (1...20).map { "C\($0),V\($0),委託\($0),株式会社例示\($0)\n" }.joined()
    try "契約番号,受注者番号,件名,商号又は名称\n\(rows)".write(toFile: list, atomically: true, encoding: .utf8)
    try "{}\n".write(to: root.appending(path: "common.yaml"), atomically: true, encoding: .utf8)
    let out = root.appending(path: "out").path(percentEncoded: false)
    func run(_ occasion: String?) async -> BatchResult {
      var options = BatchOptions(out: out)
      options.selection.occasion = occasion
      options.syncs = false
      return await BatchRunner.run(
        BatchInput(
          data: root.appending(path: "common.yaml").path(percentEncoded: false),
          edition: example.folder,
          list: list
        ),
        options,
        isStopped: { false },
        observe: { _ in }
      )
    }
    let result = await run(example.occasion)
    #expect(result.counts.made == 20)
    let isUsual = example.occasion == Self.cases[0].occasion
    for number in 1...20 {
      let folder = out + "/C\(number)/V\(number)" + (isUsual ? "" : "@\(example.occasion)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      let files = try names.map { name in
        (name, Array(try Data(contentsOf: URL(filePath: folder + "/" + name))))
      }
      try Self.expectListOfEnclosed(files, example)
    }
    #expect(await BatchVerifier.verify(out).diagnostics.isEmpty)
    // Papers of another occasion have a folder of their own.
    let other = await run(isUsual ? "end" : nil)
    #expect(other.diagnostics.map(\.code) == [.folderOccupied])
    #expect(await run(example.occasion).counts.unchanged == 20)
  }

  // MARK: The list

  /// The numbers on the list are those of the files of papers that others than the city make for it.
  private static func expectListOfEnclosed(
    _ files: [(name: String, bytes: [UInt8])],
    _ example: Case
  )
    throws
  {
    let list = try #require(files.first { $0.name.hasSuffix("-submission-list.html") })
    let text = String(decoding: list.bytes, as: UTF8.self)
    let listed = text.matches(of: /data-label="番号">([^<]*)</).map { plain(String($0.1)) }
    let issuers = try issuers(example.city)
    var expected: Set<Int> = []
    for file in files {
      guard let match = file.name.wholeMatch(of: /(\d\d)-([a-z-]+?)(?:-\d+)?\.html/),
        let number = Int(match.1), let paper = issuers[String(match.2)]
      else { continue }
      if paper.issuer != "発注者", paper.to.contains("発注者") { expected.insert(number) }
    }
    #expect(Set(listed) == expected)
    #expect(listed.count == expected.count)
  }

  private static func plain(_ digits: String) -> Int {
    Int(digits.applyingTransform(.fullwidthToHalfwidth, reverse: false) ?? "") ?? 0
  }

  /// Of each form, who makes the paper and who gets it, read from the files as text.
  private static func issuers(_ city: String) throws -> [String: (issuer: String, to: String)] {
    var papers: [String: (issuer: String, to: String)] = [:]
    var forms: [String: (issuer: String, to: String)] = [:]
    for folder in ["common", city] {
      let edition = try String(contentsOfFile: path(folder + "/edition.xml"), encoding: .utf8)
      for match in edition.matches(of: /<paper [^>]*>/) {
        func value(_ name: String) -> String {
          let pattern = try? Regex<(Substring, Substring)>(" \(name)=\"([^\"]*)\"")
          let normal = match.0.replacing(/\s+/, with: " ")
          let words = pattern.flatMap { normal.firstMatch(of: $0) }.map { String($0.1) } ?? ""
          return words.replacing("{party.orderer}", with: "発注者")
        }
        papers[value("id")] = (value("issuer"), value("to"))
      }
    }
    for folder in ["common", city] {
      let names =
        (try? FileManager.default.contentsOfDirectory(atPath: path(folder + "/forms"))) ?? []
      for name in names where name.hasSuffix(".xml") {
        let form = try String(contentsOfFile: path("\(folder)/forms/\(name)"), encoding: .utf8)
        if let paper = form.firstMatch(of: /<form [^>]*?paper="([a-z-]+)"/) {
          forms[String(name.dropLast(4))] = papers[String(paper.1)]
        }
      }
    }
    return forms
  }
}
