import AnnexComparison
import AnnexImport
import Diagnostics
import Fixtures
import Foundation
import Packets
import TemplateCompiler
import Testing

/// Random amendments of annexes: the table says what was done, and nothing else.
struct AmendmentTests {
  private static let isThorough = ProcessInfo.processInfo.environment["TOKKI_THOROUGH"] != nil
  private static let seeds = UInt64(0)..<(isThorough ? 1_000 : 50)

  private static let templates = Golden.cases.deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Templates")

  @Test(arguments: ["kaku-shi", "kawasaki-1985", "mihon-shi"])
  func amendmentsOfAnEdition(_ name: String) throws {
    let folder = Self.templates.appending(path: name).path(percentEncoded: false)
    let edition = try #require(Edition.open(folder, outputs: .none).edition)
    let units = ComparedText(edition.compiled.annexes[0]).units
    for seed in Self.seeds { try check(units, seed) }
  }

  @Test func amendmentsOfATextInAnotherShape() throws {
    let text = """
      業務委託契約に関する約款
      第一章　総則
      第一（目的）　この約款は、業務の委託に関し必要な事項を定める。
      第二（業務の範囲）　受託者は、仕様書に定める業務を行う。
      第二章　業務の処理
      第三（責任者）　受託者は、責任者を定め、委託者に届け出る。
      二　責任者は、次に掲げる事務を行う。
      （１）　業務の進行の管理
      （２）　従事者の指導及び監督
      （３）　委託者との連絡
      三　委託者は、責任者が適当でないと認めるときは、その変更を求めることができる。
      第四（報告）　受託者は、毎月の業務の状況を翌月十日までに報告する。
      第五（検査）　委託者は、いつでも業務の状況を検査することができる。
      附則
      この約款は、令和四年四月一日から施行する。

      """
    let units = ComparedText(
      AnnexReader.read(ImportedText.plain(Array(text.unicodeScalars), file: "text.txt"))
    ).units
    #expect(units.count > 7)
    for seed in Self.seeds { try check(units, seed) }
  }

  private func check(_ old: [TextUnit], _ seed: UInt64) throws {
    var amendment = Amendment(old, seed: seed)
    amendment.make()
    let (new, kept) = (amendment.units, amendment.kept)
    try check(old, new, kept, "seed \(seed): \(amendment.log)")
    // Undone, it is an amendment as well.
    try check(new, old, kept.map { ($0.1, $0.0) }, "undoing seed \(seed): \(amendment.log)")
  }

  private func check(
    _ old: [TextUnit],
    _ new: [TextUnit],
    _ kept: [(TextUnit, TextUnit)],
    _ context: String
  ) throws {
    let pairs = UnitAlignment.pairs(old, new)

    // Each side reads as its text.
    let whole = ComparisonTable(
      pairs,
      title: "",
      style: ComparisonStyle(),
      isComplete: true
    )
    #expect(
      whole.characters(\.new) == new.characters.string,
      "the new side, \(context)"
    )
    let inOrder = pairs.filter { $0.old != nil }.map { $0.old?.characters.string ?? "" }.sorted()
    #expect(inOrder == old.map(\.characters.string).sorted(), "the old side, \(context)")
    for group in whole.groups {
      let own = group.pairs.compactMap(\.old).characters.string
      #expect(group.characters(\.old).sorted() == own.sorted(), "the old side, \(context)")
    }

    // What was not touched never appears, and what was only moved or renumbered is shown as nothing else.
    let table = ComparisonTable(pairs, title: "", style: ComparisonStyle())
    for group in table.groups {
      for pair in group.pairs {
        guard let before = pair.old, let after = pair.new else { continue }
        let isAsBefore = before.withoutLabel == after.withoutLabel
        #expect((group.kind == .reworded) == !isAsBefore, "\(group.names), \(context)")
        #expect(before.characters != after.characters || pair.isMoved, "\(group.names), \(context)")
      }
    }
    // Every article that is still there is recognised, wherever it went.
    for (before, after) in kept {
      let partner = pairs.first { $0.new?.characters == after.characters }?.old
      #expect(partner?.withoutLabel == before.withoutLabel, "\(after.name), \(context)")
    }
  }
}

extension TextUnit {
  /// What a renumbering leaves as it is.
  fileprivate var withoutLabel: String {
    (caption.compact + words.compact).string + parts.characters.string
  }
}

extension ComparisonTable {
  fileprivate func characters(_ side: KeyPath<LinePair, Line?>) -> String {
    groups.map { $0.characters(side) }.joined()
  }
}

extension ComparisonTable.Group {
  fileprivate func characters(
    _ side: KeyPath<ComparisonTable.LinePair, ComparisonTable.Line?>
  ) -> String {
    let text = lines.compactMap { $0[keyPath: side] }.flatMap(\.pieces).map(\.text).joined()
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.isSpace }))
  }
}

