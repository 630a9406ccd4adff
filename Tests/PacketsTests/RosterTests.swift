import Batches
import DataFiles
import Diagnostics
import Fixtures
import Foundation
import ListReview
import Packets
import Records
import TemplateRuntime
import Rosters
import Tables
import Testing

/// What the rows of a roster come to, whatever it is written in.
struct RosterTests {
  private static let binder = Binder(SmallDictionary.shared)

  private func common(_ text: String) -> RawNode? {
    DataFile.read(Array(text.utf8), named: "common.yaml", format: .yaml).root
  }

  /// Every record as the bytes that its digest is of, by its key.
  private func records(_ path: String, common: RawNode? = nil) throws -> [String: [UInt8]] {
    let (opened, diagnostics) = Roster.open(
      ListSource(path),
      common: common,
      binder: Self.binder
    )
    #expect(!diagnostics.hasErrors, "\(diagnostics.map(\.message.en))")
    let roster = try #require(opened)
    var records: [String: [UInt8]] = [:]
    var rows = try roster.rows()
    while let row = try rows.next() {
      let record = roster.record(of: row)
      guard !record.diagnostics.hasErrors, let tree = record.tree else { continue }
      let binding = Self.binder.bind(tree, mode: .final, date: nil)
      let key = [["contract", "number"], ["vendor", "id"]].map { text(tree.scalar(at: $0)) }
      records[key.joined(separator: "/")] = binding.everything.canonicalBytes(
        SmallDictionary.shared
      )
    }
    return records
  }

  private func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

