import DataFiles
import Records

/// How a clerk writes her file, for what is added to it to look the same.
struct FileStyle {
  let format: DataFile.Format
  /// Spaces from a key to the keys under it.
  var step = 2
  /// Spaces from a key to the dashes under it, and from a dash to its item.
  var dashIndent = 2
  var itemIndent = 2
  var quotes = ScalarStyle.doubleQuoted
  /// Whether keys are the fields' labels.
  var usesLabels = false
  /// In brackets: whether each value has a line of its own, as in JSON alone, and what stands between a key and its value.
  var isMultiline: Bool
  var colon = ": "

  /// What stands between two values in a line.
  var comma: String { colon == ":" ? "," : ", " }

  init(_ format: DataFile.Format) {
    self.format = format
    isMultiline = format == .json
  }

  init(_ source: DataSource, _ binder: Binder) {
    self.init(source.format)
    var survey = Survey(source: source, binder: binder)
    survey.visit(source.root, under: nil)
    step = survey.steps.mostFrequent ?? step
    dashIndent = survey.dashIndents.mostFrequent ?? dashIndent
    itemIndent = max(2, survey.itemIndents.mostFrequent ?? itemIndent)
    if survey.singleQuoted > survey.doubleQuoted { quotes = .singleQuoted }
    usesLabels = survey.labels > survey.names
    isMultiline = format == .json && source.text.dropLast().contains(0x0A)
    if survey.hasTightColon { colon = ":" }
  }
}

private struct Survey {
  let source: DataSource
  let binder: Binder
  var steps: [Int: Int] = [:]
  var dashIndents: [Int: Int] = [:]
  var itemIndents: [Int: Int] = [:]
  var singleQuoted = 0
  var doubleQuoted = 0
  var labels = 0
  var names = 0
  var hasTightColon = false

  mutating func visit(_ node: RawNode, under parent: Field.ID?, below column: Int? = nil) {
    switch node.content {
    case .absent: break
    case .scalar(let scalar):
      if scalar.style == .singleQuoted { singleQuoted += 1 }
      if scalar.style == .doubleQuoted { doubleQuoted += 1 }
    case .mapping(let entries):
      var own: Int?
      if !node.isFlow, let first = entries.first {
        let key = source.column(first.keySpan.lowerBound)
        if let column { steps[key - column, default: 0] += 1 }
        own = key
      } else if source.format == .json, let first = entries.first {
        visitLine(of: first, below: column)
        own = source.indentation(at: first.keySpan.lowerBound)
        let end = first.keySpan.upperBound + 1
        if source.text[first.keySpan.upperBound] == UInt8(ascii: ":"), end < source.text.count,
          source.text[end] != 0x20
        {
          hasTightColon = true
        }
      }
      for entry in entries {
        let id = binder.dataField(entry.key, under: parent)
        if let id { visit(key: entry.key, of: id) }
        visit(entry.value, under: id, below: own)
      }
    case .sequence(let items):
      var dash: Int?
      if !node.isFlow {
        let own = source.column(node.span.lowerBound)
        if let column { dashIndents[own - column, default: 0] += 1 }
        dash = own
      }
      for item in items {
        if let dash, case .mapping(let entries) = item.content, !item.isFlow,
          let first = entries.first
        {
          let indent = source.column(first.keySpan.lowerBound) - dash
          itemIndents[indent, default: 0] += 1
        }
        visit(item, under: parent)
      }
    }
  }

  /// The steps of JSON, whose values stand in brackets.
  private mutating func visitLine(of entry: RawNode.Entry, below column: Int?) {
    let start = source.lineStart(entry.keySpan.lowerBound)
    let indentation = source.indentation(ofLineAt: start)
    guard start + indentation == entry.keySpan.lowerBound else { return }
    steps[indentation - (column ?? 0), default: 0] += 1
  }

  private mutating func visit(key: String, of id: Field.ID) {
    let field = binder.dictionary.fields[id]
    guard field.label != field.name else { return }
    if key == field.name { names += 1 } else { labels += 1 }
  }
}

extension [Int: Int] {
  /// The positive number that was counted most often, the smallest of several; zero counts if it is the only one.
  fileprivate var mostFrequent: Int? {
    self.filter { $0.key > 0 || count == 1 && $0.key == 0 }
      .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}
