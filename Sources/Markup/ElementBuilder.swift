import Diagnostics

/// Puts an element tree together from events.
struct ElementBuilder {
  private let source: SourceText
  private var open: [Element] = []
  /// The text that grows until the next tag.
  private var run: Text?
  private(set) var root: Element?
  var innermost: Element? { open.last }

  init(source: SourceText) { self.source = source }

  /// `end` is the offset behind the last attribute.
  mutating func startElement(
    name: String,
    namespace: String,
    attributes: [(name: String, namespace: String, value: String)],
    end: Int
  ) {
    endText()
    // A start tag holds no other "<": XML forbids it in attribute values.
    let start = source.start(before: end)
    let places = AttributePlaces(bytes: source.bytes[start..<min(end, source.bytes.count)]).offsets
    let location = source.location(at: start)
    open.append(
      Element(
        name: name,
        namespace: namespace,
        attributes: attributes.enumerated().map { index, attribute in
          .init(
            name: attribute.name,
            namespace: attribute.namespace,
            value: attribute.value,
            location: index < places.count ? source.location(at: places[index]) : location
          )
        },
        location: location,
        end: location
      )
    )
  }

  mutating func endElement(at offset: Int) {
    endText()
    guard var element = open.popLast() else { return }
    element.end = source.location(at: offset)
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(.element(element))
    }
  }

  /// `end` is the offset behind the text, or behind the reference that stands for it.
  mutating func text(_ text: UnsafeBufferPointer<UInt8>, end: Int) {
    unsafe append(text, from: reference(before: end) ?? end - text.count)
  }

  /// `end` is the offset behind the section.
  mutating func section(_ text: UnsafeBufferPointer<UInt8>, end: Int) {
    unsafe append(text, from: end - "]]>".utf8.count - text.count)
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>, from offset: Int) {
    if run == nil { run = Text(source: source) }
    unsafe run?.append(text, from: offset)
  }

  private mutating func endText() {
    guard let text = run else { return }
    run = nil
    if let parent = open.indices.last { open[parent].children.append(.text(text)) }
  }

  /// The start of the reference that ends at `end`: in text an ampersand starts nothing else.
  private func reference(before end: Int) -> Int? {
    guard end <= source.bytes.count, source.bytes[..<end].last == UInt8(ascii: ";") else {
      return nil
    }
    let start = source.bytes[..<(end - 1)].lastIndex { !$0.isReferenceName }
    return start.flatMap { source.bytes[$0] == UInt8(ascii: "&") ? $0 : nil }
  }
}

extension SourceText {
  /// The offset of the last "<" before `offset`.
  func start(before offset: Int) -> Int {
    bytes[..<min(offset, bytes.count)].lastIndex(of: UInt8(ascii: "<")) ?? 0
  }
}

extension UInt8 {
  /// A character of amp, lt, gt, quot, apos, #65 or #x41.
  fileprivate var isReferenceName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "F"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "#"):
      true
    case _: false
    }
  }
}

/// The places of the attributes' names in a start tag, in the order in which they are written, which is that of the events.
private struct AttributePlaces {
  private(set) var offsets: [Int] = []

  init(bytes: ArraySlice<UInt8>) {
    // The last word, which is a name if "=" follows.
    var name = bytes.startIndex..<bytes.startIndex
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        index = bytes[(index + 1)...].firstIndex(of: byte) ?? bytes.endIndex - 1
      case UInt8(ascii: "="):
        if !Self.declaresNamespace(bytes[name]) { offsets.append(name.lowerBound) }
      case 0x20, 0x09, 0x0A: break
      case _:
        name = (name.upperBound == index ? name.lowerBound : index)..<(index + 1)
      }
      index += 1
    }
  }

  /// xmlns and xmlns:prefix are no attributes to a parser.
  private static func declaresNamespace(_ name: ArraySlice<UInt8>) -> Bool {
    name.elementsEqual("xmlns".utf8) || name.starts(with: "xmlns:".utf8)
  }
}
