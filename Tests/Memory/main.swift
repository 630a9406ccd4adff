import Fixtures
import Records
import TemplateRuntime

// The renderer under address sanitizer: random programs on random records, whole and folded. See `make test-memory`.

let dictionary = SmallDictionary.shared
let binder = Binder(dictionary)
let count = CommandLine.arguments.dropFirst().first.flatMap(UInt64.init) ?? 20_000
var written = 0
for seed in 0..<count {
  var generator = SeededGenerator(seed: seed)
  let program = RandomProgram.program(over: dictionary, seed: seed)
  let mode = PacketMode.allCases.randomElement(using: &generator) ?? .final
  var data = RandomData(dictionary, seed: seed)
  let record = binder.bind(data.record(), mode: mode, date: 19_000).record
  let rest = program.specialize(with: record.knowingSome(dictionary, using: &generator))
  if let difference = SpecializedProgram(program, record).difference(of: rest) {
    fatalError("seed \(seed): \(difference)")
  }
  let bytes = Renderer.render(program, with: record, checkNumber: nil)
  if bytes != PlainRenderer.render(program, with: record) { fatalError("seed \(seed)") }
  written += bytes.count
}
// Memory that is too small at first, for texts of every length.
for capacity in 0..<200 {
  let text = Array(String(repeating: "川崎市 & <甲>", count: 1 + capacity / 16).utf8)
  let written = [UInt8](capacity: capacity) { output in
    for length in 0..<text.count {
      output.append(escaping: text.span, text.count - length, length)
      output.append(text.span, 0, length)
    }
  }
  let ample = [UInt8](capacity: 1 << 20) { output in
    for length in 0..<text.count {
      output.append(escaping: text.span, text.count - length, length)
      output.append(text.span, 0, length)
    }
  }
  if written != ample { fatalError("capacity \(capacity)") }
}
print("\(count) programs, \(written) bytes")
