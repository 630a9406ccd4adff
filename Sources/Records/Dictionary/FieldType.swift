/// What a field's value is, and so how it is read, checked and, without a filter, printed.
package enum FieldType: Hashable, Sendable {
  /// One line of text.
  case text
  /// Text of any number of lines; stands in block positions only.
  case multiline
  /// A whole number, printed with separators: 8,000.
  case integer
  /// A number with at most four decimals.
  case decimal
  /// As `decimal`, printed with ％.
  case percent
  /// Whole yen, printed 金12,345,678円.
  case money
  /// A day, printed 令和４年４月１日.
  case date
  /// A day and a time of day in minutes, printed 令和４年４月１日　午前９時20分.
  case datetime
  /// One of two words.
  case boolean(yes: String, no: String)
  /// One of the options; with `other`, any text, printed as その他（…）.
  case choice(options: [Option], other: Bool)
  /// Text that names a thing, whatever it looks like: 0040012.
  case identifier
  /// 000-0000.
  case postalCode
  /// A telephone number; always text.
  case phone
  case email
  /// 法人番号: thirteen digits, the first a check digit.
  case corporateNumber
  /// The space for a photograph that is stuck on.
  case photo

  /// One of the answers that a choice offers.
  package struct Option: Hashable, Sendable, ExpressibleByStringLiteral {
    /// What conditions name, and data may.
    package let value: String
    /// What papers print, and data may give as well.
    package let words: String

    /// Without a value of its own the words are the value.
    package init(_ words: String, value: String? = nil) {
      self.value = value ?? words
      self.words = words
    }

    package init(stringLiteral words: String) { self.init(words) }
  }

  /// The name that `dictionary.xml` uses.
  package var name: String {
    switch self {
    case .text: "text"
    case .multiline: "multiline"
    case .integer: "integer"
    case .decimal: "decimal"
    case .percent: "percent"
    case .money: "money"
    case .date: "date"
    case .datetime: "datetime"
    case .boolean: "boolean"
    case .choice: "choice"
    case .identifier: "identifier"
    case .postalCode: "postal-code"
    case .phone: "phone"
    case .email: "email"
    case .corporateNumber: "corporate-number"
    case .photo: "photo"
    }
  }
}
