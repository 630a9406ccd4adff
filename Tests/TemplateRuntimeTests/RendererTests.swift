import Fixtures
import Records
import TemplateRuntime
import Testing

/// The renderer writes what a program's instructions say.
struct RendererTests {
  private static let dictionary = SmallDictionary.shared
  private static let binder = Binder(dictionary)

  @Test(arguments: 0..<40)
  func itWritesWhatTheInstructionsSay(_ block: Int) {
    for seed in UInt64(block) * 50..<UInt64(block) * 50 + 50 {
      let program = RandomProgram.program(over: Self.dictionary, seed: seed)
      var data = RandomData(Self.dictionary, seed: seed)
      let record = Self.binder.bind(data.record(), mode: .final, date: 19_000).everything
      let bytes = Renderer.render(program, with: record, checkNumber: nil)
      #expect(bytes == PlainRenderer.render(program, with: record), "seed \(seed)")
    }
  }
}
