private import CLibxml2

/// What takes the events of a parse.
///
/// Pointers are valid during the call only. Offsets count the bytes of the document.
package protocol MarkupHandler: AnyObject {
  /// `offset` is behind the last attribute, before > or />.
  func startElement(
    _ name: UnsafeBufferPointer<UInt8>,
    namespace: UnsafeBufferPointer<UInt8>,
    attributes: [MarkupAttribute],
    offset: Int
  )
  /// `offset` is at or behind the end tag.
  func endElement(_ name: UnsafeBufferPointer<UInt8>, offset: Int)
  /// A part of the text, which may come in several; `offset` is behind it, or behind the reference that it stands for.
  func text(_ text: UnsafeBufferPointer<UInt8>, offset: Int)
  /// The text of a CDATA section; `offset` is behind the section.
  func section(_ text: UnsafeBufferPointer<UInt8>, offset: Int)
  func processingInstruction(_ target: UnsafeBufferPointer<UInt8>, offset: Int)
  /// `code` is one of libxml2's `xmlParserErrors`.
  func error(code: Int32, offset: Int)
  func refused(_ refusal: MarkupRefusal, offset: Int)
}

/// An attribute as the parser reports it.
@unsafe package struct MarkupAttribute {
  package let name: UnsafeBufferPointer<UInt8>
  package let namespace: UnsafeBufferPointer<UInt8>
  /// With every ampersand as `&#38;`: libxml2 leaves it to code that builds its tree.
  package let value: UnsafeBufferPointer<UInt8>

  /// The value as it was meant.
  package var text: String {
    let text = unsafe String(decoding: value, as: UTF8.self)
    return unsafe value.contains(UInt8(ascii: "&")) ? text.replacing("&#38;", with: "&") : text
  }
}

/// What stops a parse before its end.
package enum MarkupRefusal: Sendable {
  case doctype, tooManyElements, tooDeep, tooManyAttributes, tooManyNamespaces
}

/// One parse, fed with a document in one piece or in many.
///
/// The only place in the package that starts one. No entity but the predefined ones is known, and nothing but the given bytes
/// is ever read. The bytes must have been looked at before: see `Preflight` and `StreamPreflight`.
@safe package final class MarkupEvents {
  private let parser: OpaquePointer?
  private let receiver: Receiver

  package init(limits: MarkupParser.Limits, handler: any MarkupHandler) {
    _ = Self.initialized
    receiver = Receiver(handler)
    unsafe parser = receiver.withCallbacks {
      unsafe tokki_xml_create(tokki_xml_limits(limits), $0)
    }
  }

  deinit {
    if let parser = unsafe parser { unsafe tokki_xml_destroy(parser) }
  }

  /// Parses the next piece; false if the document is not well formed or was refused, or if memory ran out.
  ///
  /// A document in one piece is read to its end and all its errors are reported; one in many must not be fed behind its first.
  package func feed(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Bool {
    guard let parser = unsafe parser else { return false }
    return unsafe tokki_xml_feed(
      parser,
      tokki_xml_bytes(start: bytes.baseAddress, count: bytes.count),
      isLast
    )
  }

  private static let initialized: Void = tokki_xml_initialize()
}

/// What C holds a pointer to while the parse runs.
@safe private final class Receiver {
  let handler: any MarkupHandler
  /// Kept between elements, to be filled again.
  private var attributes: [MarkupAttribute] = unsafe []

  init(_ handler: any MarkupHandler) { self.handler = handler }

  func startElement(
    _ name: tokki_xml_bytes,
    _ namespace: tokki_xml_bytes,
    _ list: UnsafeBufferPointer<tokki_xml_attribute>,
    _ offset: Int
  ) {
    unsafe attributes.removeAll(keepingCapacity: true)
    for index in list.indices {
      let attribute = unsafe list[index]
      unsafe attributes.append(
        MarkupAttribute(
          name: attribute.local_name.buffer,
          namespace: attribute.namespace_uri.buffer,
          value: attribute.value.buffer
        )
      )
    }
    unsafe handler.startElement(
      name.buffer,
      namespace: namespace.buffer,
      attributes: attributes,
      offset: offset
    )
  }

  func withCallbacks<Result>(_ body: (UnsafePointer<tokki_xml_handler>) -> Result) -> Result {
    var callbacks = unsafe tokki_xml_handler(
      context: Unmanaged.passUnretained(self).toOpaque(),
      start_element: { context, name, namespace, attributes, count, offset in
        unsafe Receiver.of(context).startElement(
          name,
          namespace,
          UnsafeBufferPointer(start: attributes, count: Int(count)),
          offset
        )
      },
      end_element: { unsafe Receiver.of($0).handler.endElement($1.buffer, offset: $2) },
      text: { unsafe Receiver.of($0).handler.text($1.buffer, offset: $2) },
      cdata_section: { unsafe Receiver.of($0).handler.section($1.buffer, offset: $2) },
      processing_instruction: {
        unsafe Receiver.of($0).handler.processingInstruction($1.buffer, offset: $2)
      },
      error: { unsafe Receiver.of($0).handler.error(code: $1, offset: $2) },
      refused: { unsafe Receiver.of($0).handler.refused(MarkupRefusal($1), offset: $2) }
    )
    return unsafe body(&callbacks)
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Receiver {
    guard let context = unsafe context else { preconditionFailure("libxml2 lost the context") }
    return unsafe Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue()
  }
}

extension MarkupRefusal {
  fileprivate init(_ refusal: tokki_xml_refusal) {
    self =
      switch refusal {
      case TOKKI_XML_DOCTYPE: .doctype
      case TOKKI_XML_TOO_MANY_ELEMENTS: .tooManyElements
      case TOKKI_XML_TOO_DEEP: .tooDeep
      case TOKKI_XML_TOO_MANY_ATTRIBUTES: .tooManyAttributes
      case _: .tooManyNamespaces
      }
  }
}

extension tokki_xml_limits {
  fileprivate init(_ limits: MarkupParser.Limits) {
    self.init(
      elements: Int32(limits.elements),
      depth: Int32(limits.depth),
      attributes: Int32(limits.attributes),
      namespaces: Int32(limits.namespaces),
      errors: Int32(limits.errors)
    )
  }
}

extension tokki_xml_bytes {
  fileprivate var buffer: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: start, count: count)
  }
}
