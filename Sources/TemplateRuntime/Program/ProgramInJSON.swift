import Diagnostics
package import Records

extension Program {
  /// The program that writes what this one does as it stands within the quotation marks of a JSON string: of records that are
  /// plain there (`Record.isPlainInJSON`), for it escapes its literals and no value.
  package var inJSON: Program {
    var pool: [UInt8] = []
    return Program(
      format: format,
      instructions: instructions.map { instruction in
        instruction.withLiterals { literal in
          let text = JSONValue.text(bytes(of: literal)).bytes.dropFirst().dropLast()
          pool += text
          return Literal(start: UInt32(pool.count - text.count), count: UInt32(text.count))
        }
      },
      bytes: pool,
      conditions: conditions,
      sections: sections
    )
  }

  func bytes(of literal: Literal) -> [UInt8] {
    Array(bytes[Int(literal.start)..<Int(literal.start + literal.count)])
  }
}

extension Record {
  /// Whether a JSON string escapes nothing in its texts but quotation marks, which HTML and XML write as `&quot;`.
  package var isPlainInJSON: Bool {
    let marks = arena.count { $0 == UInt8(ascii: "\"") }
    return JSONValue.text(arena).bytes.count == arena.count + marks + 2
  }
}
