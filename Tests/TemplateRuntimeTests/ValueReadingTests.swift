import Diagnostics
import Fixtures
import Records
import Testing

/// One value after another through the whole binder, as `SmallDictionary` types it.
struct ValueReadingTests {
  private func bind(_ text: String, at path: String) -> Binding {
    SmallDictionary.shared.bind(.value(text, at: path), mode: .blank, date: nil)
  }

  private func number(_ text: String, at path: String) -> Int64? {
    let binding = bind(text, at: path)
    guard binding.diagnostics.isEmpty,
      let slot = binding.everything.slot(at: path, SmallDictionary.shared), slot.kind == .number
    else { return nil }
    return slot.number
  }

  private func text(_ text: String, at path: String) -> String? {
    let binding = bind(text, at: path)
    guard binding.diagnostics.isEmpty else { return nil }
    return binding.everything.text(at: path, SmallDictionary.shared)
  }

  private func code(_ text: String, at path: String) -> DiagnosticCode? {
    bind(text, at: path).diagnostics.first?.code
  }

  @Test(arguments: ["\u{A0}", "\u{AD}", "\u{200B}", "\u{202D}", "\u{2060}", "\u{FEFF}"])
  func nothingUnseenStandsInAnIdentifier(_ unseen: String) {
    for id in ["V001\(unseen)", "V\(unseen)001"] {
      let codes = bind(id, at: "vendor.id").diagnostics.map(\.code)
      #expect(codes == [.forbiddenCharacter])
    }
    #expect(bind("Ｖ００１", at: "vendor.id").diagnostics.isEmpty)
  }

