import Diagnostics
import Fixtures
import Markup
import Testing

/// Every element, attribute and character stands where the parser says, to the line and column.
struct PlaceTests {
  @Test(arguments: PlacedDocument.LineEnd.allCases, [false, true])
  func randomDocumentsStandWhereTheyWereWritten(
    _ lineEnd: PlacedDocument.LineEnd,
    _ hasByteOrderMark: Bool
  ) throws {
    var generator = SeededGenerator(seed: 1)
    for round in 0..<60 {
      let document = PlacedDocument.random(
        lineEnd: lineEnd,
        hasByteOrderMark: hasByteOrderMark,
        &generator
      )
      let (root, diagnostics) = MarkupParser.parse(document.source)
      let marks = try #require(root, "round \(round): \(diagnostics) \(String(document.scalars))")
        .marks
      let difference = zip(document.marks, marks).first { $0 != $1 }
      #expect(difference == nil, "round \(round)")
      #expect(document.marks.count == marks.count, "round \(round)")
      if difference != nil { return }
    }
  }

  /// libxml2 counts lines in 16 bits and says 65,535 of all that follow.
  @Test(arguments: PlacedDocument.LineEnd.allCases)
  func placesAreExactBeyondLine65535(_ lineEnd: PlacedDocument.LineEnd) throws {
    var document = PlacedDocument(lineEnd: lineEnd, hasByteOrderMark: false)
    document.mark("element annex")
    document.write("<annex>")
    document.write("<!--" + String(repeating: "\n", count: 70_000) + "-->")
    document.text("\n\n")
    document.text("　")
    document.mark("element p")
    document.write("<p\n ")
    document.mark("attribute id")
    document.write("id=''>")
    document.reference("&gt;", to: ">")
    document.text("前項")
    document.write("</p>")
    document.mark("end p")
    document.write("</annex>")
    document.mark("end annex")
    let root = try #require(MarkupParser.parse(document.source).root)
    #expect(root.marks == document.marks)
    #expect(root.elements.first?.location.line == 70_003)
  }

  /// An attribute is found by its name where its value, or another's, looks like it.
  @Test func attributesAreNotConfusedWithValues() throws {
    let root = try parsed("<a x='id=\"1\"' ｉd=\"'\" id='b' xmlns:n='urn:n' n:id='c'/>")
    let places = root.attributes.map {
      "\($0.namespace)|\($0.name)=\($0.value) \($0.location.column)"
    }
    #expect(places == ["|x=id=\"1\" 4", "|ｉd=' 15", "|id=b 22", "urn:n|id=c 45"])
  }

  @Test func oneLongLineIsCountedInCharacters() throws {
    let row = "<p>第六条</p>"
    let count = 3000
    let root = try parsed("<a>" + String(repeating: row, count: count) + "</a>")
    let columns = root.elements.map(\.location.column)
    #expect(columns == (0..<count).map { 4 + $0 * row.unicodeScalars.count })
    #expect(root.location.line == 1 && root.end.column == 4 + count * row.unicodeScalars.count + 4)
  }

  private func parsed(_ text: String) throws -> Element {
    try #require(MarkupParser.parse(SourceText(file: "a.xml", bytes: Array(text.utf8))).root)
  }
}
