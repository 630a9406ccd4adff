import Diagnostics
import Testing

struct DiagnosticFormatterTests {
  private let template = SourceText(
    file: "annex.xml",
    bytes: Array("<annex>\n\t第１条の<rex to=\"a\"/>を\n</annex>\n".utf8)
  )

  private func diagnostic(line: Int, column: Int, file: String = "annex.xml") -> Diagnostic {
    Diagnostic(
      .unknownElement,
      at: Diagnostics.SourceLocation(file: file, line: line, column: column),
      ja: "要素 rex はありません。",
      en: "There is no element rex.",
      hint: Message(ja: "ref ではありませんか", en: "did you mean ref?")
    )
  }

  @Test func theCaretStandsUnderWideCharactersAndTabs() {
    let formatter = DiagnosticFormatter(language: .ja, quoting: [template])
    #expect(
      formatter.text(diagnostic(line: 2, column: 6)) == """
        annex.xml:2:6: エラー[unknown-element]: 要素 rex はありません。
          2 │ \t第１条の<rex to="a"/>を
            │ \t        ^
          ヒント: ref ではありませんか

        """
    )
  }

  @Test func theCommandLineGivesPathsAndOptions() {
    let diagnostic = Diagnostic(
      .missingValue,
      at: Diagnostics.SourceLocation(file: "data.yaml"),
      of: Diagnostic.Subject(name: "必須項目「件名」", path: "contract.title"),
      ja: "が未記入です。",
      en: "contract.title (件名) is required, but missing.",
      advice: .chooseOutput
    )
    #expect(diagnostic.message.ja == "必須項目「件名」が未記入です。")
    #expect(
      DiagnosticFormatter(language: .ja).text(diagnostic) == """
        data.yaml: エラー[missing-value]: 必須項目「件名」（contract.title）が未記入です。
          ヒント: 出力先は --out で変えられます。

        """
    )
  }

  @Test func dataIsNeverQuoted() {
    let formatter = DiagnosticFormatter(language: .en, quoting: [template])
    #expect(
      formatter.text(diagnostic(line: 2, column: 6, file: "data.yaml")) == """
        data.yaml:2:6: error[unknown-element]: There is no element rex.
          hint: did you mean ref?

        """
    )
  }

  @Test func placesWithoutALineOrBeyondTheFileHaveNoExcerpt() {
    let formatter = DiagnosticFormatter(language: .ja, quoting: [template])
    for (line, column) in [(0, 0), (99, 1)] {
      #expect(!formatter.text(diagnostic(line: line, column: column)).contains("│"))
    }
    #expect(formatter.text(diagnostic(line: 1, column: 999)).contains("│        ^"))
  }

  @Test func aLongLineIsCutAroundThePlace() {
    let long = SourceText(file: "a.xml", bytes: Array(String(repeating: "あ", count: 1000).utf8))
    let formatter = DiagnosticFormatter(language: .ja, quoting: [long])
    let text = formatter.text(diagnostic(line: 1, column: 501, file: "a.xml"))
    let lines = text.split(separator: "\n")
    #expect(lines[1] == "  1 │ …" + String(repeating: "あ", count: 120) + "…")
    #expect(lines[2] == "    │ " + String(repeating: " ", count: 121) + "^")
  }

  @Test func combiningMarksTakeNoColumn() {
    let text = SourceText(file: "a.xml", bytes: Array("邉\u{E0100}e\u{301}x".utf8))
    let formatter = DiagnosticFormatter(language: .ja, quoting: [text])
    let printed = formatter.text(diagnostic(line: 1, column: 5, file: "a.xml"))
    #expect(printed.split(separator: "\n")[2] == "    │    ^")
  }

  @Test func nothingThatATerminalObeysIsPrinted() {
    let text = SourceText(file: "a.xml", bytes: Array("\u{1B}[2J\u{202E}x".utf8))
    let formatter = DiagnosticFormatter(language: .en, quoting: [text])
    let hostile = Diagnostic(
      .dataSyntax,
      at: Diagnostics.SourceLocation(file: "a.xml", line: 1, column: 1),
      ja: "\u{9B}2J",
      en: "\u{1B}[31m\r\u{7}"
    )
    let printed = formatter.text(hostile)
    #expect(!printed.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
  }

  @Test func coloursAreOnlyThereWhenAskedFor() {
    let place = diagnostic(line: 1, column: 1)
    let colored = DiagnosticFormatter(language: .ja, isColored: true).text(place)
    #expect(!DiagnosticFormatter(language: .ja).text(place).contains("\u{1B}"))
    #expect(colored.contains("\u{1B}[31mエラー[unknown-element]\u{1B}[0m"))
  }

  @Test func theSummaryCounts() {
    let diagnostics = [
      diagnostic(line: 1, column: 1), diagnostic(line: 2, column: 1),
      Diagnostic(
        .ruleViolated,
        .warning,
        at: Diagnostics.SourceLocation(file: "a"),
        ja: "",
        en: ""
      ),
    ]
    #expect(DiagnosticFormatter(language: .ja).summary(diagnostics) == "エラー 2件、警告 1件")
    #expect(DiagnosticFormatter(language: .en).summary(diagnostics) == "2 errors, 1 warning")
    #expect(DiagnosticFormatter(language: .en).summary([]) == "")
  }

  @Test func programsGetBothLanguages() {
    let bytes = [diagnostic(line: 2, column: 0)].json.bytes
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        [{"code":"unknown-element","severity":"error","file":"annex.xml","line":2,"column":null,\
        "context":null,"field":null,"message":{"ja":"要素 rex はありません。","en":"There is no element rex."},\
        "hint":{"ja":"ref ではありませんか","en":"did you mean ref?"}}]
        """
    )
  }
}

struct JSONValueTests {
  @Test func stringsAreEscaped() {
    let value = JSONValue.string("\"\\\n\t\u{1}\u{7F}\u{85}\u{2028}/é𠮷")
    #expect(
      String(decoding: value.bytes, as: UTF8.self) == #""\"\\\n\t\u0001\u007f\u0085\u2028/é𠮷""#
    )
  }

  /// Eight bytes are looked at together, and 512 escaped at once.
  @Test(arguments: [0..<18, 494..<530])
  func charactersAreEscapedWhereverTheyStand(_ places: Range<Int>) {
    var escapes = [("\"", "\\\""), ("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t")]
    escapes += [("\u{0}", "\\u0000"), ("\u{1F}", "\\u001f"), ("\u{7F}", "\\u007f")]
    escapes += [("\u{80}", "\\u0080"), ("\u{9F}", "\\u009f")]
    escapes += [("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")]
    let plain = " !#[]^}~ひ𠮷\u{A0}\u{FF}\u{2027}\u{202A}\u{2190}\u{FFFF}\u{10FFFF}"
    for character in plain.unicodeScalars {
      escapes.append((String(character), String(character)))
    }
    for (index, (character, escape)) in escapes.enumerated() {
      let (other, otherEscape) = escapes[(index * 7 + 3) % escapes.count]
      for place in places {
        let before = String(repeating: "x", count: place)
        let text = before + character + other + character + "xxxxx"
        let expected = "\"" + before + escape + otherEscape + escape + "xxxxx\""
        #expect(JSONValue.string(text).bytes == Array(expected.utf8))
        #expect(JSONValue.text(Array(text.utf8)).bytes == Array(expected.utf8))
      }
    }
  }

  @Test func membersKeepTheirOrder() {
    let value = JSONValue.object([
      ("b", .array([])), ("a", .array([.integer(-1), .bool(true), .null])), ("c", .object([])),
    ])
    #expect(String(decoding: value.bytes, as: UTF8.self) == #"{"b":[],"a":[-1,true,null],"c":{}}"#)
    #expect(
      String(decoding: value.indentedBytes, as: UTF8.self) == """
        {
          "b": [],
          "a": [
            -1,
            true,
            null
          ],
          "c": {}
        }

        """
    )
  }
}

struct JSONLayoutTests {
  @Test func whatFitsStaysOnItsLine() {
    let value = JSONValue.object([
      ("短い", .array([.integer(1), .null, .object([])])),
      ("long", .array([.string("0123456789"), .object([("a", .bool(true)), ("b", .array([]))])])),
    ])
    #expect(
      String(decoding: value.bytes(fitting: 28), as: UTF8.self) == """
        {
          "短い": [1, null, {}],
          "long": [
            "0123456789",
            {"a": true, "b": []}
          ]
        }

        """
    )
    #expect(value.bytes(fitting: 200).filter { $0 == 0x0A }.count == 1)
  }
}
