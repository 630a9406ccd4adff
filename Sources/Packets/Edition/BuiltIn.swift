import CTemplates
import Files

/// What the program brings of the templates, as it was when the program was built.
package enum BuiltIn {
  /// The grammar of an edition's files, for editors: Templates/schema/template.rng.
  package static var grammar: [UInt8] {
    let bytes = unsafe tokki_grammar()
    return unsafe [UInt8](copying: bytes.start, count: bytes.count)
  }

  /// The look of an edition without a style sheet: Templates/common/style.css.
  static var style: [UInt8] {
    let bytes = unsafe tokki_base_style()
    return unsafe [UInt8](copying: bytes.start, count: bytes.count)
  }
}
