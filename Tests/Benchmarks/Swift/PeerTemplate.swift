import Diagnostics
import Records
import TemplateRuntime

/// A part of a program as any template engine can say it.
///
/// Values are named by keys of the frame (0: the record, n: the item of the n-th loop around) that they stand in.
indirect enum PeerNode {
  case text(Literal)
  /// What instruction `index` writes: escaped, or, if `isRaw`, as it is; `blank` if there is nothing.
  case value(index: Int, frame: UInt8, key: String, isRaw: Bool, blank: Literal)
  case lines(index: Int, frame: UInt8, key: String, separator: Literal, blank: Literal)
  case checkbox(index: Int, frame: UInt8, key: String, yes: Literal, no: Literal)
  case branch(index: Int, frame: UInt8, key: String, yes: [PeerNode], no: [PeerNode])
  /// Over the items under `key`; each of them is frame `item`.
  case loop(index: Int, frame: UInt8, key: String, item: UInt8, body: [PeerNode])
}

/// A program as a tree; it says the same of every record.
struct PeerTemplate {
  private let program: Program
  private var formats: [ValueFormat] = []
  private var styles: [NumberStyle] = []
  private(set) var nodes: [PeerNode] = []

  init(_ program: Program) {
    self.program = program
    nodes = read(program.instructions.indices, innermost: 0)
  }

  private mutating func read(_ range: Range<Int>, innermost: UInt8) -> [PeerNode] {
    var nodes: [PeerNode] = []
    var index = range.lowerBound
    while index < range.upperBound {
      var next = index + 1
      switch program.instructions[index] {
      case .literal(let literal):
        nodes.append(.text(literal))
      case .value(let operand, let format, let blank):
        var isRaw = false
        if case .boolean = format { isRaw = true }
        let key = "v\(operand.slot)_\(formats.number(of: format))"
        nodes.append(
          .value(index: index, frame: operand.register, key: key, isRaw: isRaw, blank: blank)
        )
      case .lines(let operand, let separator, let blank):
        nodes.append(
          .lines(
            index: index,
            frame: operand.register,
            key: "w\(operand.slot)",
            separator: separator,
            blank: blank
          )
        )
      case .index(let register, let style):
        nodes.append(plain(index, register, "i\(styles.number(of: style))"))
      case .count(let operand, let style):
        nodes.append(
          plain(index, operand.register, "n\(operand.slot)_\(styles.number(of: style))")
        )
      case .checkNumber:
        nodes.append(plain(index, 0, "check_number"))
      case .checkbox(let operand, let option, let yes, let no):
        let key = "m\(operand.slot)_" + (option < 0 ? "other" : String(option))
        nodes.append(.checkbox(index: index, frame: operand.register, key: key, yes: yes, no: no))
      case .branch(let condition, let otherwise):
        var yes = index + 1..<Int(otherwise)
        var no = yes.upperBound..<yes.upperBound
        if !yes.isEmpty, case .jump(let end) = program.instructions[yes.upperBound - 1],
          end > otherwise
        {
          (yes, no) = (yes.dropLast(), yes.upperBound..<Int(end))
        }
        nodes.append(
          .branch(
            index: index,
            frame: innermost,
            key: "c\(condition)",
            yes: read(yes, innermost: innermost),
            no: read(no, innermost: innermost)
          )
        )
        next = no.upperBound
      case .loop(let list, let register, let minimum, let end):
        nodes.append(
          .loop(
            index: index,
            frame: list.register,
            key: "l\(list.slot)_\(minimum)",
            item: register,
            body: read(index + 1..<Int(end) - 1, innermost: register)
          )
        )
        next = Int(end)
      case .jump, .next:
        preconditionFailure("Branches and loops nest.")
      }
      index = next
    }
    return nodes
  }

  private func plain(_ index: Int, _ frame: UInt8, _ key: String) -> PeerNode {
    .value(index: index, frame: frame, key: key, isRaw: true, blank: .empty)
  }

  /// The tree for engines of other languages.
  var json: JSONValue { json(nodes) }

  private func json(_ nodes: [PeerNode]) -> JSONValue { .array(nodes.map(json)) }

  private func json(_ node: PeerNode) -> JSONValue {
    func text(_ literal: Literal) -> JSONValue { .string(program.text(literal)) }
    func object(
      _ kind: String,
      _ frame: UInt8,
      _ key: String,
      _ more: [(name: String, value: JSONValue)]
    ) -> JSONValue {
      let own: [(name: String, value: JSONValue)] = [
        ("kind", .string(kind)), ("frame", .integer(Int64(frame))), ("key", .string(key)),
      ]
      return .object(own + more)
    }
    switch node {
    case .text(let literal):
      return .object([("kind", .string("text")), ("text", text(literal))])
    case .value(_, let frame, let key, let isRaw, let blank):
      return object("value", frame, key, [("raw", .bool(isRaw)), ("blank", text(blank))])
    case .lines(_, let frame, let key, let separator, let blank):
      return object(
        "lines",
        frame,
        key,
        [("separator", text(separator)), ("blank", text(blank))]
      )
    case .checkbox(_, let frame, let key, let yes, let no):
      return object(
        "branch",
        frame,
        key,
        [("yes", json([.text(yes)])), ("no", json([.text(no)]))]
      )
    case .branch(_, let frame, let key, let yes, let no):
      return object("branch", frame, key, [("yes", json(yes)), ("no", json(no))])
    case .loop(_, let frame, let key, let item, let body):
      return object("loop", frame, key, [("item", .integer(Int64(item))), ("body", json(body))])
    }
  }
}

extension Program {
  func text(_ literal: Literal) -> String {
    String(
      decoding: bytes[Int(literal.start)..<Int(literal.start + literal.count)],
      as: UTF8.self
    )
  }
}

extension Array where Element: Equatable {
  /// The place of `element`, which is added if it is new.
  fileprivate mutating func number(of element: Element) -> Int {
    if let number = firstIndex(of: element) { return number }
    append(element)
    return count - 1
  }
}
