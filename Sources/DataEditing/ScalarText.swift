import DataFiles
import Diagnostics
import Records

/// How a value's text is written in a file: on its line, and in the lines below it if it is a block.
struct ScalarText {
  var inline: [UInt8]
  /// Without their indentation.
  var block: [[UInt8]] = []
}

extension FileStyle {
  /// A key, which is a name or a label.
  func key(_ name: String) -> [UInt8] {
    switch format {
    case .yaml: YAMLText.key(name)
    case .json: JSONValue.string(name).bytes
    }
  }

  /// A value that has been there before is written alike, as far as its new text allows.
  func text(
    _ bytes: [UInt8],
    of type: FieldType?,
    before: RawScalar? = nil,
    isFlow: Bool
  ) -> ScalarText {
    switch format {
    case .yaml: YAMLText.written(bytes, of: type, before: before, quotes: quotes, isFlow: isFlow)
    case .json:
      ScalarText(
        inline: Self.isBare(bytes, of: type, before: before) ? bytes : JSONValue.text(bytes).bytes
      )
    }
  }

  /// A number or a truth of JSON stays one, or is one in a field of such values, if its text is what JSON would write.
  private static func isBare(_ bytes: [UInt8], of type: FieldType?, before: RawScalar?) -> Bool {
    let look = YAMLLook(bytes)
    switch look {
    case .integer, .truth:
      return before.map { !$0.isQuoted && YAMLLook($0.bytes) == look }
        ?? (look == YAMLLook(of: type))
    case .text, .number, .date, .word: return false
    }
  }
}
