import Diagnostics
import Records
import TemplateRuntime

/// The values of a record as a program prints them: text that is ready but for its escapes, and conditions that are decided.
struct PeerData {
  private let program: Program
  private var trace: ProgramTrace
  private let record = Frame()

  /// The values under the keys of one frame.
  private final class Frame {
    private(set) var values: [String: Value] = [:]

    func set(_ key: String, _ value: Value) {
      precondition(values.updateValue(value, forKey: key) ?? value == value, "two values of \(key)")
    }

    /// The item of a list, which two loops may have in common.
    func item(_ number: Int, of key: String) -> Frame {
      guard case .items(var items)? = values[key] else {
        preconditionFailure("no list \(key)")
      }
      if number == items.count {
        items.append(Frame())
        values[key] = .items(items)
      }
      return items[number]
    }

    func open(_ key: String) { if values[key] == nil { values[key] = .items([]) } }
  }

  private enum Value: Equatable {
    case absent
    case text(String)
    case bool(Bool)
    case lines([String])
    case items([Frame])

    static func == (a: Value, b: Value) -> Bool {
      switch (a, b) {
      case (.absent, .absent): true
      case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
      case (.bool(let a), .bool(let b)): a == b
      case (.lines(let a), .lines(let b)): a == b
      case (.items(let a), .items(let b)): a.elementsEqual(b, by: ===)
      case (.absent, _), (.text, _), (.bool, _), (.lines, _), (.items, _): false
      }
    }
  }

  init(_ template: PeerTemplate, of program: Program, with record: Record, _ number: CheckNumber) {
    self.program = program
    trace = ProgramTrace(of: program, with: record, checkNumber: number)
    read(template.nodes, [0: self.record])
    precondition(trace.steps.isEmpty, "The tree is shorter than the program.")
  }

  private mutating func read(_ nodes: [PeerNode], _ frames: [UInt8: Frame]) {
    func set(_ frame: UInt8, _ key: String, _ value: Value) { frames[frame]?.set(key, value) }
    for node in nodes {
      switch node {
      case .text:
        trace.skip()
      case .value(let index, let frame, let key, let isRaw, let blank):
        let written = String(decoding: trace.take(index), as: UTF8.self)
        let isBlank = written.utf8.elementsEqual(program.text(blank).utf8)
        set(frame, key, isBlank ? .absent : .text(isRaw ? written : written.withoutEscapes))
      case .lines(let index, let frame, let key, let separator, let blank):
        let written = String(decoding: trace.take(index), as: UTF8.self)
        let isBlank = written.utf8.elementsEqual(program.text(blank).utf8)
        let lines = written.pieces(between: program.text(separator)).map(\.withoutEscapes)
        set(frame, key, isBlank ? .absent : .lines(lines))
      case .checkbox(let index, let frame, let key, let yes, _):
        set(
          frame,
          key,
          .bool(String(decoding: trace.take(index), as: UTF8.self) == program.text(yes))
        )
      case .branch(let index, let frame, let key, let yes, let no):
        _ = trace.take(index)
        let holds = trace.isNext(index + 1)
        set(frame, key, .bool(holds))
        read(holds ? yes : no, frames)
        // From the one to behind the other.
        if holds, !no.isEmpty { trace.skip() }
      case .loop(let index, let frame, let key, let item, let body):
        _ = trace.take(index)
        frames[frame]?.open(key)
        var number = 0
        while trace.isNext(index + 1) {
          var inner = frames
          inner[item] = frames[frame]?.item(number, of: key)
          read(body, inner)
          trace.skip()
          number += 1
        }
      }
    }
  }

  var json: JSONValue { json(record) }

  private func json(_ frame: Frame) -> JSONValue {
    .object(
      frame.values.sorted { $0.key < $1.key }.map { key, value in (key, json(value)) }
    )
  }

  private func json(_ value: Value) -> JSONValue {
    switch value {
    case .absent: .null
    case .text(let text): .string(text)
    case .bool(let value): .bool(value)
    case .lines(let lines): .array(lines.map(JSONValue.string))
    case .items(let items): .array(items.map(json))
    }
  }
}

extension ProgramTrace {
  /// Passes a step that writes nothing of the record's.
  fileprivate mutating func skip() { _ = take(steps.first?.index ?? -1) }
}

extension String {
  fileprivate var withoutEscapes: String {
    var text = self
    for (escape, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
      text = text.pieces(between: escape).joined(separator: character)
    }
    return text
  }

  /// By bytes; never empty.
  fileprivate func pieces(between separator: String) -> [String] {
    let (bytes, separator) = (Array(utf8), Array(separator.utf8))
    var pieces: [[UInt8]] = [[]]
    var rest = bytes[...]
    while let byte = rest.first {
      if !separator.isEmpty, rest.starts(with: separator) {
        rest.removeFirst(separator.count)
        pieces.append([])
      } else {
        pieces[pieces.count - 1].append(byte)
        rest.removeFirst()
      }
    }
    return pieces.map { String(decoding: $0, as: UTF8.self) }
  }
}
