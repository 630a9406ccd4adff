import Records

/// Lays out the tables that are made from the register of papers and the packet.
struct RegisterLayout {
  let context: LayoutContext
  let scope: Scope
  /// The form in which the table stands.
  let form: Form

  func blocks(_ kind: RegisterListKind) -> [Block] {
    switch kind {
    case .submissions: submissions
    case .enclosures: enclosures
    case .gaps: gaps
    case .instruments: instruments
    }
  }

  /// 提出書類一覧表: what is enclosed for the vendor to hand in, in the packet's order.
  private var submissions: [Block] {
    let rows = handedOut.compactMap { document -> StaticTable.Row? in
      guard let form = form(of: document), let entry = entry(of: form), isSubmitted(entry)
      else { return nil }
      return row(
        of: document,
        [
          number(of: document), linked(document, [.text(entry.name)]),
          [.text(formNumber(of: form))],
          [.text(entry.issuer)], [.text(entry.recipient)],
          [.unit([.text(document.copies)], isLong: false)],
          [.text(document.due)], basis(entry), [.text(document.necessity)], [],
        ]
      )
    }
    return table(
      ["番号", "書類名", "様式", "作成者", "提出先", "部数", "提出期限", "根拠条項", "区分", "受領日・確認"],
      widths: [5, 16, 9, 9, 9, 6, 13, 15, 10, 8],
      rows,
      none: "提出していただく書類は、ありません。"
    )
  }

  /// What is enclosed, for a letter that accompanies it, which does not name itself.
  private var enclosures: [Block] {
    let rows = handedOut.filter { $0.content != .form(form.id) }.map { document in
      let one = (document.flow.loop == nil ? "" : "各") + context.numbered.number(1) + "部"
      let copies = document.copies.isEmpty ? one : document.copies
      return row(
        of: document,
        [number(of: document), linked(document, name(of: document)), [.text(copies)], []]
      )
    }
    return table(
      ["番号", "書類名", "部数", "備考"],
      widths: [4, 40, 8, 20],
      rows,
      none: "同封する書類は、ありません。"
    )
  }

  /// 版及び引用する法令等: when the edition, and what its text cites, is in force.
  private var instruments: [Block] {
    let edition = context.template.edition
    let own = [edition.name, edition.status.words, edition.force.words, ""]
    let others = edition.instruments.map { instrument in
      [
        instrument.title, instrument.status.words, instrument.force.words,
        instrument.checked.map(japanese) ?? "",
      ]
    }
    return table(
      ["名称", "状態", "適用・施行期間", "確認日"],
      widths: [28, 6, 18, 10],
      ([own] + others).map { row in
        StaticTable.Row(condition: nil, cells: row.map { $0.isEmpty ? [] : [.text($0)] })
      },
      none: ""
    )
  }

  /// この書類一式に含まれない関係書類: what the occasion calls for and is not printed, and what has no form; writings that the law
  /// demands first.
  private var gaps: [Block] {
    let entries = Paper.Writing.allCases.flatMap { writing in
      context.template.edition.papers.filter { $0.writing == writing }
    }
    let rows = entries.compactMap { entry -> StaticTable.Row? in
      let documents = context.template.edition.documents.filter { document in
        form(of: document).map { $0.paper?.text == entry.id.text } == true
          || entry.form.map { document.content == .form($0.text) } == true
      }
      let called = documents.filter { $0.isMade(on: context.occasion) }
      guard documents.isEmpty || !called.isEmpty else { return nil }
      let printed = called.filter(isPrinted).map(presence)
      if printed.contains(nil) { return nil }
      return StaticTable.Row(
        condition: printed.isEmpty ? nil : .not(.any(printed.compactMap(\.self))),
        cells: [
          [.text(entry.name)], [.text(entry.issuer)], [.text(entry.recipient)],
          [.text(entry.occasion)], basis(entry), [.text(writing(entry))], [],
        ]
      )
    }
    return table(
      ["関係書類", "作成者", "提出先", "時期", "根拠条項", "書面の要否", "確認"],
      widths: [14, 6, 6, 11, 12, 10, 4],
      rows,
      none: "該当する書類は、ありません。"
    )
  }

