import Diagnostics
import Records

/// The fields that every dictionary has, because they tell packets apart and name their folders.
enum KeyFields {
  static func check(_ dictionary: FieldDictionary, reader: ElementReader) {
    // The built-in record lies where the dictionary begins.
    guard let packet = dictionary.child("packet", of: nil) else { return }
    let location = dictionary.fields[packet].declaration.location
    for path in ["contract.number", "vendor.id"] {
      let field = dictionary.field(at: path).map { dictionary.fields[$0] }
      let shapes: [Field.Shape] = [.value(.identifier), .value(.text)]
      guard let field, field.frame == 0, shapes.contains(field.declaration.shape) else {
        reader.report(.missingKey(path, at: location))
        continue
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func missingKey(_ path: String, at location: SourceLocation) -> Self {
    let names = path.split(separator: ".")
    return Diagnostic(
      .missingElement,
      at: location,
      ja: "項目「\(path)」が必要です。書類一式は、契約番号と受注者番号で区別されます。",
      en: "The field “\(path)” is needed: packets are told apart by contract and vendor.",
      hint: Message(
        ja: "record「\(names[0])」の中に、field「\(names[1])」を type=\"identifier\" で加えてください。",
        en: "Add a field “\(names[1])” of the type identifier to the record “\(names[0])”."
      )
    )
  }
}
