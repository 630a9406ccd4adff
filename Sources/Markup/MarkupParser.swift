private import CLibxml2
package import Diagnostics

/// Reads XML of our own into elements, through libxml2's SAX events.
///
/// The only place in the package that starts a parse.
///
/// Refused, each with a diagnostic: every DOCTYPE and so every entity but the predefined ones, every encoding but UTF-8, every
/// processing instruction but `xml-model`, and what goes beyond the limits. No file but the given bytes is ever read.
package struct MarkupParser {
  /// Bounds on what is read, so that no input costs more than a moment.
  package struct Limits: Sendable {
    package var bytes: Int
    package var elements: Int
    package var depth: Int
    package var attributes: Int
    /// Namespace declarations in force at one place.
    package var namespaces: Int
    /// Errors reported before the parser gives up.
    package var errors: Int

    /// For what a template keeper writes.
    package static let template = Limits(
      bytes: 4 << 20,
      elements: 20_000,
      depth: 100,
      attributes: 256,
      namespaces: 16,
      errors: 50
    )
  }

  /// The root element, or nil if anything is wrong with the file; then the diagnostics say what.
  package static func parse(
    _ source: SourceText,
    limits: Limits = .template
  ) -> (root: Element?, diagnostics: [Diagnostic]) {
    if let diagnostic = Preflight.check(source, limits: limits) { return (nil, [diagnostic]) }
    _ = initialized
    let receiver = Receiver(source: source, limits: limits)
    let isWellFormed = receiver.run()
    if receiver.diagnostics.isEmpty, !isWellFormed {
      let fault: Fault = source.bytes.isEmpty ? .noRoot : .other
      receiver.diagnostics.append(.notWellFormed(fault, at: source.location(at: 0)))
    }
    return (receiver.diagnostics.isEmpty ? receiver.builder.root : nil, receiver.diagnostics)
  }

  private static let initialized: Void = tokki_xml_initialize()
}

/// Takes the events of one parse.
///
/// A class, since C holds a pointer to it while the parse runs.
private final class Receiver {
  let source: SourceText
  let limits: MarkupParser.Limits
  var builder: ElementBuilder
  var diagnostics: [Diagnostic] = []
  private var faults: [(fault: Fault, offset: Int)] = []

  init(source: SourceText, limits: MarkupParser.Limits) {
    self.source = source
    self.limits = limits
    builder = ElementBuilder(source: source)
  }

  func run() -> Bool {
    var handler = unsafe tokki_xml_handler(
      context: Unmanaged.passUnretained(self).toOpaque(),
      start_element: { context, name, namespace, attributes, count, offset in
        let list = unsafe UnsafeBufferPointer(start: attributes, count: Int(count)).map {
          unsafe (String($0.local_name), String($0.namespace_uri), String($0.value).withAmpersands)
        }
        unsafe Receiver.of(context).builder.startElement(
          name: String(name),
          namespace: String(namespace),
          attributes: list,
          end: offset
        )
      },
      end_element: { unsafe Receiver.of($0).builder.endElement(at: $1) },
      text: { context, text, offset in
        unsafe Receiver.of(context).builder.text(
          UnsafeBufferPointer(start: text.start, count: text.count),
          end: offset
        )
      },
      cdata_section: { context, text, offset in
        unsafe Receiver.of(context).builder.section(
          UnsafeBufferPointer(start: text.start, count: text.count),
          end: offset
        )
      },
      processing_instruction: { context, target, offset in
        unsafe Receiver.of(context).processingInstruction(String(target), end: offset)
      },
      error: { context, code, offset in
        unsafe Receiver.of(context).error(code: code, offset: offset)
      },
      refused: { context, refusal, offset in
        unsafe Receiver.of(context).refused(refusal, offset: offset)
      }
    )
    let bounds = tokki_xml_limits(
      elements: Int32(limits.elements),
      depth: Int32(limits.depth),
      attributes: Int32(limits.attributes),
      namespaces: Int32(limits.namespaces),
      errors: Int32(limits.errors)
    )
    return unsafe source.bytes.withUnsafeBufferPointer { bytes in
      withExtendedLifetime(self) {
        unsafe tokki_xml_parse(
          tokki_xml_bytes(start: bytes.baseAddress, count: bytes.count),
          bounds,
          &handler
        )
      }
    }
  }

