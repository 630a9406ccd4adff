/// The apostrophe that keeps a spreadsheet from running a cell's text as a formula.
enum FormulaGuard {
  /// Text that, after any number of apostrophes, begins as a formula does gets one apostrophe more.
  static func guarded(_ bytes: [UInt8]) -> [UInt8] {
    isFormula(bytes[...]) ? [apostrophe] + bytes : bytes
  }

  /// Takes away the apostrophe that `guarded` gave.
  static func unguarded(_ bytes: [UInt8]) -> [UInt8] {
    bytes.first == apostrophe && isFormula(bytes[...]) ? Array(bytes.dropFirst()) : bytes
  }

  private static let apostrophe = UInt8(ascii: "'")

  private static func isFormula(_ bytes: ArraySlice<UInt8>) -> Bool {
    switch bytes.first(where: { $0 != apostrophe }) {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      true
    case nil, _?: false
    }
  }
}
