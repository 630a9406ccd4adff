@testable import DataEditing
@testable import DataFiles
import Fixtures
import Foundation
import Packets
import Records
import Testing

/// Saving changes only what was changed.
struct DataFileEditorTests {
  private let binder = Binder(SmallDictionary.shared)

  private func edit(
    _ bytes: [UInt8],
    _ format: DataFile.Format = .yaml,
    _ change: (inout TreeChanges) throws -> Void
  ) throws -> DataFileEditor.Result {
    let root = try #require(DataFile.read(bytes, named: "d", format: format).root)
    var changes = TreeChanges(DataTree(root, binder), binder)
    try change(&changes)
    return DataFileEditor.edit(bytes, format: format, to: changes.tree, binder)
  }

  // MARK: Cases

  /// Tests/Cases/saving: `before`, the `changes` made at the page, and `expected`.
  ///
  /// A file that cannot be edited has no `expected`; its case is called `beside-…`.
  @Test(arguments: Golden.folders(of: "saving"))
  func theFileIsAsExpected(_ name: String) throws {
    let folder = Golden.cases.appending(path: "saving").appending(path: name)
    let yaml = try? Data(contentsOf: folder.appending(path: "before.yaml"))
    let before = try yaml ?? Data(contentsOf: folder.appending(path: "before.json"))
    let changes = try String(contentsOf: folder.appending(path: "changes"), encoding: .utf8)
    let result = try edit(Array(before), yaml == nil ? .json : .yaml) { tree in
      for line in changes.split(separator: "\n") { try tree.apply(line) }
    }
    guard case .edited(let edited) = result else {
      #expect(result == .notEditable)
      #expect(name.hasPrefix("beside-"))
      return
    }
    Golden.expect(
      String(decoding: edited, as: UTF8.self),
      matches: folder.appending(path: yaml == nil ? "expected.json" : "expected.yaml")
    )
  }

  @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func lineEndsAndMarksStay(_ lineEnd: String, _ mark: String) throws {
    for ending in ["", lineEnd] {
      func file(_ lines: [String]) -> [UInt8] {
        Array((mark + lines.joined(separator: lineEnd) + ending).utf8)
      }
      let before = file([
        "contract:", "  number: 1 # 注", "  title: 件名", "vendor:", "  workers:", "  - name: 甲",
      ])
      let result = try edit(before) {
        $0.set("contract.number", "２")
        $0.set("contract.remarks", "一\n二")
        $0.append("vendors[1].workers", ["name": "乙"])
      }
      let after = file([
        "contract:", "  number: ２ # 注", "  title: 件名", "  remarks: |-", "    一", "    二", "vendor:",
        "  workers:", "  - name: 甲", "  - name: 乙",
      ])
      #expect(result == .edited(after))
    }
  }

