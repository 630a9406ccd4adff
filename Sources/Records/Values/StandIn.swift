import Diagnostics

/// What stands where a value should, and is none.
enum StandIn: Hashable {
  /// 〃, 同上: the value is another cell's.
  case ditto
  /// TRUE, #REF!: what a formula came to.
  case machine
  /// NULL, －, a 0 where no number is meant: there is nothing.
  case nothing

  /// The longest of the words, in bytes.
  private static let longest = 16

  private static let words: [[(word: [UInt8], StandIn)]] = {
    let dittos = [
      "〃", "″", "々", "仝", "〻", "\"", "同", "同上", "同　上", "同左", "同前", "同じ", "上に同じ", "上と同じ", "上記",
      "上記同様",
      "上記に同じ", "上記と同じ",
    ]
    let machines = [
      "TRUE", "FALSE", "True", "False", "true", "false", "NaT", "[object Object]",
    ]
    let nothings = [
      "NULL", "Null", "null", "(null)", "<null>", "nil", "NaN", "nan", "NAN", "None", "NONE",
      "<NA>", "N/A", "n/a", "undefined", "\\N",
      "-", "--", "---", "－", "－－", "ー", "ーー", "―", "――", "‐", "‑", "–", "—", "−", "─", "━", "ｰ",
      "×", "✕", "✖", "╳", "/", "／",
    ]
    var words = [[(word: [UInt8], StandIn)]](repeating: [], count: longest + 1)
    for (kind, spellings) in [(Self.ditto, dittos), (.machine, machines), (.nothing, nothings)] {
      for spelling in spellings { words[spelling.utf8.count].append((Array(spelling.utf8), kind)) }
    }
    return words
  }()

  /// Nil for what may be a value of the type; its words and options have been asked for.
  init?(_ text: ArraySlice<UInt8>, for type: FieldType) {
    if text.isSpreadsheetError {
      self = .machine
      return
    }
    guard text.count <= Self.longest else { return nil }
    if let word = Self.words[text.count].first(where: { text.elementsEqual($0.word) }) {
      self = word.1
      return
    }
    guard type.isWithoutZero && text.isZero || type.isWithoutWords && (text.isNone || text.isOpen)
    else {
      return nil
    }
    self = .nothing
  }

  /// Whether words leave open what was asked: なし, 未定, ？.
  ///
  /// An optional field may be answered so.
  static func leavesOpen(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count <= longest else { return false }
    if text.isNone || text.isOpen || text.isOne(of: ["有", "あり", "有り"]) { return true }
    return String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy {
      !$0.properties.isAlphabetic && $0.properties.numericType == nil
    }
  }
}

extension FieldType {
  /// Whether 0 is no value of the type.
  fileprivate var isWithoutZero: Bool {
    switch self {
    case .integer, .decimal, .percent, .money, .boolean: false
    case .text, .multiline, .date, .datetime, .choice, .identifier, .postalCode, .phone, .email,
      .corporateNumber, .photo:
      true
    }
  }

  /// Whether なし and 未定 are no value of the type.
  fileprivate var isWithoutWords: Bool {
    switch self {
    case .text, .multiline, .identifier, .photo: false
    case .choice(options: _, let other): !other
    case .integer, .decimal, .percent, .money, .date, .datetime, .boolean, .postalCode, .phone,
      .email, .corporateNumber:
      true
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var isZero: Bool { isOne(of: ["0", "０"]) }

  fileprivate var isNone: Bool { isOne(of: wordsForNone) }

  /// Whether it says that the value is yet to come.
  fileprivate var isOpen: Bool { isOne(of: wordsForOpen) }

  /// By bytes.
  fileprivate func isOne(of words: [String]) -> Bool {
    words.contains { $0.utf8.count == count && elementsEqual($0.utf8) }
  }
}

extension Collection<UInt8> {
  /// #N/A and its like, as a spreadsheet writes them into CSV, the #### of a column that is too narrow, LibreOffice's Err:508, and a
  /// bare reference that was never followed, =A1.
  package var isSpreadsheetError: Bool {
    switch first {
    case UInt8(ascii: "#"):
      count > 1
        && (spreadsheetErrors.contains { elementsEqual($0.utf8) }
          || allSatisfy { $0 == UInt8(ascii: "#") })
    case UInt8(ascii: "E"):
      starts(with: "Err:".utf8) && count > 4 && dropFirst(4).allSatisfy { $0.isDigit }
    case UInt8(ascii: "="): dropFirst().isCellReference
    case _: false
    }
  }

  /// A1, $AB$12.
  private var isCellReference: Bool {
    let bytes = filter { $0 != UInt8(ascii: "$") }
    let letters = bytes.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    let digits = bytes.dropFirst(letters.count)
    return (1...3).contains(letters.count) && (1...7).contains(digits.count)
      && digits.allSatisfy { $0.isDigit }
  }
}

private let spreadsheetErrors = [
  "#N/A", "#n/a", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
]

private let wordsForNone = ["なし", "無し", "無", "ナシ", "該当なし", "該当無し", "無記入"]

private let wordsForOpen = [
  "未定", "未入力", "未記入", "未記載", "未確定", "不詳", "空欄", "後日", "要確認", "確認中", "検討中", "調整中", "TBD", "tbd",
  "TBA",
]
