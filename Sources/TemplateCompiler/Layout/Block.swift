import Records
import TemplateRuntime

/// A document in blocks that belong to no output format.
struct LaidOutDocument: Sendable {
  let id: String
  /// 1-based, in the packet of the occasion: part of its file's name, whichever documents are printed.
  var position: Int
  /// In plain words, for margins, lists and file listings.
  let title: String
  let kind: Kind
  let isLandscape: Bool
  /// Of an edition that is no more than a draft: each page says so.
  let isDraft: Bool
  let showsCheckNumber: Bool
  let isOfficeOnly: Bool
  /// Whether every contract needs it: its class is 必須.
  let isRequired: Bool
  let condition: Condition?
  let repetition: Program.Repetition?
  let blocks: [Block]

  enum Kind: Sendable { case annex, form }

  /// The id of the document, or of the instance at its register.
  var anchor: Anchor {
    Anchor(pieces: [.text(id)] + (repetition.map { [.text("-"), .index(Int($0.register))] } ?? []))
  }

  /// The id of its first instance, at which links aim.
  var firstAnchor: String { repetition == nil ? id : id + "-1" }
}

/// An id that carries the numbers of the loops around it.
struct Anchor: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case text(String)
    /// The 1-based number of the item at a register.
    case index(Int)
  }

  var pieces: [Piece]
}

struct Loop: Hashable, Sendable {
  let list: Operand
  let register: Int
  let minimum: Int
}

indirect enum Block: Sendable {
  /// 別記.
  case mark([Run])
  /// `isFirst`: of the copies, the one that carries the ids.
  case title([Run], copy: [Run], isFirst: Bool)
  /// 参考様式１（特記事項第６条関係）.
  case formNumber([Run])
  case line(LineRole, [Run])
  case sender(label: [Run], [LabelledLine])
  case paragraph(ParagraphRole, Alignment, [Run])
  /// A value of several lines in a block of its own.
  case lines(Operand, Blank)
  case provisions([ProvisionBlock])
  case fields(caption: [Run], columns: Int, [Row])
  case table(TableBlock)
  case staticTable(StaticTable)
  /// Items with their numbers: １, ２.
  case list([ListItem])
  /// A list of values, numbered.
  case values(Loop, Operand, Blank)
  case signature([LabelledLine])
  case officeUse(OfficeBox)
  case section(heading: [Run], [Block])
  case photo(label: String)
  /// The whole form once more, on a sheet of its own.
  case copy([Block])
  case conditional(Condition, [Block])
  case repeated(Loop, [Block])
}

enum LineRole: Sendable {
  case date, addressee, opening, closing
}

enum ParagraphRole: Sendable {
  case body, note
  /// □ ☑ in a line of their own.
  case choices
}

/// A label and what stands behind it, under a condition if there is one.
struct LabelledLine: Sendable {
  let label: [Run]
  let content: [Run]
  let condition: Condition?
  let loop: Loop?
  /// Whether the mark for a seal stands beside it.
  let isSealed: Bool
}

struct ListItem: Sendable {
  let number: String
  let content: [Run]
}

indirect enum Row: Sendable {
  case row(anchor: Anchor?, label: [Run], [Block])
  case conditional(Condition, [Row])
  case repeated(Loop, [Row])
}

struct TableBlock: Sendable {
  let anchor: Anchor?
  let caption: [Run]
  let loop: Loop
  let columns: [Column]

  struct Column: Sendable {
    let label: [Run]
    let width: Int
    let alignment: Alignment
    let content: [Block]
  }
}

/// A table whose rows an edition settles, and a record can leave out.
struct StaticTable: Sendable {
  let labels: [String]
  let widths: [Int]
  let rows: [Row]

  struct Row: Sendable {
    /// Nil: printed always.
    var condition: Condition?
    let cells: [[Run]]
  }
}

struct OfficeBox: Sendable {
  let caption: [Run]
  let stamp: String?
  let cells: [[Run]]
  let blocks: [Block]
}

/// A provision as it is printed.
struct ProvisionBlock: Sendable {
  /// In `NumberedAnnex.provisions`.
  let index: Int
  let kind: ProvisionKind
  let anchor: String?
  /// A line of its own: （見出し）, 第１章　総則; empty: none.
  var heading: [Run]
  /// What stands before the words; empty: nothing.
  var number: String
  var sentences: [Sentence]
  var table: StaticTable?
  var parts: [ProvisionBlock] = []

  struct Sentence: Sendable {
    let anchor: String?
    let content: [Run]
  }
}

/// Running text.
indirect enum Run: Sendable {
  case text(String)
  case value(Operand, ValueStyle, Blank)
  /// What stands on one line or moves to the next: a date, a number. `isLong`: between spaces, as a day and a time, or words.
  case unit([Run], isLong: Bool)
  case index(register: Int, NumberStyle)
  case count(Operand, NumberStyle)
  /// □ or ☑ and the option's words.
  case option(Operand, number: Int, label: String)
  /// □その他（…）, with the text of the choice's own.
  case otherOption(Operand)
  case link(LinkTarget, [Run])
  case emphasis([Run])
  /// A defined term where it is defined.
  case term([Run])
  case lineBreak
  case conditional(Condition, [Run])
  /// The values of a list with `separator` between them.
  case joined(Loop, [Run], separator: String)
}

/// How a value is written; the words of a boolean are still text here.
enum ValueStyle: Hashable, Sendable {
  case format(ValueFormat)
  case boolean(yes: String, no: String)
}

/// What stands where a value is absent.
enum Blank: Hashable, Sendable {
  /// Nothing: the ruled cell is the blank, tall enough for so many lines of handwriting.
  case cell(lines: Int)
  /// A rule to write on, in full-width characters.
  case rule(Int)
  /// Words with spaces to write in: 令和　　年　　月　　日.
  case spaced(String)
  /// What a form says instead: 不明.
  case words(String)

  /// Whether something is printed.
  var isVisible: Bool {
    switch self {
    case .cell: false
    case .rule, .spaced, .words: true
    }
  }
}

/// Where a link leads: a document's first instance, or an id within it.
struct LinkTarget: Hashable, Sendable {
  let document: String
  let anchor: String
  /// The path of the field that the linked words demand.
  var requirement: String?
}
