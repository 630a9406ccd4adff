import Records
import TemplateRuntime

/// Puts a program together: text becomes static bytes, flow becomes jumps.
///
/// A class, so that the bodies of branches and loops append to the one program.
final class ProgramBuilder {
  private var writer = ProgramWriter()
  private var sections: [Program.Section] = []
  /// Where the loops stand, for those who name the fields of operands.
  let annotations: FieldAnnotations?

  init(annotations: FieldAnnotations? = nil) { self.annotations = annotations }

  /// Appends bytes of the output format.
  func markup(_ text: String) { writer.append(text) }

  /// Appends an element with the attributes as they are written, and `body` within.
  func element(_ tag: String, _ attributes: String, newline: Bool, _ body: () -> Void) {
    // Piece by piece: to put a text together first takes longer than all the rest.
    markup("<")
    markup(tag)
    if !attributes.isEmpty {
      markup(" ")
      markup(attributes)
    }
    markup(">")
    body()
    markup("</")
    markup(tag)
    markup(newline ? ">\n" : ">")
  }

  /// Appends static text, escaped.
  func text(_ text: String) {
    var escaped: [UInt8] = []
    escaped.append(escaping: text)
    writer.append(escaped)
  }

  func emit(_ instruction: Instruction) {
    annotations?.note(instruction.operands)
    writer.append(instruction)
  }

  /// Bytes that an instruction carries with it; the same bytes are kept once.
  func literal(_ text: String) -> Literal { writer.literal(Array(text.utf8)) }

  func branch(
    on condition: Condition,
    then body: () -> Void,
    else other: (() -> Void)? = nil
  ) {
    annotations?.note(condition.operands)
    var branch = writer.openBranch(on: condition)
    body()
    if let other {
      writer.otherwise(&branch)
      other()
    }
    writer.close(branch)
  }

  func loop(_ loop: Loop, _ body: () -> Void) {
    annotations?.note([loop.list])
    let open = writer.openLoop(
      over: loop.list,
      register: UInt8(loop.register),
      minimum: UInt16(loop.minimum)
    )
    annotations?.enter(loop)
    body()
    annotations?.leave(loop)
    writer.close(open)
  }

  /// The rows of a table; one without an item has three to be filled in, if it has any.
  func rows(of table: TableBlock, _ body: () -> Void) {
    let loop = table.loop
    guard (1..<3).contains(loop.minimum) else { return self.loop(loop, body) }
    let blank = Loop(list: loop.list, register: loop.register, minimum: 3)
    branch(on: .present(loop.list)) { self.loop(loop, body) }
    branch(on: .not(.present(loop.list))) { self.loop(blank, body) }
  }

  /// As `branch`, and without any where the condition is nil.
  func branch(on condition: Condition?, _ body: () -> Void) {
    guard let condition else { return body() }
    branch(on: condition, then: body)
  }

  func anchor(_ anchor: Anchor) {
    for piece in anchor.pieces {
      switch piece {
      case .text(let text): markup(text)
      case .index(let register): emit(.index(register: UInt8(register), .plain))
      }
    }
  }

  /// Appends a document: its body is recorded as a section, inside its condition and loop.
  func section(_ document: LaidOutDocument, _ body: () -> Void) {
    func recorded() {
      let start = Int(writer.here())
      body()
      sections.append(
        Program.Section(
          document: document.id,
          title: document.title,
          body: start..<Int(writer.here()),
          condition: document.condition,
          repetition: document.repetition,
          isOfficeOnly: document.isOfficeOnly
        )
      )
    }
    func repeated() {
      guard let repetition = document.repetition else { return recorded() }
      loop(
        Loop(
          list: repetition.list,
          register: Int(repetition.register),
          minimum: repetition.minimum
        ),
        recorded
      )
    }
    guard let condition = document.condition else { return repeated() }
    branch(on: condition, then: repeated)
  }

  func program(_ format: OutputFormat) -> Program { writer.program(format, sections: sections) }
}
