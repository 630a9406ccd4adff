@testable import Batches
import Diagnostics
@testable import Files
import Fixtures
import Foundation
import Packets
@testable import Records
@testable import Rosters
@testable import Tables
import TemplateCompiler
import Testing

/// Whatever looks up something by a piece of data has an answer for every piece of data.
struct TotalityTests {
  private static var scalars: some Sequence<Unicode.Scalar> {
    (0...0x10FFFF).lazy.compactMap { Unicode.Scalar(UInt32($0)) }
  }

  @Test(arguments: RepertoireName.allCases)
  func repertoiresKnowEveryScalar(_ name: RepertoireName) {
    let repertoire = Repertoire.named(name)
    var inside = 0
    for scalar in Self.scalars {
      let isInside = repertoire.contains(scalar.value)
      if isInside { inside += 1 }
      if (repertoire.places(outside: Array(String(scalar).utf8)) == nil) != isInside {
        Issue.record("\(scalar.codePoint)")
      }
    }
    #expect(inside > 6_000)
    for beyond in [0x110000, 0x1FFFFF, UInt32.max] { #expect(!repertoire.contains(beyond)) }
    var all = repertoire
    all.formUnion([0x110000, .max])
  }

  /// Bytes that are no text, as they would come from a reader that does not check: one, two and three of any kind, then nothing.
  @Test func repertoiresBearAnyBytes() {
    let repertoire = Repertoire.named(.cp932)
    for a in UInt8.min...UInt8.max {
      for b in UInt8.min...UInt8.max {
        for bytes in [[a], [a, b], [a, b, a], [b, b, a]] { _ = repertoire.places(outside: bytes) }
      }
    }
  }

  /// CP932 has a character or none for every one or two bytes.
  @Test func everyTwoBytesAreReadOrRefused() throws {
    let cp932 = try #require(CP932.shared)
    var count = 0
    for a in UInt8.min...UInt8.max {
      let stands = a < 0x80 || (0xA1...0xDF).contains(a)
      if (cp932.decode([a]) != nil) != stands { Issue.record("\(a)") }
      for b in UInt8.min...UInt8.max {
        guard let text = cp932.decode([a, b]) else { continue }
        count += 1
        if String(validating: text, as: UTF8.self) == nil { Issue.record("\(a) \(b)") }
      }
    }
    #expect(count > 30_000)
  }

  @Test func everyScalarIsFoldedAndGuarded() {
    for scalar in Self.scalars {
      let bytes = Array(String(scalar).utf8)
      _ = scalar.halfWidth
      _ = HeaderText(String(scalar))
      _ = KeyPrint([bytes])
      _ = bytes.trimmed()
      if FormulaGuard.unguarded(FormulaGuard.guarded(bytes)) != bytes {
        Issue.record("\(scalar.codePoint)")
      }
    }
  }

  /// The first fault is found at its place, wherever the pieces end.
  @Test(arguments: [
    ([0xFF], 0), ([0x41, 0x80], 1), ([0xC0, 0xAF], 0), ([0xE3, 0x81, 0x82, 0xED, 0xA0, 0x80], 3),
    ([0xF4, 0x90, 0x80, 0x80], 0), ([0x41, 0xE3, 0x81], 1), ([0xE3, 0x81, 0x41], 0),
    ([0xF0, 0x9F, 0x92], 0), ([0xE3, 0x81, 0x82], nil), ([0xF0, 0xA0, 0xAE, 0xB7], nil), ([], nil),
  ])
  func theFirstFaultIsFound(_ bytes: [UInt8], _ fault: Int?) {
    for cut in 0...bytes.count {
      var validator = UTF8Validator()
      validator.read(bytes[..<cut])
      validator.read(bytes[cut...])
      #expect(validator.firstFault == fault)
    }
    #expect((String(validating: bytes, as: UTF8.self) == nil) == (fault != nil))
  }

  /// A faulty byte behind many pieces is found, and a character that two pieces share is none.
  @Test(arguments: [(1 << 17) - 1, 1 << 17, (1 << 17) + 1, 1 << 18, (1 << 18) + 2])
  func faultsAreFoundBeyondTheFirstPiece(_ place: Int) throws {
    var text = Array("\u{FEFF}契約番号,受注者番号\n".utf8)
    while text.count + 40 < place { text += Array("C1,株式会社見本\n".utf8) }
    text += Array(repeating: UInt8(ascii: "a"), count: place - text.count - 1)
    for (bytes, isGood) in [(Array("髙".utf8), true), ([0xE9, 0xAB], false), ([0xFF], false)] {
      try CSVReaderTests.withFile(text + bytes + [0x0A]) { path in
        do throws(ReadFailure) {
          _ = try RosterInput(path)
          #expect(isGood)
        } catch {
          #expect(!isGood && error.diagnostic.code == .invalidEncoding)
          #expect(error.diagnostic.location.line == text.count { $0 == 0x0A } + 1)
        }
      }
    }
  }

  /// A list of rejects that a spreadsheet opens runs nothing, whatever stands before the sign.
  @Test func formulasBehindControlsAreGuarded() {
    for control in UInt8(0)..<0x20 {
      for sign in "=+-@".utf8 {
        for text in [[control, sign], [control, control, sign], [0x27, control, sign]] {
          #expect(FormulaGuard.guarded(text) == [0x27] + text)
          #expect(FormulaGuard.unguarded(FormulaGuard.guarded(text)) == text)
        }
      }
    }
  }

  /// A page that somebody forged: attributes in another order, one within another, none.
  @Test(arguments: [
    "<a href=\"#x\" id=\"x\">", "<a id=\"x id=\"y\" href=\"#x\">",
    "<section aria-labelledby=\"x\" id=\"x\" href=\"#y\">",
    "<section id=\" href=\"#x\" aria-labelledby=\" id=\"\">", "<a href=\"\">", "<a id=\"", "<",
  ])
  func pagesOfAnyShapeAreJoined(_ markup: String) throws {
    let bytes = Array(
      """
      <style>
      </style>
      <main>
      <article class="document page-a">\(markup)</article>
      </main>
      </body>
      </html>

      """.utf8
    )
    let page = try #require(PaperPage(bytes))
    var joined = JoinedPage(model: page, checkNumber: "0000")
    for path in ["C1/V1", "C1/V2"] {
      let isAdded = joined.add(page, path: path, checkNumber: "0000", only: nil)
      #expect(isAdded)
    }
    for order in PrintOrder.allCases { #expect(!joined.bytes(by: order).isEmpty) }
  }
}
