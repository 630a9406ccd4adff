import Diagnostics

/// A field of one item, as a message names it: its label, and its path with the numbers of the items around it.
struct FieldPlace {
  let dictionary: FieldDictionary
  let field: Field.ID
  /// The 1-based numbers of the items that the field stands in, outermost first.
  ///
  /// A list of values may add the value's own.
  let items: [Int]

  /// As in 「再委託先」２件目の「名称」.
  private var japanese: String {
    var words = ""
    for (list, item) in zip(lists, items) {
      words += "「\(dictionary.fields[list].label)」\(item.mixedDigits)件目"
      if list != field { words += "の" }
    }
    if lists.last != field || items.count < lists.count {
      words += "「\(dictionary.fields[field].label)」"
    }
    return words
  }

  /// As a message begins with it, behind what kind of field it is.
  func subject(_ kind: String = "") -> Diagnostic.Subject {
    Diagnostic.Subject(name: kind + japanese, path: path)
  }

  /// The field's path without numbers, as a diagnostic carries it.
  var name: String { dictionary.fields[field].path }

  /// As in vendor.subcontractors[2].name (名称).
  var english: String { "\(path) (\(dictionary.fields[field].label))" }

  private var path: String {
    var numbers = items[...]
    var parts: [String] = []
    for ancestor in ancestry {
      var part = dictionary.fields[ancestor].name
      if dictionary.fields[ancestor].itemFrame != nil, let number = numbers.popFirst() {
        part += "[\(number)]"
      }
      parts.append(part)
    }
    return parts.joined(separator: ".")
  }

  private var lists: [Field.ID] { ancestry.filter { dictionary.fields[$0].itemFrame != nil } }

  /// From the root down to the field itself.
  private var ancestry: [Field.ID] {
    var chain = [field]
    while let last = chain.last, let parent = dictionary.fields[last].parent {
      chain.append(parent)
    }
    return chain.reversed()
  }
}

extension Int {
  /// As messages count: ９, 10.
  var mixedDigits: String {
    let fullwidth = Array("０１２３４５６７８９")
    return fullwidth.indices.contains(self) ? String(fullwidth[self]) : String(self)
  }
}
