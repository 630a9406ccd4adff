package import Diagnostics

/// Every field that an edition knows, declared once, and where its value lies in a `Record`.
///
/// Records are flattened into the frame around them; each list opens a frame of its own, one copy of it per item.
package struct FieldDictionary: Sendable {
  /// In the order of declaration; a parent comes before its children.
  ///
  /// `Field.ID` is the index.
  package private(set) var fields: [Field] = []
  private var byPath: [String: Field.ID] = [:]
  /// Those that stand in no other, in their order.
  package private(set) var roots: [Field.ID] = []
  /// Frame 0 is the record's own.
  package private(set) var frames = [Frame(list: nil, outer: 0, slot: 0, depth: 0, stride: 0)]
  /// Conditions that data must not fulfil.
  package var rules: [Rule] = []
  /// Those that are computed, each behind the ones that it is computed from.
  package private(set) var derived: [Field.ID] = []
  private var keys: [Field.Key: Field.ID] = [:]
  /// By the outermost record.
  private var titles: [Field.ID: Field.ID] = [:]

  package init() {}

  /// The slots that one record, or one item of a list, takes.
  package struct Frame: Hashable, Sendable {
    /// The list whose items these are; nil for the record itself.
    package let list: Field.ID?
    /// The frame that the list stands in, and its slot there; the record itself stands nowhere.
    let outer, slot: Int
    /// How many lists it stands in.
    ///
    /// A condition of the dictionary addresses a frame by this number.
    package let depth: Int
    package fileprivate(set) var stride: Int
    /// The fields with a slot in it, in the order of declaration.
    package fileprivate(set) var fields: [Field.ID] = []
  }

  /// A condition that holds for wrong data, evaluated on the record or on each item of a list.
  package struct Rule: Sendable {
    package let id: String
    /// The frame whose items the rule is asked of.
    package let frame: Int
    /// True when the data is wrong.
    package internal(set) var violation: Condition
    /// The field that the report points at.
    package let field: Field.ID
    package let severity: Diagnostic.Severity
    package let code: DiagnosticCode
    /// Where the rule comes from, in the annex's words: 特記事項第12条第１項.
    package var basis: String?
    package let message: Message
    /// Where it is declared; nil: nowhere.
    package let location: SourceLocation?

    package init(
      id: String,
      frame: Int,
      violation: Condition,
      field: Field.ID,
      severity: Diagnostic.Severity,
      code: DiagnosticCode = .ruleViolated,
      basis: String?,
      message: Message,
      location: SourceLocation? = nil
    ) {
      self.id = id
      self.frame = frame
      self.violation = violation
      self.field = field
      self.severity = severity
      self.code = code
      self.basis = basis
      self.message = message
      self.location = location
    }
  }

  /// Adds a field under `parent` and gives it its slot.
  package mutating func add(_ declaration: Field.Declaration, under parent: Field.ID?) -> Field.ID {
    let id = fields.count
    let frame =
      parent.map { fields[$0].itemFrame ?? fields[$0].frame } ?? 0
    var slot = 0
    var itemFrame: Int?
    switch declaration.shape {
    case .record:
      break
    case .value, .list:
      slot = frames[frame].stride
      frames[frame].stride += 1
      frames[frame].fields.append(id)
    }
    if case .list(let element) = declaration.shape {
      itemFrame = frames.count
      frames.append(
        Frame(
          list: id,
          outer: frame,
          slot: slot,
          depth: frames[frame].depth + 1,
          stride: element == nil ? 0 : 1
        )
      )
    }
    let path = (parent.map { fields[$0].path + "." } ?? "") + declaration.name
    byPath[path] = byPath[path] ?? id
    fields.append(
      Field(
        declaration: declaration,
        names: (parent.map { fields[$0].names } ?? []) + [declaration.name],
        path: path,
        root: parent.map { fields[$0].root } ?? id,
        parent: parent,
        frame: frame,
        slot: slot,
        itemFrame: itemFrame
      )
    )
    if let parent { fields[parent].children.append(id) } else { roots.append(id) }
    if let key = declaration.key { keys[key] = id }
    if declaration.isTitle { titles[root(of: id)] = id }
    return id
  }

  /// The contract or the vendor of a packet, as the dictionary declares it.
  package struct KeyedRecord: Sendable {
    /// The outermost record, in which all of its fields stand.
    package let record: Field.ID
    /// The number or id that no other has.
    package let key: Field.ID
    /// What people call it; nil if nothing says so.
    package let title: Field.ID?
  }

  /// In the order in which lists and folders have them.
  package var keyedRecords: [KeyedRecord] { [contract, vendor] }
  package var contract: KeyedRecord { keyedRecord(.contract) }
  package var vendor: KeyedRecord { keyedRecord(.vendor) }

  /// Every edition that compiles declares both keys.
  private func keyedRecord(_ kind: Field.Key) -> KeyedRecord {
    guard let key = keys[kind] else {
      preconditionFailure("The dictionary has no key of the \(kind.rawValue).")
    }
    let record = root(of: key)
    return KeyedRecord(record: record, key: key, title: titles[record])
  }

  /// Sets the provision that a field comes from, or none.
  package mutating func setBasis(of id: Field.ID, _ basis: String?) {
    fields[id].declaration.basis = basis
  }

  /// Sets the conditions of a field, which can be read only when every field is known.
  package mutating func setConditions(
    of id: Field.ID,
    needed: Condition?,
    words: Condition?
  ) {
    fields[id].neededIf = needed
    fields[id].wordsIf = words
  }

  /// Sets how a field is computed, once it is known how those in `inputs` are.
  package mutating func setFormula(of id: Field.ID, _ formula: Formula, from inputs: [Field.ID]) {
    fields[id].formula = formula
    fields[id].inputs = inputs
    derived.append(id)
  }

  /// Sets which items of a list of records are new, for those who print only what is new.
  package mutating func setNewness(ofItemsIn list: Field.ID, _ condition: Condition) {
    fields[list].newIf = condition
  }

  /// The child called `name`, of a field or, for nil, of the record itself.
  package func child(_ name: String, of parent: Field.ID?) -> Field.ID? {
    (parent.map { fields[$0].children } ?? roots).first { fields[$0].name == name }
  }

  /// The field at a dotted path that names lists without an index: `vendor.workers.name`.
  package func field(at path: String) -> Field.ID? { byPath[path] }

  /// The lists around a field, outermost first.
  package func lists(around id: Field.ID) -> [Field.ID] {
    var lists: [Field.ID] = []
    var frame = fields[id].frame
    while let list = frames[frame].list {
      lists.insert(list, at: 0)
      frame = fields[list].frame
    }
    return lists
  }

  /// The outermost record or list that a field stands in, or itself.
  package func root(of id: Field.ID) -> Field.ID { fields[id].root }

  /// Where a condition or a rule finds a field.
  package func operand(of id: Field.ID) -> Operand {
    Operand(register: frames[fields[id].frame].depth, slot: fields[id].slot)
  }
}

