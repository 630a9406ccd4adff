import Records

/// The number of a cell as a clerk sees it.
enum WorkbookNumber {
  /// A cell of what is stored as `text` under a format; nil if that is no number.
  static func cell(_ text: [UInt8], format: WorkbookFormat, is1904: Bool) -> TableCell? {
    let number = is1904 ? TableCell.Kind.numberSince1904 : .number
    if case .number(nil) = format, isPlainInteger(text) { return TableCell(text, kind: number) }
    guard text.allSatisfy(\.isOfNumber),
      let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite
    else { return nil }
    return switch format {
    case .number(let format):
      format?.cell(of: value) ?? TableCell(digits(of: value), kind: number)
    case .date: day(value, is1904: is1904)
    case .time: value < 1 ? time(value) : day(value, is1904: is1904)
    case .duration: time(value)
    }
  }

  private static func isPlainInteger(_ text: [UInt8]) -> Bool {
    guard let first = text.first, text.count <= 15 else { return false }
    return text.allSatisfy { (0x30...0x39).contains($0) } && (first != 0x30 || text.count == 1)
  }

  /// The decimal digits of a number, 15 at most, since a spreadsheet keeps no more: what lies beyond is the noise of a
  /// calculation (0.1 + 0.2).
  ///
  /// From 10^15 on as 1.23E+15, the sign that digits have been lost.
  static func digits(of value: Double) -> [UInt8] {
    var decimal = DecimalDigits(value.magnitude)
    decimal.round(to: 15)
    guard decimal.digits.contains(where: { $0 != 0 }) else { return [0x30] }
    return (value < 0 ? [UInt8(ascii: "-")] : []) + decimal.text
  }

  private static func day(_ serial: Double, is1904: Bool) -> TableCell {
    let last = is1904 ? 2_957_003.0 : 2_958_465.0  // 9999-12-31
    guard serial >= 0, serial < last + 1 else {
      return TableCell(digits(of: serial), kind: .number)
    }
    if serial < 1, !is1904 { return time(serial) }
    let seconds = min(Int((serial * 86_400).rounded()), (Int(last) + 1) * 86_400 - 1)
    let (day, second) = (seconds / 86_400, seconds % 86_400)
    var bytes: [UInt8]
    if is1904 {
      bytes = Array(CivilDate(dayNumber: Int64(day) - 24_107).iso.utf8)
    } else if day == 60 {
      // A day that 1900 did not have, kept since Lotus 1-2-3; no reader of dates accepts it.
      bytes = Array("1900-02-29".utf8)
    } else {
      bytes = Array(CivilDate(dayNumber: Int64(day) - (day < 60 ? 25_568 : 25_569)).iso.utf8)
    }
    if second > 0 { bytes += [UInt8(ascii: "T")] + clock(second) }
    return TableCell(bytes, kind: .date)
  }

  /// 9:20 as text, since it is no day.
  private static func time(_ serial: Double) -> TableCell {
    guard serial >= 0, serial < 10_000 else {
      return TableCell(digits(of: serial), kind: .number)
    }
    return TableCell(clock(Int((serial * 86_400).rounded())))
  }

  /// 09:20, with seconds if there are any.
  private static func clock(_ seconds: Int) -> [UInt8] {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let text = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))"
    return Array((seconds % 60 == 0 ? text : "\(text):\(two(seconds % 60))").utf8)
  }
}

/// The decimal digits of a number that is not negative: 0.d₁d₂d₃… × 10^exponent.
struct DecimalDigits {
  private(set) var digits: [UInt8]
  private var exponent: Int

  /// The shortest digits that mean this number.
  init(_ value: Double) {
    // 123.45, 1e-05, 1.5e+300
    let parts = value.description.utf8.split(separator: UInt8(ascii: "e"))
    let mantissa = parts.first.map(Array.init) ?? []
    let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count
    let shift = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
    let all = mantissa.filter { $0 != UInt8(ascii: ".") }.map { $0 - 0x30 }
    let zeros = all.prefix { $0 == 0 }.count
    digits = Array(all.dropFirst(zeros))
    exponent = point - zeros + shift
  }

  mutating func round(to count: Int) {
    if digits.count > count {
      let isUp = digits[count] >= 5
      digits.removeSubrange(count...)
      if isUp {
        while digits.last == 9 { digits.removeLast() }
        if let last = digits.popLast() {
          digits.append(last + 1)
        } else {
          digits = [1]
          exponent += 1
        }
      }
    }
    while digits.last == 0 { digits.removeLast() }
  }

  /// Multiplies by a power of ten.
  mutating func shift(by power: Int) { if !digits.isEmpty { exponent += power } }

  /// Rounds to so many digits after the point.
  mutating func round(toDecimals count: Int) {
    if exponent + count < 0 { digits = [] } else { round(to: exponent + count) }
  }

  /// ASCII digits before and after the point, none for zero; nil from 10^15 on.
  var parts: (whole: [UInt8], fraction: [UInt8])? {
    guard exponent <= 15, exponent >= -15 else { return digits.isEmpty ? ([], []) : nil }
    let ascii = digits.map { $0 + 0x30 }
    let zeros = [UInt8](repeating: 0x30, count: max(exponent - ascii.count, 0))
    if exponent <= 0 {
      return ([], ascii.isEmpty ? [] : [UInt8](repeating: 0x30, count: -exponent) + ascii)
    }
    return (Array(ascii.prefix(exponent)) + zeros, Array(ascii.dropFirst(exponent)))
  }

  var text: [UInt8] {
    let ascii = digits.map { $0 + 0x30 }
    if exponent > 15 || exponent < -3 {
      let power = exponent - 1
      let fraction = ascii.count > 1 ? [UInt8(ascii: ".")] + ascii.dropFirst() : []
      let sign = power < 0 ? "E-" : "E+"
      let padding = power.magnitude < 10 ? "0" : ""
      return ascii.prefix(1) + fraction + Array("\(sign)\(padding)\(power.magnitude)".utf8)
    }
    if exponent <= 0 {
      return Array("0.".utf8) + Array(repeating: 0x30, count: -exponent) + ascii
    }
    if ascii.count <= exponent {
      return ascii + Array(repeating: 0x30, count: exponent - ascii.count)
    }
    return ascii[..<exponent] + [UInt8(ascii: ".")] + ascii[exponent...]
  }
}

extension UInt8 {
  /// A character of -1.5E+10.
  fileprivate var isOfNumber: Bool {
    switch self {
    case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    case _: false
    }
  }
}
