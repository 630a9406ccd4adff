import Diagnostics
import Records

extension Scope {
  /// The path that someone means who writes a field's label or alias, full-width letters, or a field of the item alone.
  fileprivate func meant(by path: Name) -> String? {
    let text = path.text
    func isKnown(_ text: String) -> Bool {
      resolve(Name(text: text, location: path.location)) != nil
    }
    let folded = text.foldingFullWidth
    if folded != text, isKnown(folded) { return folded }
    let variables = variables(at: path)
    for variable in variables.reversed() where isKnown(variable.name + "." + text) {
      return variable.name + "." + text
    }
    let labelled = dictionary.fields.first { field in
      (field.label == text || field.declaration.aliases.contains(text))
        && field.declaration.shape != .record
    }
    return (labelled ?? field(byLabels: text.pathComponents)).map { field in
      let variable = variables.last { variable in
        field.path.hasPrefix(dictionary.fields[variable.list].path + ".")
      }
      return variable.map {
        $0.name + field.path.dropFirst(dictionary.fields[$0.list].path.count)
      } ?? field.path
    }
  }

  /// The field under labels from the root down: 契約.件名.
  private func field(byLabels labels: [String]) -> Field? {
    var current: Field.ID?
    for label in labels {
      let children = current.map { dictionary.fields[$0].children } ?? dictionary.roots
      guard let next = children.first(where: { dictionary.fields[$0].label == label }) else {
        return nil
      }
      current = next
    }
    return current.map { dictionary.fields[$0] }
  }

  /// The path that differs least, each of its names being near enough to be what was meant.
  fileprivate func nearPath(_ path: Name) -> String? {
    let typed = path.text.pathComponents
    let near = offeredPaths(for: path).filter { candidate in
      let names = candidate.pathComponents
      return names.count == typed.count
        && zip(typed, names).allSatisfy { $0 == $1 || didYouMean($0, among: [$1]) != nil }
    }
    return didYouMean(path.text, among: near)
      ?? didYouMean(path.text, among: names.slots.map(\.name.text))
  }

  /// The fields of the record, item or list that all but the last name of a path means.
  fileprivate func fieldsBeside(_ path: Name) -> String? {
    let outer = path.text.pathComponents.dropLast().joined(separator: ".")
    let parent: Field.ID? =
      if let field = dictionary.field(at: outer) {
        field
      } else {
        switch resolve(Name(text: outer, location: path.location)) {
        case .field(let id, _): id
        case .item(let variable): variable.list
        case .slot, .index, .count, nil: nil
        }
      }
    guard let parent, !dictionary.fields[parent].children.isEmpty else { return nil }
    return dictionary.fields[parent].children.map { dictionary.fields[$0].name }
      .joined(separator: ", ")
  }

  /// In the dictionary: the fields of the same record or item, and of those around it, by their own names.
  private var namesAtHand: [String] {
    var found: [String] = []
    var parent = within
    while let current = parent {
      found += dictionary.fields[current].children.map { dictionary.fields[$0].name }
      parent = dictionary.fields[current].parent
    }
    return found
  }

  /// Whether a path begins as slots of the edition do, and as no field does.
  fileprivate func isSlotLike(_ path: String) -> Bool {
    let components = path.pathComponents
    return components.count > 1 && dictionary.child(components[0], of: nil) == nil
      && names.slots.contains { $0.name.text.hasPrefix(components[0] + ".") }
  }

  /// The loop variables that can be written where a path is: those of the same text or fragment.
  private func variables(at path: Name) -> [Variable] {
    variables.filter { $0.expansion == path.location.expansion }
  }

  /// Every path that can be written where `path` is, for suggestions.
  func offeredPaths(for path: Name) -> [String] {
    let expansion = path.location.expansion
    func fields(under prefix: String, as name: String) -> [String] {
      dictionary.fields.filter { $0.path.hasPrefix(prefix + ".") }
        .map { name + $0.path.dropFirst(prefix.count) }
    }
    let arguments = expansion > 0 ? names.expansions[Int(expansion) - 1].arguments : [:]
    return names.slots.map(\.name.text) + dictionary.fields.map(\.path) + namesAtHand
      + variables(at: path).flatMap {
        fields(under: dictionary.fields[$0.list].path, as: $0.name)
      }
      + arguments.sorted { $0.key < $1.key }.flatMap { name, argument -> [String] in
        switch argument {
        case .words: [name]
        case .path(let given):
          [name] + (absolutePath(given).map { fields(under: $0, as: name) } ?? [])
        }
      }
  }

