import Fixtures
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
print("\(count) programs, \(written) bytes")
