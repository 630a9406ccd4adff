import Diagnostics
import Records

/// The definition of a type: what JSON writes it as, how its text looks, and how to write it.
///
/// Each takes what the binder reads without a remark as people write it, and what is easily distinguished from it is refused; what only
/// exports and copies leave in a value (a midnight, TEL:, 円（税込）) the binder alone sees through. The patterns mean the same in ECMA-262
/// and in Python; a full-width digit or sign stands beside its ASCII twin.
struct TypeSchema {
  /// A hyphen sets it apart from the path of a record.
  let name: String
  private let kinds: [String]
  private var pattern: String?
  private let description: String
  private var examples: [JSONValue] = []
  private var range: ClosedRange<Int64>?

  var value: JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("description", .string(description)),
      ("type", .array(kinds.map { .string($0) })),
    ]
    if let pattern { members.append(("pattern", .string(pattern))) }
    if let range {
      members += [("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound))]
    }
    if !examples.isEmpty { members.append(("examples", .array(examples))) }
    return .object(members)
  }

  /// The text of a choice that none of its options is.
  static let ownWords = TypeSchema(
    name: "type-choice-other",
    kinds: scalar,
    pattern: trimmedLine,
    description: "選択肢にない内容を一行で書きます。「その他（…）」と書いても構いません。"
  )

  /// Any value, but not none.
  static let given = TypeSchema(
    name: "type-given",
    kinds: ["string", "number", "boolean"],
    pattern: #"\S"#,
    description: "空でない値。"
  )

  static let all =
    [
      FieldType.text, .multiline, .integer, .decimal, .percent, .money, .date, .datetime,
      .identifier,
      .postalCode, .phone, .email, .corporateNumber, .photo,
    ].map(of) + [ownWords, given]

  private static let scalar = ["string", "number", "boolean", "null"]
  /// One line; empty lines may follow it, and, where a value is trimmed, also stand before it.
  private static let line = #"^(?:[^\r\n]*[\r\n]*|\s*)$"#
  private static let trimmedLine = #"^\s*(?:\S[^\r\n]*)?\s*$"#
  private static let sign = #"[-‐-―−ー－△▲]?"#
  private static let digits = #"(?:[0-9０-９]+|[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+)"#

  static func of(_ type: FieldType) -> TypeSchema {
    let name = "type-\(type.name)"
    return switch type {
    case .text, .photo:
      TypeSchema(name: name, kinds: scalar, pattern: line, description: "一行の文字。")
    case .multiline:
      TypeSchema(name: name, kinds: scalar, description: "何行にもわたってよい文字。")
    case .identifier:
      TypeSchema(
        name: name,
        kinds: scalar,
        pattern: trimmedLine,
        description: "番号・符号。書いたとおりの文字として扱います。JSONで先頭の0を残すには \" で囲みます。",
        examples: [.string("0040012")]
      )
    case .integer:
      TypeSchema(
        name: name,
        kinds: ["integer", "string", "null"],
        pattern: #"^\s*(?:"# + sign + digits + #")?\s*$"#,
        description: "整数。",
        examples: [.integer(8000), .string("8,000"), .string("８０００")]
      )
    case .decimal:
      TypeSchema(
        name: name,
        kinds: ["number", "string", "null"],
        pattern: #"^\s*(?:"# + sign + digits + fraction + #")?\s*$"#,
        description: "小数第４位までの数。",
        examples: [.string("12.5")]
      )
    case .percent:
      TypeSchema(
        name: name,
        kinds: ["number", "string", "null"],
        pattern: #"^\s*(?:"# + sign + digits + fraction + #"[%％]?)?\s*$"#,
        description: "小数第４位までの割合（％）。",
        examples: [.integer(50), .string("12.5％")]
      )
    case .money:
      TypeSchema(
        name: name,
        kinds: ["integer", "string", "null"],
        pattern: #"^\s*(?:金?\s*[¥￥\\＼]?\s*"# + sign + digits + #"円?也?[-‐-―−ー－]?)?\s*$"#,
        description: "円単位の金額。",
        examples: [.integer(12_345_678), .string("12,345,678円"), .string("金１２,３４５,６７８円")]
      )
    case .date:
      TypeSchema(
        name: name,
        kinds: ["string", "integer", "null"],
        pattern: someDigit,
        description: "日付。西暦でも和暦でも、曜日を添えても書けます。",
        examples: ["2022-04-01", "2022/4/1", "令和４年４月１日", "令和４年４月１日（金）", "R4.4.1", "令4.4.1"].map {
          .string($0)
        },
        range: 10_000_101...99_991_231
      )
    case .datetime:
      TypeSchema(
        name: name,
        kinds: ["string", "null"],
        pattern: someDigit,
        description: "日時。日付の後に時刻を書きます。",
        examples: ["2022-04-11T10:00", "2022/4/11 15:30", "令和４年４月11日午前10時", "令和４年４月11日 午後３時半"].map {
          .string($0)
        }
      )
    case .postalCode:
      TypeSchema(
        name: name,
        kinds: ["string", "integer", "null"],
        pattern: #"^\s*(?:〒?\s*[0-9０-９]{3}[-‐-―−ー－]?[0-9０-９]{4})?\s*$"#,
        description: "郵便番号。",
        examples: [.string("210-0000")],
        range: 1_000_000...9_999_999
      )
    case .phone:
      TypeSchema(
        name: name,
        kinds: ["string", "null"],
        pattern: #"^[^0-9０-９]*[0０]|^\s*$"#,
        description: "電話番号。市外局番の0から書きます。内線番号を添えても書けます。",
        examples: [.string("044-000-0001"), .string("044-000-0001（内線123）")]
      )
    case .email:
      TypeSchema(
        name: name,
        kinds: ["string", "null"],
        pattern: #"^\s*(?:"# + atom + #"(?:\."# + atom
          + #")*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)?\s*$"#,
        description: "電子メールアドレス。",
        examples: [.string("keiyaku@example.jp")]
      )
    case .corporateNumber:
      TypeSchema(
        name: name,
        kinds: ["string", "integer", "null"],
        pattern: #"^\s*(?:[0-9０-９]{13})?\s*$"#,
        description: "法人番号（13桁。先頭の１桁は検査用数字）。",
        examples: [.string("7000012050002")],
        range: 1_000_000_000_000...9_999_999_999_999
      )
    case .boolean, .choice: ownWords
    }
  }

  private static let fraction = #"(?:[.．][0-9０-９]{1,4}[0０]*)?"#
  /// Every day has a number.
  private static let someDigit = #"[0-9０-９〇一二三四五六七八九十]|^\s*$"#
  private static let atom = #"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"#
}