  @Test(arguments: [
    "令和４年４月１日", "令和4年4月1日", "令和４年４月１日（金）", "令和4年4月1日(金)", "令和4年4月1日金曜日",
    "令和四年四月一日", "令和　４年　４月　１日", "R4.4.1", "Ｒ４．４．１", "r04.04.01", "R4/4/1", "令4.4.1",
    "㋿4.4.1", "西暦2022年4月1日", "2022年4月1日", "二〇二二年四月一日", "2022/4/1", "２０２２／４／１",
    "2022-04-01", "2022.4.1", "20220401", " 2022-04-01\t", "　令和４年４月１日　",
    "2022/4/1 0:00", "2022/04/01 00:00:00", "2022-04-01T00:00:00", "2022-04-01 00:00:00.000",
    "2022-04-01T00:00:00Z", "2022-04-01T00:00:00.0000000+09:00", "2022-04-01T00:00+09:00",
    "令和４年４月１日 午前０時",
    "\u{202D}2022-04-01\u{202C}", "2022ー04ー01", "2022─4─1",
  ])
  func datesAreReadInEverySpelling(_ spelling: String) {
    #expect(
      number(spelling, at: "contract.date") == CivilDate(year: 2022, month: 4, day: 1)?.dayNumber
    )
  }

  @Test(arguments: [
    ("令和元年５月１日", 2019, 5, 1), ("令和1年5月1日", 2019, 5, 1), ("R1.5.1", 2019, 5, 1),
    ("R元.5.1", 2019, 5, 1), ("平成31年４月30日", 2019, 4, 30), ("平成元年1月8日", 1989, 1, 8),
    ("昭和64年1月7日", 1989, 1, 7), ("昭和元年12月25日", 1926, 12, 25), ("大正元年7月30日", 1912, 7, 30),
    ("明治45年7月29日", 1912, 7, 29), ("明治元年10月23日", 1868, 10, 23), ("令和十年十二月二十五日", 2028, 12, 25),
    ("令和2年2月29日", 2020, 2, 29), ("2000-02-29", 2000, 2, 29), ("昭和六十年一月二日", 1985, 1, 2),
  ])
  func erasBeginAndEndOnTheirDays(_ spelling: String, _ year: Int, _ month: Int, _ day: Int) {
    #expect(
      number(spelling, at: "contract.date")
        == CivilDate(year: year, month: month, day: day)?.dayNumber
    )
  }

  @Test(arguments: [
    ("令和元年4月30日", DiagnosticCode.impossibleDate), ("令和3年2月29日", .impossibleDate),
    ("1900-02-29", .impossibleDate), ("2022-13-01", .impossibleDate),
    ("2022-00-01", .impossibleDate),
    ("2022-04-31", .impossibleDate), ("令和０年4月1日", .impossibleDate), ("平成34年４月１日", .impossibleDate),
    ("昭和65年1月1日", .impossibleDate), ("明治元年10月22日", .impossibleDate),
    ("令和４年４月１日（木）", .impossibleDate), ("0000-01-01", .impossibleDate),
    ("4/1", .wrongType), ("22/4/1", .wrongType), ("2022/4", .wrongType), ("2022-4/1", .wrongType),
    ("令和四", .wrongType), ("4月1日", .wrongType), ("44652", .wrongType), ("春", .wrongType),
    ("2022-04-01T10:00", .wrongType), ("2022-04-01x", .wrongType),
    ("99999999999999999999", .wrongType),
    ("2022-04-001", .wrongType), ("2022/4/1 9:00", .wrongType),
    ("2022-03-31T15:00:00Z", .wrongType),
    ("2022-04-01T00:00:01", .wrongType), ("2022-04-01 24:00", .wrongType),
    ("2022-04-01Z", .wrongType),
    ("2022-04-01T00:00-05:00", .wrongType),
    ("令和2023年3月31日", .impossibleDate), ("R2023.3.31", .impossibleDate),
    ("令和二〇二三年三月三十一日", .impossibleDate),
    ("平成2023年3月31日", .impossibleDate), ("令和9999年1月1日", .impossibleDate),
    ("令和99年4月1日", .impossibleDate),
    ("令和83年1月1日", .impossibleDate), ("令和100年1月1日", .impossibleDate),
    ("2101-01-01", .impossibleDate),
    ("9999-12-31", .impossibleDate), ("0022-04-01", .impossibleDate),
    ("1868-10-22", .impossibleDate),
    ("大正16年1月1日", .impossibleDate), ("明治46年1月1日", .impossibleDate),
  ])
  func wrongDatesAreDistinguished(_ spelling: String, _ expected: DiagnosticCode) {
    #expect(code(spelling, at: "contract.date") == expected)
  }

  @Test func aDayOfTheErasLastYearAfterItsEndIsReadWithAWarning() {
    let binding = bind("平成31年５月１日", at: "contract.date")
    #expect(binding.diagnostics.map(\.severity) == [.warning])
    #expect(binding.everything.slot(at: "contract.date", SmallDictionary.shared)?.number == 18_017)
  }

  @Test func aYearThatNeverWasSuggestsTheOneThatIs() {
    let hint = bind("平成34年４月１日", at: "contract.date").diagnostics.first?.hint
    #expect(hint?.ja == "平成34年ではなく、令和４年と書いてください")
  }

  @Test func aYearOfFourDigitsInAnEraSuggestsTheErasOwn() {
    let hint = bind("令和2023年３月31日", at: "contract.date").diagnostics.first?.hint
    #expect(hint?.ja == "「令和」を除いて西暦で書くか、令和５年と書いてください")
  }

  @Test func aTextOfOneLineIsJoinedAsJapaneseIs() {
    let path = "contract.title"
    for (typed, printed) in [
      ("見本台帳\nデータ入力", "見本台帳データ入力"), ("見本　\r\n　台帳", "見本台帳"), ("Data\nentry", "Data entry"),
      ("令和4年度\n\nWeb 入力", "令和4年度Web 入力"),
    ] {
      let binding = bind(typed, at: path)
      #expect(binding.diagnostics.map(\.code) == [.lineBreak])
      #expect(binding.diagnostics.map(\.severity) == [.warning])
      #expect(binding.everything.text(at: path, SmallDictionary.shared) == printed)
    }
    #expect(code("V\n001", at: "vendor.id") == .lineBreak)
  }

  /// － and its like are no value of any type; the others are kept from the papers.
  @Test(
    arguments: ["－", "ー", "-", "─", "×", "NULL", "nan", "None", "N/A"],
    [
      "contract.title", "contract.number", "contract.date", "contract.amount", "contract.remarks",
      "contract.deposit",
      "vendor.contact.tel", "vendor.postal", "vendor.individual",
    ]
  )
  func whatStandsForNothingIsNoValue(_ text: String, _ path: String) {
    let binding = bind(text, at: path)
    #expect(binding.diagnostics.map(\.code) == [.placeholder])
    #expect(binding.diagnostics.map(\.severity) == [.warning])
    #expect(binding.everything.slot(at: path, SmallDictionary.shared)?.kind == .absent)
  }

  @Test(arguments: [
    "contract.title", "contract.number", "contract.date", "vendor.contact.tel", "contract.remarks",
  ])
  func aZeroIsNoValueWhereNoNumberIsMeant(_ path: String) {
    #expect(bind("0", at: path).diagnostics.map(\.severity) == [.warning])
    #expect(code("0", at: path) == .placeholder)
  }

  /// What is not known yet is an empty place, where no words can be a value.
  @Test(
    arguments: ["なし", "未定", "後日", "未入力", "不詳"],
    [
      "contract.date", "contract.amount", "contract.copies", "contract.deposit",
      "vendor.contact.tel", "vendor.contact.email", "vendor.postal",
    ]
  )
  func wordsOfAnOpenValueAreNone(_ text: String, _ path: String) {
    let binding = bind(text, at: path)
    #expect(binding.diagnostics.map(\.code) == [.placeholder])
    #expect(binding.diagnostics.map(\.severity) == [.warning])
  }

  @Test(arguments: [
    ("=\"0040012\"", "0040012"), ("'0040012", "0040012"), (" '0040012　", "0040012"),
    ("=\"2001/2/3\"", "2001/2/3"), ("2022-04-01", "2022-04-01"),
  ])
  func anIdentifierIsReadWithAWarning(_ typed: String, _ read: String) {
    let binding = bind(typed, at: "contract.number")
    #expect(binding.everything.text(at: "contract.number", SmallDictionary.shared) == read)
    #expect(binding.diagnostics.map(\.code) == [.damagedCell])
    #expect(binding.diagnostics.map(\.severity) == [.warning])
  }

  @Test(arguments: ["4.0012e4", "1.23E+15", "40,012", "40012.0"])
  func anIdentifierThatLostItsDigitsIsRefused(_ typed: String) {
    let binding = bind(typed, at: "contract.number")
    #expect(binding.diagnostics.map(\.code) == [.damagedCell])
    #expect(binding.diagnostics.map(\.severity) == [.error])
  }

  @Test(arguments: [
    "'22-001", "22e", "22E10", "3e5", "2022.4.1", "1,2", "40012.5", "2022-04-001", "C=\"1\"",
  ])
  func anIdentifierMayLookOtherwise(_ typed: String) {
    #expect(text(typed, at: "contract.number") == typed)
  }

  @Test(arguments: ["contract.title", "contract.number", "contract.date", "contract.remarks"])
  func noLostCharacterIsPrinted(_ path: String) {
    for mode in PacketMode.allCases {
      let bound = SmallDictionary.shared.bind(.value("見\u{FFFD}本", at: path), mode: mode, date: nil)
      let own = bound.diagnostics.filter { $0.field == path }
      #expect(own.map(\.code) == [.lostCharacter])
      #expect(own.map(\.severity) == [.error])
    }
  }

  /// Bytes that are no text, as they would come from a reader that does not check.
  @Test func anyBytesAreReadOrRefused() {
    for a in UInt8.min...UInt8.max {
      for bytes in [[a], [0x61, a], [0xE2, a], [0xE2, 0x80, a], [0xEF, a], [0xC2, a]] {
        for type in [FieldType.text, .multiline, .identifier, .date, .money, .phone] {
          _ = type.standsForNothing(bytes)
        }
        let value = RawNode(
          .scalar(RawScalar(bytes: bytes, isQuoted: true)),
          at: SourceLocation(file: "")
        )
        for path in ["contract.title", "contract.number", "contract.date", "contract.remarks"] {
          let parts = path.split(separator: ".").map(String.init)
          let tree = parts.reversed().reduce(value) { node, key in
            RawNode(
              .mapping([RawNode.Entry(key: key, keyLocation: SourceLocation(file: ""), value: node)]
              ),
              at: SourceLocation(file: "")
            )
          }
          _ = SmallDictionary.shared.bind(tree, mode: .blank, date: nil)
        }
      }
    }
  }

  @Test(
    arguments: [
      "〃", "同上", "同　上", "上記", "々", "TRUE", "false", "#REF!", "#N/A", "##", "####################",
      "Err:508",
      "=A1", "=$AB$12",
    ],
    ["contract.title", "contract.number", "contract.date", "contract.amount", "contract.remarks"]
  )
  func whatPointsElsewhereIsRefused(_ text: String, _ path: String) {
    let binding = bind(text, at: path)
    #expect(binding.diagnostics.map(\.code) == [.placeholder])
    #expect(binding.diagnostics.map(\.severity) == [.error])
  }

  @Test func whatMayBeAnAnswerIsOne() {
    for word in ["なし", "無", "該当なし", "未定", "株式会社同上", "０丁目", "TRUE株式会社", "Err", "=A"] {
      #expect(text(word, at: "contract.title") == word)
    }
    #expect(code("なし", at: "vendor.contact.tel") == .placeholder)
  }

  @Test(arguments: ["なし", "未定", "該当なし", "？", "○", "無", "要確認", "TBD"])
  func aNeededTextSaysSomething(_ word: String) {
    let tree = RawNode.value(word, at: "vendor.name")
    for mode in [PacketMode.prefilled, .final] {
      let diagnostics = SmallDictionary.shared.bind(tree, mode: mode, date: nil).diagnostics
      #expect(diagnostics.filter { $0.field == "vendor.name" }.map(\.code) == [.placeholder])
    }
    #expect(bind(word, at: "vendor.name").diagnostics.isEmpty)
  }

  @Test func whatIsLikeAHyphenIsOneBetweenASCIIDigits() {
    for typed in ["2022ー001", "2022─001", "2022ｰ001", "2022－001", "2022−001"] {
      #expect(text(typed, at: "contract.number") == "2022-001")
    }
    #expect(text("サーバー1", at: "contract.number") == "サーバー1")
    #expect(text("２０２２－００１", at: "contract.number") == "２０２２－００１")
  }

  @Test(arguments: [
    ("2022-04-11T10:00", 600), ("2022-04-11 10:00", 600), ("2022/4/11 9:05", 545),
    ("令和４年４月11日　午前10時", 600), ("令和４年４月11日 午前10時", 600), ("令和4年4月11日午後３時半", 930),
    ("令和４年４月11日15:30", 930), ("令和４年４月11日 15：30", 930), ("R4.4.11 15時30分", 930),
    ("令和４年４月11日（月）午前０時５分", 5), ("2022-04-11 正午", 720), ("2022-04-11T23:59", 1439),
    ("2022-04-11 午後0時30分", 750), ("2022-04-11T10:00:00", 600),
  ])
  func timesAreReadInEverySpelling(_ spelling: String, _ minute: Int64) {
    let day = CivilDate(year: 2022, month: 4, day: 11)?.dayNumber ?? 0
    #expect(number(spelling, at: "vendor.incident.occurred_at") == day * 1440 + minute)
  }

  @Test(arguments: [
    ("2022-04-11", DiagnosticCode.wrongType), ("2022-04-11T24:00", .impossibleDate),
    ("2022-04-11T10:60", .impossibleDate), ("2022-04-11 午後12時", .wrongType),
    ("2022-04-11 午後15時", .impossibleDate), ("2022-04-11T10:00:30", .wrongType),
    ("2022-04-11T10:00Z", .wrongType), ("2022-04-11T10", .wrongType), ("10:00", .wrongType),
    ("2022-02-30T10:00", .impossibleDate), ("2022-04-11T1:0", .wrongType),
  ])
  func wrongTimesAreDistinguished(_ spelling: String, _ expected: DiagnosticCode) {
    #expect(code(spelling, at: "vendor.incident.occurred_at") == expected)
  }

  @Test(arguments: [
    ("12345678", 12_345_678), ("12,345,678", 12_345_678), ("１２，３４５，６７８", 12_345_678),
    ("金12,345,678円", 12_345_678), ("金１２，３４５，６７８円也", 12_345_678), ("￥1,234,567－", 1_234_567),
    ("¥1,234,567-", 1_234_567), ("\\500", 500), ("0", 0), ("金０円", 0),
    ("999,999,999,999", 999_999_999_999), ("007", 7),
    ("12,345,678円（税込）", 12_345_678), ("12,345,678円 (税込み)", 12_345_678),
    ("税込12,345,678円", 12_345_678),
    ("金12,345,678円整", 12_345_678), ("金 12,345,678 円 也", 12_345_678),
    ("12,345,678円（消費税込）", 12_345_678),
    ("12345678.00", 12_345_678), ("￥12,345,678円－", 12_345_678),
    ("12,345円（消費税及び地方消費税を含む。）", 12_345), ("￥12345.-", 12_345), ("￥１２，３４５．－", 12_345),
  ])
  func amountsAreReadAsOfficesWriteThem(_ spelling: String, _ yen: Int64) {
    #expect(number(spelling, at: "contract.amount") == yen)
  }

  @Test(arguments: ["△500", "-500円", "1,000,000,000,000", "999999999999999999"])
  func whatNoContractCostsIsRefused(_ spelling: String) {
    #expect(code(spelling, at: "contract.amount") == .outOfRange)
  }

  @Test func theOtherNumbersHaveTheirRanges() {
    #expect(code("-1", at: "contract.copies") == .outOfRange)
    #expect(code("1,000,000,000", at: "contract.copies") == .outOfRange)
    #expect(code("100.0001", at: "contract.ratio") == .outOfRange)
    #expect(code("-0.5％", at: "contract.ratio") == .outOfRange)
    #expect(number("100%", at: "contract.ratio") == 1_000_000)
    #expect(number("-0.5", at: "contract.score") == -5_000)
  }

  @Test(arguments: [
    "12,345,678円（税抜）", "税抜12,345,678円", "12,345円(税別)", "12,345,678円税抜き", "1,234.50",
    "1,23", "12,3456", ",123", "1,,234", "12.5", "12.", "12,345円（消費税及び地方消費税を含まない。）", "千円", "1e6",
    "0x10", "1000000000000000000", "--1",
    "円",
    "1 000",
  ])
  func whatIsNoAmountIsRefused(_ spelling: String) {
    #expect(code(spelling, at: "contract.amount") == .wrongType)
  }

  @Test(arguments: [
    ("12.5", 125_000, "12.5"), ("１２．５", 125_000, "12.5"), ("12.50", 125_000, "12.5"),
    ("0012", 120_000, "12"), ("0.0001", 1, "0.0001"), ("-0.5", -5_000, "-0.5"), ("-0", 0, "0"),
    ("1,234.5", 12_345_000, "1234.5"), ("3.00000", 30_000, "3"),
  ])
  func decimalsKeepTheirCanonicalDigits(_ spelling: String, _ value: Int64, _ digits: String) {
    #expect(number(spelling, at: "contract.score") == value)
    #expect(text(spelling, at: "contract.score") == digits)
    if (0...1_000_000).contains(value) {
      #expect(text(spelling + "％", at: "contract.ratio") == digits)
    }
  }

  @Test(arguments: ["12.", ".5", "1.23456", "1.5.2", "12,34", "a", "99999999999999999999"])
  func whatIsNoDecimalIsRefused(_ spelling: String) {
    #expect(code(spelling, at: "contract.score") == .wrongType)
  }

  @Test(arguments: [
    ("210-0000", "210-0000"), ("2100000", "210-0000"), ("〒210-0000", "210-0000"),
    ("〒　２１０－００００", "210-0000"), ("210ー0000", "210-0000"), ("210─0000", "210-0000"),
    ("210ｰ0000", "210-0000"),
    ("210 0000", "210-0000"), ("\u{202D}210-0000\u{202C}", "210-0000"),
  ])
  func postalCodesArePrintedInOneForm(_ spelling: String, _ printed: String) {
    #expect(text(spelling, at: "vendor.postal") == printed)
  }

  @Test(arguments: ["210-000", "21-00000", "600001", "210 0000x", "〒", "210--0000"])
  func whatIsNoPostalCodeIsRefused(_ spelling: String) {
    #expect(code(spelling, at: "vendor.postal") == .malformedValue)
  }

  @Test(arguments: [
    ("044-000-0001", "044-000-0001"), ("０４４－０００－０００１", "044-000-0001"),
    ("044(000)0001", "044-000-0001"), ("（044）000-0001", "044-000-0001"),
    ("0440000001", "0440000001"),
    ("090-0000-0004", "090-0000-0004"), ("044 000 0001", "044-000-0001"),
    ("044-000-0001（内線123）", "044-000-0001（内線123）"), ("044-000-0001 内線123", "044-000-0001（内線123）"),
    ("01267-0-0001", "01267-0-0001"),
    ("+81-44-000-0001", "044-000-0001"), ("+81 44 000 0001", "044-000-0001"),
    ("＋81（0）44-000-0001", "044-000-0001"),
    ("+81440000001", "0440000001"), ("+81-044-000-0001", "044-000-0001"),
    ("TEL:044-000-0001", "044-000-0001"),
    ("ＴＥＬ　044（000）0001", "044-000-0001"), ("Tel. 044-000-0001", "044-000-0001"),
    ("電話番号：044-000-0001", "044-000-0001"),
    ("℡044-000-0001", "044-000-0001"), ("\u{202D}044-000-0001\u{202C}", "044-000-0001"),
    ("044\u{200B}-000-0001", "044-000-0001"), ("044─000─0001", "044-000-0001"),
    ("044ｰ000ｰ0001", "044-000-0001"),
    ("044–000—0001", "044-000-0001"), ("044-000-0001（代）", "044-000-0001（代表）"),
    ("044-000-0001 代表", "044-000-0001（代表）"),
  ])
  func phoneNumbersStayText(_ spelling: String, _ printed: String) {
    #expect(text(spelling, at: "vendor.contact.tel") == printed)
  }

  @Test(arguments: [
    "440000001", "44-000-0001", "044-0000001", "044-000-00012345", "044-000-0001x",
    "(0440000001)", "+82-44-000-0001", "TEL", "044-000-0001代理",
  ])
  func whatIsNoPhoneNumberIsRefused(_ spelling: String) {
    #expect(code(spelling, at: "vendor.contact.tel") == .malformedValue)
  }

  @Test func mailAddressesAreNotFolded() {
    #expect(text(" a.b+c@sub.example.jp ", at: "vendor.contact.email") == "a.b+c@sub.example.jp")
    for wrong in [
      "a@b", "a b@example.jp", "ａ@example.jp", "a@example..jp", "@example.jp", "a.@example.jp",
      "a@b@c.jp",
    ] {
      #expect(code(wrong, at: "vendor.contact.email") == .malformedValue)
    }
  }

  @Test func corporateNumbersAreChecked() {
    #expect(text("7010705000725", at: "vendor.corporate_number") == "7010705000725")
    #expect(text("７０１０７０５０００７２５", at: "vendor.corporate_number") == "7010705000725")
    #expect(code("7010705000726", at: "vendor.corporate_number") == .wrongCheckDigit)
    #expect(code("701070500072", at: "vendor.corporate_number") == .malformedValue)
    for typed in [
      "7-0107-0500-0725", "T7010705000725", "Ｔ７０１０７０５０００７２５", "7 0107 0500 0725",
      "T7-0107-0500-0725",
    ] {
      #expect(text(typed, at: "vendor.corporate_number") == "7010705000725")
    }
    #expect(code("T7010705000726", at: "vendor.corporate_number") == .wrongCheckDigit)
    #expect(code("TT7010705000725", at: "vendor.corporate_number") == .malformedValue)
  }

  @Test func choicesKnowTheirOption() {
    let binding = bind(" 免除　", at: "contract.deposit")
    #expect(binding.everything.slot(at: "contract.deposit", SmallDictionary.shared)?.number == 1)
    #expect(code("免", at: "contract.deposit") == .choiceNotOffered)
  }

  /// 法人 for 法人その他の団体, but never what two options begin with.
  @Test func aBeginningThatOneOptionHasIsThatOption() {
    var builder = SmallDictionary()
    builder.add(
      "kind",
      "種別",
      .value(.choice(options: ["法人その他の団体", "個人事業主", "該当する", "該当しない"], other: false))
    )
    let dictionary = builder.dictionary
    func option(_ text: String) -> Int64? {
      let binding = dictionary.bind(.value(text, at: "kind"), mode: .blank, date: nil)
      return binding.diagnostics.isEmpty ? binding.everything.slots[0].number : nil
    }
    #expect(["法人", "個人", "個人事業主"].map(option) == [0, 1, 1])
    #expect(["該当", "該", "団体", "非該当"].map(option) == [nil, nil, nil, nil])
    let binding = dictionary.bind(.value("法人", at: "kind"), mode: .blank, date: nil)
    #expect(binding.everything.text(at: "kind", dictionary) == "法人その他の団体")
  }

  @Test(arguments: [
    ("個人", 1), ("法人", 0), ("個人事業主", 1), ("true", 1), ("false", 0), ("yes", 1), ("no", 0),
  ])
  func booleansAreReadByTheirWords(_ word: String, _ value: Int64) {
    #expect(number(word, at: "vendor.individual") == value)
  }
}
