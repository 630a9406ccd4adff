import Diagnostics
import Fixtures
@testable import Guides
import Records
@testable import Rosters
@testable import Tables
import Testing

/// What the headers of columns mean.
struct RosterHeaderTests {
  private static let small = DataGuide(title: "小さな版", dictionary: SmallDictionary.shared)
  private static let kawasaki = EditionSampleTests.edition.map { DataGuide(whole: $0) }

  enum Edition: CaseIterable {
    case small, kawasaki
  }

  private func guide(_ edition: Edition) throws -> DataGuide {
    switch edition {
    case .small: Self.small
    case .kawasaki: try #require(Self.kawasaki)
    }
  }

  private func reading(_ guide: DataGuide, sheet: String? = nil) -> HeaderReading {
    HeaderReading(
      HeaderNames(guide.binder),
      sheet: sheet.flatMap(guide.dictionary.field),
      keys: ["contract.number", "vendor.id"].compactMap(guide.dictionary.field)
    )
  }

  /// Every header that `tokki schema --csv` prints is understood, and no two mean the same.
  @Test(arguments: Edition.allCases)
  func theStarterIsUnderstood(_ edition: Edition) throws {
    let guide = try guide(edition)
    for sheet in [nil] + RosterHeader.sheetNames(guide).map(Optional.some) {
      let header = try #require(RosterHeader(guide, sheet: sheet))
      let reading = reading(guide, sheet: sheet)
      var columns: [RosterColumn] = []
      for label in header.labels {
        guard
          case .column(let column) = reading.meaning(
            of: TableCell(Array(label.utf8)),
            hasReport: false
          )
        else {
          Issue.record("\(label) in \(sheet ?? "the roster")")
          continue
        }
        #expect(!columns.contains(column), "\(label)")
        columns.append(column)
        switch column {
        case .field(let id, let items):
          #expect(items.isEmpty)
          let last = label.split(separator: ".").last.map(String.init)
          #expect(last == guide[id].label || label == guide[id].path)
        case .itemNumber(let list): #expect(guide[list].itemFrame != nil)
        case .report, .unused, .none: Issue.record("\(label)")
        }
      }
      #expect(!columns.isEmpty)
    }
  }

