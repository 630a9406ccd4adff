import Batches
import DataEditing
import Diagnostics
import Files
import ListReview
import Packets
import Records
import Rosters
import Tables
import TemplateCompiler

/// The list that the page works on: its files, what is shown of it, and what was corrected.
///
/// Its files lie in a folder of the session's own; the clerk's are read once and never written.
actor ListSession {
  let folder: String
  private(set) var files: ListFiles?
  /// Of the lists that came, so that each has a folder of its own.
  private var number = 0
  /// The list on the disk with which the preview was started, as long as no other came.
  private var roster: String?
  private(set) var screen: RosterScreen?
  private var refusal: Refused?
  private(set) var asked: Asked?
  /// With what the list was checked.
  private(set) var shared: SharedInput?
  /// Counts whatever changes the list.
  private(set) var changes = 0
  /// Another for each list that is opened: pages name by it the one that they show, for positions in another mean nothing.
  private(set) var id = 0

  /// What an opened list depends on beside its files.
  struct Asked: Equatable {
    let common: CommonData
    let mode: PacketMode
    let headerRow: Int?
    let edition: Int
  }

  /// A list that could not be opened.
  private struct Refused {
    let diagnostics: [Diagnostic]
    let head: RosterHead?
    let corrections: CellCorrections
  }

  /// What was typed over cells of the list, its header among them.
  private var corrections: CellCorrections {
    screen?.corrections ?? refusal?.corrections ?? CellCorrections()
  }

  /// `folder` is where files may be written; `roster` a list on the disk.
  init(in folder: String, roster: String?) {
    self.folder = folder
    self.roster = roster
  }

  // MARK: Files

  func begin(called name: String?) -> Reply {
    guard name.map(ListFileName.isPlain) ?? true else {
      return .problem(.unprocessable, "このフォルダー名は使えません。", hint: "短い、普通の名前に変えてから、もう一度置いてください。")
    }
    do throws(FileSystem.Failure) {
      files = try ListFiles(in: try newFolder(), called: name)
    } catch {
      return .notStored(error)
    }
    closeList()
    roster = nil
    return .done
  }

  private func newFolder() throws(FileSystem.Failure) -> String {
    try? FileSystem.remove(place)
    number += 1
    try FileSystem.makeFolders(place)
    return place
  }

  private var place: String { "\(folder)/list-\(number)" }

  private func closeList() {
    screen = nil
    refusal = nil
    asked = nil
    shared = nil
    changes += 1
    id += 1
  }

  func receive(_ name: String, from upload: Upload) async throws -> Reply {
    let number = number
    guard var files else { return .noUpload }
    let file: ListFileName
    do throws(ListFiles.Refusal) {
      file = try files.announce(name)
      self.files = files
    } catch {
      return .problem(.unprocessable, error.message, hint: error.hint)
    }
    do {
      try await files.receive(file, from: upload)
      // Another list was begun meanwhile.
      guard number == self.number else { return .noUpload }
      closeList()
      return .done
    } catch {
      if number == self.number { self.files?.withdraw(file) }
      switch error {
      case let refusal as ListFiles.Refusal:
        return .problem(.unprocessable, refusal.message, hint: refusal.hint)
      case let failure as FileSystem.Failure: return .notStored(failure)
      case _: throw error
      }
    }
  }

  // MARK: The list

  /// A header that was typed over one of the list's.
  struct Header {
    let row: Int
    /// Counted from 0.
    let column: Int
    /// Nil: the column is not to be read.
    let text: String?

    /// As many as a spreadsheet has.
    static let lastRow = 1_048_576
    static let mostColumns = 16_384
  }

  /// Reads the list, or reads it again where the shared data, the mode, the header or the edition are others; corrections stay
  /// unless the header is another row.
  ///
  /// `list` is the one that is meant; nil: whatever came last.
  func open(
    _ list: Int?,
    _ tree: DataTree,
    _ mode: PacketMode,
    headerRow: Int?,
    headers: [Header],
    _ ready: ReadyEdition
  ) -> Reply {
    guard list == nil || list == id else { return .otherList }
    let wish = Asked(
      common: CommonData(tree, ready.binder),
      mode: mode,
      headerRow: headerRow,
      edition: ready.revision
    )
    guard wish != asked || !headers.isEmpty else { return self.list }
    guard let path = files?.path else { return .noList }
    let before = corrections
    var corrections = before
    if let asked, asked.headerRow != headerRow {
      corrections = CellCorrections()
      id += 1
    }
    for header in headers {
      let text = header.text ?? HeaderReading.unused(self.text(at: header) ?? "")
      corrections[header.row, header.column] = Array(text.utf8)
      corrections.table = screen?.tableName ?? refusal?.head?.table
    }
    if corrections != before {
      changes += 1
      // Pages that show the columns as they were know another list.
      id += 1
    }
    asked = wish
    read(path, wish, corrections, ready)
    return self.list
  }

  /// What stands in a header now.
  private func text(at header: Header) -> String? {
    if let screen {
      guard header.row == screen.headerRow, screen.columns.indices.contains(header.column) else {
        return nil
      }
      return screen.columns[header.column].header
    }
    guard let head = refusal?.head else { return nil }
    let place = SourceLocation.cell(file: head.table, row: header.row, column: header.column + 1)
    return head.text(at: place)
  }

  private func read(
    _ path: String,
    _ wish: Asked,
    _ corrections: CellCorrections,
    _ ready: ReadyEdition
  ) {
    var options = PacketOptions()
    options.mode = wish.mode
    guard let common = wish.common.root else { return }
    shared = SharedInput(edition: ready.opened, common: common)
    let (opened, diagnostics) = RosterScreen.open(
      path,
      common: common,
      binder: ready.binder,
      basisWords: ready.edition.basisWords,
      options: options,
      headerRow: wish.headerRow,
      corrections: corrections
    )
    screen = opened
    refusal =
      opened == nil
      ? Refused(
        diagnostics: diagnostics,
        head: RosterHead(path, corrections, diagnostics, binder: ready.binder),
        corrections: corrections
      ) : nil
  }

  /// `List` as the page reads it.
  var list: Reply {
    if let refusal {
      let place = files?.place ?? ""
      let diagnostics = refusal.diagnostics.map { $0.ofList(in: place, refusal.head) }
      var members: [(name: String, value: JSONValue)] = [
        ("list", .null), ("id", .integer(Int64(id))), ("diagnostics", .array(diagnostics)),
        ("headerRow", .optional(asked?.headerRow)),
      ]
      if let head = refusal.head { members.append(("head", head.json)) }
      return .json(.object(members))
    }
    guard let screen, let asked else { return .json(.object([("list", .null)])) }
    let members =
      screen.members + [
        ("id", .integer(Int64(id))), ("mode", .string(asked.mode.rawValue)),
        ("headerRow", .optional(asked.headerRow)),
      ]
    return .json(.object([("list", .object(members))]))
  }

  /// As `list`; opens the list with which the preview was started, if it is not open yet.
  func current(_ tree: DataTree, _ ready: ReadyEdition) -> Reply {
    guard let path = roster else { return list }
    roster = nil
    let wish = Asked(
      common: CommonData(tree, ready.binder),
      mode: .prefilled,
      headerRow: nil,
      edition: ready.revision
    )
    do throws(FileSystem.Failure) {
      let copy = try ListSnapshot.copy(path, into: try newFolder())
      files = ListFiles(at: copy)
      id += 1
      asked = wish
      read(copy, wish, CellCorrections(), ready)
    } catch {
      let name = path.split(separator: "/").last.map { String($0) } ?? path
      let diagnostic = error.diagnostic(at: SourceLocation(file: name))
      refusal = Refused(
        diagnostics: [diagnostic],
        head: nil,
        corrections: CellCorrections()
      )
    }
    return list
  }

  // MARK: Rows

  private static let mostRows = 1000

  func rows(of list: Int, from: Int, count: Int) -> Reply {
    guard let screen else { return .noList }
    guard list == id else { return .otherList }
    let start = min(max(from, 0), screen.count)
    let end = min(start + min(max(count, 0), Self.mostRows), screen.count)
    return .json(.object([("rows", .array(screen.rows(start..<end).map(\.json)))]))
  }

  /// What the rows are sorted by.
  func ranks(of list: Int, column: Int) -> Reply {
    guard let screen else { return .noList }
    guard list == id else { return .otherList }
    guard let ranks = screen.ranks(inColumn: column) else { return .misunderstood }
    return .json(.object([("ranks", .array(ranks.map(JSONValue.optional)))]))
  }

  func correct(_ list: Int, row position: Int, _ cells: [(column: Int, text: String?)]) -> Reply {
    guard screen != nil else { return .noList }
    guard list == id else { return .otherList }
    guard let outcome = screen?.correct(position, cells), let screen else {
      return .noList
    }
    switch outcome {
    case .noSuchCell: return .misunderstood
    case .notCorrectable:
      return .problem(
        .unprocessable,
        "この種類の一覧は、この画面では直せません。",
        hint: "元のファイルを直して、もう一度置いてください。"
      )
    case .refused: return changed([position], screen)
    case .taken(let others):
      changes += 1
      // Of a vendor with many rows; who has not seen them asks for them anyway.
      return changed([position] + others.prefix(Self.mostRows), screen)
    }
  }

  private func changed(_ positions: [Int], _ screen: RosterScreen) -> Reply {
    let rows = JSONValue.array(positions.map { screen.row(at: $0).json })
    return .json(.object([("rows", rows)] + screen.memberFindings))
  }

  /// Whether this is the list that is open.
  func isOpen(_ list: Int) -> Bool { list == id }

  /// The data of a row, as a paper is made of it.
  func tree(_ list: Int, of position: Int) -> RawNode? {
    guard position >= 0, list == id else { return nil }
    return screen?.tree(at: position)
  }
}
