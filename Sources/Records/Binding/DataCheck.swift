import Diagnostics

/// What is asked of every item of one frame: conditions by their numbers in one table, so that to ask them copies nothing.
struct FrameChecks: Sendable {
  /// The dictionary's rules by their numbers, each with what must not hold.
  private(set) var rules: [(rule: Int, violation: Int)] = []
  /// Fields that take words only on a condition.
  private(set) var worded: [(field: Field.ID, condition: Int)] = []
  /// Fields that final mode needs on a condition, some of them prefilled mode, too.
  private(set) var needed: [(field: Field.ID, condition: Int)] = []
  private(set) var conditions = ConditionTable()

  init(_ frame: Int, of dictionary: FieldDictionary, byHand: Set<Field.ID>) {
    for (number, rule) in dictionary.rules.enumerated() where rule.frame == frame {
      rules.append((number, conditions.add(rule.violation)))
    }
    for (id, field) in dictionary.fields.enumerated() where field.frame == frame {
      if let condition = field.wordsIf { worded.append((id, conditions.add(condition))) }
      if !byHand.contains(id), let condition = field.neededIf {
        needed.append((id, conditions.add(condition)))
      }
    }
  }
}

extension Binder {
  /// What is wrong with values that can each be read: the dictionary's rules in every mode, words
  /// where none are accepted, and, in all but blank mode, what is missing and words that leave open what is needed.
  ///
  /// All of it is asked of the whole data, not of what the mode prints.
  func check(_ bound: BoundRecord, mode: PacketMode) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for (frame, items) in bound.record.items(dictionary).enumerated() where !items.isEmpty {
      let needed = mode != .blank && !bound.isUnread ? checks[frame].needed : []
      if checks[frame].rules.isEmpty, checks[frame].worded.isEmpty, needed.isEmpty { continue }
      for item in items {
        check(item, of: frame, needed, in: bound, mode, &diagnostics)
      }
    }
    return diagnostics
  }

  private func check(
    _ item: RecordItem,
    of frame: Int,
    _ needed: [(field: Field.ID, condition: Int)],
    in bound: BoundRecord,
    _ mode: PacketMode,
    _ diagnostics: inout [Diagnostic]
  ) {
    let registers = item.registers
    let first = registers.frames[dictionary.frames[frame].depth]
    func holds(_ condition: Int) -> Bool {
      checks[frame].conditions.holds(condition, in: bound.record, registers)
    }
    for (number, violation) in checks[frame].rules where holds(violation) {
      let rule = dictionary.rules[number]
      diagnostics.append(
        .violated(
          rule,
          of: dictionary.fields[rule.field],
          at: bound.place(of: rule.field, in: frame, registers, dictionary)
        )
      )
    }
    for (id, condition) in checks[frame].worded where !holds(condition) {
      for word in bound.words(in: first + dictionary.fields[id].slot) {
        diagnostics.append(
          .wordNotAllowed(
            FieldPlace(dictionary: dictionary, field: id, items: item.numbers),
            words: dictionary.fields[id].declaration.words,
            at: bound.places[word] ?? bound.root
          )
        )
      }
    }
    for (id, condition) in needed where holds(condition) {
      let isGiven = isGiven(id, in: bound, frame: first)
      let isMissing =
        !isGiven && (mode == .final || dictionary.fields[id].declaration.isNeededPrefilled)
      guard isMissing || isGiven && leavesOpen(id, in: bound, frame: first) else { continue }
      let field = FieldPlace(dictionary: dictionary, field: id, items: item.numbers)
      let place = bound.place(of: id, in: frame, registers, dictionary)
      diagnostics.append(isMissing ? .missing(field, at: place) : .leftOpen(field, at: place))
    }
  }

  /// A value that could not be read has been reported already and counts as given.
  private func isGiven(_ id: Field.ID, in bound: BoundRecord, frame: Int) -> Bool {
    var ancestor = bound.unreadRecords.isEmpty ? nil : Optional(id)
    while let current = ancestor {
      if bound.unreadRecords.contains(.init(frame: frame, field: current)) { return true }
      if current != id, dictionary.fields[current].itemFrame != nil { break }
      ancestor = dictionary.fields[current].parent
    }
    if case .record = dictionary.fields[id].declaration.shape {
      return dictionary.fields[id].children.contains { isGiven($0, in: bound, frame: frame) }
    }
    let slot = frame + dictionary.fields[id].slot
    return bound.record.slots[slot].kind != .absent || bound.unreadSlots.contains(slot)
  }
}

