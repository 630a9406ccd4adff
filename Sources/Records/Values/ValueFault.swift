import Diagnostics

/// Why a text is not, or not surely, a value of its field's type.
enum ValueFault {
  case forbiddenCharacters([Unicode.Scalar])
  /// U+FFFD.
  case lostCharacter
  case lineBreak
  case joinedLines
  case standIn(StandIn)
  case notOffered([String])
  case notBoolean(yes: String, no: String)
  case notInteger
  case notMoney
  case withoutTax
  case notDecimal
  case tooManyDecimals
  case tooLarge
  case outOfRange(NumberRange)
  case date(DateFault)
  case time(DateFault)
  case malformed(Form)
  case leadingZeroLost
  case wrongCheckDigit
  case identifier(IdentifierFault)
  case outsideRepertoire(CharacterPlaces)

  enum Form {
    case postalCode, phone, email, corporateNumber
  }

  func diagnostic(for field: FieldPlace, at location: SourceLocation) -> Diagnostic {
    let (code, severity) = classification
    let sentence = sentence
    return Diagnostic(
      code,
      severity,
      at: location,
      of: field.subject(),
      ja: sentence.ja,
      en: "\(field.english) \(sentence.en)",
      hint: hint,
      field: field.name
    )
  }

  private var classification: (DiagnosticCode, Diagnostic.Severity) {
    switch self {
    case .forbiddenCharacters: (.forbiddenCharacter, .error)
    case .lostCharacter: (.lostCharacter, .error)
    case .lineBreak: (.lineBreak, .error)
    case .joinedLines: (.lineBreak, .warning)
    case .standIn(.nothing): (.placeholder, .warning)
    case .standIn(.ditto), .standIn(.machine): (.placeholder, .error)
    case .notOffered: (.choiceNotOffered, .error)
    case .notBoolean, .notInteger, .notMoney, .withoutTax, .notDecimal, .tooManyDecimals, .tooLarge:
      (.wrongType, .error)
    case .outOfRange: (.outOfRange, .error)
    case .date(let fault), .time(let fault): fault.classification
    case .malformed, .leadingZeroLost: (.malformedValue, .error)
    case .wrongCheckDigit: (.wrongCheckDigit, .error)
    case .identifier(let fault): (.damagedCell, fault.severity)
    case .outsideRepertoire: (.outsideRepertoire, .warning)
    }
  }

  /// What follows the field's name.
  private var sentence: Message {
    switch self {
    case .forbiddenCharacters(let scalars):
      let names = scalars.map(\.codePoint)
      return Message(
        ja: "に、書類に印字できない文字（\(names.joined(separator: "、"))）が含まれています。",
        en: "contains what cannot be printed: \(names.joined(separator: ", "))."
      )
    case .lostCharacter:
      return Message(
        ja: "に、元の文字が失われたことを示す文字（U+FFFD）が含まれています。",
        en: "holds U+FFFD, which stands where a character was lost."
      )
    case .lineBreak:
      return Message(ja: "は1行の項目ですが、改行が含まれています。", en: "takes one line, but holds a line break.")
    case .joinedLines:
      return Message(
        ja: "は1行の項目なので、改行を除いて続けて印字します。",
        en: "takes one line; its lines are joined."
      )
    case .standIn(.nothing):
      return Message(
        ja: "には値のないことを示す記号（「－」「NULL」「0」「なし」など）だけがあるので、未記入とみなします。",
        en: "holds only a sign of nothing (－, NULL, 0, なし or the like) and counts as empty."
      )
    case .standIn(.ditto):
      return Message(
        ja: "が「〃」「同上」などの、ほかの欄を指す記載になっています。",
        en: "points to another value (〃, 同上 or the like)."
      )
    case .standIn(.machine):
      return Message(
        ja: "が「TRUE」「#REF!」などの、数式の結果になっています。",
        en: "is what a formula came to (TRUE, #REF! or the like)."
      )
    case .notOffered(let options):
      let shown = options.prefix(12)
      let more = options.count > shown.count
      return Message(
        ja: "に選べるのは、\(shown.map { "「\($0)」" }.joined())\(more ? "など" : "")です。",
        en: "offers \(shown.joined(separator: ", "))\(more ? ", …" : ""); this is none of them."
      )
    case .notBoolean(let yes, let no):
      return Message(ja: "には「\(yes)」か「\(no)」を書いてください。", en: "takes \(yes) or \(no).")
    case .notInteger:
      return Message(ja: "を整数として読めません。", en: "is not a whole number.")
    case .notMoney:
      return Message(ja: "を金額（円）として読めません。", en: "is not an amount of whole yen.")
    case .withoutTax:
      return Message(ja: "が税抜きの額になっています。", en: "is an amount without the tax.")
    case .outOfRange(let range):
      return Message(
        ja: "には、\(range.japanese)の数を入力してください。",
        en: "takes a number \(range.english)."
      )
    case .notDecimal:
      return Message(ja: "を数値として読めません。", en: "is not a number.")
    case .tooManyDecimals:
      return Message(ja: "は小数第4位までです。", en: "takes at most four decimals.")
    case .tooLarge:
      return Message(ja: "の数が大きすぎます（18桁まで）。", en: "is too large: eighteen digits at most.")
    case .date(let fault):
      return fault.sentence(
        unreadable: Message(ja: "を日付として読めません。", en: "cannot be read as a date.")
      )
    case .time(let fault):
      return fault.sentence(
        unreadable: Message(ja: "を日時として読めません。", en: "cannot be read as a date and time.")
      )
    case .malformed(.postalCode):
      return Message(ja: "を郵便番号として読めません。", en: "is not a postal code.")
    case .malformed(.phone):
      return Message(ja: "を電話番号として読めません。", en: "is not a telephone number.")
    case .malformed(.email):
      return Message(ja: "を電子メールアドレスとして読めません。", en: "is not a mail address.")
    case .malformed(.corporateNumber):
      return Message(ja: "を法人番号（13桁）として読めません。", en: "is not a 13-digit corporate number.")
    case .leadingZeroLost:
      return Message(ja: "の桁が足りません。", en: "lacks a digit.")
    case .wrongCheckDigit:
      return Message(
        ja: "の検査用数字（先頭の1桁）が合いません。",
        en: "fails the check by its first digit."
      )
    case .identifier(let fault): return fault.sentence
    case .outsideRepertoire(let places):
      return Message(
        ja: "の\(places.japanese)は外字で、相手先の端末で表示・印字できないことがあります。",
        en: "holds what other machines may not show or print: \(places.english)."
      )
    }
  }

