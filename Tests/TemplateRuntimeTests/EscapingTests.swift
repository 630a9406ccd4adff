import Diagnostics
import Fixtures
import Foundation
import Markup
import Records
import TemplateRuntime
import Testing

/// What is put in is what is read back, by parsers that know nothing of our escaper, wherever an instruction can print data.
@Suite struct EscapingTests {
  private static let pairs: [(context: DataContext, payload: String)] = {
    var generator = SeededGenerator(seed: 20_220_401)
    return DataContext.all.flatMap { context in
      (Payload.fixed + (0..<550).map { _ in Payload.random(&generator) }).map { (context, $0) }
    }
  }()

  @Test func thereAreTenThousandPairs() {
    #expect(Self.pairs.count >= 10_000)
  }

  @Test func xmlReadsBackWhatWasPutIn() throws {
    var document = Array("<d>".utf8)
    for pair in Self.pairs {
      document += "<i>".utf8
      document += pair.context.render(pair.payload, lineBreak: "<b/>\n")
      document += "</i>".utf8
    }
    document += "</d>".utf8
    var limits = MarkupParser.Limits.template
    limits.bytes = 64 << 20
    let parsed = MarkupParser.parse(SourceText(file: "x", bytes: document), limits: limits)
    let root = try #require(parsed.root)
    try #require(root.elements.count == Self.pairs.count)
    for (element, pair) in zip(root.elements, Self.pairs) {
      let text = element.children.flatMap { child -> [UInt8] in
        switch child {
        case .text(let text): text.bytes
        case .element: []
        }
      }
      #expect(text == Array(pair.context.expected(pair.payload).utf8))
      #expect(element.attributes.isEmpty)
      #expect(element.elements.allSatisfy { $0.name == "b" && $0.attributes.isEmpty })
      #expect(element.elements.count == pair.context.lineBreaks(in: pair.payload))
    }
  }

  @Test func htmlReadsBackWhatWasPutIn() throws {
    var page = Array("<!DOCTYPE html><html lang=\"ja\"><body>".utf8)
    for pair in Self.pairs {
      page += "<i>".utf8
      page += pair.context.render(pair.payload, lineBreak: "<br>\n")
      page += "</i>".utf8
    }
    page += "</body></html>".utf8
    let read = try PythonHTML.read(page)
    try #require(read.count == Self.pairs.count)
    for (element, pair) in zip(read, Self.pairs) {
      #expect(element.text == Array(pair.context.expected(pair.payload).utf8))
      #expect(element.lineBreaks == pair.context.lineBreaks(in: pair.payload))
      #expect(element.others == 0)
    }
  }
}

/// A place where an instruction prints a value, with a value of a kind that can stand there.
struct DataContext: Sendable {
  /// Nil: the lines of a value.
  let format: ValueFormat?
  let kind: Slot.Kind

  /// Every instruction that prints data, in every format, for text and for words in place of a value.
  static let all: [DataContext] = {
    var contexts: [DataContext] = []
    var sample: Instruction? = first
    while let current = sample {
      if printsData(current) {
        contexts += contextsOf(current)
      }
      sample = next(after: current)
    }
    return contexts
  }()

  private static let operand = Operand(register: 0, slot: 0)
  private static let first = Instruction.literal(.empty)

  /// The next instruction, so that a new one must find its place here.
  private static func next(after instruction: Instruction) -> Instruction? {
    switch instruction {
    case .literal: .value(operand, .text, blank: .empty)
    case .value: .lines(operand, separator: .empty, blank: .empty)
    case .lines: .index(register: 0, .plain)
    case .index: .count(operand, .plain)
    case .count: .checkNumber
    case .checkNumber: .checkbox(operand, option: 0, yes: .empty, no: .empty)
    case .checkbox: .branch(condition: 0, otherwise: 0)
    case .branch: .jump(0)
    case .jump: .loop(list: operand, register: 1, minimum: 0, end: 0)
    case .loop: .next(list: operand, register: 1, minimum: 0, begin: 0)
    case .next: nil
    }
  }

  private static func printsData(_ instruction: Instruction) -> Bool {
    switch instruction {
    case .value, .lines: true
    // Static bytes, numbers, the closed alphabet of the check number, and flow.
    case .literal, .index, .count, .checkNumber, .checkbox, .branch, .jump, .loop, .next: false
    }
  }

  /// The next format, likewise.
  private static func next(after format: ValueFormat) -> ValueFormat? {
    switch format {
    case .text: .otherText
    case .otherText: .word
    case .word: .fullwidth
    case .fullwidth: .number(.grouped)
    case .number: .money
    case .money: .percent
    case .percent: .daiji
    case .daiji: .wareki(.mixed, time: true)
    case .wareki: .iso(time: true)
    case .iso: .boolean(yes: .empty, no: .empty)
    case .boolean: nil
    }
  }

