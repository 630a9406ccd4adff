import Diagnostics

/// Walks the raw data along the dictionary and lays its values down in slots.
///
/// What is read last replaces what was read before it: values and whole lists.
struct BindingReader {
  private let binder: Binder
  let dictionary: FieldDictionary
  private(set) var arena: [UInt8] = []
  var slots: [Slot]
  private(set) var places: [SourceLocation?]
  private var recordPlaces: [BoundRecord.PlacedRecord: SourceLocation] = [:]
  private var itemPlaces: [Int: SourceLocation] = [:]
  private var unreadSlots: Set<Int> = []
  private var unreadRecords: Set<BoundRecord.PlacedRecord> = []
  private(set) var root = SourceLocation(file: "")
  private var isUnread = false
  /// Whether a value was left empty that was given before.
  private var leavesGivenEmpty = false
  private var diagnostics = Findings()

  init(_ binder: Binder) {
    self.binder = binder
    dictionary = binder.dictionary
    slots = Array(repeating: .absent, count: dictionary.frames[0].stride)
    places = Array(repeating: nil, count: slots.count)
  }

  mutating func read(_ source: RawNode) {
    root = source.location
    switch source.content {
    case .absent: break
    case .mapping(let entries): read(entries, under: nil, frame: 0, items: [])
    case .scalar, .sequence:
      isUnread = true
      diagnostics.append(.notARecord(at: source.location))
    }
  }

  /// Whether all that was read could be, without a remark, and says the same as the trees would in one.
  var isPlain: Bool { diagnostics.isEmpty && !isUnread && !leavesGivenEmpty }

  /// Gives the built-in record its values.
  mutating func set(mode: PacketMode, date: Int64?) {
    if let field = binder.packetMode,
      case .choice(let options, other: _) = dictionary.fields[field].type,
      let option = options.firstIndex(where: { $0.value == mode.rawValue })
    {
      store(
        text: Array(mode.rawValue.utf8),
        number: Int64(option),
        in: dictionary.fields[field].slot
      )
    }
    if let field = binder.packetDate, let date {
      slots[dictionary.fields[field].slot] = Slot(kind: .number, number: date)
    }
  }

  func finished() -> BoundRecord {
    BoundRecord(
      record: record,
      places: places,
      recordPlaces: recordPlaces,
      itemPlaces: itemPlaces,
      unreadSlots: unreadSlots,
      unreadRecords: unreadRecords,
      root: root,
      isUnread: isUnread,
      diagnostics: diagnostics.all
    )
  }

