import Diagnostics
import Records

/// What a spreadsheet or a conversion did to a cell.
enum CellFault {
  case error, uncalculated, bornDate, likeAmount, dayOf1904, dayOrYear, exponent,
    numberCell,
    wrapped, scaled, covered, lostCharacter, mojibake
  /// With the day that was read.
  case dayNumber([UInt8])

  func diagnostic(_ label: String, _ path: String, at place: SourceLocation) -> Diagnostic {
    let (ja, en) = sentence
    return Diagnostic(
      code,
      severity,
      at: place,
      of: Diagnostic.Subject(name: "「\(label)」", path: path),
      ja: ja,
      en: "\(path) (\(label)) \(en)",
      hint: hint,
      field: path
    )
  }

  private var code: DiagnosticCode {
    switch self {
    case .error, .uncalculated: .cellError
    case .bornDate, .likeAmount, .dayOf1904, .dayOrYear, .exponent, .numberCell,
      .wrapped,
      .scaled:
      .damagedCell
    case .dayNumber: .dayNumber
    case .covered: .mergedCells
    case .lostCharacter, .mojibake: .lostCharacter
    }
  }

  private var severity: Diagnostic.Severity {
    switch self {
    case .error, .uncalculated, .bornDate, .likeAmount, .dayOf1904, .dayOrYear, .exponent, .scaled,
      .covered, .mojibake:
      .error
    case .dayNumber, .numberCell, .wrapped, .lostCharacter: .warning
    }
  }

  private var sentence: (ja: String, en: String) {
    switch self {
    case .error: ("のセルがエラー値です。", "is an error value.")
    case .uncalculated: ("の数式の値が保存されていません。", "is a formula without a stored value.")
    case .bornDate: ("のセルが日付になっています。", "has become a date.")
    case .dayOf1904:
      (
        "のセルが、日付の表示形式でない数値です。1904年から日を数えるブックなので、日付と決められません。",
        "is a number without a date's format, in a workbook that counts days from 1904."
      )
    case .likeAmount:
      ("が、桁区切りのコンマ又は小数点のある数になっています。", "has become a number with commas or decimals.")
    case .dayOrYear:
      (
        "が5桁の数値で、Excelの日付の通し番号か、和暦の年・月・日を並べたものか、決められません。",
        "is a number of five digits, a spreadsheet's day or a year of an era with month and day."
      )
    case .dayNumber(let day):
      (
        "が5桁の数値です。Excelの日付の通し番号とみなし、\(String(decoding: day, as: UTF8.self)) と読みました。",
        "is a number of five digits; as a spreadsheet's day it was read as \(String(decoding: day, as: UTF8.self))."
      )
    case .wrapped: ("の値を囲む記号（=\"\" や '）を除いて読みました。", "was read without the =\"\" or ' around it.")
    case .scaled:
      ("が、千円・百万円などの単位で表示されています。", "is shown in thousands or millions.")
    case .covered:
      ("のセルが結合した範囲にあり、値を決められません。", "is merged with other cells, and its value is not certain.")
    case .exponent: ("が指数の形になり、下の桁が失われています。", "has become a power of ten and lost digits.")
    case .numberCell: ("のセルが数値です。先頭の0が失われていないか確かめてください。", "is a number; leading zeros may be lost.")
    case .mojibake:
      ("が文字化けしています。", "was read in a wrong encoding by another program.")
    case .lostCharacter: ("に、文字化けの跡（〓や?）があります。", "shows traces of lost characters.")
    }
  }

  private var hint: Message? {
    switch self {
    case .error: Message(ja: "数式を修正するか、値を入力してください", en: "correct the formula or type the value")
    case .uncalculated:
      Message(ja: "Excelで開いて保存し直してください", en: "open it in a spreadsheet and save it again")
    case .dayNumber:
      Message(
        ja: "この日付でなければ、2022-04-01 のように入力し直してください",
        en: "if it is another day, type it again, as 2022-04-01"
      )
    case .dayOf1904, .dayOrYear:
      Message(ja: "2022-04-01 のように、日付を入力し直してください", en: "type the day again, as 2022-04-01")
    case .scaled:
      Message(
        ja: "セルの表示形式を「標準」にし、円単位（一人、一件の単位）の数を入力してください",
        en: "give the cell the general format and type the amount in yen, or the count in ones"
      )
    case .covered:
      Message(ja: "結合を解除し、各セルに値を入力してください", en: "unmerge the cells and fill in each")
    case .wrapped: nil
    case .bornDate, .likeAmount, .exponent, .numberCell:
      Message(
        ja: "セルの表示形式を「文字列」にして、入力し直してください",
        en: "format the cell as text and type the value again"
      )
    case .mojibake:
      Message(
        ja: "元のファイルを、UTF-8として開いてから保存し直してください",
        en: "open the original as UTF-8 and save it again"
      )
    case .lostCharacter:
      Message(ja: "元の文字を確かめて、入力し直してください", en: "see what the character was, and type it again")
    }
  }
}
