import DataFiles
import Records

/// An edition's data with nothing filled in, as a YAML file that a clerk writes in.
///
/// Every field stands under a line with what there is to know of it; every list has one empty item, which does not count
/// as long as it is left empty.
package struct BlankData {
  private let guide: DataGuide
  private var lines: [String] = []

  /// UTF-8 with LF.
  package static func text(_ guide: DataGuide) -> String {
    var data = BlankData(guide: guide)
    data.write()
    return data.lines.map { $0 + "\n" }.joined()
  }

  private mutating func write() {
    comment("契約データ　\(guide.title)", indentation: 0)
    lines.append("#")
    for line in Self.directions { comment(line, indentation: 0) }
    write(guide.roots, indentation: 0)
  }

  private static let directions = [
    "書き方",
    "・値は「: 」の後に書きます。書かない項目は空のままにします。項目名は、上の行の日本語の名称に替えても構いません。",
    "・「必須」は提出用で記入が要る項目です（一覧の中では、一件ごとに）。「手書き欄」は、どの様式でも印字せず空欄にします。",
    "・日付は 2022-04-01、2022/4/1、令和４年４月１日、R4.4.1 などと書きます。",
    "・日時は 2022-04-11T10:00、令和４年４月11日午前10時 などと書きます。",
    "・金額は 12345678、12,345,678円 などと書きます。番号の先頭の0は、そのまま残ります。",
    "・「: 」や「 #」を含む値と、- [ ] { } & * ! | > % @ ` ' \" # , ? : で始まる値は ' ' で囲みます。",
    "・何行にもわたる値は、「: 」の後に「|」だけを書き、次の行から、項目名より深く字下げして書きます。",
    "・（一覧）の項目は、「- 」からの一件分を写して増やします。空のままの一件は、ないものとします。",
  ]

  /// Fields in a row, with an empty line wherever a record or a list begins or ends.
  private mutating func write(_ fields: [Field.ID], indentation: Int) {
    var isAfterBlock = false
    for (index, id) in fields.enumerated() {
      let isBlock = if case .value = guide[id].declaration.shape { false } else { true }
      if isAfterBlock || isBlock && (index > 0 || indentation == 0) { lines.append("") }
      write(id, indentation: indentation)
      isAfterBlock = isBlock
    }
  }

  private mutating func write(_ id: Field.ID, indentation: Int) {
    let field = guide[id]
    switch field.declaration.shape {
    case .value(let type):
      describe(id, as: type.guide, indentation: indentation)
      line(field.name + ": ", indentation: indentation)
    case .record:
      describe(id, as: nil, indentation: indentation)
      if id == guide.vendor {
        comment("受注者が複数のときは vendors: に改め、一者ずつ「- 」で始めて並べます。", indentation: indentation)
      }
      line(field.name + ":", indentation: indentation)
      write(guide.children(of: id), indentation: indentation + 2)
    case .list(of: let type):
      let maximum = field.declaration.maximum.map { "一覧、\($0)件まで" } ?? "一覧"
      describe(id, kind: maximum, as: type?.guide, indentation: indentation)
      line(field.name + ":", indentation: indentation)
      if type != nil {
        line("- ", indentation: indentation + 2)
      } else {
        line("-", indentation: indentation + 2)
        write(guide.children(of: id), indentation: indentation + 4)
      }
    }
  }

  /// A comment such as 契約番号｜番号・符号｜必須｜根拠：特記事項第６条第２項.
  private mutating func describe(
    _ id: Field.ID,
    kind: String? = nil,
    as type: String?,
    indentation: Int
  ) {
    let label = guide[id].label + (kind.map { "（\($0)）" } ?? "")
    let parts = [label] + [type].compactMap(\.self) + guide.notes(of: id)
    comment(parts.joined(separator: "｜"), indentation: indentation)
  }

  private mutating func comment(_ text: String, indentation: Int) {
    line("# " + text.onOneLine, indentation: indentation)
  }

  private mutating func line(_ text: String, indentation: Int) {
    lines.append(String(repeating: " ", count: indentation) + text)
  }
}
