import Diagnostics
import Fixtures
import Markup

/// A document that remembers, while it is written, where everything in it stands.
///
/// It counts lines and columns character by character, and so knows nothing of byte offsets, which is how the parser counts.
struct PlacedDocument {
  /// Something of which a parser reports the place.
  struct Mark: Hashable, CustomStringConvertible {
    let what: String
    let line: Int
    let column: Int

    var description: String { "\(what) at \(line):\(column)" }
  }

  /// How lines end in the file.
  enum LineEnd: String, CaseIterable {
    case lf = "\n"
    case crlf = "\r\n"
    case cr = "\r"
  }

  private(set) var scalars = String.UnicodeScalarView()
  private(set) var marks: [Mark] = []
  private var line = 1
  private var column = 1
  private let lineEnd: LineEnd

  init(lineEnd: LineEnd, hasByteOrderMark: Bool) {
    self.lineEnd = lineEnd
    // A byte order mark is no character of the text: no editor gives it a column.
    if hasByteOrderMark { scalars.append("\u{FEFF}") }
  }

  var source: SourceText { SourceText(file: "placed.xml", bytes: Array(String(scalars).utf8)) }

  /// Markup, of which only the marks count.
  mutating func write(_ text: String) {
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        scalars.append(contentsOf: lineEnd.rawValue.unicodeScalars)
        line += 1
        column = 1
      } else {
        scalars.append(scalar)
        column += 1
      }
    }
  }

  mutating func mark(_ what: String) { marks.append(Mark(what: what, line: line, column: column)) }

  /// Character data, each character of which has its place.
  mutating func text(_ text: String) {
    for scalar in text.unicodeScalars {
      mark("text \(scalar.value)")
      write(String(scalar))
    }
  }

  /// A reference, which stands for one character.
  mutating func reference(_ reference: String, to scalar: Unicode.Scalar) {
    mark("text \(scalar.value)")
    write(reference)
  }
}

extension Element {
  /// The same marks, in the same order, from what the parser reports.
  var marks: [PlacedDocument.Mark] {
    [mark("element \(name)", location)]
      + attributes.map { mark("attribute \($0.name)", $0.location) }
      + children.flatMap { child in
        switch child {
        case .element(let element): element.marks
        case .text(let text): marks(of: text)
        }
      } + [mark("end \(name)", end)]
  }

  private func mark(_ what: String, _ location: Diagnostics.SourceLocation) -> PlacedDocument.Mark {
    PlacedDocument.Mark(what: what, line: location.line, column: location.column)
  }

  private func marks(of text: Text) -> [PlacedDocument.Mark] {
    var marks: [PlacedDocument.Mark] = []
    var index = 0
    for scalar in String(decoding: text.bytes, as: UTF8.self).unicodeScalars {
      marks.append(mark("text \(scalar.value)", text.location(at: index)))
      index += String(scalar).utf8.count
    }
    return marks
  }
}

extension PlacedDocument {
  /// A document of everything that XML lets stand between two words, put together by chance.
  static func random(
    lineEnd: LineEnd,
    hasByteOrderMark: Bool,
    _ generator: inout SeededGenerator
  ) -> PlacedDocument {
    var document = PlacedDocument(lineEnd: lineEnd, hasByteOrderMark: hasByteOrderMark)
    if Bool.random(using: &generator) { document.write("<?xml version='1.0' encoding='UTF-8'?>") }
    if Bool.random(using: &generator) { document.write("\n\n<!-- 見出し <x> & -->\n\t") }
    document.element(depth: 0, &generator)
    if Bool.random(using: &generator) { document.write("\n<!-- 終 -->\n") }
    return document
  }

  private mutating func element(depth: Int, _ generator: inout SeededGenerator) {
    let name = pick(["a", "段落", "form-x", "p.q_1"], &generator)
    mark("element \(name)")
    write("<\(name)")
    for name in ["id", "path", "属性"] where Bool.random(using: &generator) {
      write(pick([" ", "\n  ", "\t", "  \n"], &generator))
      mark("attribute \(name)")
      write(name + pick(["=", " = ", "\n="], &generator))
      let quote = pick(["\"", "'"], &generator)
      let other = quote == "\"" ? "'" : "\""
      write(
        quote
          + pick(
            ["", "値", "a = b", "id=\(other)x\(other)", "a > b", "&lt;&#65;", "\n改行"],
            &generator
          ) + quote
      )
    }
    if depth > 4 || Int.random(in: 0..<4, using: &generator) == 0 {
      write(pick(["/>", " />", "\n/>", "></\(name)>", "></\(name)\n>"], &generator))
      mark("end \(name)")
      return
    }
    write(pick([">", " >", "\n>"], &generator))
    for _ in 0..<Int.random(in: 0..<6, using: &generator) { content(depth: depth, &generator) }
    write("</\(name)" + pick([">", " >", "\n>"], &generator))
    mark("end \(name)")
  }

  private mutating func content(depth: Int, _ generator: inout SeededGenerator) {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...2: element(depth: depth + 1, &generator)
    case 3:
      text(
        pick(["条文", "a b", "\n  字下げ", "𠮷野家", "葛\u{E0100}城", "　", "é\u{301}", "x > y"], &generator)
      )
    case 4: text(String(repeating: pick(["長い条文。", "long ", "𠮷"], &generator), count: 150))
    case 5: write("<!-- 註 <p> & ]]> -->")
    case 6: write(pick(["<?xml-model 参照?>", "<?xml-model a\nb?>"], &generator))
    case 7:
      write("<![CDATA[")
      text(pick(["<b>&amp;", "]]", "二\n行", "&", ">", ""], &generator))
      write("]]>")
    case 8: reference("&amp;", to: "&")
    case 9: reference(pick(["&lt;", "&#60;", "&#x3C;"], &generator), to: "<")
    case 10: reference(pick(["&#59;", "&#x3b;"], &generator), to: ";")
    default: reference(pick(["&#x20BB7;", "&#134071;"], &generator), to: "𠮷")
    }
  }

  private func pick(_ choices: [String], _ generator: inout SeededGenerator) -> String {
    choices.randomElement(using: &generator) ?? ""
  }
}
