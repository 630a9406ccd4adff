import Diagnostics
import Records

/// `edition.xml`: what the edition is called, holds and prints.
struct EditionDeclaration: Sendable {
  var id: Name
  var name: String
  var status: Status
  var force = Window()
  var instruments: [Instrument] = []
  var slots: [EditionSlot] = []
  var style = EditionStyle()
  /// False: the style of the edition below holds.
  var declaresStyle = false
  var papers: [Paper] = []
  /// When packets are made: the usual occasion first, and none where there is one packet, of all documents.
  var occasions: [Occasion] = []
  var documents: [PacketDocument] = []
  /// What it changes in the annex below.
  var changes: [AnnexChange] = []
  /// What else it leaves out of the edition below.
  var omissions: [Omission] = []
  var insertedDocuments: [DocumentInsertion] = []
  /// Documents of an edition below that this one does not print.
  var withdrawn: [PacketDocument] = []
  var location: SourceLocation

  enum Status: String, CaseIterable, Sendable {
    case historical, current, draft

    var words: String {
      switch self {
      case .historical: "旧版"
      case .current: "現行"
      case .draft: "案"
      }
    }
  }

  func paper(_ id: String) -> Paper? { papers.first { $0.id.text == id } }

  /// How forms name the annex of annex.xml.
  var annexName: String { slot("annex.short_name")?.value ?? "特記事項" }

  /// The documents that print a form, each on occasions of its own, or did so in an edition below.
  func documents(printing form: String) -> [PacketDocument] {
    let own = documents.filter { $0.content == .form(form) }
    return own.isEmpty ? withdrawn.filter { $0.content == .form(form) } : own
  }

  func slot(_ path: String) -> EditionSlot? { slots.first { $0.name.text == path } }
}

/// The days on which something is in force.
struct Window: Equatable, Sendable {
  /// Days since 1970-01-01, both included; nil: unknown or open.
  var from: Int64?
  var to: Int64?
}

/// A law, ordinance or standard that the text cites.
struct Instrument: Sendable {
  let id: Name
  let status: Status
  let force: Window
  /// The day on which its status was looked up.
  let checked: Int64?
  let title: String

  enum Status: String, CaseIterable, Sendable {
    case inForce = "in-force"
    case repealed, unknown

    var words: String {
      switch self {
      case .inForce: "施行中"
      case .repealed: "廃止"
      case .unknown: "未確認"
      }
    }
  }
}

/// A value that an edition gives once for all papers.
struct EditionSlot: Sendable {
  let name: Name
  let value: String
  /// The values that a switch can have; empty: any words.
  var values: [String] = []
  /// Whether an edition must say it: one that has no value of its own prints nothing.
  var isNeeded = false
  /// What it means, to those who fill it in.
  var help = ""
}

/// The ways in which offices differ.
struct EditionStyle: Sendable {
  var digits = DigitStyle.mixed
  var printsFormNumbers = true
  /// 参考様式.
  var formNumberLabel = "参考様式"
  /// What stands before and behind the addressee: （宛先）, 様.
  var addressee = (prefix: "（宛先）", suffix: "")
  var seal = Seal.omitted
  var repertoire = RepertoireName.cp932

  enum Seal: String, CaseIterable, Sendable {
    /// ㊞ behind the sender's last line.
    case seal
    case omitted, signature
  }
}

/// A set of characters that an office can count on to be printed.
package enum RepertoireName: String, CaseIterable, Sendable {
  /// Shift_JIS as Windows has it: what office systems print.
  case cp932
  /// JIS X 0213 as well.
  case jisX0213 = "jis-x-0213"
  case unicode
}

/// An entry of the register of papers.
struct Paper: Sendable {
  let id: Name
  let name: String
  let writing: Writing
  var basis: Name?
  var part: SentencePart?
  let issuer: String
  let recipient: String
  /// When it is due, in words.
  let occasion: String
  var form: Name?

  enum Writing: String, CaseIterable, Sendable {
    case required, act, discretion, customary
  }
}

/// A document of the packet, in its order.
struct PacketDocument: Sendable {
  let content: Content
  /// The occasions whose packets have it; empty: all.
  let occasions: [Name]
  let isOfficeOnly: Bool
  let flow: Flow
  /// For 提出書類一覧表: 部数, 提出期限, 区分.
  let copies: String
  let due: String
  let necessity: String
  let location: SourceLocation

  /// Whether the packet of an occasion has it; nil: where the edition has no occasions.
  func isMade(on occasion: Occasion?) -> Bool {
    occasions.isEmpty || occasions.contains { $0.text == occasion?.id }
  }

  /// Whether there is a packet that would have both.
  func meets(_ other: PacketDocument) -> Bool {
    content == other.content
      && (occasions.isEmpty || other.occasions.isEmpty
        || occasions.contains { own in other.occasions.contains { $0.text == own.text } })
  }

  enum Content: Hashable, Sendable {
    /// By its id.
    case annex(String)
    case form(String)

    /// As changes name documents.
    var name: String {
      switch self {
      case .annex(let id), .form(let id): id
      }
    }
  }
}

/// What an edition changes in the annex that it extends.
enum AnnexChange: Sendable {
  case omit(ProvisionKind, Name)
  case replace(ProvisionKind, Name, [Provision])
  case insert(ProvisionKind, [Provision], Side, Name)
}

/// Where something is put, seen from what is there.
enum Side: String, Sendable { case before, after }

/// What an edition leaves out of the one that it extends, its provisions aside.
struct Omission: Sendable {
  let kind: Kind
  let name: Name

  enum Kind: String, CaseIterable, Sendable {
    case document, paper, form, field
  }
}

/// Documents that an edition puts beside one of the edition that it extends.
struct DocumentInsertion: Sendable {
  let documents: [PacketDocument]
  let side: Side
  let anchor: Name
}
