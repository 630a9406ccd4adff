import Records
import TemplateRuntime

/// Lowers documents to a list of what they print, for a screen that says how much is filled in.
///
/// A line is the path of a field, `vendor.workers[2].name`, with ` -` behind it if it has no value. Blank rows, what is
/// written by hand, and the office's own box are left out; a list without items stands for all that would be in it.
struct FieldListLowering {
  private let annotations: FieldAnnotations
  private let builder: ProgramBuilder
  private let paths = PathList()

  /// The program, and of each document the paths that it prints in some case, without numbers.
  static func program(_ documents: [LaidOutDocument], _ annotations: FieldAnnotations) -> (
    program: Program, paths: [[String]]
  ) {
    let builder = ProgramBuilder(annotations: annotations)
    var paths: [[String]] = []
    for document in documents {
      let lowering = FieldListLowering(annotations: annotations, builder: builder)
      builder.section(document) { lowering.blocks(document.blocks) }
      paths.append(lowering.paths.all)
    }
    return (builder.program(.fieldList), paths)
  }

  /// In the order in which they came, each once.
  private final class PathList {
    private(set) var all: [String] = []

    func add(_ path: String) {
      if !all.contains(path) { all.append(path) }
    }
  }

  private func field(_ operand: Operand) {
    guard let anchor = annotations.anchor(of: operand), let path = annotations.path(of: operand)
    else { return }
    paths.add(path)
    guard !annotations.isByHand(operand) else { return }
    builder.anchor(anchor)
    builder.branch(on: .present(operand), then: {}, else: { builder.markup(" -") })
    builder.markup("\n")
  }

  private func loop(_ loop: Loop, _ body: () -> Void) {
    field(loop.list)
    builder.loop(Loop(list: loop.list, register: loop.register, minimum: 0), body)
  }

  private func blocks(_ blocks: [Block]) { for block in blocks { self.block(block) } }

  private func block(_ block: Block) {
    switch block {
    case .mark(let content), .formNumber(let content), .line(_, let content),
      .paragraph(_, _, let content), .title(let content, copy: _, isFirst: _):
      runs(content)
    case .sender(let label, let lines):
      runs(label)
      labelled(lines)
    case .lines(let operand, _): field(operand)
    case .fields(let caption, columns: _, let rows):
      runs(caption)
      self.rows(rows)
    case .table(let table):
      loop(table.loop) { for column in table.columns { blocks(column.content) } }
    case .list(let items): for item in items { runs(item.content) }
    case .values(let values, _, _): field(values.list)
    case .signature(let lines): labelled(lines)
    case .section(let heading, let inner):
      runs(heading)
      blocks(inner)
    case .copy(let inner): blocks(inner)
    case .conditional(let condition, let inner):
      builder.branch(on: condition, then: { blocks(inner) })
    case .repeated(let repetition, let inner): loop(repetition) { blocks(inner) }
    case .provisions(let provisions): self.provisions(provisions)
    case .staticTable, .officeUse, .photo: break
    }
  }

  private func provisions(_ provisions: [ProvisionBlock]) {
    for provision in provisions {
      for sentence in provision.sentences { runs(sentence.content) }
      self.provisions(provision.parts)
    }
  }

  private func rows(_ rows: [Row]) {
    for row in rows {
      switch row {
      case .row(anchor: _, let label, let content):
        runs(label)
        blocks(content)
      case .conditional(let condition, let inner):
        builder.branch(on: condition, then: { self.rows(inner) })
      case .repeated(let repetition, let inner): loop(repetition) { self.rows(inner) }
      }
    }
  }

  private func labelled(_ lines: [LabelledLine]) {
    for line in lines {
      func content() {
        runs(line.label)
        runs(line.content)
      }
      builder.branch(on: line.condition) {
        if let repetition = line.loop { loop(repetition, content) } else { content() }
      }
    }
  }

  private func runs(_ runs: [Run]) {
    for run in runs {
      switch run {
      case .value(let operand, let style, _):
        // A word in place of a value is the value's own.
        if style != .format(.word) { field(operand) }
      case .option(let operand, let number, _): if number == 0 { field(operand) }
      case .link(_, let content), .emphasis(let content), .term(let content), .unit(let content, _):
        self.runs(content)
      case .conditional(let condition, let content):
        builder.branch(on: condition, then: { self.runs(content) })
      case .joined(let loop, _, separator: _): field(loop.list)
      case .text, .index, .count, .otherOption, .lineBreak: break
      }
    }
  }
}
