import Diagnostics
import Markup

/// What several forms have in common, written once.
struct Fragment {
  let id: Name
  let parameters: [Parameter]
  let kind: Kind
  let element: Element
  /// What stands behind the parameters.
  let content: [Element.Node]

  struct Parameter {
    let name: Name
    /// What it says where a use does not; nil: every use must.
    let words: String?
  }

  /// What a fragment is made of, and so where it may be used.
  enum Kind {
    case letterhead, blocks, fields, rows, clauses, text

    /// What it is made of, beside `choose` and `use`.
    var elements: [String] {
      switch self {
      case .letterhead: ["letterhead"]
      case .blocks: FormParser.blocks
      case .fields: ["field"]
      case .rows: ["row"]
      case .clauses: ["clause"]
      case .text: []
      }
    }

    static let ofElements: [Kind] = [.letterhead, .blocks, .fields, .rows, .clauses]
  }
}

/// What a use gives a parameter.
enum Argument: Sendable {
  /// Means what it means where the use stands.
  case path(Name)
  case words(String)
}

/// One use of a fragment.
///
/// A name in a fragment means a parameter, a variable of a loop within the fragment, a slot or a field, and never a variable of
/// where it is used: that is what parameters are for.
struct Expansion: Sendable {
  /// Where the `use` stands, perhaps in a fragment itself.
  let place: SourceLocation
  let arguments: [String: Argument]
}

extension [Expansion] {
  /// A diagnostic of a place in a fragment says where that is used, innermost first.
  func naming(usesOf diagnostic: Diagnostic) -> Diagnostic {
    var places: [String] = []
    var place = diagnostic.location
    while place.expansion > 0 {
      place = self[Int(place.expansion) - 1].place
      places.append(place.description)
    }
    guard !places.isEmpty else { return diagnostic }
    var diagnostic = diagnostic
    diagnostic.message = Message(
      ja: diagnostic.message.ja + "（使用箇所：\(places.joined(separator: "、"))）",
      en: diagnostic.message.en + " (used at \(places.joined(separator: ", ")))"
    )
    return diagnostic
  }
}
