import DataFiles
import Diagnostics
import Fixtures
import Records
import Testing

struct DataReaderTests {
  private func yaml(_ text: String) -> ReadData {
    YAMLReader.read(SourceText(file: "d.yaml", bytes: Array(text.utf8)))
  }
  private func json(_ text: String) -> ReadData {
    JSONReader.read(SourceText(file: "d.json", bytes: Array(text.utf8)))
  }

  /// key=value@line:column of every scalar, for comparison by eye.
  private func flat(_ data: ReadData) -> [String] {
    func walk(_ node: RawNode, _ path: String) -> [String] {
      let place = "@\(node.location.line):\(node.location.column)"
      switch node.content {
      case .absent: return ["\(path)=∅\(place)"]
      case .scalar(let scalar):
        return [
          "\(path)=\(scalar.isQuoted ? "'" : "")\(String(decoding: scalar.bytes, as: UTF8.self))\(place)"
        ]
      case .sequence(let items):
        return items.enumerated().flatMap { walk($1, path + "[\($0)]") }
      case .mapping(let entries):
        return entries.flatMap {
          walk($0.value, path + "." + $0.key + "(\($0.keyLocation.line):\($0.keyLocation.column))")
        }
      }
    }
    return data.root.map { walk($0, "") } ?? []
  }