extension Binder {
  /// Whether a text that is needed is no more than なし, 未定 or ？; of an option or a word that the field takes it never is.
  private func leavesOpen(_ id: Field.ID, in bound: BoundRecord, frame: Int) -> Bool {
    let slot: Slot
    switch dictionary.fields[id].declaration.shape {
    case .value(.text), .value(.multiline), .value(.identifier):
      slot = bound.record.slots[frame + dictionary.fields[id].slot]
    case .value, .record, .list: return false
    }
    return slot.kind == .text && StandIn.leavesOpen(bound.record.bytes(of: slot))
  }
}

extension BoundRecord {
  /// Where a field's value stands, or, if it has none, what it should stand in.
  ///
  /// Seen from an item of a frame, a field of a list within stands where the list does.
  fileprivate func place(
    of id: Field.ID,
    in frame: Int,
    _ registers: Registers,
    _ dictionary: FieldDictionary
  ) -> SourceLocation {
    var id = id
    let depth = dictionary.frames[frame].depth
    while let list = dictionary.frames[dictionary.fields[id].frame].list,
      dictionary.frames[dictionary.fields[id].frame].depth > depth
    {
      id = list
    }
    let field = dictionary.fields[id]
    let frame = registers.frames[dictionary.frames[field.frame].depth]
    switch field.declaration.shape {
    case .value, .list: if let place = places[frame + field.slot] { return place }
    case .record: break
    }
    var ancestor: Field.ID? = id
    while let current = ancestor {
      if current != id, dictionary.fields[current].itemFrame != nil {
        return itemPlaces[frame] ?? root
      }
      if let place = recordPlaces[.init(frame: frame, field: current)] { return place }
      ancestor = dictionary.fields[current].parent
    }
    return root
  }

  /// The slots of a field's words: its own, or those of its items.
  fileprivate func words(in slot: Int) -> [Int] {
    switch record.slots[slot].kind {
    case .absent, .text, .number: return []
    case .word: return [slot]
    case .list:
      let list = record.slots[slot]
      let items = (0..<Int(list.count)).map { Int(list.start) + $0 * Int(list.number) }
      return items.filter { record.slots[$0].kind == .word }
    }
  }
}

extension Diagnostic {
  fileprivate static func violated(
    _ rule: FieldDictionary.Rule,
    of field: Field,
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      rule.code,
      rule.severity,
      at: location,
      ja: rule.message.ja + (rule.basis.map { "（\($0)）" } ?? ""),
      en: rule.message.en + (rule.basis.map { " (\($0))" } ?? ""),
      field: field.path
    )
  }

  fileprivate static func wordNotAllowed(
    _ field: FieldPlace,
    words: [String],
    at location: SourceLocation
  ) -> Diagnostic {
    let words = words.map { "「\($0)」" }.joined()
    return Diagnostic(
      .wordNotAllowed,
      at: location,
      of: field.subject(),
      ja: "は、ここでは\(words)とせず、確かな内容を書いてください。",
      en: "\(field.english) must be known here; \(words) is not accepted.",
      field: field.name
    )
  }

  fileprivate static func leftOpen(_ field: FieldPlace, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .placeholder,
      at: location,
      of: field.subject(),
      ja: "は必須の項目ですが、「なし」「未定」などの、内容を示さない語だけが記入されています。",
      en: "\(field.english) is required, but says no more than なし, 未定 or the like.",
      hint: Message(ja: "確定した内容を入力してください", en: "give its contents"),
      field: field.name
    )
  }

  fileprivate static func missing(_ field: FieldPlace, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .missingValue,
      at: location,
      of: field.subject("必須項目"),
      ja: "が未記入です。",
      en: "\(field.english) is required, but missing.",
      field: field.name
    )
  }
}
