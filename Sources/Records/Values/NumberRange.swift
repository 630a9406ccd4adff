/// The numbers that a field accepts, in the unit in which it is written: yen, percent, pieces.
package struct NumberRange: Hashable, Sendable {
  /// Nil where there is no bound.
  package var minimum, maximum: Int64?

  /// `number` in units of 1/`scale`.
  func contains(_ number: Int64, scale: Int64) -> Bool {
    minimum.map { number >= $0 * scale } ?? true && maximum.map { number <= $0 * scale } ?? true
  }

  var japanese: String {
    switch (minimum, maximum) {
    case (let low?, let high?): "\(low.grouped)から\(high.grouped)まで"
    case (let low?, nil): "\(low.grouped)以上"
    case (nil, let high?): "\(high.grouped)以下"
    case (nil, nil): "任意"
    }
  }

  var english: String {
    switch (minimum, maximum) {
    case (let low?, let high?): "from \(low.grouped) to \(high.grouped)"
    case (let low?, nil): "from \(low.grouped) on"
    case (nil, let high?): "up to \(high.grouped)"
    case (nil, nil): "of any size"
    }
  }
}

extension Int64 {
  /// △12,345.
  fileprivate var grouped: String {
    let digits = Array(String(magnitude))
    let groups = digits.indices.map { index in
      index > 0 && (digits.count - index) % 3 == 0 ? ",\(digits[index])" : "\(digits[index])"
    }
    return (self < 0 ? "△" : "") + groups.joined()
  }
}

extension FieldType {
  /// The numbers that a field of this type accepts if it says nothing else; nil for what is no number.
  ///
  /// No city's contract reaches a trillion yen, and no list of its papers a billion things.
  package var range: NumberRange? {
    switch self {
    case .integer: NumberRange(minimum: 0, maximum: 999_999_999)
    case .money: NumberRange(minimum: 0, maximum: 999_999_999_999)
    case .percent: NumberRange(minimum: 0, maximum: 100)
    case .decimal: NumberRange(minimum: nil, maximum: nil)
    case .text, .multiline, .date, .datetime, .boolean, .choice, .identifier, .postalCode, .phone,
      .email, .corporateNumber, .photo:
      nil
    }
  }
}

extension Field.Declaration {
  /// The numbers that the field accepts; nil for one that takes none.
  package var range: NumberRange? {
    let type: FieldType? =
      switch shape {
      case .value(let type): type
      case .list(let type): type
      case .record: nil
      }
    return type?.range.map {
      NumberRange(minimum: minimum ?? $0.minimum, maximum: maximumValue ?? $0.maximum)
    }
  }
}
