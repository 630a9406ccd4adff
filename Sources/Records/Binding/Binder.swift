package import Diagnostics

/// Turns what a clerk wrote into the record of one contract with one vendor.
///
/// Made once for a dictionary; each `bind` reads one record and reports everything that is wrong with it. A class, so that
/// to hand it on is to count one reference.
package final class Binder: Sendable {
  package let dictionary: FieldDictionary
  /// The fields under each parent by every way to write them; number 0 is the root, n + 1 the field n.
  private let spellings: [[String: Field.ID]]
  /// What is asked of the items of each frame.
  let checks: [FrameChecks]
  /// Fields that are, or stand in something that is, filled in by hand.
  package let byHand: Set<Field.ID>
  /// The lists with `new-if`, each with the condition that holds for a new item.
  package let newItems: [Field.ID: ConditionTable]
  /// What each mode prints: the fields of each frame.
  package let printed: [PacketMode: [[Field.ID]]]
  /// The built-in record that no data gives a value to.
  package let packet: Field.ID?
  package let packetMode, packetDate, packetWarnings: Field.ID?
  /// The slots of the widest frame.
  let widest: Int
  /// The characters that the office can print; nil: not checked.
  let repertoire: Repertoire?

  package init(_ dictionary: FieldDictionary, repertoire: Repertoire? = nil) {
    self.dictionary = dictionary
    self.repertoire = repertoire
    var spellings = [[String: Field.ID]](repeating: [:], count: dictionary.fields.count + 1)
    var byHand: Set<Field.ID> = []
    for (id, field) in dictionary.fields.enumerated()
    where field.declaration.hand || field.parent.map(byHand.contains) == true {
      byHand.insert(id)
    }
    // A name outranks a label, a label an alias, and the field declared first any later one.
    for spelling in [\Field.spelledByName, \.spelledByLabel, \.spelledByAlias] {
      for (id, field) in dictionary.fields.enumerated() {
        for key in field[keyPath: spelling] {
          let parent = (field.parent ?? -1) + 1
          spellings[parent][key] = spellings[parent][key] ?? id
        }
      }
    }
    self.spellings = spellings
    self.byHand = byHand
    let packet = dictionary.child("packet", of: nil)
    self.packet = packet
    func child(_ name: String) -> Field.ID? { packet.flatMap { dictionary.child(name, of: $0) } }
    packetMode = child("mode")
    packetDate = child("date")
    packetWarnings = child("warnings")
    widest = dictionary.frames.map(\.stride).max() ?? 0
    newItems = Dictionary(
      uniqueKeysWithValues: dictionary.fields.enumerated().compactMap { id, field in
        field.newIf.map { (id, ConditionTable($0)) }
      }
    )
    checks = dictionary.frames.indices.map { [byHand] in
      FrameChecks($0, of: dictionary, byHand: byHand)
    }
    printed = Dictionary(
      uniqueKeysWithValues: PacketMode.allCases.map { mode in
        (mode, dictionary.printedFields(in: mode, packet: packet, byHand: byHand))
      }
    )
  }

  /// The field that `key` names under `parent`: by its name, its label, or an alias.
  package func field(_ key: String, under parent: Field.ID?) -> Field.ID? {
    spellings[(parent ?? -1) + 1][key]
  }

  /// Reads `source`, asks the dictionary's rules of all of it, and keeps what `mode` prints.
  ///
  /// `date` is the packet's, in days since 1970-01-01, for `packet.date`. With `onlyNew`, items that are not new
  /// are read and checked, but not printed.
  package func bind(
    _ source: RawNode,
    mode: PacketMode,
    date: Int64?,
    onlyNew: Bool = false
  ) -> Binding {
    var reading = BindingReader(self)
    reading.read(source)
    return binding(of: reading, mode: mode, date: date, onlyNew: onlyNew)
  }

  /// Reads data that many records share; nil if any of it has a diagnostic.
  package func read(shared source: RawNode) -> SharedReading? {
    var reading = BindingReader(self)
    reading.read(source)
    return reading.isPlain ? SharedReading(reading: reading) : nil
  }

  /// As `bind` for a record's own data completed with what it shares, which is not read again.
  ///
  /// Nil if the record's own data has a diagnostic, or leaves empty what was shared; then both are to be bound as one tree.
  package func bind(
    _ own: RawNode,
    over shared: SharedReading,
    mode: PacketMode,
    date: Int64?,
    onlyNew: Bool = false
  ) -> Binding? {
    guard case .mapping = own.content else { return nil }
    var reading = shared.reading
    reading.read(own)
    guard reading.isPlain else { return nil }
    return binding(of: reading, mode: mode, date: date, onlyNew: onlyNew)
  }

  private func binding(
    of reading: consuming BindingReader,
    mode: PacketMode,
    date: Int64?,
    onlyNew: Bool
  ) -> Binding {
    reading.set(mode: mode, date: date)
    reading.derive()
    let bound = reading.finished()
    let everything = bound.record
    let diagnostics = (bound.diagnostics + check(bound, mode: mode)).inReportOrder()
    return Binding(
      record: noting(diagnostics, on: masked(everything, mode: mode, onlyNew: onlyNew)),
      everything: everything,
      hasNew: holdsNewItems(everything),
      diagnostics: diagnostics
    )
  }
}

