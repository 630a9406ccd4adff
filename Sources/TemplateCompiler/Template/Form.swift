import Diagnostics

/// A paper that is filled in.
struct Form: Sendable {
  let id: String
  /// The entry of the register that this form is.
  let paper: Name?
  /// 参考様式 number.
  let number: String?
  /// The provision that 参考様式１（特記事項第６条関係） names.
  var basis: Name?
  let isLandscape: Bool
  /// 照合番号 in the margin.
  let showsCheckNumber: Bool
  let title: [Inline]
  /// 発注者控, 受注者控; empty: printed once.
  let copies: [[Inline]]
  let blocks: [FormBlock]
  let location: SourceLocation
}

struct FormBlock: Sendable {
  let kind: Kind
  let flow: Flow
  let location: SourceLocation

  indirect enum Kind: Sendable {
    case letterhead(Letterhead)
    case title
    case paragraph(Alignment, [Inline])
    /// 記 … 以上.
    case particulars([FormBlock])
    /// With two columns, pairs of label and value side by side.
    case fields(caption: [Inline], columns: Int, [FieldRow])
    case table(FormTable)
    case choices(Name)
    case clauses([Clause])
    case signature([LabelledRow])
    case officeUse(OfficeUse)
    case note([Inline])
    case section(heading: [Inline], [FormBlock])
    case photo(Name?, label: String)
    case registerList(RegisterListKind)
  }
}

enum Alignment: String, CaseIterable, Sendable {
  case left, center, right
}

/// Date, addressee and sender, in the order in which they are written.
struct Letterhead: Sendable {
  var parts: [Part]

  enum Part: Sendable {
    case date(Name)
    /// The name at the path, or else the words.
    case addressee(Flow, Name?, [Inline])
    case sender(Flow, label: [Inline], [LabelledRow])
  }
}

struct LabelledRow: Sendable {
  let label: [Inline]
  let content: [Inline]
  /// Whether a seal goes beside it, where the office asks for one.
  let isSealed: Bool
  let flow: Flow
}

/// A row of a two-column table.
struct FieldRow: Sendable {
  let path: Name?
  /// Nil: the dictionary's own.
  let label: [Inline]?
  let content: Content
  let flow: Flow
  let location: SourceLocation

  enum Content: Sendable {
    /// As the field's type prints.
    case value
    case inline([Inline])
    case blocks([FormBlock])
  }
}

struct FormTable: Sendable {
  let caption: [Inline]
  let loop: LoopDeclaration
  let columns: [Column]

  struct Column: Sendable {
    let path: Name?
    let label: [Inline]?
    /// Relative to the other columns.
    let width: Int
    let alignment: Alignment
    /// Empty: the value at `path`.
    let content: [Inline]
    let location: SourceLocation
  }
}

struct Clause: Sendable {
  let content: [Inline]
  let flow: Flow
}

/// 発注者記入欄: filled in by the office; nothing in it answers a requirement.
struct OfficeUse: Sendable {
  let caption: [Inline]
  /// The label of the space for a date stamp: 収受印.
  let stamp: String?
  let cells: [[Inline]]
  let blocks: [FormBlock]
}

/// The tables that are made from the register and the packet.
enum RegisterListKind: String, CaseIterable, Sendable {
  /// 提出書類一覧表: what is enclosed to be filled in and handed in.
  case submissions
  /// 同封書類: what is enclosed, the city's own papers among them.
  case enclosures
  /// Papers that the text names, and the packet does not have.
  case gaps
  /// The edition and what its text cites: states, and days of force.
  case instruments
}
