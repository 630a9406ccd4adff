import DataFiles
import Diagnostics
import Records
import Testing

/// A list read item by item is the list that is read at once.
struct DataListTests {
  private static let texts: [(format: DataFile.Format, text: String)] = [
    (.json, "[]"), (.json, " [ ] "), (.json, #"[{"a": "1"}, {"b": [1, 2, {"c": null}]}, "d"]"#),
    (.json, #"[{"a": 1, "a": 2}, {}]"#), (.json, "[1, 2"), (.json, "[1,"), (.json, "[1 2]"),
    (.json, "[1] 2"), (.json, "["), (.json, ""), (.json, "[1,]"), (.json, "[\"a\nb\"]"),
    (.json, String(repeating: "[", count: 80)), (.json, #"["\uD800", "a"]"#),
    (.yaml, "- a: 1\n  b: 二\n- c\n-\n- [d, {e: f}]\n"), (.yaml, "[a, {b: c}, ~]"), (.yaml, "[]"),
    (.yaml, "- a\n- b: 1\n  b: 2\n- c\n"), (.yaml, "- a\n- &x b\n- *x\n- c\n"),
    (.yaml, "- a\n- !!str b\n"), (.yaml, "- a\n  - b: c: d\n- e\n"), (.yaml, "- a\n---\n- b\n"),
    (.yaml, "- 'a\n- b\n"), (.yaml, "# nothing\n- a\n...\n"), (.yaml, "- <<: {a: b}\n- c\n"),
    (.yaml, "- \u{7}\n"), (.yaml, "- {a: [b\n"), (.yaml, "- a\n\t- b\n"),
  ]

  @Test(arguments: texts.indices)
  func itemsAreThoseOfTheWhole(_ index: Int) throws {
    let (format, text) = Self.texts[index]
    let bytes = Array(text.utf8)
    let whole = DataFile.read(bytes, named: "list", format: format)
    let list = try DataList(bytes, named: "list", format: format)
    // Twice, for each reading starts over.
    for items in [list.items(), list.items()] {
      var read: [RawNode] = []
      while let item = items.next() { read.append(item) }
      #expect(items.next() == nil)
      #expect(items.diagnostics == whole.diagnostics)
      if whole.diagnostics.isEmpty {
        #expect(whole.root?.content == .sequence(read))
      }
    }
  }

  @Test(arguments: [
    (DataFile.Format.json, #"{"a": 1}"#), (.json, " 1 "), (.yaml, "a: 1\n"), (.yaml, "a\n"),
    (.yaml, "# nothing\n"), (.yaml, ""),
  ])
  func whatIsNoListIsReported(_ format: DataFile.Format, _ text: String) throws {
    let items = try DataList(Array(text.utf8), named: "list", format: format).items()
    #expect(items.next() == nil)
    #expect(items.diagnostics.map(\.code) == [.wrongType])
  }
}