extension Binder {
  /// Puts the sentences of the warnings into `packet.warnings`, for the office's own sheet.
  private func noting(_ diagnostics: [Diagnostic], on record: Record) -> Record {
    guard let list = packetWarnings, diagnostics.contains(where: { $0.severity == .warning })
    else { return record }
    // In the dictionary's order: where a value stood in a file or a list must not show on paper.
    let warnings = diagnostics.filter { $0.severity == .warning }.map {
      (
        field: $0.field.flatMap { dictionary.field(at: $0) } ?? dictionary.fields.count,
        words: $0.message.ja
      )
    }
    var words: [String] = []
    for warning in warnings.sorted(by: { ($0.field, $0.words) < ($1.field, $1.words) })
    where !words.contains(warning.words) {
      words.append(warning.words)
    }
    var arena = record.arena
    var slots = record.slots
    slots[dictionary.fields[list].slot] = Slot(
      kind: .list,
      start: UInt32(slots.count),
      count: UInt32(words.count),
      number: 1
    )
    for word in words {
      slots.append(
        Slot(kind: .text, start: UInt32(arena.count), count: UInt32(word.utf8.count))
      )
      arena += word.utf8
    }
    return Record(arena: arena, slots: slots, absentFrame: record.absentFrame)
  }
}

/// What the data says that many records share, ready for each of them to be read over it.
package struct SharedReading: Sendable {
  fileprivate let reading: BindingReader
}

/// What one record's data came to.
package struct Binding: Sendable {
  /// What the mode prints.
  package let record: Record
  /// All that was given, whatever the mode prints.
  package let everything: Record
  /// Whether a list with `new-if` has a new item.
  package let hasNew: Bool
  package let diagnostics: [Diagnostic]
}

/// How much of the data is printed.
package enum PacketMode: String, CaseIterable, Sendable {
  /// 未記入様式: labels and blanks.
  case blank
  /// 一部印字様式: what the dictionary marks with `prefill`.
  case prefilled
  /// 提出用: everything, and what is needed must be there.
  case final
}

extension FieldDictionary {
  /// As `Binder.bind`, for a single record.
  package func bind(_ source: RawNode, mode: PacketMode, date: Int64?) -> Binding {
    Binder(self).bind(source, mode: mode, date: date)
  }
}

extension Field {
  fileprivate var spelledByName: [String] { [name] }
  fileprivate var spelledByLabel: [String] { [label] }
  fileprivate var spelledByAlias: [String] { declaration.aliases }
}
