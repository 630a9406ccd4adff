import AnnexComparison
import AnnexImport
import Diagnostics
import Testing

struct UnitAlignmentTests {
  private static let articles = [
    "（目的）\n第１条　この特記事項は、個人情報の取扱いについて必要な事項を定める。",
    "（秘密の保持）\n第２条　受注者は、業務上知り得た秘密を他人に漏らしてはならない。",
    "（複写の禁止）\n第３条　受注者は、発注者の承諾を得ずに資料を複写してはならない。\n２　受注者は、複写の記録を作成しなければならない。",
    "（返還）\n第４条　受注者は、業務が完了したときは、資料を発注者に返還する。",
  ]

  private func pairs(_ old: [String], _ new: [String]) -> [UnitPair] {
    let units = [old, new].map { text in
      ComparedText(
        AnnexReader.read(
          ImportedText.plain(
            Array("特記事項\n\(text.joined(separator: "\n"))\n".unicodeScalars),
            file: "text.txt"
          )
        )
      ).units
    }
    return UnitAlignment.pairs(units[0], units[1])
  }

  /// As `kind old→new`, for all that is not unchanged.
  private func changes(_ old: [String], _ new: [String]) -> [String] {
    pairs(old, new).filter { !$0.isUnchanged }.map { pair in
      "\(pair.isMoved ? "moved " : "")\(pair.change) \(pair.old?.name ?? "–") \(pair.new?.name ?? "–")"
    }
  }

  private func numbered(_ articles: [String]) -> [String] {
    articles.enumerated().map { index, text in
      text.replacing(/第[０-９]条/) { _ in "第" + ["１", "２", "３", "４", "５"][index] + "条" }
    }
  }

  @Test func theSameTextHasNoChanges() {
    #expect(changes(Self.articles, Self.articles) == [])
  }

  @Test func anInsertionRenumbersWhatFollows() {
    let added = "（教育）\n第２条　受注者は、従事者に対し、必要な教育を行う。"
    let new = numbered([Self.articles[0], added] + Self.articles[1...])
    #expect(
      changes(Self.articles, new) == [
        "added – 第２条", "renumbered 第２条 第３条", "renumbered 第３条 第４条", "renumbered 第４条 第５条",
      ]
    )
  }

  @Test func aMovedArticleHasNotChanged() {
    let new = numbered([1, 2, 0, 3].map { Self.articles[$0] })
    #expect(
      changes(Self.articles, new) == [
        "renumbered 第２条 第１条", "renumbered 第３条 第２条", "moved renumbered 第１条 第３条",
      ]
    )
  }

  @Test func aRewrittenArticleIsKnownByItsCaption() {
    let rewritten = "（返還）\n第４条　発注者から貸与された物は、契約の終期までに廃棄し、その旨を届け出る。"
    #expect(changes(Self.articles, Self.articles[..<3] + [rewritten]) == ["reworded 第４条 第４条"])
  }

  @Test func aRemovedArticleStandsBehindTheOneBefore() {
    let new = numbered([0, 2, 3].map { Self.articles[$0] })
    #expect(
      changes(Self.articles, new) == [
        "removed 第２条 –", "renumbered 第３条 第２条", "renumbered 第４条 第３条",
      ]
    )
  }
}
