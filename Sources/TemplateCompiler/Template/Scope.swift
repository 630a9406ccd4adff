import Diagnostics
import Records

/// What paths mean at one place of a template: the edition's slots, the loop variables, then the dictionary.
struct Scope: Sendable {
  private(set) var names: Names
  /// Innermost last.
  private(set) var variables: [Variable] = []
  /// In the dictionary itself, names are first those of the same record or item.
  private(set) var within: Field.ID?

  /// What all scopes of an edition share.
  final class Names: Sendable {
    let dictionary: FieldDictionary
    let slots: [EditionSlot]
    let expansions: [Expansion]
    let provisions: KnownProvisions?

    init(
      _ dictionary: FieldDictionary,
      _ slots: [EditionSlot],
      _ expansions: [Expansion],
      _ provisions: KnownProvisions? = nil
    ) {
      self.dictionary = dictionary
      self.slots = slots
      self.expansions = expansions
      self.provisions = provisions
    }

    func slot(_ path: String) -> EditionSlot? {
      // Lengths are compared at no cost, and most differ.
      slots.first { $0.name.text.utf8.count == path.utf8.count && $0.name.text == path }
    }
  }

  var dictionary: FieldDictionary { names.dictionary }
  func slot(_ path: String) -> EditionSlot? { names.slot(path) }
  /// What `has('…')` may ask; nil where nothing may.
  var provisions: KnownProvisions? { names.provisions }

  struct Variable: Hashable, Sendable {
    let name: String
    let list: Field.ID
    let register: Int
    /// The use of a fragment in which its loop is written.
    let expansion: Int32
  }

  enum Meaning: Hashable, Sendable {
    /// A constant of the edition.
    case slot(String)
    /// A field, and where it is found.
    case field(Field.ID, Operand)
    /// The item that a loop variable stands at.
    case item(Variable)
    /// `worker.index`.
    case index(Variable)
    /// `workers.count`.
    case count(Field.ID, Operand)
  }

  init(dictionary: FieldDictionary, slots: [EditionSlot], expansions: [Expansion] = []) {
    names = Names(dictionary, slots, expansions)
  }

  /// The same names, with conditions that ask what the annex has.
  func asking(_ provisions: KnownProvisions) -> Scope {
    var scope = self
    scope.names = Names(names.dictionary, names.slots, names.expansions, provisions)
    return scope
  }

  /// The same names, seen from a field of the dictionary.
  func within(_ field: Field.ID?) -> Scope {
    var scope = self
    scope.within = field
    return scope
  }

  /// The same scope when the packet is made in a mode.
  func inMode(_ mode: String) -> Scope {
    let mode = EditionSlot(
      name: Name(text: "packet.mode", location: SourceLocation(file: "")),
      value: mode
    )
    var scope = self
    scope.names = Names(dictionary, names.slots + [mode], names.expansions, names.provisions)
    return scope
  }

  /// The scope inside a loop; nil if `list` is not a list or the loops are too deep.
  func entering(_ loop: LoopDeclaration) -> (scope: Scope, list: Operand, variable: Variable)? {
    guard case .field(let id, let operand)? = resolve(loop.list),
      dictionary.fields[id].itemFrame != nil
    else { return nil }
    let register = (variables.last?.register ?? 0) + 1
    guard register < Registers.count else { return nil }
    let variable = Variable(
      name: loop.variable,
      list: id,
      register: register,
      expansion: loop.list.location.expansion
    )
    var scope = self
    scope.variables.append(variable)
    return (scope, operand, variable)
  }

  /// What a path means where it is written: in a fragment, its parameters and the variables of its own loops come first.
  func resolve(_ path: Name) -> Meaning? { resolve(path.text, path.location.expansion) }