/// A text with a few changes such as amendments make.
private struct Amendment {
  private(set) var units: [TextUnit]
  /// Articles whose words were left alone, before and after.
  private(set) var kept: [(TextUnit, TextUnit)] = []
  private(set) var log: [String] = []
  private var generator: SeededGenerator
  /// Where each of the units comes from, while it is as it was.
  private var origins: [Int?]
  private let old: [TextUnit]

  init(_ units: [TextUnit], seed: UInt64) {
    self.units = units
    old = units
    origins = Array(units.indices)
    generator = SeededGenerator(seed: seed)
  }

  mutating func make() {
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let articles = units.indices.filter { units[$0].kind == .article }
      guard let index = articles.randomElement(using: &generator) else { return }
      switch Int.random(in: 0..<6, using: &generator) {
      case 0:
        log.append("insert before \(index)")
        units.insert(article(), at: index)
        origins.insert(nil, at: index)
      case 1 where articles.count > 2:
        log.append("delete \(index)")
        units.remove(at: index)
        origins.remove(at: index)
      case 2:
        let to = articles.randomElement(using: &generator) ?? index
        log.append("move \(index) to \(to)")
        units.insert(units.remove(at: index), at: to)
        origins.insert(origins.remove(at: index), at: to)
      case 3 where units[index].parts.count > 1:
        log.append("delete a part of \(index)")
        let part = Int.random(in: 1..<units[index].parts.count, using: &generator)
        units[index] = units[index].with(parts: units[index].parts.removing(part))
        origins[index] = nil
      case _:
        log.append("reword \(index)")
        units[index] = reworded(units[index])
        origins[index] = nil
      }
    }
    renumber()
    kept = zip(origins, units).compactMap { origin, unit in
      origin.flatMap { old[$0].kind == .article ? (old[$0], unit) : nil }
    }
  }

  private mutating func renumber() {
    var number = 0
    units = units.map { unit in
      guard unit.kind == .article else { return unit }
      number += 1
      let label = String(old.first { $0.kind == .article }?.label.string ?? "")
      let digits = label.contains("条") ? "第\(number)条" : "第\(number)"
      return unit.with(label: digits)
    }
  }

  private mutating func words() -> String {
    let signs = Array("教育訓練研修計画点検監査評価改善届出通知協議変更解除賠償保険契約")
    return String(
      (0..<Int.random(in: 12...30, using: &generator)).map { _ in
        signs.randomElement(using: &generator) ?? "教"
      }
    )
  }

  private mutating func article() -> TextUnit {
    let paragraph = TextUnit(
      kind: .paragraph,
      id: nil,
      name: "",
      label: [],
      caption: [],
      isCaptionFirst: true,
      words: Array("\(words())を行うものとする。".unicodeScalars),
      parts: [],
      location: SourceLocation(file: "amendment")
    )
    let caption = "（\(words().prefix(4))）"
    return TextUnit(
      kind: .article,
      id: nil,
      name: "新",
      label: Array("第０条".unicodeScalars),
      caption: Array(caption.unicodeScalars),
      isCaptionFirst: old.first { $0.kind == .article }?.isCaptionFirst ?? true,
      words: [],
      parts: [paragraph],
      location: SourceLocation(file: "amendment")
    )
  }

  /// With a few words more or fewer in one of its parts.
  private mutating func reworded(_ unit: TextUnit) -> TextUnit {
    guard !unit.parts.isEmpty else { return unit }
    let index = Int.random(in: 0..<unit.parts.count, using: &generator)
    var part = unit.parts[index]
    let at = Int.random(in: 0...part.words.count, using: &generator)
    var words = part.words
    if Bool.random(using: &generator), words.count > 8 {
      words.removeSubrange(at..<min(words.count, at + 3))
    }
    words.insert(contentsOf: "直ちに協議".unicodeScalars, at: min(at, words.count))
    part = part.with(words: words)
    var parts = unit.parts
    parts[index] = part
    return unit.with(parts: parts)
  }
}

extension [TextUnit] {
  fileprivate func removing(_ index: Int) -> [TextUnit] {
    var rest = self
    rest.remove(at: index)
    return rest
  }
}

extension TextUnit {
  fileprivate func with(label: String? = nil, words: Scalars? = nil, parts: [TextUnit]? = nil)
    -> TextUnit
  {
    TextUnit(
      kind: kind,
      id: id,
      name: label ?? name,
      label: label.map { Array($0.unicodeScalars) } ?? self.label,
      caption: caption,
      isCaptionFirst: isCaptionFirst,
      words: words ?? self.words,
      parts: parts ?? self.parts,
      location: location
    )
  }
}
