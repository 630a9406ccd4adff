import Diagnostics
import Markup
import Testing

/// What is wrong with a file, and where: all of it in one go.
struct FaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: [String]

    init(_ text: String, _ expected: String...) {
      self.text = text
      self.expected = expected
    }

    var testDescription: String { String(text.prefix(60)) }
  }

  static let cases = [
    // Tags
    Case("<a>\n <b>x</a>\n</a>", "2:6 This end tag does not match the start tag “b” in line 2."),
    Case("<a>\n\n</b>", "3:1 This end tag does not match the start tag “a” in line 1."),
    Case("<a>x", "1:1 The element “a” is never closed."),
    Case("<a>\n<b/> <b>\n第六条", "2:6 The element “b” is never closed."),
    Case("<a><b</a>", "1:6 A tag is not finished."),
    Case("<a", "1:3 A tag is not finished."),
    Case("<a></a b=\"1\">", "1:8 A tag is not finished."),
    Case("<a>a < b</a>", "1:6 There is no name behind “<”."),
    Case("<a>\n条文<1/></a>", "2:3 There is no name behind “<”."),
    // Attributes
    Case("<a x=1/>", "1:6 An attribute is not written correctly."),
    Case("<a x/>", "1:5 An attribute is not written correctly."),
    Case("<a\n x=\"1\" x=\"2\"/>", "1:1 An attribute is written twice."),
    Case("<a x=\"<\"/>", "1:7 An attribute is not written correctly."),
    Case("<a x=\"1'/>\n<b/></a>", "1:6 The quote around this value is never closed."),
    Case("<a x=\"1 > 0 < 2\"/>", "1:13 An attribute is not written correctly."),
    Case("<a x=“1”/>", "1:6 The ““” in this tag is not an ASCII sign."),
    Case("<a　x=\"1\"/>", "1:3 There is an ideographic space in this tag."),
    Case("<a x=\"条　文\" y=1/>", "1:14 An attribute is not written correctly."),
    // References and characters
    Case("<a>x&nbsp;</a>", "1:5 A reference is not valid."),
    Case("<a>条 & 項</a>", "1:6 A reference is not valid."),
    Case("<a>&amp b</a>", "1:4 A reference is not valid."),
    Case("<a>\n&#0;</a>", "2:1 A reference is not valid."),
    Case("<a>&#xFFFE;</a>", "1:4 A reference is not valid."),
    Case("<a x=\"条&y;\"/>", "1:8 A reference is not valid."),
    Case("<a>条\u{1}</a>", "1:5 A character here is not allowed in XML."),
    Case("<a>\u{FFFE}</a>", "1:4 A character here is not allowed in XML."),
    Case("<a>x]]>y</a>", "1:5 “]]>” cannot stand in text."),
    Case("<a>\n条文]]>条</a>", "2:3 “]]>” cannot stand in text."),
    // Namespaces
    Case("<a>\n <q:b/></a>", "2:2 A namespace is not written correctly."),
    Case("<a xmlns:x=\"\"/>", "1:1 A namespace is not written correctly."),
    // Sections that do not end
    Case("<a><!-- x -- y --></a>", "1:11 A comment is not written correctly."),
    Case("<a>\n<!-- <b> </a>", "2:1 A comment is not written correctly."),
    Case("<a>\n <![CDATA[ x</a>", "2:2 A CDATA section is not closed."),
    Case("<a><? x?></a>", "1:4 A processing instruction is not written correctly."),
    // The whole
    Case("", "1:1 The start tag of the root element is missing here."),
    Case("<!-- x -->", "1:11 The start tag of the root element is missing here."),
    Case("text<a/>", "1:1 The start tag of the root element is missing here."),
    Case("<a/><b/>", "1:5 There is content behind the last end tag."),
    Case("<a/>\n末尾", "2:1 There is content behind the last end tag."),
    Case(" <?xml version=\"1.0\"?><a/>", "1:2 The XML declaration is not written correctly."),
    Case(
      "<?xml version=\"1.0\" x=\"y\"?><a/>",
      "1:1 The XML declaration is not written correctly."
    ),
    Case("<?xml version=\"1.1\"?><a/>", "1:16 The XML declaration is not written correctly."),
    // Several at once
    Case(
      "<a>\n<p>一</q>\n<p>&x;</p>\n<p a=\"1\" a=\"2\"/>\n</a>",
      "2:5 This end tag does not match the start tag “p” in line 2.",
      "3:4 A reference is not valid.",
      "4:1 An attribute is written twice."
    ),
    Case(
      "<a>\n<b>\n<c>\n</b>\n</a>",
      "4:1 This end tag does not match the start tag “c” in line 3."
    ),
  ]

  @Test(arguments: cases)
  func faultsAreReportedWhereTheyAre(_ faulty: Case) {
    let (root, diagnostics) = MarkupParser.parse(
      SourceText(file: "a.xml", bytes: Array(faulty.text.utf8))
    )
    #expect(root == nil)
    #expect(
      diagnostics.map { "\($0.location.line):\($0.location.column) \($0.message.en)" }
        == faulty.expected
    )
  }

  /// Not one of a hundred errors in one file is kept back, up to the limit.
  @Test func allErrorsAreCollected() {
    let text = "<a>\n" + String(repeating: "<p>&x;</p>\n", count: 100) + "</a>"
    var limits = MarkupParser.Limits.template
    limits.errors = 200
    let source = SourceText(file: "a.xml", bytes: Array(text.utf8))
    let lines = MarkupParser.parse(source, limits: limits).diagnostics.map(\.location.line)
    #expect(lines == Array(2...101))
    #expect(MarkupParser.parse(source).diagnostics.count == MarkupParser.Limits.template.errors)
  }

  /// A diagnostic never quotes the file: it may come from anywhere.
  @Test(arguments: cases)
  func diagnosticsDoNotQuoteText(_ faulty: Case) {
    let marker = "秘密の値"
    let text = faulty.text.replacing("条", with: marker).replacing("y", with: "himitsu")
    let (_, diagnostics) = MarkupParser.parse(SourceText(file: "a.xml", bytes: Array(text.utf8)))
    for diagnostic in diagnostics {
      let said = "\(diagnostic.message) \(String(describing: diagnostic.hint))"
      #expect(!said.contains(marker) && !said.contains("himitsu"))
    }
  }
}