  private static func contextsOf(_ instruction: Instruction) -> [DataContext] {
    if case .lines = instruction {
      return [DataContext(format: nil, kind: .text), DataContext(format: nil, kind: .word)]
    }
    var contexts: [DataContext] = []
    var format: ValueFormat? = .text
    while let current = format {
      // A word is never a choice's own text, nor the other way round.
      if current != .word { contexts.append(DataContext(format: current, kind: .text)) }
      if current != .otherText { contexts.append(DataContext(format: current, kind: .word)) }
      format = next(after: current)
    }
    return contexts
  }

  func expected(_ payload: String) -> String {
    format == .fullwidth ? Self.fullwidth(payload) : payload
  }

  private static func fullwidth(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if ("0"..."9").contains(scalar), let wide = Unicode.Scalar(scalar.value + 0xFEE0) {
        result.append(wide)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  func lineBreaks(in payload: String) -> Int {
    format == nil ? payload.utf8.count { $0 == 0x0A } : 0
  }

  func render(_ payload: String, lineBreak: String) -> [UInt8] {
    let arena = Array(payload.utf8)
    let slot = Slot(kind: kind, start: 0, count: UInt32(arena.count), number: -1)
    let record = Record(arena: arena, slots: [slot, .absent], absentFrame: 1)
    let separator = Literal(start: 0, count: UInt32(lineBreak.utf8.count))
    let instruction: Instruction =
      if let format {
        .value(Self.operand, format, blank: .empty)
      } else {
        .lines(Self.operand, separator: separator, blank: .empty)
      }
    let program = Program(
      format: .html,
      instructions: [instruction],
      bytes: Array(lineBreak.utf8),
      conditions: [],
      sections: []
    )
    return Renderer.render(program, with: record, checkNumber: nil)
  }
}

/// Values that try to become markup.
private enum Payload {
  static let fixed = [
    "", "<", ">", "&", "\"", "'", "&amp;", "&lt;", "&#60;", "&#x3C;", "&#x0;", "&nbsp;", "&copy",
    "]]>",
    "<![CDATA[", "<!--", "-->", "--!>", "</i>", "</style>", "</title>", "<script>alert(1)</script>",
    "<br>", "<br/>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "\" onload=\"x",
    "' onload='x",
    "Ａ＆Ｂ架空データ合同会社", "A&B <Sample> LLC", "髙﨑", "𠮷野", "神　福𣘺", "渡邉\u{E0107}", "\u{202E}abc\u{202C}",
    "\u{2066}x\u{2069}", "a\u{0301}", "\u{FEFF}x", "\u{00A0}x", "{contract.title}", "{{", "${x}",
    "\\u003c",
    "\t", "0123456789", "%3Cb%3E", "<?php ?>", "<%= %>", "&#38;lt;", "＜ｂ＞", "a\nb", "\n\n", "<\n>",
  ]

  private static let alphabet: [String] =
    [
      "<", ">", "&", "\"", "'", "/", "=", ";", "#", "!", "-", "[", "]", "?", "\\", "\n", "\t", " ",
      "a", "b", "x",
      "0", "9", "lt", "amp", "script", "style", "br", "--", "]]>", "<!", "</", "&#", "髙", "﨑", "𠮷",
      "\u{FA19}",
      "邉\u{E0107}", "　", "\u{202E}", "é", "\u{0301}", "\u{10FFFD}",
    ]

  static func random(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...24, using: &generator)).map { _ in
      alphabet[Int.random(in: alphabet.indices, using: &generator)]
    }.joined()
  }
}

/// Python's own HTML parser, as a judge.
private enum PythonHTML {
  struct Element {
    let text: [UInt8]
    let lineBreaks: Int
    let others: Int
  }

  private static let script = """
    import sys
    from html.parser import HTMLParser
    class Reader(HTMLParser):
        def __init__(self):
            super().__init__(convert_charrefs=True)
            self.text = None
        def handle_starttag(self, tag, attrs):
            if tag == "i" and self.text is None and not attrs:
                self.text, self.breaks, self.others = "", 0, 0
            elif self.text is not None:
                if tag == "br" and not attrs: self.breaks += 1
                else: self.others += 1
        def handle_endtag(self, tag):
            if tag == "i" and self.text is not None:
                print(self.text.encode("utf-8").hex() or "-", self.breaks, self.others)
                self.text = None
        def handle_data(self, data):
            if self.text is not None: self.text += data
        def handle_comment(self, data):
            if self.text is not None: self.others += 1
        handle_decl = handle_pi = unknown_decl = handle_comment
    reader = Reader()
    reader.feed(open(sys.argv[1], encoding="utf-8", newline="").read())
    reader.close()
    """

  static func read(_ page: [UInt8]) throws -> [Element] {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "tokki-escaping-\(UUID()).html"
    )
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(page).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, file.path(percentEncoded: false)]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
      let parts = line.split(separator: " ")
      let hex = Array(parts[0].utf8)
      let bytes =
        parts[0] == "-"
        ? []
        : stride(from: 0, to: hex.count, by: 2).compactMap {
          UInt8(String(decoding: hex[$0...($0 + 1)], as: UTF8.self), radix: 16)
        }
      return Element(text: bytes, lineBreaks: Int(parts[1]) ?? -1, others: Int(parts[2]) ?? -1)
    }
  }
}
