package import Diagnostics
package import Files
package import Records

/// A list in JSON or YAML, of which one item at a time becomes a tree: all of them at once would take eight times the room of
/// the text.
package struct DataList: Sendable {
  private let text: SourceText
  private let format: DataFile.Format

  package static let longest = 64 << 20

  package init(_ bytes: [UInt8], named name: String, format: DataFile.Format) throws(ReadFailure) {
    text = try DataFile.text(bytes, named: name)
    self.format = format
  }

  /// The items from the first on; each call starts over.
  package func items() -> Items { Items(text, format) }

  package final class Items {
    private var json: JSONReader?
    private var yaml: YAMLReader?
    private var unreadable: [Diagnostic] = []

    fileprivate init(_ text: SourceText, _ format: DataFile.Format) {
      var limits = DataLimits()
      limits.bytes = DataList.longest
      limits.events = 20_000_000
      switch format {
      case .json: json = JSONReader(text, limits)
      case .yaml:
        do throws(YAMLReader.Unreadable) {
          yaml = try YAMLReader(text, limits)
        } catch {
          unreadable = error.diagnostics
        }
      }
    }

    /// Nil at the end of the list, or where it cannot be read further.
    package func next() -> RawNode? { json?.nextItem() ?? yaml?.nextItem() }

    /// What was wrong with the list so far.
    package var diagnostics: [Diagnostic] { json?.diagnostics ?? yaml?.diagnostics ?? unreadable }
  }
}

/// Where a reader of a list stands.
enum ListPlace {
  case before, inside, ended
}

extension Diagnostic {
  static func notAList(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .wrongType,
      at: location,
      ja: "契約・委託先一覧は、一件ずつの並び（一覧）で書いてください。",
      en: "A roster must be a list of items."
    )
  }
}