  private func resolve(_ path: String, _ expansion: Int32) -> Meaning? {
    let components = path.pathComponents
    let first = components[0]
    if let variable = variables.last(where: { $0.name == first && $0.expansion == expansion }) {
      return resolve(components.dropFirst(), of: variable)
    }
    if expansion > 0, let argument = names.expansions[Int(expansion) - 1].arguments[first] {
      switch argument {
      case .words(let words): return components.count == 1 ? .slot(words) : nil
      case .path(let given):
        let rest = components.dropFirst().map { "." + $0 }.joined()
        return resolve(given.text + rest, given.location.expansion)
      }
    }
    if let slot = names.slot(path) { return .slot(slot.value) }
    // Names of the same record, then of the records around it, then from the root.
    var parent = within
    while let current = parent {
      if dictionary.child(first, of: current) != nil { break }
      parent = dictionary.fields[current].parent
    }
    return resolve(components[...], under: parent) { id in
      isAtHand(dictionary.fields[id].frame) ? dictionary.operand(of: id) : nil
    }
  }

  private func resolve(_ names: ArraySlice<String>, of variable: Variable) -> Meaning? {
    if names.isEmpty {
      // An item of a list of values is the value.
      guard dictionary.fields[variable.list].type != nil else { return .item(variable) }
      return .field(variable.list, Operand(register: variable.register, slot: 0))
    }
    if names.elementsEqual(["index"]) { return .index(variable) }
    guard dictionary.fields[variable.list].type == nil else { return nil }
    let frame = dictionary.fields[variable.list].itemFrame
    return resolve(names, under: variable.list) { id in
      // A list within the item must be looped over before its fields are named.
      dictionary.fields[id].frame == frame
        ? Operand(register: variable.register, slot: dictionary.fields[id].slot) : nil
    }
  }

  private func resolve(
    _ names: ArraySlice<String>,
    under parent: Field.ID?,
    operand: (Field.ID) -> Operand?
  ) -> Meaning? {
    var current = parent
    for (offset, name) in names.enumerated() {
      guard let next = dictionary.child(name, of: current) else {
        guard name == "count", offset == names.count - 1, let list = current,
          dictionary.fields[list].itemFrame != nil, let operand = operand(list)
        else { return nil }
        return .count(list, operand)
      }
      current = next
    }
    guard let id = current, !names.isEmpty else { return nil }
    return operand(id).map { .field(id, $0) }
  }

  /// Whether a frame is the record's own or, in the dictionary, that of a list around the scope.
  private func isAtHand(_ frame: Int) -> Bool {
    if frame == 0 { return true }
    var own = within.map { dictionary.fields[$0].itemFrame ?? dictionary.fields[$0].frame } ?? 0
    while own != frame, let list = dictionary.frames[own].list {
      own = dictionary.fields[list].frame
    }
    return own == frame
  }

  /// The absolute path of a field or item, without indices; nil for what is not data.
  func absolutePath(_ path: Name) -> String? {
    switch resolve(path) {
    case .field(let id, _), .count(let id, _): dictionary.fields[id].path
    case .item(let variable), .index(let variable): dictionary.fields[variable.list].path
    case .slot, nil: nil
    }
  }

  /// Whether a field that a path means is the item of a loop around, and not the list itself.
  func isItem(_ field: Field.ID, _ operand: Operand) -> Bool {
    variables.contains { $0.list == field && $0.register == Int(operand.register) }
  }

  /// The slot that a path means, be it by a parameter of a fragment.
  func slot(meantBy path: Name) -> EditionSlot? {
    guard let given = argument(of: path) else { return slot(path.text) }
    switch given.argument {
    case .words: return nil
    case .path(let name):
      return slot(meantBy: Name(text: name.text + given.rest, location: name.location))
    }
  }

  /// Of a path that begins with a parameter of the fragment that it stands in: what is given for it, and the path's rest.
  func argument(of path: Name) -> (argument: Argument, rest: String)? {
    guard path.location.expansion > 0 else { return nil }
    let components = path.text.pathComponents
    return names.expansions[Int(path.location.expansion) - 1].arguments[components[0]].map {
      ($0, components.dropFirst().map { "." + $0 }.joined())
    }
  }
}

extension String {
  /// What stands between its dots.
  var pathComponents: [String] {
    var components: [String] = []
    components.reserveCapacity(4)
    let bytes = utf8Span.span
    var start = startIndex
    for offset in bytes.indices {
      let byte = bytes[offset]
      guard byte == UInt8(ascii: ".") else { continue }
      let index = utf8.index(startIndex, offsetBy: offset)
      components.append(String(self[start..<index]))
      start = utf8.index(after: index)
    }
    components.append(String(self[start...]))
    return components
  }
}
