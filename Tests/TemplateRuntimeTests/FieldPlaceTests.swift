import Testing

@testable import TemplateRuntime

/// How a message names a field.
struct FieldPlaceTests {
  @Test(
    arguments: [
      ("必須項目「件名」（contract.title）が未記入です。", "必須項目「件名」が未記入です。"),
      ("「従事者」２件目（vendor.workers[2]）と「件名」（contract.title）", "「従事者」２件目と「件名」"),
      // Within other parentheses, and behind one that a value left open.
      ("様式（「件名」（contract.title）の欄）", "様式（「件名」の欄）"),
      ("「（株」は「商号」（vendor.name）", "「（株」は「商号」"),
      // What only looks like a path.
      ("「件名」（別記）（YAML）", "「件名」（別記）（YAML）"), ("文字コード（utf）", "文字コード（utf）"), ("閉じない（", "閉じない（"),
    ]
  )
  func pathsAreTakenOut(_ message: String, _ plain: String) {
    #expect(message.withoutFieldPaths == plain)
  }
}
