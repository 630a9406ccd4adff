@testable import Records
import Testing

struct FormulaTests {
  /// Of numbers alone.
  private func value(_ formula: Formula) throws -> Fraction? {
    let slots: [Slot] = [
      .absent, Slot(kind: .number, number: 72_500),
      Slot(kind: .list, start: 3, count: 2, number: 1), Slot(kind: .number, number: 7),
      Slot(kind: .number, number: .max - 7), Slot(kind: .word),
    ]
    return try formula.value(in: slots.span, [UInt8]().span, Registers())
  }

  private let absent = Formula.value(Operand(register: 0, slot: 0), scale: 1)
  private let percent = Formula.value(Operand(register: 0, slot: 1), scale: 10_000)

  @Test func fractionsAreExact() throws {
    let third = Formula.quotient(.number(1), .number(3))
    #expect(try value(.product(.sum([third, third, third]), .number(7))) == Fraction(7))
    #expect(try value(percent) == Fraction(29, 4))
    #expect(
      try value(.quotient(.product(.number(12_345_678), percent), .number(100)))
        == Fraction(179_012_331, 200)
    )
    #expect(
      try value(.product(.number(1 << 62), .quotient(.number(3), .number(1 << 62)))) == Fraction(3)
    )
  }

  @Test(arguments: [
    (7, 2, 3, 4), (-7, 2, -4, -3), (7, -2, -4, -3), (6, 2, 3, 3), (-6, 2, -3, -3), (0, 5, 0, 0),
  ])
  func roundingGoesDownAndUp(_ a: Int64, _ b: Int64, _ down: Int64, _ up: Int64) throws {
    let quotient = Formula.quotient(.number(a), .number(b))
    #expect(try value(.floor(quotient)) == Fraction(down))
    #expect(try value(.ceiling(quotient)) == Fraction(up))
  }

  @Test func whatIsComputedFromNothingIsAbsent() throws {
    let word = Formula.value(Operand(register: 0, slot: 5), scale: 1)
    for formula in [
      absent, word, .sum([.number(1), absent]), .greatest([.number(0), absent]),
      .count(Operand(register: 0, slot: 0)),
    ] {
      #expect(try value(formula) == nil, "\(formula)")
    }
    let list = Operand(register: 0, slot: 2)
    #expect(try value(.total(of: list, slot: 0, scale: 1)) == Fraction(.max))
    #expect(try value(.count(list)) == Fraction(2))
    // Behind the last item's value stands a word, which is no term.
    #expect(try value(.total(of: list, slot: 1, scale: 1)) == nil)
  }

  @Test func theFirstCaseThatHoldsIsTheValue() throws {
    let (none, rate) = (Operand(register: 0, slot: 0), Operand(register: 0, slot: 1))
    let word = Operand(register: 0, slot: 5)
    func choice(_ cases: (Condition, Int64)...) -> Formula {
      .choice(cases.map { Formula.Branch(test: $0, value: .number($1)) })
    }
    let isHigh = Condition.compare(rate, .greater, .number(72_499))
    #expect(try value(choice((.not(isHigh), 1), (isHigh, 2), (.constant(true), 3))) == Fraction(2))
    #expect(try value(choice((.not(isHigh), 1), (.constant(true), 3))) == Fraction(3))
    #expect(try value(choice((.not(isHigh), 1))) == nil)
    #expect(try value(choice()) == nil)
    // What is not known is neither so nor otherwise; whether it is there is known.
    for unknown in [none, word] {
      let test = Condition.compare(unknown, .equal, .number(1))
      for test in [test, .not(test), .all([.constant(false), test])] {
        #expect(try value(choice((test, 1), (.constant(true), 2))) == nil)
      }
      #expect(try value(choice((isHigh, 1), (test, 2))) == Fraction(1))
    }
    #expect(try value(choice((.present(none), 1), (.constant(true), 2))) == Fraction(2))
    let fields = Condition.compareFields(rate, .equal, none)
    #expect(try value(choice((fields, 1), (.constant(true), 2))) == nil)
    #expect(!Formula.choice([.init(test: isHigh, value: percent)]).isWhole)
  }

  @Test func extremesCompareFractions() throws {
    let parts: [Formula] = [
      .quotient(.number(2), .number(3)), .quotient(.number(5), .number(8)), .number(-1),
    ]
    #expect(try value(.greatest(parts)) == Fraction(2, 3))
    #expect(try value(.least(parts)) == Fraction(-1))
  }

  @Test func whatDoesNotFitIsNoNumber() {
    let greatest = Formula.number(.max)
    for formula: Formula in [
      .sum([greatest, .number(1)]), .product(greatest, .number(2)),
      .quotient(.number(1), .number(0)), .negative(.number(.min)),
      .sum([.quotient(.number(1), greatest), .quotient(.number(1), .number(.max - 1))]),
    ] {
      #expect(throws: FormulaOverflow.self, "\(formula)") { try value(formula) }
    }
  }

  @Test func onlyRoundingMakesFractionsWhole() {
    #expect(Formula.floor(.quotient(.number(1), .number(2))).isWhole)
    #expect(!Formula.sum([.number(1), .quotient(.number(4), .number(2))]).isWhole)
    #expect(!percent.isWhole)
  }
}
