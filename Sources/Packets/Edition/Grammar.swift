import CGrammar
import Files

/// The grammar of an edition's files, for editors: Templates/schema/template.rng as it was when the program was built.
package enum Grammar {
  package static var relaxNG: [UInt8] {
    let grammar = unsafe tokki_grammar()
    return unsafe [UInt8](copying: grammar.start, count: grammar.count)
  }
}
