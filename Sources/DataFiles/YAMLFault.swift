import Diagnostics

/// What cannot stand in a data file in YAML, or not without a word.
enum YAMLFault {
  case anchor, alias, merge, tag, tab
  /// What stands behind a # is cut off.
  case cutValue
  /// A value goes on in another line, alone or with what seems to be the next field.
  case joinedLines, fieldInValue
  case severalDocuments, notAName
  /// With libyaml's own sentence.
  case syntax(String)

  func diagnostic(at location: SourceLocation) -> Diagnostic {
    let sentence = sentence
    return Diagnostic(
      code,
      severity,
      at: location,
      ja: sentence.ja,
      en: sentence.en,
      hint: hint
    )
  }

  private var code: DiagnosticCode {
    switch self {
    case .anchor, .alias, .merge: .dataAlias
    case .tag: .dataTag
    case .severalDocuments: .severalDocuments
    case .joinedLines: .lineBreak
    case .tab, .cutValue, .fieldInValue, .notAName, .syntax: .dataSyntax
    }
  }

  private var severity: Diagnostic.Severity {
    switch self {
    case .joinedLines: .warning
    case .anchor, .alias, .merge, .tag, .tab, .cutValue, .fieldInValue, .severalDocuments,
      .notAName, .syntax:
      .error
    }
  }

  private var sentence: Message {
    switch self {
    case .anchor:
      Message(ja: "「&」で始まる目印（アンカー）は使えません。", en: "An anchor (&) cannot be used here.")
    case .alias: Message(ja: "「*」による引用（エイリアス）は使えません。", en: "An alias (*) cannot be used here.")
    case .merge: Message(ja: "「<<」による取り込みは使えません。", en: "A merge key (<<) cannot be used here.")
    case .tag: Message(ja: "「!」で始まる型の指定（タグ）は使えません。", en: "A tag (!) cannot be used here.")
    case .tab: Message(ja: "字下げにタブは使えません。", en: "A tab cannot be used for indentation.")
    case .cutValue:
      Message(
        ja: "この値の後の「#」から行の終わりまでは、注釈とみなされ、値に含まれません。",
        en: "What follows the # behind this value is a comment and no part of it."
      )
    case .joinedLines:
      Message(
        ja: "この値は次の行に続いているので、改行を除いて続けて読みます。",
        en: "This value goes on in the next line; its lines are joined."
      )
    case .fieldInValue:
      Message(
        ja: "この行は項目の形ですが、「: 」（半角のコロンと空白）がないので、前の行の値とみなされます。",
        en:
          "This line looks like a field, but without an ASCII colon and a space it belongs to the value before."
      )
    case .severalDocuments:
      Message(
        ja: "一つのファイルに「---」で区切られたデータが二つ以上あります。",
        en: "The file holds more than one document."
      )
    case .notAName:
      Message(ja: "「:」の前に項目名がありません。", en: "There is no field name before the colon.")
    case .syntax(let problem):
      Message(
        ja: Self.meaning(of: problem).ja,
        en: "This cannot be read as YAML: \(problem)."
      )
    }
  }

  private var hint: Message? {
    switch self {
    case .anchor:
      Message(ja: "「&」で始まる値は ' ' で囲んでください", en: "put a value that begins with & in quotes")
    case .alias:
      Message(
        ja: "値をそのまま書くか、「*」で始まる値なら ' ' で囲んでください",
        en: "write the value itself, or put a value that begins with * in quotes"
      )
    case .merge: Message(ja: "項目をそのまま書いてください", en: "write the fields themselves")
    case .tag:
      Message(ja: "「!」で始まる値は ' ' で囲んでください", en: "put a value that begins with ! in quotes")
    case .tab: Message(ja: "半角の空白に置き換えてください", en: "indent with spaces")
    case .cutValue:
      Message(
        ja: "値の一部なら値全体を ' ' で囲み、注釈なら「#」の後に空白を入れてください",
        en: "put the value in quotes if it is a part of it, or a space behind the # if it is not"
      )
    case .joinedLines:
      Message(
        ja: "改行の前後に空白が必要なら、1行にして入力してください",
        en: "if a space belongs between them, type it as one line"
      )
    case .fieldInValue:
      Message(
        ja: "項目なら、字下げをほかの項目とそろえ、「: 」で区切ってください。値の続きなら、値全体を ' ' で囲んでください",
        en: "align a field with the others and write ': '; put a value that goes on in quotes"
      )
    case .severalDocuments:
      Message(ja: "一つの契約を一つのファイルに書いてください", en: "write one contract to a file")
    case .notAName:
      Message(ja: "{ } を含む値は ' ' で囲んでください", en: "put a value that holds braces in quotes")
    case .syntax(let problem): Self.meaning(of: problem).hint
    }
  }

  /// libyaml's own sentences for the slips that clerks make, in their terms.
  private static func meaning(of problem: String) -> (ja: String, hint: Message?) {
    switch problem {
    case "mapping values are not allowed in this context":
      (
        "ここに「:」は書けません。",
        Message(
          ja: "字下げをそろえ、前の行の「：」を半角に直し、「: 」を含む値は ' ' で囲んでください",
          en:
            "check the indentation and the colon before, and put a value that holds ': ' in quotes"
        )
      )
    case "could not find expected ':'":
      (
        "項目名の後に「: 」がありません。",
        Message(ja: "「:」は半角で書き、その後に空白を入れてください", en: "write an ASCII colon and a space")
      )
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      ("字下げが前の行とそろっていません。", Message(ja: "行頭の空白の数をそろえてください", en: "align the indentation"))
    case "found character that cannot start any token":
      (
        "この文字で値を始めることはできません。",
        Message(
          ja: "@、`、% で始まる値は ' ' で囲んでください",
          en: "put a value that begins with @, ` or % in quotes"
        )
      )
    case "found unexpected end of stream":
      ("引用符が閉じられていません。", Message(ja: "' や \" の閉じ忘れを探してください", en: "look for a quote left open"))
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      ("かっこが閉じられていないか、「,」がありません。", nil)
    default:
      ("YAMLとして読めません。", nil)
    }
  }
}