  static func of(_ context: UnsafeMutableRawPointer?) -> Receiver {
    guard let context = unsafe context else { preconditionFailure("libxml2 lost the context") }
    return unsafe Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue()
  }

  private func processingInstruction(_ target: String, end: Int) {
    guard target != "xml-model" else { return }
    let start = source.bytes[..<end].last("<?") ?? end
    diagnostics.append(.processingInstructionRefused(at: source.location(at: start)))
  }

  private func error(code: Int32, offset: Int) {
    let bytes = source.bytes
    let fault = Fault(
      code: code,
      before: bytes[..<min(offset, bytes.count)].last,
      at: offset < bytes.count ? bytes[offset] : nil
    )
    defer { faults.append((fault, offset)) }
    // What follows from an error is not another one: libxml2 stumbles over the same place again, and misses the end tags that
    // it has taken for wrong.
    if faults.last?.offset == offset { return }
    if fault.followsConfusion, faults.contains(where: { $0.fault.confusesTags }) { return }
    // Behind the first error libxml2 tells of no elements, so that it is not known which one is open.
    let open = faults.isEmpty ? builder.innermost : nil
    let location =
      if fault == .unclosed, let open { open.location } else {
        source.location(at: fault.start(in: bytes, at: offset))
      }
    diagnostics.append(.notWellFormed(fault, open: open, at: location))
  }

  private func refused(_ refusal: tokki_xml_refusal, offset: Int) {
    let location = source.location(at: source.start(before: offset))
    switch refusal {
    case TOKKI_XML_DOCTYPE: diagnostics.append(.doctypeRefused(at: location))
    case TOKKI_XML_TOO_MANY_ELEMENTS:
      diagnostics.append(.tooManyElements(limits.elements, at: location))
    case TOKKI_XML_TOO_DEEP: diagnostics.append(.nestingTooDeep(limits.depth, at: location))
    case TOKKI_XML_TOO_MANY_ATTRIBUTES:
      diagnostics.append(.tooManyAttributes(limits.attributes, at: location))
    case _: diagnostics.append(.tooManyNamespaces(limits.namespaces, at: location))
    }
  }
}

extension String {
  fileprivate init(_ bytes: tokki_xml_bytes) {
    self = unsafe String(
      decoding: UnsafeBufferPointer(start: bytes.start, count: bytes.count),
      as: UTF8.self
    )
  }
}

extension String {
  /// An attribute's value as it was meant: libxml2 leaves every ampersand as a reference, for code that builds its tree.
  fileprivate var withAmpersands: String {
    utf8.contains(UInt8(ascii: "&")) ? replacing("&#38;", with: "&") : self
  }
}

extension Diagnostic {
  fileprivate static func doctypeRefused(at location: SourceLocation) -> Self {
    Diagnostic(
      .doctypeRefused,
      at: location,
      ja: "文書型宣言（DOCTYPE）は使えません。",
      en: "A DOCTYPE is not accepted.",
      hint: Message(ja: "この宣言を削除してください。", en: "Remove the declaration.")
    )
  }

  fileprivate static func processingInstructionRefused(at location: SourceLocation) -> Self {
    Diagnostic(
      .processingInstructionRefused,
      at: location,
      ja: "処理命令（<?…?>）は xml-model だけが使えます。",
      en: "The only processing instruction accepted is xml-model.",
      hint: Message(ja: "この命令を削除してください。", en: "Remove the instruction.")
    )
  }

  fileprivate static func tooManyElements(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .tooManyElements,
      at: location,
      ja: "ファイルの要素が多すぎます（\(limit)個まで）。",
      en: "The file has too many elements (the limit is \(limit))."
    )
  }

  fileprivate static func nestingTooDeep(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .nestingTooDeep,
      at: location,
      ja: "要素の入れ子が深すぎます（\(limit)段まで）。",
      en: "Elements are nested too deep (the limit is \(limit))."
    )
  }

  fileprivate static func tooManyNamespaces(_ limit: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .tooManyNamespaces,
      at: location,
      ja: "名前空間の宣言が多すぎます（\(limit)個まで）。",
      en: "Too many namespace declarations are in force here (the limit is \(limit))."
    )
  }
}
