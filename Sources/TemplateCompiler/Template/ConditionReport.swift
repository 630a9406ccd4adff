import Diagnostics

extension Diagnostic {
  /// Of a condition that cannot be read, with the mend of what people write instead.
  static func invalidCondition(_ condition: Name) -> Self {
    Diagnostic(
      .invalidCondition,
      at: condition.location,
      ja: "条件の書き方が正しくありません。",
      en: "This condition cannot be read.",
      hint: ConditionHabit.allCases.first { $0.isSeen(in: condition.text) }?.mend
        ?? Message(
          ja: "例：contract.deposit_paid > 0 and not vendor.individual",
          en: "For example: contract.deposit_paid > 0 and not vendor.individual"
        )
    )
  }
}

/// A way to write conditions that is another language's, or an input method's.
private enum ConditionHabit: CaseIterable {
  case quotes, doubleQuotes, wideSigns, singleEquals, signs, slashes

  func isSeen(in text: String) -> Bool {
    let scalars = text.unicodeScalars
    switch self {
    case .quotes: return scalars.contains { "‘’“”＇＂".unicodeScalars.contains($0) }
    case .doubleQuotes: return scalars.contains("\"")
    case .wideSigns: return scalars.contains { "＝＜＞！（）".unicodeScalars.contains($0) }
    case .singleEquals:
      let bytes = Array(text.utf8)
      return bytes.indices.contains { index in
        bytes[index] == UInt8(ascii: "=")
          && (index + 1 >= bytes.count || bytes[index + 1] != UInt8(ascii: "="))
          && (index == 0 || !"=<>!".utf8.contains(bytes[index - 1]))
      }
    case .signs:
      return text.contains("&&") || text.contains("||")
        || zip(text.utf8, text.utf8.dropFirst()).contains {
          $0 == UInt8(ascii: "!") && $1 != UInt8(ascii: "=")
        }
    case .slashes:
      return zip(text.utf8, text.utf8.dropFirst()).contains {
        $0.isDigit && ($1 == UInt8(ascii: "/") || $1 == UInt8(ascii: "."))
      }
    }
  }

  var mend: Message {
    switch self {
    case .quotes:
      Message(
        ja: "引用符が全角です。半角の ' で囲みます。例：kind == '変更'",
        en: "The quotes are full-width or curly; use the plain ': kind == '変更'"
      )
    case .doubleQuotes:
      Message(ja: "語は ' で囲みます。例：kind == '変更'", en: "Put words between ': kind == '変更'")
    case .wideSigns:
      Message(
        ja: "記号が全角です。半角で == != &lt; > ( ) と書きます。",
        en: "A sign is full-width; write == != &lt; > ( ) in ASCII."
      )
    case .singleEquals:
      Message(ja: "「=」は一つではなく、== と書きます。", en: "Write == instead of a single =.")
    case .signs:
      Message(
        ja: "&amp;&amp;、||、! ではなく、and、or、not と書きます。",
        en: "Write and, or, not instead of &amp;&amp;, ||, !."
      )
    case .slashes:
      Message(
        ja: "日付は西暦で 2023-03-31 のように書きます。",
        en: "Write a date as 2023-03-31."
      )
    }
  }
}

extension Diagnostic {
  static func invalidSlot(_ name: Name, _ value: String, values: [String]) -> Self {
    Diagnostic(
      .invalidSlot,
      at: name.location,
      ja: "版の語句「\(name.text)」に、値「\(value)」はありません。",
      en: "The slot “\(name.text)” has no value “\(value)”.",
      hint: didYouMean(value, among: values).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      }
        ?? Message(
          ja: "いずれか：\(values.joined(separator: "、"))",
          en: "One of: \(values.joined(separator: ", "))"
        )
    )
  }

  static func misplacedHas(at location: SourceLocation) -> Self {
    Diagnostic(
      .invalidCondition,
      at: location,
      ja: "has(…) は、様式と、書類一式の document の条件だけに書けます。",
      en: "Only conditions of forms, and of documents of the packet, take has(…).",
      hint: Message(
        ja: "条文と項目辞書の条件には、版の語（slot）を使ってください。",
        en: "In the annex and the dictionary ask a slot of the edition."
      )
    )
  }

  static func unknownProvision(_ provision: Name, among offered: [String]) -> Self {
    Diagnostic(
      .danglingReference,
      at: provision.location,
      ja: "規定「\(provision.text)」は、特記事項にも規定の目録にもありません。",
      en: "Neither the annex nor the catalogue has a provision “\(provision.text)”.",
      hint: didYouMean(provision.text, among: offered).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      }
        ?? Message(
          ja: "条、項又は号の id を書いてください。",
          en: "Write the id of an article, paragraph or item."
        )
    )
  }
}

/// What a place makes of a field, for saying what it takes.
enum FieldUse {
  case comparison, runningText, cell, choices, loop, tax, calculation

  var demand: Message {
    switch self {
    case .comparison:
      Message(
        ja: "同じ型どうしを比べます。大小は数、金額、日付だけにあります。例：contract.date < 2023-04-01",
        en:
          "Compare like with like; only numbers, amounts and dates are ordered: contract.date < 2023-04-01"
      )
    case .runningText:
      Message(
        ja: "文中には一つの値だけを差し込めます。複数行の項目（multiline）は <field path=\"…\"/> に、記録（record）は中の項目を一つずつ書きます。",
        en:
          "Text takes one value; print a multiline field with <field path=\"…\"/>, and the fields of a record one by one."
      )
    case .cell:
      Message(
        ja: "記録（record）は、中の項目を一つずつ書きます。",
        en: "Of a record, print the fields one by one."
      )
    case .choices:
      Message(
        ja: "選択肢のある項目（choice、boolean）だけに使えます。",
        en: "Only fields of the types choice and boolean have boxes to tick."
      )
    case .loop:
      Message(
        ja: "繰り返せるのは、項目辞書の一覧（list）だけです。",
        en: "Only a list of the dictionary can be looped over."
      )
    case .calculation:
      Message(
        ja: "計算できるのは、整数、金額、小数、割合と、数字だけの語（slot）です。一覧は sum(一覧.項目) か count(一覧) と書きます。",
        en:
          "Numbers, amounts, percentages and slots of digits can be computed with; of a list write sum(list.field) or count(list)."
      )
    case .tax:
      Message(
        ja: "税額も税込みの額も、同じ記録（record）の金額（money）でなければなりません。",
        en: "Both the tax and the total must be of the type money, in the same record."
      )
    }
  }
}