/// One entry of the dictionary.
package struct Field: Sendable {
  package typealias ID = Int

  /// What `dictionary.xml` says of a field.
  package struct Declaration: Sendable {
    package var name: String
    /// The article's own words where it has them.
    package var label: String
    package var aliases: [String] = []
    package var shape: Shape
    /// An id of the annex, with `#proviso` and the like where a part is meant.
    package var basis: String?
    /// Whether contracts or vendors, and so packets, differ by it.
    package var key: Key?
    /// Whether this is what people call the contract or the vendor.
    package var isTitle = false
    /// A date that should lie in the edition's window of force.
    package var isInForce = false
    /// Whether each vendor of a contract may have one of its own.
    package var isPerVendor = false
    /// Printed in prefilled mode.
    package var prefill = false
    /// Whether prefilled mode, too, cannot do without it where final mode needs it.
    package var isNeededPrefilled = false
    /// Always filled in by hand: a blank in every mode, never missing.
    package var hand = false
    /// Words that may stand in place of a value: 不明, 調査中.
    package var words: [String] = []
    /// The least and the greatest number, if they are not those of the type.
    package var minimum, maximumValue: Int64?
    /// The most items of a list, if it is not `defaultMaximum`.
    package var maximum: Int?
    package static let defaultMaximum = 1000
    package var help: String?
    /// How wide a blank should be, in full-width characters.
    package var width: Int?
    /// How tall a cell that waits for a pen should be, in lines of handwriting.
    package var lines: Int?
    package var location: SourceLocation

    package init(name: String, label: String, shape: Shape, location: SourceLocation) {
      self.name = name
      self.label = label
      self.shape = shape
      self.location = location
    }
  }

  /// Whose key a field is.
  package enum Key: String, CaseIterable, Sendable { case contract, vendor }

  package enum Shape: Hashable, Sendable {
    case value(FieldType)
    case record
    /// Items are values of one type, or records for nil.
    case list(of: FieldType?)
  }

  package fileprivate(set) var declaration: Declaration
  /// From the root down to its own.
  package let names: [String]
  /// The names, with dots between.
  package let path: String
  fileprivate let root: ID
  package let parent: ID?
  package fileprivate(set) var children: [ID] = []
  /// The frame in which the field's own slot lies.
  package let frame: Int
  /// The slot within that frame; records have none.
  package let slot: Int
  package let itemFrame: Int?
  /// When final mode needs a value.
  package fileprivate(set) var neededIf: Condition?
  /// When the words are accepted; nil means always.
  package fileprivate(set) var wordsIf: Condition?
  /// How its value is computed; nil for what data gives.
  package fileprivate(set) var formula: Formula?
  /// The fields, and the lists, that it is computed from.
  package fileprivate(set) var inputs: [ID] = []
  /// Which items of the list are new, asked of an item; nil for a list without `new-if`.
  package fileprivate(set) var newIf: Condition?

  package var name: String { declaration.name }
  package var label: String { declaration.label }

  /// The type of a value, or of the items of a list of values.
  package var type: FieldType? {
    switch declaration.shape {
    case .value(let type): type
    case .list(let type): type
    case .record: nil
    }
  }
}