  /// A folder of files, gone at the end.
  private func withFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result)
    throws -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    return try body(folder.path(percentEncoded: false))
  }

  @Test func aRowsPlaceIsInItsOwnSheet() throws {
    let header = "契約番号,受注者番号,商号又は名称\n"
    try withFolder(["4月.csv": header + "C1,V1,甲\n", "5月.csv": header + "\nC2,V2,乙\n"]) { path in
      let roster = try #require(
        Roster.open(ListSource(path), common: nil, binder: Self.binder).roster
      )
      var rows = try roster.rows()
      var places: [String] = []
      while let row = try rows.next() { places.append(roster.place(of: row).description) }
      #expect(places == ["\(path)/4月.csv!2", "\(path)/5月.csv!3"])
    }
  }

  // MARK: One meaning

  private static let csv = """
    契約番号,受注者番号,商号又は名称,契約締結日,契約金額,担当者電話,従事者の氏名1,従事者の氏名2,処置対策1
    C1,V1,甲,令和４年４月１日,"12,345",044-000-0001,一,二,対策
    C1,V2,乙,44652,１２３４５,,三,,
    """

  @Test func everyFormatMeansTheSame() throws {
    let expected = try withFolder(["list.csv": Self.csv]) { try records($0 + "/list.csv") }
    #expect(expected.keys.sorted() == ["C1/V1", "C1/V2"])
    let forms = [
      "list.tsv": """
      vendor.id\tcontract.number\tvendor.workers[1].name\tvendor.workers[2].name\t金額\t商号又は名称\t契約日\tvendor.contact.tel\t処置対策
      V2\tC1\t三\t\t12345\t乙\tR4.4.1\t\t
      V1\tC1\t一\t二\t¥12,345\t甲\t2022-04-01\t044-000-0001\t対策
      """.replacing("金額", with: "契約金額"),
      "list.ndjson": """
      {"契約番号": "C1", "vendor": {"id": "V1", "name": "甲", "workers": [{"name": "一"}, {"name": "二"}]}, "契約締結日": "44652", "契約金額": 12345, "担当者電話": "044-000-0001", "処置対策": ["対策"]}

      {"contract": {"number": "C1", "date": "2022-04-01", "amount": 12345}, "受注者番号": "V2", "商号又は名称": "乙", "従事者": [{"氏名": "三"}]}
      """.replacing("氏名\"", with: "name\""),
      "list.yaml": """
      - contract: {number: C1, date: R4.4.1, amount: 12345}
        受注者: {id: V2, name: 乙, workers: [{name: 三}]}
      - 契約番号: C1
        受注者番号: V1
        契約締結日: 令和４年４月１日
        契約金額: 12345
        商号又は名称: 甲
        担当者電話: 044-000-0001
        従事者氏名1: 一
        従事者氏名2: 二
        処置対策1: 対策
      """,
    ]
    try withFolder(forms) { folder in
      for name in forms.keys.sorted() {
        let found = try records(folder + "/" + name)
        #expect(found == expected, "\(name)")
      }
    }
    let sheets = [
      "契約・委託先一覧.csv": """
      契約番号,受注者番号,商号又は名称,契約締結日,契約金額,担当者電話
      C1,V1,甲,2022/4/1,12345,044-000-0001
      C1,V2,乙,2022/4/1,12345,
      """,
      "従事者.csv": "契約番号,受注者番号,従事者の氏名\nC1,V2,三\nC1,V1,一\nC1,V1,二\n",
      "vendor.incident.measures.csv": "受注者番号,契約番号,処置対策\nV1,C1,対策\n",
    ]
    let fromSheets = try withFolder(sheets) { try records($0) }
    #expect(fromSheets == expected)
  }

  @Test func listsWithinListsGoToTheirItems() throws {
    let files = [
      "roster.csv": "契約番号,受注者番号\nC1,V1\nC1,V2\n",
      "従事者.csv": "契約番号,受注者番号,従事者の氏名\nC1,V1,一\nC1,V2,四\nC1,V1,二\n",
      "身分証明書.csv": "契約番号,受注者番号,従事者,証明書番号\nC1,V1,２,N2\nC1,V1,1,N1\nC1,V1,2,N3\n",
    ]
    let yaml = """
      - {契約番号: C1, 受注者番号: V1, 従事者: [{name: 一, cards: [{number: N1}]}, {name: 二, cards: [{number: N2}, {number: N3}]}]}
      - {契約番号: C1, 受注者番号: V2, 従事者: [{name: 四}]}
      """
    let expected = try withFolder(["list.yaml": yaml]) { try records($0 + "/list.yaml") }
    #expect(expected.count == 2)
    let fromSheets = try withFolder(files) { try records($0) }
    #expect(fromSheets == expected)
  }

  // MARK: Common data

  /// What the common data says of its contract and of a vendor reaches their rows and no others.
  @Test func commonDataOfAContractAndAVendorStaysTheirOwn() throws {
    let data = common(
      """
      contract: {number: C1, title: 共通の件名, amount: 1}
      vendors:
        - {id: V1, name: 甲の秘密, workers: [{name: 甲の者}], contact: {tel: 044-000-0001}}
        - {id: V2, name: 乙の秘密}
      """
    )
    let csv = """
      契約番号,受注者番号,契約金額,従事者の氏名1
      C1,V1,2,
      C1,V2,,丁
      C1,V3,,
      C2,V1,,
      """
    let found = try withFolder(["list.csv": csv]) {
      try records($0 + "/list.csv", common: data)
    }
    #expect(found.keys.sorted() == ["C1/V1", "C1/V2", "C1/V3", "C2/V1"])
    for (key, bytes) in found {
      #expect(text(bytes).contains("共通の件名") == key.hasPrefix("C1/"), "\(key)")
      #expect(text(bytes).contains("甲の") == (key == "C1/V1"), "\(key)")
      #expect(text(bytes).contains("乙の") == (key == "C1/V2"), "\(key)")
      #expect(text(bytes).contains("丁") == (key == "C1/V2"), "\(key)")
    }
  }

  @Test(arguments: [
    ("list.csv", "受注者番号,件名,従事者の氏名1,契約金額\nV1,,,1\nV2,,一,\n"),
    (
      "list.ndjson",
      """
      {"vendor": {"id": "V1"}, "contract": {"amount": 1}}
      {"vendor": {"id": "V2"}, "従事者の氏名1": "一"}

      """
    ),
  ])
  func theFieldsThatRowsGiveAreNamed(_ name: String, _ list: String) throws {
    let data = common(
      "contract: {number: C1, title: 題}\nvendor: {id: V1, contact: {tel: 044-000-0001}}"
    )
    let given = try withFolder([name: list]) { folder -> Set<Field.ID> in
      try #require(
        Roster.open(ListSource(folder + "/" + name), common: data, binder: Self.binder).roster
      ).givenFields
    }
    let paths = Set(given.map { SmallDictionary.shared.fields[$0].path })
    #expect(
      paths.isSuperset(of: [
        "vendor.id", "contract.amount", "vendor.workers.name", "vendor.contact.tel",
      ])
    )
    #expect(
      paths.allSatisfy { !["contract", "contract.title", "vendor", "vendor.name"].contains($0) }
    )
  }

  // MARK: Rejects

  /// Rejects that are fed back as they are, are rejected for the same reasons, with the same cells.
  @Test(arguments: ["list.csv", "list.tsv", "list.ndjson", "list.json", "list.yaml", "list"])
  func rejectsComeBackAsTheyWere(_ name: String) throws {
    let cells = ["=1+1", "'=1", "''-x", "'a", "+81", "@b", "\tc", "a\"b", "一\n二", " 三 "]
    var files: [String: String] = [:]
    switch name {
    case "list.csv", "list.tsv":
      let mark = name == "list.csv" ? "," : "\t"
      let rows = cells.enumerated().map { index, cell in
        ["C\(index)", "V1", "\"\(cell.replacing("\"", with: "\"\""))\"", "誤り"].joined(
          separator: mark
        )
      }
      files[name] = ([["契約番号", "受注者番号", "商号又は名称", "契約金額"].joined(separator: mark)] + rows)
        .joined(separator: "\r\n")
    case "list":
      files["list/roster.csv"] = "契約番号,受注者番号,契約金額\nC1,V1,誤\nC2,V2,1\nC1,V3,誤\n"
      files["list/従事者.csv"] = "契約番号,受注者番号,従事者の氏名\nC1,V1,一\nC2,V2,二\nC1,V3,'=三\n"
    case _:
      func json(_ node: RawNode) -> String { DataWriter.json(node).replacing("\t", with: "\\t") }
      let items = cells.enumerated().map { index, cell in
        RawNode.item(number: "C\(index)", name: cell)
      }
      files[name] =
        name == "list.ndjson"
        ? items.map { json($0).replacing("\n", with: " ") }.joined(separator: "\n")
        : json(RawNode(.sequence(items), at: SourceLocation(file: "")))
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "list"),
      withIntermediateDirectories: true
    )
    if name != "list" { try FileManager.default.removeItem(at: folder.appending(path: "list")) }
    for (file, text) in files { try Data(text.utf8).write(to: folder.appending(path: file)) }
    let root = folder.path(percentEncoded: false)
    let first = try rejects(of: root + "/" + name, into: root + "/1")
    let second = try rejects(of: try #require(first.path), into: root + "/2")
    #expect(first.trees.count == (name == "list" ? 2 : cells.count))
    #expect(second.trees == first.trees)
    #expect(second.isCorrection && !first.isCorrection)
    let third = try rejects(of: try #require(second.path), into: root + "/3")
    #expect(third.trees == first.trees)
  }

  /// What was seen of a number, and of merged cells, is what a row holds that comes back.
  @Test func rejectsOfAWorkbookHoldWhatWasSeen() throws {
    let book = WorkbookParts(
      """
      <sheetData><row><c t='inlineStr'><is><t>契約番号</t></is></c><c t='inlineStr'><is><t>受注者番号</t></is></c>
      <c t='inlineStr'><is><t>郵便番号</t></is></c><c t='inlineStr'><is><t>商号又は名称</t></is></c><c t='inlineStr'><is><t>契約金額</t></is></c>
      <c t='inlineStr'><is><t>契約締結日</t></is></c></row>
      <row><c s='1'><v>40012</v></c><c s='1'><v>1</v></c><c s='2'><v>600001</v></c><c s='3'><v>3</v></c><c s='4'><v>12345678</v></c>
      <c t='inlineStr'><is><t>いつか</t></is></c></row>
      </sheetData>
      """,
      styles: """
        <numFmts><numFmt numFmtId='200' formatCode='0000000'/><numFmt numFmtId='201' formatCode='000-0000'/>
        <numFmt numFmtId='202' formatCode='"第"0"庁舎"'/><numFmt numFmtId='203' formatCode='#,##0,'/></numFmts>
        <cellXfs><xf numFmtId='0'/><xf numFmtId='200'/><xf numFmtId='201'/><xf numFmtId='202'/><xf numFmtId='203'/></cellXfs>
        """
    )
    try book.withFile { path in
      let first = try #require(try rejects(of: path, into: path + ".1").path)
      let second = try #require(try rejects(of: first, into: path + ".2").path)
      defer { for run in [".1", ".2"] { try? FileManager.default.removeItem(atPath: path + run) } }
      for file in [first, second] {
        let row = try #require(try Workbook(file).rows().last)
        #expect(row.shown.prefix(5) == ["0040012", "0000001", "060-0001", "第3庁舎", "12,346（千）"])
      }
    }
  }

  /// Of a row with several faults, those that nobody has mended are still there; a number is the number that it was.
  @Test func rejectsOfAWorkbookKeepTheirFaults() throws {
    let header = [
      "契約番号", "受注者番号", "件名", "履行期間の始期", "契約締結日", "商号又は名称", "部数", "郵便番号", "備考", "契約金額",
    ]
    let heads = header.map { "<c t='inlineStr'><is><t>\($0)</t></is></c>" }.joined()
    let book = WorkbookParts(
      """
      <sheetData><row r='1'>\(heads)</row><row r='2'><c r='A2'><v>1</v></c><c r='B2'><v>2</v></c>
      <c r='C2' t='inlineStr'><is><t>清掃</t></is></c><c r='E2'><v>43190</v></c><c r='F2'><f>A1</f></c><c r='G2' s='1'><v>12</v></c>
      <c r='H2' s='2'><v>43190</v></c><c r='I2' s='3'><v>12000</v></c><c r='J2' t='inlineStr'><is><t>誤り</t></is></c></row></sheetData>
      <mergeCells count='1'><mergeCell ref='C2:D2'/></mergeCells>
      """,
      styles: """
        <numFmts><numFmt numFmtId='200' formatCode='0"人"'/><numFmt numFmtId='201' formatCode='#,##0,"千円"'/></numFmts>
        <cellXfs><xf numFmtId='0'/><xf numFmtId='200'/><xf numFmtId='14'/><xf numFmtId='201'/></cellXfs>
        """,
      workbook: "<workbookPr date1904='1'/>"
    )
    try book.withFile { path in
      let first = try rejects(of: path, into: path + ".1")
      let second = try rejects(of: try #require(first.path), into: path + ".2")
      defer { for run in [".1", ".2"] { try? FileManager.default.removeItem(atPath: path + run) } }
      #expect(second.trees == first.trees)
      let files = [path, try #require(first.path), try #require(second.path)]
      for file in files {
        let roster = try #require(
          Roster.open(ListSource(file), common: nil, binder: Self.binder).roster
        )
        var rows = try roster.rows()
        let record = roster.record(of: try #require(try rows.next()))
        let faults = record.diagnostics.filter { $0.severity == .error }.compactMap(\.field)
        #expect(
          faults.sorted() == [
            "contract.date", "contract.period_from", "contract.remarks",
            "vendor.name", "vendor.postal",
          ]
        )
      }
      let cells = try #require(try Workbook(files[1]).rows().last).shown
      #expect(cells[6] == "12" && cells[9] == "誤り")
    }
  }

  /// A sheet for each month: all are one list, and what is rejected comes back in the sheet that it was in.
  @Test(arguments: ["list.xlsx", "list"])
  func sheetsWithTheSameHeadersAreOneList(_ name: String) throws {
    let header = ["契約番号", "受注者番号", "商号又は名称", "契約金額"]
    let months = [
      ("4月", [["C1", "V1", "甲", "誤"], ["C2", "V2", "乙", "1000"]]),
      ("5月", [["C3", "V3", "丙", "1000"], ["C4", "V4", "丁", "誤"], ["C2", "V2", "乙", "1000"]]),
      ("従事者", [["C4", "V4", "四"], ["C3", "V3", "三"]]),
    ]
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let root = folder.path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "list"),
      withIntermediateDirectories: true
    )
    let workbook = WorkbookWriter(root + "/list.xlsx")
    for (month, rows) in months {
      let header = month == "従事者" ? ["契約番号", "受注者番号", "従事者の氏名"] : header
      let sheet = try workbook.addSheet(month, header: header.map { Array($0.utf8) })
      for row in rows { try workbook.append(row.map { Array($0.utf8) }, to: sheet) }
      let lines = ([header] + rows).map { $0.joined(separator: ",") + "\n" }
      try Data(lines.joined().utf8).write(to: folder.appending(path: "list/\(month).csv"))
    }
    try workbook.close()
    let known = try records(root + "/" + name)
    #expect(known.keys.sorted() == ["C1/V1", "C3/V3", "C4/V4"])
    #expect(text(known["C3/V3"]).contains("三") && text(known["C4/V4"]).contains("四"))

    let first = try rejects(of: root + "/" + name, into: root + "/1", joined: 1)
    let second = try rejects(of: try #require(first.path), into: root + "/2", joined: 1)
    #expect(first.trees.count == 2 && second.trees == first.trees && second.isCorrection)
    let rejected = try #require(second.path)
    let sheets =
      name == "list"
      ? try FileManager.default.contentsOfDirectory(atPath: rejected).sorted()
      : try Workbook(rejected).sheets.map(\.name)
    #expect(sheets.map { $0.replacing(".csv", with: "") } == ["4月", "5月", "従事者"])

    // The same on a screen, with cells of both sheets corrected.
    let (opened, _) = RosterScreen.open(
      root + "/" + name,
      common: RawNode(.mapping([]), at: SourceLocation(file: "")),
      binder: Self.binder,
      basisWords: [:],
      options: PacketOptions()
    )
    var screen = try #require(opened)
    #expect(screen.sheets == ["5月", "従事者"])
    #expect(screen.rows(0..<9).map(\.number) == [2, 3, 2, 3, 4])
    #expect(
      screen.row(at: 1).findings.map(\.diagnostic.message.ja) == [
        "契約番号と受注者番号が同じ行が、「\(name == "list" ? "5月.csv" : "5月")」の4行目にもあります。"
      ]
    )
    guard case .taken(let others) = screen.correct(4, [(0, "C5")]) else {
      Issue.record("not taken")
      return
    }
    #expect(others == [1] && screen.row(at: 1).state == .good)
    _ = screen.correct(0, [(3, "1")])
    _ = screen.correct(3, [(3, "4")])
    #expect(screen.summary.good == 5 && screen.summary.corrected == 3)
    #expect(screen.row(at: 4).corrected == [0] && screen.row(at: 4).originals == ["C2"])
    let corrected = root + (name == "list" ? "/corrected" : "/corrected.xlsx")
    try screen.write(to: corrected)
    #expect(try records(corrected).keys.sorted() == ["C1/V1", "C2/V2", "C3/V3", "C4/V4", "C5/V2"])
    let common = RawNode(.mapping([]), at: SourceLocation(file: ""))
    try expectSameRoster(screen, as: corrected, common, Self.binder)
  }

  private func rejects(of path: String, into folder: String, joined: Int = 0) throws -> (
    path: String?, trees: [[UInt8]], isCorrection: Bool
  ) {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let (opened, diagnostics) = Roster.open(
      ListSource(path),
      common: nil,
      binder: Self.binder
    )
    #expect(diagnostics.map(\.code) == Array(repeating: .joinedSheet, count: joined))
    let roster = try #require(opened)
    let writer = RejectsWriter(
      roster,
      in: try OutputFolder(folder),
      basisWords: [:],
      syncs: false
    )
    var rows = try roster.rows()
    var trees: [[UInt8]] = []
    while let row = try rows.next() {
      let record = roster.record(of: row)
      let binding = Self.binder.bind(try #require(record.tree), mode: .prefilled, date: nil)
      guard binding.diagnostics.hasErrors else { continue }
      trees.append(binding.everything.canonicalBytes(SmallDictionary.shared))
      try writer.add(row, record.diagnostics + binding.diagnostics)
    }
    return (try writer.finish(reading: roster.digest).path, trees, roster.isCorrection)
  }
}

extension RawNode {
  fileprivate static func item(number: String, name: String) -> RawNode {
    let here = Diagnostics.SourceLocation(file: "")
    let entries = [("契約番号", number), ("受注者番号", "V1"), ("商号又は名称", name), ("契約金額", "誤り")].map {
      Entry(
        key: $0.0,
        keyLocation: here,
        value: RawNode(.scalar(RawScalar(bytes: Array($0.1.utf8), isQuoted: true)), at: here)
      )
    }
    return RawNode(.mapping(entries), at: here)
  }
}