  // MARK: Documents

  private var handedOut: [PacketDocument] { context.documents.filter { !$0.isOfficeOnly } }

  private func isPrinted(_ document: PacketDocument) -> Bool {
    context.documents.contains { $0.location == document.location }
  }

  private func form(of document: PacketDocument) -> Form? {
    switch document.content {
    case .annex: nil
    case .form(let id): context.template.form(id)
    }
  }

  private func entry(of form: Form) -> Paper? {
    form.paper.flatMap { context.template.edition.paper($0.text) }
  }

  /// Whether the orderer gets it of somebody else.
  private func isSubmitted(_ entry: Paper) -> Bool {
    let orderer = ["発注者"] + [context.template.edition.slot("party.orderer")?.value ?? ""]
    return !orderer.contains(entry.issuer)
      && orderer.contains { !$0.isEmpty && entry.recipient.contains($0) }
  }

  /// When a document that is printed in some case is printed; nil: always.
  private func presence(of document: PacketDocument) -> Condition? {
    var conditions =
      RunLayout(scope: scope, context: context).condition(document.flow.condition)
      .map { [$0] } ?? []
    if let loop = document.flow.loop, loop.minimum == 0, let list = scope.entering(loop)?.list {
      conditions.append(.present(list))
    }
    let all = Condition.all(conditions).simplified
    return all == .constant(true) ? nil : all
  }

  // MARK: Cells

  private func row(of document: PacketDocument, _ cells: [[Run]]) -> StaticTable.Row {
    StaticTable.Row(condition: presence(of: document), cells: cells)
  }

  /// As its file's name has it.
  private func number(of document: PacketDocument) -> [Run] {
    let index = context.packet.firstIndex { $0.location == document.location } ?? 0
    return [.text(context.numbered.number(index + 1))]
  }

  private func name(of document: PacketDocument) -> [Run] {
    let runs = RunLayout(scope: scope, context: context)
    switch document.content {
    case .annex(let id): return context.template.annex(id).map { runs.runs($0.title) } ?? []
    case .form(let id):
      guard let form = context.template.form(id) else { return [] }
      return entry(of: form).map { [.text($0.name)] } ?? runs.runs(form.title)
    }
  }

  private func linked(_ document: PacketDocument, _ words: [Run]) -> [Run] {
    guard let anchor = context.firstAnchor(of: document.content) else { return words }
    let target = LinkTarget(document: context.template.id(of: document), anchor: anchor)
    return [.link(target, words)]
  }

  private func formNumber(of form: Form) -> String {
    let style = context.template.edition.style
    guard style.printsFormNumbers, let number = form.number else { return "－" }
    return style.formNumberLabel + number
  }

  private func writing(_ entry: Paper) -> String {
    switch entry.writing {
    case .required: "書面（明文）"
    case .act: "行為（書面は任意）"
    case .discretion: "\(context.template.edition.slot("party.orderer")?.value ?? "発注者")の権限"
    case .customary: "慣例"
    }
  }

  private func basis(_ entry: Paper) -> [Run] {
    guard let basis = entry.basis,
      let address = context.numbered.address(of: basis.text, part: entry.part)
    else { return [] }
    let words: [Run] = [.text(context.numbered.fullWords(of: address))]
    return context.target(ofProvision: basis.text, part: entry.part).map { [.link($0, words)] }
      ?? words
  }

  /// The table, or the words `none` where it has no row.
  private func table(
    _ labels: [String],
    widths: [Int],
    _ rows: [StaticTable.Row],
    none: String
  ) -> [Block] {
    let table = Block.staticTable(StaticTable(labels: labels, widths: widths, rows: rows))
    let words = Block.paragraph(.body, .left, [.text("　" + none)])
    if rows.contains(where: { $0.condition == nil }) { return [table] }
    if rows.isEmpty { return [words] }
    let isPrinted = Condition.any(rows.compactMap(\.condition))
    return [.conditional(isPrinted, [table]), .conditional(.not(isPrinted), [words])]
  }
}
