import Records

/// Lays out the tables that are made from the register of papers and the packet.
struct RegisterLayout {
  let context: LayoutContext

  func blocks(_ kind: RegisterListKind) -> [Block] {
    switch kind {
    case .submissions: [submissions]
    case .gaps: [gaps]
    case .instruments: [instruments]
    }
  }

  /// 提出書類一覧表: what the vendor hands in, in the packet's order.
  private var submissions: Block {
    let rows = context.documents.compactMap { document -> [[Run]]? in
      guard case .form(let id) = document.content, !document.necessity.isEmpty,
        let form = context.template.form(id), let paper = form.paper,
        let entry = context.template.edition.paper(paper.text)
      else { return nil }
      let title: [Run] = [.text(entry.name)]
      let link = context.firstAnchor(of: document.content).map {
        [Run.link(LinkTarget(document: id, anchor: $0), title)]
      }
      return [
        link ?? title, [.text("\(entry.issuer)→\(entry.recipient)")], [.text(document.copies)],
        [.text(document.due)], basis(entry), [.text(document.necessity)], [],
      ]
    }
    return staticTable(
      ["番号", "書類名", "作成者→提出先", "部数", "提出期限", "根拠条項", "区分", "受領日・確認"],
      widths: [4, 12, 9, 4, 10, 11, 7, 7],
      rows
    )
  }

  /// 不足書類: what the text names and this edition does not print.
  private var gaps: Block {
    let rows = context.template.edition.papers.compactMap { entry -> [[Run]]? in
      let isPrinted = context.template.edition.documents.contains { document in
        entry.form.map { document.content == .form($0.text) } ?? false
      }
      guard !isPrinted else { return nil }
      return [
        [.text(entry.name)], [.text("\(entry.issuer)→\(entry.recipient)")],
        [.text(entry.occasion)], basis(entry), [.text(entry.writing.words)], [],
      ]
    }
    return staticTable(
      ["番号", "書類名", "作成者→提出先", "時期", "根拠条項", "書面の要否", "確認"],
      widths: [4, 15, 9, 11, 11, 8, 4],
      rows
    )
  }

  /// 版及び引用する法令等: when the edition, and what its text cites, is in force.
  private var instruments: Block {
    let edition = context.template.edition
    let own = [edition.name, edition.status.words, edition.force.words, ""]
    let others = edition.instruments.map { instrument in
      [
        instrument.title, instrument.status.words, instrument.force.words,
        instrument.checked.map(japanese) ?? "",
      ]
    }
    return staticTable(
      ["番号", "名称", "状態", "適用・施行期間", "確認日"],
      widths: [5, 23, 6, 18, 10],
      ([own] + others).map { row in row.map { $0.isEmpty ? [] : [.text($0)] } }
    )
  }

  private func basis(_ entry: Paper) -> [Run] {
    guard let basis = entry.basis,
      let address = context.numbered.address(of: basis.text, part: entry.part)
    else { return [] }
    let words: [Run] = [.text(context.numbered.fullWords(of: address))]
    return context.target(ofProvision: basis.text, part: entry.part).map { [.link($0, words)] }
      ?? words
  }

  private func staticTable(_ labels: [String], widths: [Int], _ rows: [[[Run]]]) -> Block {
    .staticTable(
      StaticTable(
        labels: labels,
        widths: widths,
        rows: rows.enumerated().map { [[.text(context.numbered.number($0 + 1))]] + $1 }
      )
    )
  }
}
