import AnnexComparison
import AnnexImport
import Testing

struct WordDifferenceTests {
  /// As 〔old｜new〕 between what is the same.
  private func difference(_ old: String, _ new: String) -> String {
    WordDifference(Array(old.unicodeScalars), Array(new.unicodeScalars)).stretches.map { stretch in
      stretch.isSame
        ? stretch.new.string : "〔\(stretch.old.string)｜\(stretch.new.string)〕"
    }.joined()
  }

  @Test(arguments: [
    ("受注者は、委託者に報告する。", "受託者は、委託者に報告する。", "〔受注者｜受託者〕は、委託者に報告する。"),
    ("個人情報保護条例を守る。", "個人情報等保護条例を守る。", "個人情報〔｜等〕保護条例を守る。"),
    ("第６条第２項の規定", "第７条第２項の規定", "第〔６｜７〕条第２項の規定"),
    ("速やかに報告しなければならない。", "直ちに、書面により報告しなければならない。", "〔速やかに｜直ちに、書面により〕報告しなければならない。"),
    ("資料を返還する。", "資料を返還し、又は廃棄する。", "資料を返還〔｜し、又は廃棄〕する。"),
    ("甲は、乙に通知する。", "業務の内容を定める。", "〔甲は、乙に通知する。｜業務の内容を定める。〕"),
    ("電子メール　電子の手紙", "電子メール電子の手紙", "電子メール電子の手紙"),
    ("同じ。", "同じ。", "同じ。"),
    ("", "新しい。", "〔｜新しい。〕"),
  ])
  func whatIsShownAsChanged(_ old: String, _ new: String, _ expected: String) {
    #expect(difference(old, new) == expected)
  }
}
