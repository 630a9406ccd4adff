import Glibc

/// What each step of a batch's row costs: `TOKKI_BENCHMARKS=1 swift run -c release Benchmarks [STEP]`.
@main
enum Benchmarks {
  static func main() {
    guard let row = Row.sample(of: "Templates/kawasaki-1985") else {
      return print("Run it where Templates/ is.")
    }
    print("microseconds of processor time, for a row of \(row.filled) filled columns")
    let wanted = CommandLine.arguments.dropFirst().first
    for step in row.steps where wanted == nil || step.name == wanted {
      print("\(best(of: step.run)) \(step.name)")
    }
  }

  /// The best of 25 rounds of 1,000, in tenths.
  private static func best(of step: () -> Int) -> Double {
    let rounds = (0..<25).map { _ in
      let start = clock()
      var sum = 0
      for _ in 0..<1_000 { sum &+= step() }
      precondition(sum != 0)
      return Double((clock() - start) * 1_000_000 / CLOCKS_PER_SEC / 100) / 10
    }
    return rounds.min() ?? 0
  }
}