  /// Of a path that means nothing: the argument that means nothing already, where it begins with a parameter.
  fileprivate func cause(of path: Name) -> Name {
    guard case .path(let given)? = argument(of: path)?.argument, resolve(given) == nil else {
      return path
    }
    return cause(of: given)
  }

  /// The name of the loop variable that stands for the items of a list.
  fileprivate func variable(over list: String, at path: Name) -> String? {
    variables(at: path).last { dictionary.fields[$0.list].path == list }?.name
  }

  /// The path of the innermost list around a field that exists, but only as one of many.
  fileprivate func listToLoopOver(for path: String) -> String? {
    guard let field = dictionary.field(at: path) else { return nil }
    return dictionary.frames[dictionary.fields[field].frame].list.map { dictionary.fields[$0].path }
  }
}

extension Diagnostic {
  private static func itemField(_ path: Name, of list: String, variable: String?) -> Self {
    let name = path.text.dropFirst(list.count)
    if let variable {
      return Diagnostic(
        .unknownField,
        at: path.location,
        ja: "項目「\(path.text)」は一覧「\(list)」の一件ごとの項目です。",
        en: "“\(path.text)” belongs to each item of the list “\(list)”.",
        hint: Message(
          ja: "この繰返しの中では \(variable)\(name) と書きます。",
          en: "Within this loop write \(variable)\(name)."
        )
      )
    }
    return Diagnostic(
      .unknownField,
      at: path.location,
      ja: "項目「\(path.text)」は一覧「\(list)」の一件ごとの項目なので、繰返しの外では使えません。",
      en:
        "“\(path.text)” belongs to each item of the list “\(list)”; outside of a loop it is not one field.",
      hint: Message(
        ja: "for=\"item in \(list)\" と書いた要素の中で {item\(name)} と書きます。",
        en: "Write {item\(name)} within an element that has for=\"item in \(list)\"."
      )
    )
  }

  private static func unknownSlot(_ path: Name, _ scope: Scope) -> Self {
    Diagnostic(
      .unknownField,
      at: path.location,
      ja: "版の語句（slot）「\(path.text)」は edition.xml にありません。",
      en: "edition.xml has no slot “\(path.text)”.",
      hint: didYouMean(path.text, among: scope.offeredPaths(for: path)).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      }
        ?? Message(
          ja: "edition.xml の slots に <slot name=\"\(path.text)\">…</slot> を書いてください。",
          en: "Write <slot name=\"\(path.text)\">…</slot> into slots of edition.xml."
        )
    )
  }

  static func unknownField(_ name: Name, _ scope: Scope) -> Self {
    let path = scope.cause(of: name)
    if let list = scope.listToLoopOver(for: path.text) {
      return .itemField(path, of: list, variable: scope.variable(over: list, at: path))
    }
    if let meant = scope.meant(by: path) {
      return Diagnostic(
        .unknownField,
        at: path.location,
        ja: "項目「\(path.text)」は項目辞書にありません。",
        en: "The dictionary has no field “\(path.text)”.",
        hint: Message(ja: "「\(meant)」と書きます。", en: "Write “\(meant)”.")
      )
    }
    if scope.isSlotLike(path.text) { return .unknownSlot(path, scope) }
    return Diagnostic(
      .unknownField,
      at: path.location,
      ja: "項目「\(path.text)」は項目辞書にありません。",
      en: "The dictionary has no field “\(path.text)”.",
      hint: scope.nearPath(path).map {
        Message(ja: "「\($0)」ではありませんか。", en: "Did you mean “\($0)”?")
      } ?? scope.fieldsBeside(path).map {
        Message(ja: "そこにある項目：\($0)", en: "The fields there are: \($0)")
      }
        ?? Message(
          ja: "項目は dictionary.xml に定めます。繰返しの中では worker.name のように変数から書きます。",
          en:
            "Fields are declared in dictionary.xml; within a loop write them from its variable: worker.name"
        )
    )
  }
}

extension String {
  /// With ASCII in place of full-width letters, digits and signs.
  var foldingFullWidth: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          (0xFF01...0xFF5E).contains(scalar.value)
            ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        }
      )
    )
  }
}
