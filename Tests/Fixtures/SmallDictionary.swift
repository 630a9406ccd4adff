import Diagnostics
package import Records

/// A dictionary with a field of every type and every kind of condition, as small as that allows.
package struct SmallDictionary {
  package private(set) var dictionary = FieldDictionary()
  private var parent: Field.ID?

  package static let shared: FieldDictionary = {
    var builder = SmallDictionary()
    builder.build()
    return builder.dictionary
  }()

  package init() {}

  /// Adds a field under the record that is open.
  @discardableResult
  package mutating func add(
    _ name: String,
    _ label: String,
    _ shape: Field.Shape,
    _ change: (inout Field.Declaration) -> Void = { _ in }
  ) -> Field.ID {
    var declaration = Field.Declaration(
      name: name,
      label: label,
      shape: shape,
      location: SourceLocation(file: "dictionary.xml")
    )
    change(&declaration)
    return dictionary.add(declaration, under: parent)
  }

  /// Adds a record or a list, and what `body` adds stands in it.
  @discardableResult
  package mutating func open(
    _ name: String,
    _ label: String,
    _ shape: Field.Shape = .record,
    _ change: (inout Field.Declaration) -> Void = { _ in },
    _ body: (inout Self) -> Void
  ) -> Field.ID {
    let outer = parent
    let id = add(name, label, shape, change)
    parent = id
    body(&self)
    parent = outer
    return id
  }

  private func operand(_ path: String) -> Operand {
    guard let id = dictionary.field(at: path) else { fatalError("no field \(path)") }
    return dictionary.operand(of: id)
  }

  private mutating func need(_ path: String, if condition: Condition = .constant(true)) {
    guard let id = dictionary.field(at: path) else { fatalError("no field \(path)") }
    dictionary.setConditions(of: id, needed: condition, words: dictionary.fields[id].wordsIf)
  }

  private mutating func allowWords(_ path: String, if condition: Condition) {
    guard let id = dictionary.field(at: path) else { fatalError("no field \(path)") }
    dictionary.setConditions(of: id, needed: dictionary.fields[id].neededIf, words: condition)
  }

  private mutating func build() {
    open("contract", "契約", .record, { $0.prefill = true }) {
      $0.add("number", "契約番号", .value(.identifier)) {
        $0.key = .contract; $0.aliases = ["契約No"]; $0.prefill = true
      }
      $0.add("title", "件名", .value(.text)) {
        $0.isTitle = true
        $0.prefill = true
        $0.isNeededPrefilled = true
      }
      $0.add("date", "契約締結日", .value(.date)) {
        $0.isPerVendor = true; $0.aliases = ["契約日"]; $0.prefill = true
      }
      $0.add("period_from", "履行期間の始期", .value(.date)) { $0.prefill = true }
      $0.add("period_to", "履行期間の終期", .value(.date)) { $0.prefill = true }
      $0.add("amount", "契約金額", .value(.money)) { $0.prefill = true }
      $0.add("ratio", "再委託の割合", .value(.percent))
      $0.add("score", "評価点", .value(.decimal))
      $0.add("copies", "部数", .value(.integer))
      $0.add("deposit", "契約保証金", .value(.choice(options: ["納付", "免除"], other: false)))
      $0.add("remarks", "備考", .value(.multiline))
      $0.add("total", "総額", .value(.money))
    }
    open("vendor", "受注者") {
      $0.add("id", "受注者番号", .value(.identifier)) {
        $0.key = .vendor; $0.prefill = true
      }
      $0.add("name", "商号又は名称", .value(.text)) {
        $0.isTitle = true; $0.prefill = true
      }
      $0.add("individual", "個人", .value(.boolean(yes: "個人", no: "法人")))
      $0.add("corporate_number", "法人番号", .value(.corporateNumber))
      $0.add("postal", "郵便番号", .value(.postalCode))
      $0.open("contact", "担当者連絡先") {
        $0.add("tel", "担当者電話", .value(.phone))
        $0.add("email", "担当者電子メール", .value(.email))
      }
      $0.open("workers", "従事者", .list(of: nil)) {
        $0.add("name", "従事者の氏名", .value(.text)) { $0.prefill = true }
        $0.add("role", "役割", .value(.choice(options: ["責任者", "従事者"], other: true)))
        $0.add("start", "従事開始日", .value(.date))
        $0.add("pledge_date", "誓約年月日", .value(.date)) { $0.hand = true }
        $0.add("photo", "顔写真", .value(.photo)) { $0.hand = true }
        $0.open("cards", "身分証明書", .list(of: nil)) {
          $0.add("number", "証明書番号", .value(.identifier))
        }
        $0.add("card_count", "証明書の枚数", .value(.integer))
      }
      $0.add("all_cards", "証明書の総枚数", .value(.integer))
      $0.open("incident", "事故報告") {
        $0.add("stage", "報告区分", .value(.choice(options: ["第１報", "続報", "最終報"], other: false)))
        $0.add("occurred_at", "発生日時", .value(.datetime)) { $0.words = ["不明"] }
        $0.add("cause", "原因", .value(.multiline)) { $0.words = ["調査中"] }
        $0.add("measures", "処置対策", .list(of: .multiline)) {
          $0.words = ["調査中"]
          $0.maximum = 3
        }
      }
    }
    open("packet", "書類一式") {
      $0.add(
        "mode",
        "様式の別",
        .value(.choice(options: ["blank", "prefilled", "final"], other: false))
      )
      $0.add("date", "作成日", .value(.date))
    }
    addFormulas()
    addConditions()
  }

  private mutating func addFormulas() {
    derive(
      "contract.total",
      .product(
        .value(operand("contract.amount"), scale: 1),
        .value(operand("contract.copies"), scale: 1)
      ),
      from: ["contract.amount", "contract.copies"]
    )
    derive(
      "vendor.workers.card_count",
      .count(operand("vendor.workers.cards")),
      from: ["vendor.workers.cards"]
    )
    let count = dictionary.field(at: "vendor.workers.card_count").map { dictionary.fields[$0].slot }
    derive(
      "vendor.all_cards",
      .total(of: operand("vendor.workers"), slot: count ?? 0, scale: 1),
      from: ["vendor.workers", "vendor.workers.card_count"]
    )
  }

  private mutating func derive(_ path: String, _ formula: Formula, from inputs: [String]) {
    guard let id = dictionary.field(at: path) else { fatalError("no field \(path)") }
    dictionary.setFormula(of: id, formula, from: inputs.compactMap(dictionary.field))
  }

  private mutating func addConditions() {
    need("contract.number")
    need("contract.date")
    need("vendor.id")
    need("vendor.name")
    need("vendor.workers.name")
    if let workers = dictionary.field(at: "vendor.workers") {
      dictionary.setNewness(
        ofItemsIn: workers,
        .not(.present(operand("vendor.workers.pledge_date")))
      )
    }
    need("vendor.incident.measures", if: .present(operand("vendor.incident.stage")))
    let isLast = Condition.compare(
      operand("vendor.incident.stage"),
      .equal,
      .text(Array("最終報".utf8))
    )
    need("vendor.incident.cause", if: isLast)
    allowWords("vendor.incident.cause", if: .not(isLast))
    allowWords("vendor.incident.measures", if: .not(isLast))
    addRule(
      "period-order",
      on: "contract.period_to",
      .error,
      basis: nil,
      .compareFields(operand("contract.period_to"), .less, operand("contract.period_from")),
      Message(ja: "履行期間の終期が始期より前です。", en: "The period ends before it begins.")
    )
    addRule(
      "worker-start",
      on: "vendor.workers.start",
      .warning,
      basis: "特記事項第５条第２項",
      .compareFields(operand("vendor.workers.start"), .less, operand("contract.date")),
      Message(ja: "従事開始日が契約締結日より前です。", en: "The worker starts before the contract.")
    )
  }

  private mutating func addRule(
    _ name: String,
    on path: String,
    _ severity: Diagnostic.Severity,
    basis: String?,
    _ violation: Condition,
    _ message: Message
  ) {
    guard let id = dictionary.field(at: path) else { fatalError("no field \(path)") }
    dictionary.rules.append(
      FieldDictionary.Rule(
        id: name,
        frame: dictionary.fields[id].frame,
        violation: violation,
        field: id,
        severity: severity,
        basis: basis,
        message: message
      )
    )
  }
}
