@testable import DataEditing
import Diagnostics
@testable import Files
import Fixtures
import Foundation
import Records
import Testing

/// Saving, as the disk sees it.
struct DataFileSaverTests: ~Copyable {
  private let binder = Binder(SmallDictionary.shared)
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "tokki-saver-\(UUID().uuidString)").path(percentEncoded: false)

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ text: String, to name: String) -> Digest {
    _ = FileManager.default.createFile(atPath: folder + "/" + name, contents: Data(text.utf8))
    return Digest(of: Array(text.utf8))
  }

  private func text(_ name: String) -> String? {
    try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func tree(_ change: (inout TreeChanges) -> Void) -> DataTree {
    var changes = TreeChanges(DataTree(binder), binder)
    change(&changes)
    return changes.tree
  }

  private func save(_ tree: DataTree, _ name: String, _ version: Digest?) -> Result<
    DataFileSaver.Saved, FileSystem.Failure
  > {
    DataFileSaver.save(tree, at: folder + "/" + name, version: version, title: "版", binder)
  }

  private func numbered(_ number: String) -> DataTree { tree { $0.set("contract.number", number) } }

  @Test func aFileIsSavedAsItWas() throws {
    let version = write("# 注\ncontract:\n  number: \"1\"\n", to: "契約.yaml")
    let path = folder + "/契約.yaml"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let saved = try save(numbered("2"), "契約.yaml", version).get()
    #expect(text("契約.yaml") == "# 注\ncontract:\n  number: \"2\"\n")
    #expect(saved.outcome == .saved && saved.path == path)
    #expect(saved.version == Digest(of: Array((text("契約.yaml") ?? "").utf8)))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try names() == ["契約.yaml"])
    // And on from there.
    #expect(try save(numbered("3"), "契約.yaml", saved.version).get().outcome == .saved)
  }

  @Test func whatIsSaidAlreadyIsNotWritten() throws {
    let version = write("contract: {number: '1'}\n", to: "a.yaml")
    let before = try #require(FileState(of: folder + "/a.yaml"))
    let saved = try save(numbered("1"), "a.yaml", version).get()
    #expect(saved.outcome == .unchanged && saved.version == version)
    #expect(FileState(of: folder + "/a.yaml") == before)
  }

  @Test func whatOthersWroteIsKept() throws {
    let version = write("contract: {number: 1}\n", to: "a.yaml")
    let other = write("contract: {number: 7}\n", to: "a.yaml")
    let saved = try save(numbered("2"), "a.yaml", version).get()
    #expect(saved.outcome == .conflict && saved.version == other)
    #expect(text("a.yaml") == "contract: {number: 7}\n")
    // Gone, or there where nothing was.
    try FileManager.default.removeItem(atPath: folder + "/a.yaml")
    let gone = try save(numbered("2"), "a.yaml", version).get()
    #expect(gone.outcome == .conflict && gone.version == nil)
    #expect(try names() == [])
    let new = write("x: 1\n", to: "a.yaml")
    #expect(try save(numbered("2"), "a.yaml", nil).get().version == new)
    #expect(text("a.yaml") == "x: 1\n")
    // Between reading and replacing.
    #expect(throws: FileSystem.Failure.self) {
      try FileSystem.replace(folder + "/a.yaml", holding: [1], with: [2])
    }
    #expect(text("a.yaml") == "x: 1\n")
    #expect(try names() == ["a.yaml"])
  }

  @Test func whatCannotBeEditedIsSavedBeside() throws {
    let broken = "contract: {number: 1\n# 読めない"
    let version = write(broken, to: "a.b.yaml")
    _ = write("人の物\n", to: "a.b-2.yaml")
    try FileManager.default.createDirectory(
      atPath: folder + "/a.b-3.yaml",
      withIntermediateDirectories: false
    )
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/a.b-4.yaml",
      withDestinationPath: "nowhere"
    )
    let saved = try save(numbered("0040012"), "a.b.yaml", version).get()
    #expect(saved.outcome == .beside && saved.path == folder + "/a.b-5.yaml")
    #expect(text("a.b.yaml") == broken)
    #expect(text("a.b-2.yaml") == "人の物\n")
    #expect(text("a.b-5.yaml") == "# 契約データ　版\n\n# 契約\ncontract:\n  number: \"0040012\"\n")
    // The same once more needs no other file; the new one can be gone on with.
    #expect(try save(numbered("0040012"), "a.b.yaml", version).get() == saved)
    #expect(try save(numbered("2"), "a.b-5.yaml", saved.version).get().outcome == .saved)
    #expect(
      try names() == ["a.b-2.yaml", "a.b-3.yaml", "a.b-4.yaml", "a.b-5.yaml", "a.b.yaml"]
    )
  }

  @Test func aLinkStaysALink() throws {
    let target = folder + "/elsewhere"
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
    let version = write("contract: {number: 1}\n", to: "elsewhere/real.yaml")
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/a.yaml",
      withDestinationPath: "elsewhere/real.yaml"
    )
    #expect(try save(numbered("2"), "a.yaml", version).get().outcome == .saved)
    #expect(text("elsewhere/real.yaml") == "contract: {number: 2}\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/a.yaml")
    #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
    #expect(try names() == ["a.yaml", "elsewhere"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: target) == ["real.yaml"])
  }

  @Test func aFileIsMadeWhereNoneWas() throws {
    for (name, content) in [
      ("a.yaml", "# 契約データ　版\n\n# 契約\ncontract:\n  number: \"1\"\n"),
      ("a.json", "{\n  \"contract\": {\n    \"number\": \"1\"\n  }\n}\n"),
    ] {
      let saved = try save(numbered("1"), name, nil).get()
      #expect(saved.outcome == .saved)
      #expect(text(name) == content)
    }
    #expect(try names() == ["a.json", "a.yaml"])
  }

  @Test func failuresLeaveNothing() throws {
    // A name that leaves no room for a number.
    let name = String(repeating: "a", count: 250) + ".yaml"
    let version = write("a: [", to: name)
    guard case .failure(let failure) = save(numbered("1"), name, version) else {
      Issue.record("saved")
      return
    }
    #expect(
      failure == .system(errno: ENAMETOOLONG, path: folder + "/" + DataFileSaver.numbered(name, 2))
    )
    let diagnostic = failure.diagnosticOfSaving(at: SourceLocation(file: "a"))
    #expect(diagnostic.faultsOfStyle == [])
    #expect(try names() == [name])
    #expect(text(name) == "a: [")
    try FileManager.default.createDirectory(
      atPath: folder + "/d.yaml",
      withIntermediateDirectories: false
    )
    #expect(throws: FileSystem.Failure.notRegular) {
      try save(numbered("1"), "d.yaml", version).get()
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link.yaml",
      withDestinationPath: "nowhere.yaml"
    )
    #expect(throws: FileSystem.Failure.notFound) { try save(numbered("1"), "link.yaml", nil).get() }
    #expect(throws: FileSystem.Failure.self) { try save(numbered("1"), "no/a.yaml", nil).get() }
    #expect(try names() == [name, "d.yaml", "link.yaml"])
  }

  @Test func namesAreNumbered() {
    for (path, expected) in [
      ("a.yaml", "a-2.yaml"), ("/x.y/a", "/x.y/a-2"), (".yaml", ".yaml-2"),
      ("d/a.b.json", "d/a.b-2.json"),
    ] {
      #expect(DataFileSaver.numbered(path, 2) == expected)
    }
  }
}
