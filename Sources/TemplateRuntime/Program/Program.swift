package import Records

/// A compiled packet in one output format: a flat list of instructions over one pool of static bytes.
///
/// A program is valid by construction: every jump stays inside its section and every operand inside its frame, so that
/// rendering it cannot fail.
package struct Program: Sendable {
  package let format: OutputFormat
  package let instructions: [Instruction]
  package let bytes: [UInt8]
  package let conditions: [Condition]
  package let sections: [Section]
  /// The most bytes that the program writes where nothing is filled in.
  ///
  /// Each loop prints its least rows, and one at least; every condition holds either way.
  package let blankSize: Int
  let outerLoops: [OuterLoop]
  /// The instructions as the renderer runs them.
  let steps: Steps

  package init(
    format: OutputFormat,
    instructions: [Instruction],
    bytes: [UInt8],
    conditions: [Condition],
    sections: [Section]
  ) {
    self.format = format
    self.instructions = instructions
    self.bytes = bytes
    self.conditions = conditions
    self.sections = sections.map { section in
      var section = section
      section.blankSize = Array(instructions[section.body]).blankSize
      return section
    }
    blankSize = instructions.blankSize
    outerLoops = instructions.outerLoops
    steps = Steps(
      instructions,
      conditions,
      entries: sections.flatMap { [$0.body.lowerBound, $0.body.upperBound] }
    )
  }

  /// The part of a program that prints one document of the packet.
  package struct Section: Hashable, Sendable {
    /// The document's id, also part of its file's name.
    package let document: String
    /// The document's title in Japanese.
    package let title: String
    /// What to run for one instance; its loop, if it has one, is outside.
    package let body: Range<Int>
    /// Whether the document is printed at all.
    package let condition: Condition?
    /// The list that the document is repeated over, and how often at least.
    package let repetition: Repetition?
    /// True for a document that stays in the office: a file of its own, never part of the packet.
    package let isOfficeOnly: Bool
    private let conditionTable: ConditionTable?
    /// As the program's, of one instance.
    fileprivate(set) var blankSize = 0

    package init(
      document: String,
      title: String,
      body: Range<Int>,
      condition: Condition?,
      repetition: Repetition?,
      isOfficeOnly: Bool
    ) {
      self.document = document
      self.title = title
      self.body = body
      self.condition = condition
      self.repetition = repetition
      self.isOfficeOnly = isOfficeOnly
      conditionTable = condition.map { ConditionTable($0) }
    }

    /// How many instances of the document a record calls for.
    package func instanceCount(in record: Record) -> Int {
      if conditionTable?.holds(in: record, Registers()) == false { return 0 }
      guard let repetition else { return 1 }
      return max(record.slot(repetition.list, Registers()).itemCount, repetition.minimum)
    }
  }

  package struct Repetition: Hashable, Sendable {
    package let list: Operand
    package let register: UInt8
    package let minimum: Int

    package init(list: Operand, register: UInt8, minimum: Int) {
      self.list = list
      self.register = register
      self.minimum = minimum
    }
  }
}

/// What a program writes.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// One self-contained page with every document.
  case html
  /// One self-contained page per document.
  case splitHTML = "split-html"
  /// One DocBook 5.0 book.
  case docbook
  /// For a screen, never for a packet: the article of each document, its values marked with their fields.
  case annotatedHTML = "annotated-html"
  /// For a screen: the paths of the values that each document prints, filled in or not.
  case fieldList = "field-list"
}