  private var hint: Message? {
    switch self {
    case .forbiddenCharacters:
      Message(
        ja: "Excelなどからの貼り付けで入り込む見えない文字です。その値を入力し直してください",
        en: "such characters slip in when pasting; type the value again"
      )
    case .lostCharacter:
      Message(ja: "元の文字を確認し、入力し直してください", en: "see what the character was, and type it again")
    case .identifier(let fault): fault.hint
    case .notMoney: Message(ja: "例：12,345,678", en: "as in 12,345,678")
    case .notInteger, .notDecimal:
      Message(ja: "単位を付けず、数字だけを書いてください", en: "write digits only, without a unit")
    case .date(let fault): fault.hint(form: .date)
    case .time(let fault): fault.hint(form: .datetime)
    case .malformed(.postalCode): Message(ja: "例：210-0000", en: "as in 210-0000")
    case .malformed(.phone):
      Message(ja: "例：044-000-0001、044-000-0001（内線123）", en: "as in 044-000-0001")
    case .malformed(.email): Message(ja: "半角で書いてください", en: "write it in ASCII")
    case .leadingZeroLost:
      Message(
        ja: "Excelで先頭の0が消えた可能性があります。セルの表示形式を「文字列」にして（YAMLでは「'」で囲んで）、先頭の0から書いてください",
        en: "a spreadsheet may have dropped the leading 0; make the cell text, or quote it in YAML"
      )
    case .wrongCheckDigit:
      Message(ja: "国税庁法人番号公表サイトの番号と見比べてください", en: "compare it with the public register")
    case .joinedLines:
      Message(
        ja: "改行の前後に空白が必要なら、1行にして入力してください",
        en: "if a space belongs between them, type it as one line"
      )
    case .standIn(.nothing): Message(ja: "値があれば入力してください", en: "type the value if there is one")
    case .standIn(.ditto): Message(ja: "値そのものを入力してください", en: "type the value itself")
    case .standIn(.machine):
      Message(ja: "数式を確認するか、値を入力してください", en: "check the formula, or type the value")
    case .withoutTax: Message(ja: "税込みの額を入力してください", en: "give the amount with the tax")
    case .outsideRepertoire:
      Message(
        ja: "見本刷りで確かめてください。出ない字は、本人や相手先に確かめて、通用の字体で書いてください",
        en: "look at a printed proof; where it fails, agree on the common form of the character"
      )
    case .lineBreak, .notOffered, .notBoolean, .tooManyDecimals, .tooLarge, .outOfRange,
      .malformed(.corporateNumber):
      nil
    }
  }
}

extension Unicode.Scalar {
  /// As in U+000B.
  package var codePoint: String {
    let hex = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
  }
}
