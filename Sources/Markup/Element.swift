package import Diagnostics

/// An element as it was written. Names are local names; `MarkupParser` has settled the namespaces.
package struct Element: Sendable {
  package let name: String
  /// The namespace URI, or the empty string.
  package let namespace: String
  package let attributes: [Attribute]
  package fileprivate(set) var children: [Node] = []
  /// The place of the `<`.
  package let location: SourceLocation
  /// The place behind the end tag.
  package fileprivate(set) var end: SourceLocation

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

  fileprivate init(source: SourceText) { self.source = source }

  fileprivate mutating func append(_ text: some Collection<UInt8>, from offset: Int) {
    if let last = stretches.last, last.offset + bytes.count - last.start == offset {
      // The stretch goes on.
    } else {
      stretches.append((bytes.count, offset))
    }
    bytes += text
  }

  /// The place of the byte at `index`.
  package func location(at index: Int) -> SourceLocation {
    guard let stretch = stretches.last(where: { $0.start <= index }) else {
      return source.location(at: 0)
    }
    return source.location(at: stretch.offset + index - stretch.start)
  }
}

/// Puts an element tree together from events.
struct ElementBuilder {
  private let source: SourceText
  private var open: [Element] = []
  private(set) var root: Element?

  init(source: SourceText) { self.source = source }

  /// The element that is open where the parse has come to.
  var innermost: Element? { open.last }

  /// `end` is the offset behind the last attribute.
  mutating func startElement(
    name: String, namespace: String,
    attributes: [(name: String, namespace: String, value: String)], end: Int
  ) {
    // A start tag holds no other "<": XML forbids it in attribute values.
    let start = source.bytes[..<min(end, source.bytes.count)].lastIndex(of: UInt8(ascii: "<")) ?? 0
    let places = AttributePlaces(bytes: source.bytes, from: start, to: end)
    let location = source.location(at: start)
    open.append(
      Element(
        name: name, namespace: namespace,
        attributes: attributes.map {
          .init(
            name: $0.name, namespace: $0.namespace, value: $0.value,
            location: places.offset(of: $0.name).map(source.location) ?? location)
        },
        location: location, end: location))
  }

  mutating func endElement(at offset: Int) {
    guard var element = open.popLast() else { return }
    element.end = source.location(at: offset)
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(.element(element))
    }
  }

  /// `end` is the offset behind the text.
  mutating func text(_ text: UnsafeBufferPointer<UInt8>, end: Int) {
    guard let parent = open.indices.last else { return }
    var start = end - text.count
    let isVerbatim = unsafe start >= 0 && source.bytes[start..<end].elementsEqual(text)
    if !isVerbatim {
      // A character reference or a predefined entity: &amp;
      start = source.bytes[..<end].lastIndex(of: UInt8(ascii: "&")) ?? end
    }
    var run: Text
    if case .text(let last)? = open[parent].children.last {
      run = last
      open[parent].children.removeLast()
    } else {
      run = Text(source: source)
    }
    unsafe run.append(text, from: start)
    open[parent].children.append(.text(run))
  }
}

/// Finds the names of attributes in a start tag.
private struct AttributePlaces {
  private var places: [(name: [UInt8], offset: Int)] = []

  init(bytes: [UInt8], from start: Int, to end: Int) {
    var index = start
    var quote: UInt8?
    var nameStart: Int?
    while index < min(end, bytes.count) {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == 0x20 || byte == 0x09 || byte == 0x0A {
        nameStart = nil
      } else if byte == UInt8(ascii: "=") {
        if let nameStart {
          let name = bytes[nameStart..<index]
          let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
          places.append((Array(local), nameStart))
        }
        nameStart = nil
      } else if nameStart == nil {
        nameStart = index
      }
      index += 1
    }
  }

  func offset(of name: String) -> Int? {
    places.first { $0.name.elementsEqual(name.utf8) }?.offset
  }
}