  @Test func everythingInYAMLIsText() {
    let data = yaml(
      "a: 0040012\nb: no\nc: 2022-04-01\nd: ~\ne: null\nf:\ng: '~'\nh: \"\"\ni: Null\n"
    )
    #expect(data.diagnostics.isEmpty)
    #expect(
      flat(data) == [
        ".a(1:1)=0040012@1:4", ".b(2:1)=no@2:4", ".c(3:1)=2022-04-01@3:4", ".d(4:1)=∅@4:4",
        ".e(5:1)=∅@5:4", ".f(6:1)=∅@6:3", ".g(7:1)='~@7:4", ".h(8:1)='@8:4", ".i(9:1)=Null@9:4",
      ]
    )
  }

  @Test func columnsCountCharactersWhateverTheirBytes() {
    let data = yaml("名: {氏: 𠮷, 渡邉\u{E0100}: 髙}\r\n次:\r\n  - 一\r\n  - 二 # 注\r\n")
    #expect(
      flat(data) == [
        ".名(1:1).氏(1:5)=𠮷@1:8", ".名(1:1).渡邉\u{E0100}(1:11)=髙@1:16", ".次(2:1)[0]=一@3:5",
        ".次(2:1)[1]=二@4:5",
      ]
    )
    let other = json("{\"名\": {\"氏\": \"𠮷\", \"渡邉\u{E0100}\": \"髙\"},\r\n \"次\": [\"一\",\n \"二\"]}")
    #expect(
      flat(other) == [
        ".名(1:2).氏(1:8)='𠮷@1:13", ".名(1:2).渡邉\u{E0100}(1:18)='髙@1:25", ".次(2:2)[0]='一@2:8",
        ".次(2:2)[1]='二@3:2",
      ]
    )
  }

  /// Keys and values as they stand in the text, and collections in brackets in <>.
  private func pieces(_ data: ReadData, of text: String) -> [String] {
    func piece(_ span: Range<Int>) -> String {
      String(decoding: Array(text.utf8)[span], as: UTF8.self)
    }
    func walk(_ node: RawNode) -> [String] {
      let own = node.isFlow ? ["<" + piece(node.span) + ">"] : []
      switch node.content {
      case .absent, .scalar: return [piece(node.span)]
      case .sequence(let items): return own + items.flatMap(walk)
      case .mapping(let entries):
        return own + entries.flatMap { [piece($0.keySpan)] + walk($0.value) }
      }
    }
    return data.root.map(walk) ?? []
  }

  @Test func spansAreTheBytesOfKeysAndValues() {
    let text = "'名': {氏: '𠮷', 髙: \"\\u4E00\"} # 注\n次:\n- 一 # 注\n- [二: 三]\n四: |\n  五\n六:\n"
    #expect(
      pieces(yaml(text), of: text) == [
        "'名'", "<{氏: '𠮷', 髙: \"\\u4E00\"}>", "氏", "'𠮷'", "髙", "\"\\u4E00\"", "次", "一",
        "<[二: 三]>", "<二: 三>", "二", "三", "四", "|\n  五\n", "六", "",
      ]
    )
    let other = #" {"名": "𠮷\n" , "次" : [ -1.5e3, null,{} ]} "#
    #expect(
      pieces(json(other), of: other) == [
        #"<{"名": "𠮷\n" , "次" : [ -1.5e3, null,{} ]}>"#, #""名""#, #""𠮷\n""#, #""次""#,
        "<[ -1.5e3, null,{} ]>", "-1.5e3", "null", "<{}>",
      ]
    )
  }

  @Test func blocksOfYAMLAreQuotedText() {
    let data = yaml("a: |\n  一\n  二\nb: >-\n  三\n  四\n")
    #expect(flat(data) == [".a(1:1)='一\n二\n@1:4", ".b(4:1)='三四@4:4"])
  }

  /// YAML would put a space between lines.
  @Test(arguments: [
    ("令和４年度\n  業務", "令和４年度業務"), ("Sample\n  Building\n  見本", "Sample Building見本"),
    ("見本 太郎\r\n  花子", "見本 太郎花子"), ("一\n\n  二\n  三", "一\n二三"),
    ("\"一\n  二\\\n  三 \\u56DB\n\n  五\"", "'一二三 四\n五"), ("'それは''一\n  二'''", "'それは'一二'"),
    (">\n    一\n    二\n      三\n    四\n\n    五\n    a\n    b\n", "'一二\n  三\n四\n五a b\n"),
    (">-\r\n  一\r\n  二\r\n", "'一二"),
  ])
  func linesOfAValueAreJoinedAsJapaneseIs(_ text: String, _ value: String) {
    let data = yaml("a: \(text)")
    #expect(flat(data).map { $0.prefix { $0 != "@" } } == [".a(1:1)=\(value)"])
    #expect(data.diagnostics.map(\.code) == [.lineBreak])
    #expect(data.diagnostics.map(\.severity) == [.warning])
  }

  @Test(arguments: [
    ("a: 一\n  b：二", 1), ("a: 一\n  二\n  b:三", 1), ("a:\n  b：二", 1), ("a:\n  - b：二", 0),
    ("a: 一：二", 0), ("a: 一\n  10:00", 0), ("a: 一\n  https://example.jp/", 0),
    ("a: '一\n  b：二'", 0), ("a: |\n  b：二", 0),
  ])
  func aFieldInAValueIsRefused(_ text: String, _ errors: Int) {
    let codes = yaml(text).diagnostics.filter { $0.severity == .error }.map(\.code)
    #expect(codes == Array(repeating: .dataSyntax, count: errors))
  }

  @Test(arguments: [
    ("a: &x 1\nb: *x\n", [DiagnosticCode.dataAlias, .dataAlias]), ("a: !!int 1\n", [.dataTag]),
    ("a: ! x\n", [.dataTag]), ("<<: {a: 1}\n", [.dataAlias]),
    ("a: 1\n---\nb: 2\n", [.severalDocuments]),
    ("? [a]\n: 1\n", [.dataSyntax]), ("a: [1\n", [.dataSyntax]), ("a: 1\n b: 2\n", [.dataSyntax]),
    ("a:\n\t- 1\n", [.dataSyntax]), ("a: 'x\n", [.dataSyntax]), ("a: @x\n", [.dataSyntax]),
    ("a: b: c\n", [.dataSyntax]),
    ("a: 1\na: 2\nb: 1\na: 3\n", [.duplicateKey, .duplicateKey]),
    ("a: \u{7}x\u{0}\n", [.forbiddenCharacter, .forbiddenCharacter]),
    ("a: x\u{85}y\u{2028}z\n", [.forbiddenCharacter, .forbiddenCharacter]), ("\"<<\": 1\n", []),
    ("", []), ("# 注\n", []),
    ("%YAML 1.1\n---\na: 1\n...\n", []),
  ])
  func yamlThatIsMoreThanDataIsRefused(_ text: String, _ codes: [DiagnosticCode]) {
    #expect(yaml(text).diagnostics.map(\.code) == codes)
  }

  @Test func keysAreEqualByBytesOnly() {
    let text = "神: 1\n\u{FA19}: 2\nが: 3\nか\u{3099}: 4\n"
    #expect(yaml(text).diagnostics.isEmpty)
    #expect(json("{\"神\":1,\"\u{FA19}\":2,\"が\":3,\"か\u{3099}\":4}").diagnostics.isEmpty)
    #expect(yaml("が: 3\nが: 4\n").diagnostics.map(\.code) == [.duplicateKey])
  }

  @Test(arguments: [
    "", " ", "{", "[", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "[1 2]", "{a:1}", "{'a':1}",
    "nul", "True", "NaN",
    "01", "-", "1.", ".5", "1e", "+1", "\"", "\"\t\"", "\"\\x\"", "\"\\u12\"", "1 2", "{}x", "[1]]",
    "/*x*/1", "\u{FEFF}1",
    "\u{A0}1", "-01", "0x1",
  ])
  func jsonIsReadStrictly(_ text: String) {
    let data = json(text)
    #expect(data.root == nil)
    #expect(data.diagnostics.map(\.code) == [.dataSyntax])
  }

  @Test func jsonValuesAreText() {
    let data = json(
      "{\"a\":0,\"b\":-1.50e+3,\"c\":true,\"d\":false,\"e\":null,\"f\":\"\\u0041\\n\\/\\uD842\\uDFB7\"}"
    )
    #expect(data.diagnostics.isEmpty)
    #expect(
      flat(data).map { $0.prefix { $0 != "@" } } == [
        ".a(1:2)=0", ".b(1:8)=-1.50e+3", ".c(1:21)=true", ".d(1:30)=false", ".e(1:40)=∅",
        ".f(1:49)='A\n/𠮷",
      ]
    )
  }

  @Test(arguments: ["\\uD800", "\\uDC00", "\\uD800\\u0041", "\\uD800\\uD800", "x\\uDFFFy"])
  func loneSurrogatesAreRefused(_ escape: String) {
    let diagnostics = json("{\"a\": \"\(escape)\"}").diagnostics
    #expect(!diagnostics.isEmpty && diagnostics.allSatisfy { $0.code == .forbiddenCharacter })
  }

  @Test func everyRepeatedNameIsReportedInJSONToo() {
    let data = json("{\"a\":1,\"a\":2,\"b\":{\"c\":1,\"\\u0063\":2},\"a\":3}")
    #expect(data.diagnostics.map(\.code) == [.duplicateKey, .duplicateKey, .duplicateKey])
    #expect(flat(data).count == 2)
  }

  @Test func nestingIsLimited() {
    for depth in [64, 65, 100_000] {
      let open = String(repeating: "[", count: depth)
      let close = String(repeating: "]", count: depth)
      let expected: [DiagnosticCode] = depth <= 64 ? [] : [.nestingTooDeep]
      #expect(json(open + close).diagnostics.map(\.code) == expected)
      #expect(yaml(open + close).diagnostics.map(\.code) == expected)
    }
  }

  @Test func theNumberOfValuesIsLimited() {
    var limits = DataLimits()
    limits.events = 50
    let text = SourceText(
      file: "d",
      bytes: Array(("[" + repeatElement("1,", count: 60).joined() + "1]").utf8)
    )
    #expect(JSONReader.read(text, limits: limits).diagnostics.map(\.code) == [.fileTooLarge])
    #expect(YAMLReader.read(text, limits: limits).diagnostics.map(\.code) == [.fileTooLarge])
  }

  @Test func aLongLineIsReadInLinearTime() {
    let items = (0..<100_000).map { "\"値\($0)\"" }.joined(separator: ",")
    let clock = ContinuousClock()
    let duration = clock.measure {
      #expect(json("[\(items)]").diagnostics.isEmpty)
      #expect(yaml("[\(items)]").diagnostics.isEmpty)
    }
    #expect(duration < .seconds(60))
  }

  @Test func noBytesMakeAReaderTrap() {
    var generator = SeededGenerator(seed: 8_259)
    let pieces = [
      "{", "}", "[", "]", ":", ",", "\"", "'", "\\u", "D800", "a", "髙", "\n", " ", "  ", "- ", "? ",
      ": ", "|", ">", "&a",
      "*a", "!t", "#", "%", "---\n", "...\n", "null", "1", "\t", "<<", "\u{FEFF}", "~",
    ]
    for _ in 0..<5_000 {
      let text = (0..<Int.random(in: 1...30, using: &generator))
        .compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      let results = [yaml(text), json(text)]
      #expect(results.allSatisfy { $0.root != nil || !$0.diagnostics.isEmpty })
    }
  }
}