  var record: Record {
    Record(
      arena: arena,
      slots: slots + repeatElement(.absent, count: binder.widest),
      absentFrame: slots.count
    )
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  // MARK: The tree

  private mutating func read(
    _ entries: [RawNode.Entry],
    under parent: Field.ID?,
    frame: Int,
    items: [Int]
  ) {
    var given: [Field.ID] = []
    given.reserveCapacity(entries.count)
    for entry in entries {
      guard let id = binder.field(entry.key, under: parent), id != binder.packet else {
        if diagnostics.isFull {
          diagnostics.omit()
        } else {
          diagnostics.append(binder.unknown(entry, under: parent, items: items))
        }
        continue
      }
      guard !given.contains(id) else {
        diagnostics.append(.givenTwice(place(id, items), at: entry.keyLocation))
        continue
      }
      given.append(id)
      if dictionary.fields[id].formula != nil {
        if entry.value.content != .absent {
          diagnostics.append(.derivedGiven(place(id, items), at: entry.keyLocation))
        }
        continue
      }
      read(entry.value, keyAt: entry.keyLocation, as: id, frame: frame, items: items)
    }
  }

  private mutating func read(
    _ node: RawNode,
    keyAt keyLocation: SourceLocation,
    as id: Field.ID,
    frame: Int,
    items: [Int]
  ) {
    let slot = frame + dictionary.fields[id].slot
    switch (dictionary.fields[id].declaration.shape, node.content) {
    case (.record, .absent):
      recordPlaces[.init(frame: frame, field: id)] = keyLocation
    case (.record, .mapping(let entries)):
      recordPlaces[.init(frame: frame, field: id)] = keyLocation
      read(entries, under: id, frame: frame, items: items)
    case (.record, .scalar), (.record, .sequence):
      unreadRecords.insert(.init(frame: frame, field: id))
      diagnostics.append(.expected(.record, place(id, items), at: node.location))
    case (.value, .absent), (.list, .absent):
      if places[slot] != nil { leavesGivenEmpty = true }
      places[slot] = keyLocation
    case (.value(let type), .scalar(let scalar)):
      slots[slot] = .absent
      places[slot] = node.location
      store(
        scalar,
        as: type,
        in: slot,
        of: id,
        items,
        node.location
      )
    case (.value, .mapping), (.value, .sequence):
      unreadSlots.insert(slot)
      diagnostics.append(.expected(.value, place(id, items), at: node.location))
    case (.list(let type), .sequence(let nodes)):
      slots[slot] = .absent
      places[slot] = keyLocation
      read(
        nodes.filter { !binder.isBlankItem($0, of: id) },
        of: type,
        as: id,
        slot: slot,
        items: items
      )
    case (.list(let type?), .scalar):
      slots[slot] = .absent
      places[slot] = keyLocation
      read(
        [node].filter { !binder.isBlankItem($0, of: id) },
        of: type,
        as: id,
        slot: slot,
        items: items
      )
    case (.list(of: nil), .scalar), (.list, .mapping):
      unreadSlots.insert(slot)
      diagnostics.append(.expected(.list, place(id, items), at: node.location))
    }
  }

  private mutating func read(
    _ nodes: [RawNode],
    of type: FieldType?,
    as id: Field.ID,
    slot: Int,
    items: [Int]
  ) {
    let maximum =
      dictionary.fields[id].declaration.maximum ?? Field.Declaration.defaultMaximum
    if nodes.count > maximum {
      diagnostics.append(
        .tooLong(
          place(id, items),
          count: nodes.count,
          maximum: maximum,
          at: nodes[maximum].location
        )
      )
    }
    let nodes = nodes.prefix(maximum)
    guard !nodes.isEmpty, let itemFrame = dictionary.fields[id].itemFrame else { return }
    let stride = dictionary.frames[itemFrame].stride
    let first = slots.count
    slots += repeatElement(.absent, count: nodes.count * stride)
    places += repeatElement(nil, count: nodes.count * stride)
    slots[slot] = Slot(
      kind: .list,
      start: UInt32(first),
      count: UInt32(nodes.count),
      number: Int64(stride)
    )
    for (index, node) in nodes.enumerated() {
      let frame = first + index * stride
      let items = items + [index + 1]
      switch (type, node.content) {
      case (_, .absent): break
      case (nil, .mapping(let entries)):
        itemPlaces[frame] = node.location
        read(entries, under: id, frame: frame, items: items)
      case (nil, .scalar), (nil, .sequence):
        unreadRecords.insert(.init(frame: frame, field: id))
        diagnostics.append(.expected(.record, place(id, items), at: node.location))
      case (let type?, .scalar(let scalar)):
        places[frame] = node.location
        store(
          scalar,
          as: type,
          in: frame,
          of: id,
          items,
          node.location
        )
      case (.some, .mapping), (.some, .sequence):
        diagnostics.append(.expected(.value, place(id, items), at: node.location))
      }
    }
  }

  // MARK: Values

  private mutating func store(
    _ scalar: RawScalar,
    as type: FieldType,
    in slot: Int,
    of id: Field.ID,
    _ items: [Int],
    _ location: SourceLocation
  ) {
    let value = type.read(scalar.bytes, words: dictionary.fields[id].declaration.words)
      .within(dictionary.fields[id].declaration.range)
    func report(_ remark: ValueFault) {
      let diagnostic = remark.diagnostic(for: place(id, items), at: location)
      diagnostics.append(diagnostic)
      if diagnostic.severity == .error { unreadSlots.insert(slot) }
    }
    if let remark = value.remark { report(remark) }
    if let remark = binder.repertoire?.remark(on: value.content) { report(remark) }
    switch value.content {
    case .absent: break
    case .text(let bytes, let option): store(text: bytes, number: option, in: slot)
    case .word(let bytes): store(text: bytes, kind: .word, number: 0, in: slot)
    case .number(let number): slots[slot] = Slot(kind: .number, number: number)
    case .decimal(let number, let digits):
      store(text: digits, kind: .number, number: number, in: slot)
    }
  }

  private mutating func store(
    text bytes: [UInt8],
    kind: Slot.Kind = .text,
    number: Int64,
    in slot: Int
  ) {
    slots[slot] = Slot(
      kind: kind,
      start: UInt32(arena.count),
      count: UInt32(bytes.count),
      number: number
    )
    arena += bytes
  }

  // MARK: Messages

  private func place(_ id: Field.ID, _ items: [Int]) -> FieldPlace {
    FieldPlace(dictionary: dictionary, field: id, items: items)
  }
}
