import CFileSystem
import Counters
import Diagnostics
import Glibc
import Records

/// What the benchmark measures of tokki from within, called by its Python programs.
///
/// FOLDER has a list and what its rows share.
///
///     Benchmarks FOLDER turns             answers each line "PATH SECONDS" with the rounds made and their nanoseconds
///     Benchmarks FOLDER once PATH COUNT   goes a path COUNT times
///     Benchmarks FOLDER counters PATH…    what each path retains and takes of memory in its thousandth round
///     Benchmarks FOLDER export            puts there what peers need to write the same bytes
@main
enum Benchmarks {
  static func main() {
    // As batch, pipe and server do.
    tokki_keep_memory()
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 2 else { return print("Benchmarks FOLDER COMMAND") }
    let folder = arguments[1]
    let paths = HotPaths(folder: folder)
    let more = Array(arguments.dropFirst(2))
    switch arguments[2] {
    case "turns": turns(paths)
    case "once":
      let path = path(more[0], in: paths)
      for _ in 0..<(Int(more[1]) ?? 0) { _ = path() }
    case "counters": for name in more { counters(name, paths) }
    case "export": export(paths, to: folder)
    case let command: fatalError("no command \(command)")
    }
  }

  private static func path(_ name: String, in paths: HotPaths) -> () -> Int {
    guard let path = paths[name] else { fatalError("no path \(name)") }
    return path
  }

  private static func turns(_ paths: HotPaths) {
    while let line = readLine() {
      let words = line.split(separator: " ")
      let turn = Turn(path(String(words[0]), in: paths), seconds: Double(words[1]) ?? 0)
      print(turn.rounds, turn.nanoseconds)
      fflush(nil)
    }
  }

  private static func counters(_ name: String, _ paths: HotPaths) {
    let path = path(name, in: paths)
    for _ in 1..<999 { _ = path() }
    let before = tokki_counts()
    _ = path()
    let after = tokki_counts()
    print(name, after.retains - before.retains, after.mallocs - before.mallocs)
  }

  /// Of each case and program: the bytes in `CASE.PROGRAM`, the program itself and its values in two files beside it, and the same
  /// of the folded program.
  private static func export(_ paths: HotPaths, to folder: String) {
    for name in HotPaths.caseNames {
      guard let record = paths.renderingCase(name) else { fatalError("no case \(name)") }
      for programName in record.programs {
        for (isFolded, suffix) in [(false, ""), (true, ".folded")] {
          guard let program = record.program(programName, isFolded: isFolded) else { continue }
          let template = PeerTemplate(program)
          let data = PeerData(template, of: program, with: record.record, record.checkNumber)
          let base = "\(folder)/\(name).\(programName)\(suffix)"
          write(template.json.bytes, to: base + ".template.json")
          write(data.json.bytes, to: base + ".data.json")
          write(record.render(program), to: base)
        }
      }
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "wb") else { fatalError("cannot write \(path)") }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      fatalError("cannot write \(path)")
    }
  }
}

/// Rounds of one path for a while, by the processor time of the process.
struct Turn {
  private(set) var rounds = 0
  private(set) var nanoseconds = 0

  init(_ path: () -> Int, seconds: Double) {
    let enough = Int(seconds * 1e9)
    // Some milliseconds at a time, so that the clock costs nothing; what is less warms up.
    var chunk = 1
    while nanoseconds < enough {
      let start = Self.now
      for _ in 0..<chunk { _ = path() }
      let passed = Self.now - start
      if passed < 2_000_000 {
        chunk *= 2
      } else {
        rounds += chunk
        nanoseconds += passed
      }
    }
  }

  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
