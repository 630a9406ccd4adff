package import Diagnostics

/// Reads XML of our own into elements.
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
    let receiver = Receiver(source: source, limits: limits)
    let events = MarkupEvents(limits: limits, handler: receiver)
    let isWellFormed = unsafe source.bytes.withUnsafeBufferPointer {
      unsafe events.feed($0, isLast: true)
    }
    if receiver.diagnostics.isEmpty, !isWellFormed {
      let fault: Fault = source.bytes.isEmpty ? .noRoot : .other
      receiver.diagnostics.append(.notWellFormed(fault, at: source.location(at: 0)))
    }
    return (receiver.diagnostics.isEmpty ? receiver.builder.root : nil, receiver.diagnostics)
  }
}

extension String {
  /// Whether these are its bytes in UTF-8.
  fileprivate func holds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let own = utf8Span.span
    guard own.count == bytes.count else { return false }
    for index in own.indices where unsafe own[index] != bytes[index] {
      return false
    }
    return true
  }
}

/// Builds the elements of one document, and collects its faults.
private final class Receiver: MarkupHandler {
  let source: SourceText
  let limits: MarkupParser.Limits
  var builder: ElementBuilder
  var diagnostics: [Diagnostic] = []
  private var faults: [(fault: Fault, offset: Int)] = []
  /// The last element's: all elements of a template have the same.
  private var namespace = ""

  init(source: SourceText, limits: MarkupParser.Limits) {
    self.source = source
    self.limits = limits
    builder = ElementBuilder(source: source)
  }

  func startElement(
    _ name: UnsafeBufferPointer<UInt8>,
    namespace: UnsafeBufferPointer<UInt8>,
    attributes: [MarkupAttribute],
    offset: Int
  ) {
    if unsafe !self.namespace.holds(namespace) {
      self.namespace = unsafe String(decoding: namespace, as: UTF8.self)
    }
    unsafe builder.startElement(
      name: String(decoding: name, as: UTF8.self),
      namespace: self.namespace,
      attributes: attributes.map {
        unsafe (
          String(decoding: $0.name, as: UTF8.self),
          String(decoding: $0.namespace, as: UTF8.self),
          $0.text
        )
      },
      end: offset
    )
  }

  func endElement(_ name: UnsafeBufferPointer<UInt8>, offset: Int) {
    builder.endElement(at: offset)
  }

  func text(_ text: UnsafeBufferPointer<UInt8>, offset: Int) {
    unsafe builder.text(text, end: offset)
  }

  func section(_ text: UnsafeBufferPointer<UInt8>, offset: Int) {
    unsafe builder.section(text, end: offset)
  }

  func processingInstruction(_ target: UnsafeBufferPointer<UInt8>, offset: Int) {
    guard unsafe !target.elementsEqual("xml-model".utf8) else { return }
    let start = source.bytes[..<offset].last("<?") ?? offset
    diagnostics.append(.processingInstructionRefused(at: source.location(at: start)))
  }

  func error(code: Int32, offset: Int) {
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
    if fault.isOfTag, let (habit, place) = TagHabit.find(in: bytes, at: offset) {
      diagnostics.append(.notWellFormed(habit, at: source.location(at: place)))
      return
    }
    // Behind the first error libxml2 reports no elements, so that it is not known which one is open.
    let open = faults.isEmpty ? builder.innermost : nil
    let location =
      if fault == .unclosed, let open { open.location } else {
        source.location(at: fault.start(in: bytes, at: offset))
      }
    diagnostics.append(.notWellFormed(fault, open: open, at: location))
  }

  func refused(_ refusal: MarkupRefusal, offset: Int) {
    let location = source.location(at: source.start(before: offset))
    let diagnostic: Diagnostic =
      switch refusal {
      case .doctype: .doctypeRefused(at: location)
      case .tooManyElements: .tooManyElements(limits.elements, at: location)
      case .tooDeep: .nestingTooDeep(limits.depth, at: location)
      case .tooManyAttributes: .tooManyAttributes(limits.attributes, at: location)
      case .tooManyNamespaces: .tooManyNamespaces(limits.namespaces, at: location)
      }
    diagnostics.append(diagnostic)
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
