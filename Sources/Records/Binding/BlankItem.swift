extension Binder {
  /// Whether an item of a list holds nothing: an empty row, or one of dashes, which does not count.
  ///
  /// An item that only names fields of its list without giving them values is one, so that a file of blanks can be filled in as
  /// far as one likes. A key that is no field is a mistake to report, whatever its value.
  func isBlankItem(_ item: RawNode, of list: Field.ID) -> Bool {
    switch item.content {
    case .absent: true
    case .scalar(let scalar): scalar.isBlank(as: dictionary.fields[list].type)
    case .mapping(let entries): dictionary.fields[list].type == nil && isBlank(entries, under: list)
    case .sequence: false
    }
  }

  private func isBlank(_ entries: [RawNode.Entry], under parent: Field.ID) -> Bool {
    entries.allSatisfy { entry in
      field(entry.key, under: parent).map { isBlank(entry.value, as: $0) } ?? false
    }
  }

  /// What is not of the field's shape is a mistake and no blank.
  private func isBlank(_ node: RawNode, as id: Field.ID) -> Bool {
    switch (dictionary.fields[id].declaration.shape, node.content) {
    case (_, .absent): true
    case (.value(let type), .scalar(let scalar)), (.list(of: let type?), .scalar(let scalar)):
      scalar.isBlank(as: type)
    case (.record, .mapping(let entries)): isBlank(entries, under: id)
    case (.list, .sequence(let items)): items.allSatisfy { isBlankItem($0, of: id) }
    case (.record, .scalar), (.record, .sequence), (.value, .mapping), (.value, .sequence),
      (.list(of: nil), .scalar), (.list, .mapping):
      false
    }
  }
}

extension RawScalar {
  fileprivate func isBlank(as type: FieldType?) -> Bool {
    type.map { $0.standsForNothing(bytes) } ?? bytes.trimmed().isEmpty
  }
}
