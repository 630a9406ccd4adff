import Files
import Fixtures
import Testing

struct DigestTests {
  /// The examples of FIPS 180-4.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func examples(_ text: String, _ digits: String) {
    let bytes = Array(text.utf8)
    #expect(Digest(of: bytes).hexadecimal == digits)
    #expect(Digest.each(of: [bytes, bytes]).map(\.hexadecimal) == [digits, digits])
  }

  /// Messages that are hashed two at a time, of any lengths in any order, have the digests that they have alone.
  @Test func eachIsHashedAsIfAlone() {
    var generator = SeededGenerator(seed: 1)
    for count in 0..<200 {
      let messages = (0..<count % 7).map { _ in
        let longest = [64, 200, 5000].randomElement(using: &generator) ?? 0
        return (0..<Int.random(in: 0...longest, using: &generator)).map { _ in
          UInt8.random(in: .min ... .max, using: &generator)
        }
      }
      #expect(Digest.each(of: messages) == messages.map { Digest(of: $0) }, "\(count)")
    }
  }
}
