import Files
package import Records
package import TemplateCompiler

extension CompiledEdition {
  /// The binder of the edition's data, which also reports characters outside the edition's repertoire.
  package var binder: Binder { Binder(dictionary, repertoire: .named(repertoire)) }
  /// Demands what the packets of all occasions print.
  package var wholeBinder: Binder { Binder(wholeDictionary, repertoire: .named(repertoire)) }
}

extension Repertoire {
  /// The set of a name, from the C library's tables; where it lacks one, `unicode`.
  package static func named(_ name: RepertoireName) -> Repertoire {
    switch name {
    case .cp932: cp932
    case .jisX0213: jisX0213
    case .unicode: unicode
    }
  }

  private static let cp932: Repertoire = {
    guard let table = CP932.shared else { return unicode }
    var repertoire = Repertoire()
    repertoire.formUnion(table.scalars)
    repertoire.formUnion(Array(0xFF61...0xFF9F))
    // Macs write these where CP932 has ～－∥―￥￠￡￢; every font has them.
    repertoire.formUnion([0x301C, 0x2212, 0x2016, 0x2014, 0xA5, 0xA2, 0xA3, 0xAC])
    // A space without a break comes with text that is pasted from a word processor, and looks like any other.
    repertoire.formUnion([0xA0])
    return repertoire
  }()

  /// With CP932: what prints JIS X 0213 prints 髙, too, which that standard counts as 高.
  private static let jisX0213: Repertoire = {
    guard let conversion = TextConversion(from: "EUC-JISX0213", to: "UTF-32LE") else {
      return unicode
    }
    var repertoire = cp932
    for plane in [[], [0x8F]] as [[UInt8]] {
      for row in UInt8(0xA1)...0xFE {
        for cell in UInt8(0xA1)...0xFE {
          // か゚ and the like are two scalars.
          repertoire.formUnion((conversion.convert(plane + [row, cell]) ?? []).scalars)
        }
      }
    }
    return repertoire
  }()
}

extension [UInt8] {
  /// Of UTF-32LE.
  fileprivate var scalars: [UInt32] {
    stride(from: 0, to: count, by: 4).map { start in
      (0..<4).reduce(0) { $0 | UInt32(self[start + $1]) << (8 * UInt32($1)) }
    }
  }
}