  /// Each value of the sample is changed alone, and nothing but its line changes.
  @Test(arguments: ["contract.yaml", "contract.json", "contract-consortium.yaml"])
  func onlyTheLineOfAValueChanges(_ sample: String) throws {
    let path = EditionSampleTests.folder.appending(path: "samples/\(sample)")
    let bytes = Array(try Data(contentsOf: path))
    let format = DataFile.Format(path: sample)
    let binder = try #require(EditionSampleTests.edition?.binder)
    let tree = DataTree(try #require(DataFile.read(bytes, named: "d", format: format).root), binder)
    #expect(DataFileEditor.edit(bytes, format: format, to: tree, binder) == .unchanged)
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for index in 0..<tree.leafCount {
      let wanted = DataTree(tree.replacing(leaf: index, by: Array("変えた値".utf8)), binder)
      guard
        case .edited(let edited) = DataFileEditor.edit(bytes, format: format, to: wanted, binder)
      else {
        Issue.record("leaf \(index)")
        continue
      }
      let after = edited.split(separator: 0x0A, omittingEmptySubsequences: false)
      #expect(after.count == lines.count)
      let changed = zip(lines, after).filter { $0 != $1 }
      #expect(changed.count == 1, "leaf \(index)")
      #expect(changed.allSatisfy { String(decoding: $0.1, as: UTF8.self).contains("変えた値") })
    }
    #expect(tree.leafCount > 30)
  }

  @Test(arguments: DataFile.Format.allCases, [true, false])
  func aLargeFileTakesNoLongerThanItsSize(_ format: DataFile.Format, _ isOnOneLine: Bool) throws {
    let count = 5_000
    let file: String
    switch (format, isOnOneLine) {
    case (.yaml, false):
      let items = (0..<count).map { "  - name: 甲\($0)\n    cards: [{number: \($0)}]\n" }
      file = "vendor:\n  workers:\n" + items.joined()
    case (_, true), (.json, false):
      let items = (0..<count).map { "{\"name\": \"甲\($0)\", \"cards\": [{\"number\": \"\($0)\"}]}" }
      file =
        "{\"vendor\": {\"workers\": [" + items.joined(separator: isOnOneLine ? ", " : ",\n") + "]}}"
    }
    let clock = ContinuousClock()
    let duration = try clock.measure {
      let result = try edit(Array(file.utf8), format) {
        $0.move("vendors[1].workers", count, to: 1)
        $0.set("vendors[1].workers[500].start", "令和４年４月１日")
        $0.append("vendors[1].workers[700].cards", ["number": "x"])
        $0.append("vendors[1].workers", ["name": "乙"])
      }
      guard case .edited = result else {
        Issue.record("\(result)")
        return
      }
    }
    #expect(duration < .seconds(60))
  }

  // MARK: Anything at all

  private func read(_ bytes: [UInt8], _ format: DataFile.Format) throws -> DataTree {
    let data = DataFile.read(bytes, named: "d", format: format)
    #expect(data.diagnostics.isEmpty)
    return DataTree(try #require(data.root), binder)
  }

  private func randomTree(_ seed: UInt64) -> DataTree {
    var random = RandomData(SmallDictionary.shared, seed: seed)
    let tree = DataTree(random.record(), binder)
    var members = tree.members
    let vendor = binder.vendor
    guard seed % 3 == 0 else { return tree }
    let more = (0..<seed % 4).map { _ in DataTree(random.record(), binder).vendors[0] }
    members.removeAll { $0.field == vendor }
    return DataTree(members + [DataTree.Member(vendor, .list(tree.vendors + more))], binder)
  }

  @Test(arguments: DataFile.Format.allCases)
  func whateverTheStyleTheFileSaysWhatIsWanted(_ format: DataFile.Format) throws {
    var (edited, refused, unchanged) = (0, 0, 0)
    let seeds = 0..<300 as Range<UInt64>
    for seed in seeds {
      var styled = StyledData(binder, seed: seed)
      let original = randomTree(seed)
      let file = format == .yaml ? styled.yaml(original) : styled.json(original)
      let tree = try read(file, format)
      #expect(tree.saysTheSame(as: original), "\(seed): \(String(decoding: file, as: UTF8.self))")
      #expect(DataFileEditor.edit(file, format: format, to: tree, binder) == .unchanged)
      var changes = RandomChanges(binder, seed: seed)
      let wanted = changes.changed(tree)
      switch DataFileEditor.edit(file, format: format, to: wanted, binder) {
      case .unchanged:
        unchanged += 1
        #expect(tree.saysTheSame(as: wanted), "\(seed)")
      case .notEditable:
        refused += 1
      case .edited(let bytes):
        edited += 1
        #expect(try read(bytes, format).saysTheSame(as: wanted), "\(seed)")
        let text = String(decoding: bytes, as: UTF8.self)
        for comment in styled.commentsElsewhere + (changes.hasRemoved ? [] : styled.commentsInLists)
        {
          #expect(
            text.contains(comment),
            "\(seed) \(comment)\n\(String(decoding: file, as: UTF8.self))\n=====\n\(text)"
          )
        }
        let hadMark = file.starts(with: [0xEF, 0xBB, 0xBF])
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]) == hadMark)
      }
    }
    #expect(edited > 200 && refused == 0)
  }

  /// Files that somebody else has written into.
  @Test(arguments: DataFile.Format.allCases)
  func noFileMakesItTrapOrLie(_ format: DataFile.Format) throws {
    let pieces = [
      "\n", " ", "  ", "- ", ": ", ":", "? ", ",", "[", "]", "{", "}", "#", " # ", "'", "\"", "|",
      ">+", "|2", "&a ",
      "*a", "!t ", "---\n", "...\n", "~", "\t", "\r", "\u{FEFF}", "髙", "vendors:", "\u{85}", "\\",
    ]
    var edited = 0
    for seed in 0..<400 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var styled = StyledData(binder, seed: seed)
      let original = randomTree(seed)
      var file = format == .yaml ? styled.yaml(original) : styled.json(original)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0...file.count, using: &generator)
        let end = min(file.count, place + Int.random(in: 0...3, using: &generator))
        file.replaceSubrange(
          place..<end,
          with: (pieces.randomElement(using: &generator) ?? "").utf8
        )
      }
      let root = DataFile.read(file, named: "d", format: format).root
      var changes = RandomChanges(binder, seed: seed)
      let wanted = changes.changed(root.map { DataTree($0, binder) } ?? original)
      guard case .edited(let bytes) = DataFileEditor.edit(file, format: format, to: wanted, binder)
      else { continue }
      #expect(try read(bytes, format).saysTheSame(as: wanted), "\(seed)")
      edited += 1
    }
    #expect(edited > 30)
  }
}
