package import Diagnostics

/// An element as it was written.
///
/// Names are local names; `MarkupParser` has settled the namespaces.
package struct Element: Sendable {
  package let name: String
  /// The namespace URI, or the empty string.
  package let namespace: String
  package let attributes: [Attribute]
  package internal(set) var children: [Node] = []
  /// The place of the `<`.
  package let location: SourceLocation
  /// The place behind the end tag.
  package internal(set) var end: SourceLocation

  package struct Attribute: Sendable {
    package let name: String
    package let namespace: String
    package let value: String
    /// The place of the attribute's name.
    package let location: SourceLocation
  }

  package enum Node: Sendable {
    case element(Element)
    case text(Text)
  }

  package func attribute(_ name: String) -> Attribute? {
    attributes.first { $0.name == name && $0.namespace.isEmpty }
  }

  /// The same element with other attributes and children.
  package func replacing(
    attributes: [Attribute]? = nil,
    children: [Node],
    location: SourceLocation? = nil
  ) -> Element {
    Element(
      name: name,
      namespace: namespace,
      attributes: attributes ?? self.attributes,
      children: children,
      location: location ?? self.location,
      end: end
    )
  }

  package var elements: [Element] {
    children.compactMap {
      switch $0 {
      case .element(let element): element
      case .text: nil
      }
    }
  }
}

/// A run of character data, with the place of each of its bytes.
package struct Text: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// Where a stretch of the text stands in the file; within a stretch, bytes and file advance alike.
  private var stretches: [(start: Int, offset: Int)] = []
  private let source: SourceText

  init(source: SourceText) { self.source = source }

  mutating func append(_ text: some Collection<UInt8>, from offset: Int) {
    guard !text.isEmpty else { return }
    if let last = stretches.last, last.offset + bytes.count - last.start == offset {
      // The stretch goes on.
    } else {
      stretches.append((bytes.count, offset))
    }
    bytes += text
  }

  /// The indices at which something that is not text (a comment, half of a reference) stands before the byte.
  package var seams: [Int] { stretches.dropFirst().map(\.start) }

  /// The place of the byte at `index`.
  package func location(at index: Int) -> SourceLocation {
    var low = 0
    var high = stretches.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if stretches[middle].start <= index { low = middle } else { high = middle }
    }
    guard low < stretches.count else { return source.location(at: 0) }
    return source.location(at: stretches[low].offset + index - stretches[low].start)
  }
}
