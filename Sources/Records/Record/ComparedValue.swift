extension FieldType {
  /// The number that a text means to a field of this type: a day, a minute, an amount; nil for a text that means none.
  ///
  /// Texts that are spelled otherwise and mean the same have the same number.
  package func number(meantBy text: [UInt8]) -> Int64? {
    switch read(text, words: []).content {
    case .number(let number): number
    case .absent, .text, .word, .decimal: nil
    }
  }

  /// The same for sorting, where a number with decimals counts, ten thousand times as large; nil for the words of a choice.
  package func sortNumber(meantBy text: [UInt8]) -> Int64? {
    switch self {
    case .integer, .decimal, .percent, .money, .date, .datetime:
      switch read(text, words: []).content {
      case .number(let number), .decimal(let number, _): number
      case .absent, .text, .word: nil
      }
    case .text, .multiline, .boolean, .choice, .identifier, .postalCode, .phone, .email,
      .corporateNumber, .photo:
      nil
    }
  }
}
