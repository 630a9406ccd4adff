import Batches
import DataEditing
import DataFiles
import Diagnostics
import Files
import Glibc
import Records
import TemplateCompiler

/// What one run of the preview knows: the edition as it was read last, the clerk's data file, and the papers that wait to be
/// printed.
///
/// The data that she types stays in her page and comes with each request; the session keeps none of it behind the answer.
actor PreviewSession {
  private let events: Events
  private var watch: EditionWatch
  private(set) var file: WatchedDataFile
  /// The last edition that had no errors, as the packet of its usual occasion has it.
  private(set) var ready: ReadyEdition?
  /// The same as the packets of other occasions have it, by their ids, as far as it was asked for.
  private var others: [String: ReadyEdition] = [:]
  /// What is wrong with the edition on the disk: errors, with which it cannot be shown, and warnings.
  private var faults: JSONValue?
  private var prints = PrintShelf()
  let lists: ListSession
  let batches: BatchSession
  /// What is written on the way lies here; it goes at the end.
  let work: PrivateFolder

  /// Of an edition's folder and, if there are any, a data file and a list.
  init(
    edition folder: String,
    data path: String?,
    roster: String?,
    work: PrivateFolder,
    events: Events
  ) {
    self.events = events
    self.work = work
    lists = ListSession(in: work.path, roster: roster)
    batches = BatchSession(in: work.path, events: events)
    watch = EditionWatch(folder)
    file = WatchedDataFile(path)
  }

  /// Watches the files for as long as the task lives, and sends the page what changes.
  func follow() async {
    while !Task.isCancelled {
      lookAtEdition()
      if let version = file.look() {
        events.send(.data, JSONValue.object([("version", .string(version))]).bytes)
      }
      try? await Task.sleep(for: .milliseconds(250))
    }
  }

  /// Reads the edition for the first time, or again if it has changed.
  func lookAtEdition() {
    guard let change = watch.look() else { return }
    let formatter = DiagnosticFormatter(language: .ja, quoting: change.texts)
    let found = change.diagnostics.map { $0.json(excerpt: formatter.excerpt(at: $0.location)) }
    faults = found.isEmpty ? nil : .array(found)
    if let edition = change.edition {
      ready = edition
      others = [:]
      let revision = JSONValue.integer(Int64(edition.revision))
      events.send(.edition, JSONValue.object([("revision", revision)]).bytes)
    } else {
      events.send(.editionBroken, JSONValue.object([("diagnostics", .array(found))]).bytes)
    }
  }

  /// Ends what is running and removes what it made.
  func end() async {
    await batches.end()
    // The batch has ended in its time; taking its packets away has its own.
    alarm(3)
    work.remove()
  }

  // MARK: The edition and the data

  func edition() -> Reply {
    guard let ready else {
      return .json(.object([("faults", faults ?? .array([]))]))
    }
    return .json(.object(ready.members + [("faults", faults ?? .null)]))
  }

  /// As `edition`, for the packet of an occasion by its number, from 0.
  func edition(onOccasion number: Int) throws(Reply) -> Reply {
    let ready = try ready(onOccasion: number)
    return .json(.object(ready.members + [("faults", faults ?? .null)]))
  }

  private func ready(onOccasion number: Int) throws(Reply) -> ReadyEdition {
    guard let occasions = ready?.edition.occasions else { throw .noEdition }
    guard occasions.indices.contains(number) else { throw .misunderstood }
    return try ready(on: occasions[number].id)
  }

  /// The edition as the packet of an occasion has it; nil: of the usual one.
  func ready(on occasion: String?) throws(Reply) -> ReadyEdition {
    guard let ready else { throw .noEdition }
    guard let occasion, occasion != ready.edition.occasion?.id else { return ready }
    if let other = others[occasion] { return other }
    guard ready.edition.occasions.contains(where: { $0.id == occasion }),
      let other = watch.edition(ready, on: occasion)
    else { throw .misunderstood }
    others[occasion] = other
    return other
  }

  func data() -> Reply {
    guard let ready else { return .noEdition }
    return .json(file.opened(ready.binder))
  }

  /// The data that a request brings, in the shape of the edition.
  func data(of request: PageRequest) throws(Reply) -> (DataTree, ReadyEdition) {
    let ready = try ready(on: request.text("occasion"))
    guard let data = request["data"] else { throw .misunderstood }
    let (tree, diagnostics) = DataTree.read(data, ready.binder)
    guard let tree else { throw .faulty(diagnostics) }
    return (tree, ready)
  }

  /// A data file that the browser sends: `Opened` without a version, or what keeps it from being read; it is not kept behind the answer.
  func openData(_ bytes: [UInt8], named name: String) -> Reply {
    guard let ready else { return .noEdition }
    let read = DataFile.read(bytes, named: name, format: DataFile.Format(path: name))
    guard read.root != nil else {
      return .json(.object([("diagnostics", .array(read.diagnostics.map { $0.json() }))]))
    }
    return .json(OpenedData(read, ready.binder).json(name: name, path: nil, version: nil))
  }

  func save(_ request: PageRequest) throws(Reply) -> Reply {
    let (tree, ready) = try data(of: request)
    guard let version = request.text("version") else { throw .misunderstood }
    return file.save(tree, version: version, title: ready.edition.name, ready.binder)
  }

  func download(_ request: PageRequest) throws(Reply) -> Reply {
    let (tree, ready) = try data(of: request)
    guard let format = request.text("format").flatMap({ DataFile.Format(rawValue: $0) }) else {
      throw .misunderstood
    }
    // Of a file of the browser's own, the page sends what it read, or null if that is too long: the program's own file may have
    // the same name, and is another contract's.
    let name = request.text("file")
    let original =
      request["original"] == nil
      ? file.bytes(of: name) : request.text("original").map { Array($0.utf8) }
    let download = DataDownload(
      tree,
      format,
      of: original,
      named: name,
      title: ready.edition.name,
      ready.binder
    )
    return .file(download.bytes, named: download.name)
  }

  // MARK: Papers

  func paper(number: Int) -> Reply {
    guard let page = ready?.document(number)?.emptyPage else { return .noPaper }
    return .paper(page)
  }

  /// As `paper`, of an occasion by its number, from 0.
  func paper(number: Int, onOccasion occasion: Int) throws(Reply) -> Reply {
    guard let page = try ready(onOccasion: occasion).document(number)?.emptyPage else {
      throw .noPaper
    }
    return .paper(page)
  }

  func render(_ request: PageRequest) throws(Reply) -> Reply {
    guard let rendered = try paper(of: request).json else { throw .noPaper }
    return .json(rendered)
  }

  func source(_ request: PageRequest) throws(Reply) -> Reply {
    guard let view = request.text("view").flatMap(SourceView.init) else { throw .misunderstood }
    guard let text = try paper(of: request).text(view) else { throw .noPaper }
    return .json(.object([("text", .string(text))]))
  }

  func print(_ request: PageRequest) throws(Reply) -> Reply {
    guard let page = try paper(of: request).page else { throw .noPaper }
    return .json(.object([("print", .integer(Int64(prints.put(page))))]))
  }

  func printed(key: Int) -> Reply { prints[key].map { .paper($0) } ?? .noPaper }

  func packet(_ request: PageRequest) throws(Reply) -> Reply {
    switch try paper(of: request).packet {
    case .failure(let refusal):
      .json(.object([("diagnostics", .array(refusal.diagnostics))]), status: .unprocessable)
    case .success(let (packet, path)):
      .zip(named: "書類一式_\(path.replacing("/", with: "_")).zip") {
        PacketFiles(packet, prefix: path + "/")
      }
    }
  }

  private func paper(of request: PageRequest) throws(Reply) -> PaperRendering {
    let (tree, ready) = try data(of: request)
    guard let mode = request.mode,
      let placed = tree.placed(vendor: request.number("vendor") ?? 0, ready.binder)
    else { throw .misunderstood }
    let data = PaperData(tree: placed.root, path: { placed.paths.path(of: $0) })
    return PaperRendering(PaperRequest(data, mode, request), of: ready)
  }
}

extension Reply {
  static let noEdition = problem(
    .unavailable,
    "ひな形に誤りがあるため、まだ表示できません。",
    hint: "ひな形の誤りを直すと、自動で表示します。"
  )
  static let misunderstood = problem(.badRequest, "画面からの要求を読み取れません。", hint: "画面を再読み込みしてください。")
  static let noPaper = problem(.notFound, "その書類はありません。", hint: "画面を再読み込みしてください。")

  /// A paper, under its own policy.
  static func paper(_ page: [UInt8]) -> Reply {
    html(page, policy: .paper(styleHash: StyleHash.of(page: page)))
  }

  /// What is wrong with the data that was sent.
  static func faulty(_ diagnostics: [Diagnostic], paths: (Diagnostic) -> String? = { _ in nil })
    -> Reply
  {
    .json(
      .object([("diagnostics", .array(diagnostics.map { $0.json(path: paths($0)) }))]),
      status: .unprocessable
    )
  }
}