  @Test(
    arguments: [
      ("契約番号", "contract.number", []), ("契約No", "contract.number", []),
      (" 契約　番号\n", "contract.number", []), ("契約Ｎｏ", "contract.number", []),
      ("vendor.contact.tel", "vendor.contact.tel", []), ("vendor_id", "vendor.id", []),
      ("担当者連絡先.担当者電話", "vendor.contact.tel", []),
      ("vendor.workers[2].name", "vendor.workers.name", [2]),
      ("従事者２.役割", "vendor.workers.role", [2]), ("従事者の氏名12", "vendor.workers.name", [12]),
      ("従事者役割３", "vendor.workers.role", [3]), ("従事者氏名１", "vendor.workers.name", [1]),
      ("従事者1.身分証明書2.証明書番号", "vendor.workers.cards.number", [1, 2]),
      ("処置対策", "vendor.incident.measures", []), ("処置対策2", "vendor.incident.measures", [2]),
    ] as [(String, String, [Int])]
  )
  func aHeaderMeans(_ header: String, _ path: String, _ items: [Int]) throws {
    let id = try #require(SmallDictionary.shared.field(at: path))
    #expect(
      reading(Self.small).meaning(of: TableCell(Array(header.utf8)), hasReport: false)
        == .column(.field(id, items: items))
    )
  }

  @Test(arguments: ["契約番", "従事者の氏名", "従事者の氏名0", "様式の別", "vendor.workers[1]", "担当者電話2", "エラー理由"])
  func aHeaderMeansNothing(_ header: String) {
    let meaning = reading(Self.small).meaning(of: TableCell(Array(header.utf8)), hasReport: false)
    #expect(meaning == .unknown)
  }

  @Test(arguments: ["（使わない）備考", "(使わない) 契約番号", "（使わない）"])
  func aColumnIsNotReadIfItsHeaderSaysSo(_ header: String) {
    let meaning = reading(Self.small).meaning(of: TableCell(Array(header.utf8)), hasReport: true)
    #expect(meaning == .column(.unused))
  }

  @Test(
    arguments: [
      ("履行期間", ["履行期間の始期", "履行期間の終期"]), ("契約締結", ["契約締結日"]), ("連番", []),
    ]
  )
  func whatAHeaderMayHaveMeant(_ header: String, _ names: [String]) {
    #expect(reading(Self.small).suggestions(for: TableCell(Array(header.utf8))) == names)
  }

  /// The columns of a list are fields of contracts and vendors: what is near in the city's own data was hardly meant.
  @Test func nothingOfTheCitysOwnWasMeant() throws {
    let reading = try reading(guide(.kawasaki))
    #expect(reading.suggestions(for: TableCell(Array("担当".utf8))) == ["担当者氏名"])
    #expect(reading.suggestions(for: TableCell(Array("所管".utf8))) == [])
    #expect(reading.suggestions(for: TableCell(Array("委託業務".utf8))) == ["件名"])
  }

  @Test func aColumnOfTwoThingsIsToBeSplit() throws {
    let header = TableCell(Array("契約の相手方の名称及び住所".utf8))
    #expect(try reading(guide(.kawasaki)).suggestions(for: header) == ["商号又は名称", "所在地"])
  }

  /// What is spelled alike, but is about something else, was not meant.
  @Test(arguments: ["法人番号", "契約金額（税抜）", "契約者番号", "発注者名", "担当者の職名", "予定価格"])
  func nothingElseWasMeant(_ header: String) throws {
    let reading = try reading(guide(.kawasaki))
    let number = try guide(.kawasaki).dictionary.field(at: "vendor.corporate_number")
    let taken = Set([number].compactMap(\.self))
    #expect(reading.suggestions(for: TableCell(Array(header.utf8)), without: taken) == [])
  }

  /// Headers that offices publish or export.
  @Test(
    arguments: [
      ("契約の名称", "contract.title"), ("調達件名", "contract.title"), ("契約の相手方", "vendor.name"),
      ("委託業者名", "vendor.name"), ("受託者", "vendor.name"), ("落札者名", "vendor.name"),
      ("受注者", "vendor.name"),
      ("契約を締結した日", "contract.date"), ("履行期間(自)", "contract.period_from"),
      ("至", "contract.period_to"),
      ("契約期間終了日", "contract.period_to"), ("契約金額（税込・円）", "contract.amount_incl_tax"),
      ("うち消費税額", "contract.tax"), ("債権者番号", "vendor.id"), ("法人番号（１３桁）", "vendor.corporate_number"),
      ("〒", "vendor.postal"), ("契約相手方所在地", "vendor.address"), ("住所", "vendor.address"),
      ("ＴＥＬ", "vendor.contact.tel"),
      ("法人／個人事業主", "vendor.individual"), ("Email", "vendor.contact.email"),
    ]
  )
  func aUsualHeaderMeans(_ header: String, _ path: String) throws {
    let guide = try guide(.kawasaki)
    let id = try #require(guide.dictionary.field(at: path))
    #expect(
      try reading(guide).meaning(of: TableCell(Array(header.utf8)), hasReport: false)
        == .column(.field(id, items: []))
    )
  }

  @Test func whatAnotherColumnHoldsWasNotMeant() throws {
    let number = try #require(Self.small.dictionary.field(at: "contract.number"))
    let header = TableCell(Array("契約番".utf8))
    #expect(reading(Self.small).suggestions(for: header) == ["契約番号"])
    #expect(reading(Self.small).suggestions(for: header, without: [number]) != ["契約番号"])
  }
}
