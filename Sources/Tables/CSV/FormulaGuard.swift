/// The apostrophe that keeps a spreadsheet from running a cell's text as a formula.
package enum FormulaGuard {
  /// Text that begins as a formula does, after any number of apostrophes and of controls, which a spreadsheet may drop, gets one
  /// apostrophe more.
  static func guarded(_ bytes: [UInt8]) -> [UInt8] {
    isFormula(bytes[...]) ? [apostrophe] + bytes : bytes
  }

  /// Takes away the apostrophe that `guarded` gave.
  package static func unguarded(_ bytes: [UInt8]) -> [UInt8] {
    bytes.first == apostrophe && isFormula(bytes[...]) ? Array(bytes.dropFirst()) : bytes
  }

  private static let apostrophe = UInt8(ascii: "'")

  private static func isFormula(_ bytes: ArraySlice<UInt8>) -> Bool {
    let start = bytes.first { $0 != apostrophe }
    if start == 0x09 || start == 0x0D { return true }
    switch bytes.first(where: { $0 != apostrophe && $0 >= 0x20 && $0 != 0x7F }) {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): return true
    case nil, _?: return false
    }
  }
}
