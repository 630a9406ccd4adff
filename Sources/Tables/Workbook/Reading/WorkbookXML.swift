import Markup

/// What the elements of a sheet and of the shared texts are to a reader of values.
enum WorkbookElement {
  case sheetData, row, cell, formula, value, inline, text, item, merge, view
  case other
  /// Of another namespace, or of no concern with all that it holds: how a word is pronounced, extensions.
  case skipped

  init(_ name: UnsafeBufferPointer<UInt8>) {
    self =
      switch unsafe (name.count, name.first) {
      case (1, UInt8(ascii: "c")): .cell
      case (1, UInt8(ascii: "v")): .value
      case (1, UInt8(ascii: "t")): .text
      case (1, UInt8(ascii: "f")): .formula
      case (2, UInt8(ascii: "i")) where unsafe name.elementsEqual("is".utf8): .inline
      case (2, UInt8(ascii: "s")) where unsafe name.elementsEqual("si".utf8): .item
      case (3, UInt8(ascii: "r")) where unsafe name.elementsEqual("row".utf8): .row
      case (3, UInt8(ascii: "r")) where unsafe name.elementsEqual("rPh".utf8): .skipped
      case (6, UInt8(ascii: "e")) where unsafe name.elementsEqual("extLst".utf8): .skipped
      case (9, UInt8(ascii: "s")) where unsafe name.elementsEqual("sheetData".utf8): .sheetData
      case (9, UInt8(ascii: "s")) where unsafe name.elementsEqual("sheetView".utf8): .view
      case (9, UInt8(ascii: "m")) where unsafe name.elementsEqual("mergeCell".utf8): .merge
      case _: .other
      }
  }
}

/// Keeps to the elements of spreadsheets: it counts itself out of all others, and gathers text.
@safe struct WorkbookScope {
  /// How many elements are open from the one that is skipped.
  private var skipped = 0
  /// The last namespace that was known; libxml2 keeps each in one place.
  private var known: UnsafePointer<UInt8>?
  var isGathering = false
  private(set) var text: [UInt8] = []
  private(set) var isTooLong = false

  /// A cell of Excel holds 32,767 characters.
  static let longestText = 128 << 10

  /// The element that begins.
  mutating func start(
    _ name: UnsafeBufferPointer<UInt8>,
    _ namespace: UnsafeBufferPointer<UInt8>
  ) -> WorkbookElement {
    if skipped > 0 {
      skipped += 1
      return .skipped
    }
    let element = unsafe isSpreadsheet(namespace) ? WorkbookElement(name) : .skipped
    if case .skipped = element { skipped = 1 }
    return element
  }

  mutating func end(_ name: UnsafeBufferPointer<UInt8>) -> WorkbookElement {
    if skipped > 0 {
      skipped -= 1
      return .skipped
    }
    return unsafe WorkbookElement(name)
  }

  mutating func gather(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isGathering, skipped == 0 else { return }
    if text.count + bytes.count > Self.longestText {
      isTooLong = true
    } else {
      unsafe text.append(contentsOf: bytes)
    }
  }

  mutating func clear() { text.removeAll(keepingCapacity: true) }

  /// The main namespace, in the transitional edition that all programs write, or the strict one.
  private mutating func isSpreadsheet(_ namespace: UnsafeBufferPointer<UInt8>) -> Bool {
    if let known = unsafe known, unsafe known == namespace.baseAddress { return true }
    guard
      unsafe namespace.elementsEqual(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main".utf8
      ) || namespace.elementsEqual("http://purl.oclc.org/ooxml/spreadsheetml/main".utf8)
    else { return false }
    unsafe known = namespace.baseAddress
    return true
  }
}

/// A handler that cares for elements and text only; what is wrong is known from the parse's result.
protocol WorkbookHandler: MarkupHandler {
  var scope: WorkbookScope { get set }
}

extension WorkbookHandler {
  func text(_ text: UnsafeBufferPointer<UInt8>, offset: Int) { unsafe scope.gather(text) }
  func section(_ text: UnsafeBufferPointer<UInt8>, offset: Int) { unsafe scope.gather(text) }
  func processingInstruction(_ target: UnsafeBufferPointer<UInt8>, offset: Int) {}
  func error(code: Int32, offset: Int) {}
  func refused(_ refusal: MarkupRefusal, offset: Int) {}
}

extension MarkupParser.Limits {
  /// For a part of a workbook, whose bytes are limited as they are unpacked.
  static let workbook: MarkupParser.Limits = {
    var limits = MarkupParser.Limits.template
    limits.bytes = 64 << 20
    limits.elements = Int(Int32.max)
    limits.namespaces = 64
    limits.errors = 1
    return limits
  }()
}

extension [UInt8] {
  /// The text with the characters for which `_x000D_` stands (ECMA-376, 22.9.2.19), which XML itself could not carry.
  var withoutWorkbookEscapes: [UInt8] {
    guard contains(UInt8(ascii: "_")) else { return self }
    var result: [UInt8] = []
    var rest = self[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "_"), let scalar = rest.prefix(7).workbookEscape {
        result += Array(String(Character(scalar)).utf8)
        rest = rest.dropFirst(7)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}

extension ArraySlice<UInt8> {
  /// The character for which seven bytes stand.
  var workbookEscape: Unicode.Scalar? {
    guard count == 7, starts(with: "_x".utf8),
      last == UInt8(ascii: "_"),
      dropFirst(2).dropLast().allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let number = UInt32(String(decoding: dropFirst(2).dropLast(), as: UTF8.self), radix: 16)
    else { return nil }
    return Unicode.Scalar(number)
  }
}
