import Diagnostics
import Glibc
import Packets
import TemplateCompiler
import TemplateRuntime

/// What one run of the preview knows: the edition as it was read last, the clerk's data file, and the papers that wait to be
/// printed.
///
/// The data that she types stays in her page and comes with each request; the session forgets it with the answer.
actor PreviewSession: Endpoints {
  private let events: Events
  private var watch: EditionWatch
  private(set) var file: WatchedDataFile
  /// The last edition that had no errors.
  private(set) var ready: ReadyEdition?
  /// Why the edition on the disk cannot be shown.
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
    batches = BatchSession(edition: folder, in: work.path, events: events)
    watch = EditionWatch(folder)
    file = WatchedDataFile(path)
  }

  /// Looks at the files for as long as the task lives, and tells the page what changes.
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
    switch watch.look() {
    case nil: break
    case .ready(let edition):
      ready = edition
      faults = nil
      let revision = JSONValue.integer(Int64(edition.revision))
      events.send(.edition, JSONValue.object([("revision", revision)]).bytes)
    case .broken(let diagnostics, let texts):
      let formatter = DiagnosticFormatter(language: .ja, quoting: texts)
      let list = JSONValue.array(
        diagnostics.map { $0.json(excerpt: formatter.excerpt(at: $0.location)) }
      )
      faults = list
      events.send(.editionBroken, JSONValue.object([("diagnostics", list)]).bytes)
    }
  }

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

  func data() -> Reply {
    guard let ready else { return .noEdition }
    return .json(file.opened(ready.binder))
  }

  /// A data file that the browser sends: `Opened` without a version, or what keeps it from being read; it is forgotten with the answer.
  func openData(_ bytes: [UInt8], named name: String) -> Reply {
    guard let ready else { return .noEdition }
    let read = DataFile.read(bytes, named: name, format: DataFile.Format(path: name))
    guard read.root != nil else {
      return .json(.object([("diagnostics", .array(read.diagnostics.map { $0.json() }))]))
    }
    return .json(OpenedData(read, ready.binder).json(name: name, path: nil, version: nil))
  }

  func save(_ body: [UInt8]) -> Reply {
    guard let ready else { return .noEdition }
    guard let body = PageRequest(body), let data = body["data"], let version = body.text("version")
    else { return .misunderstood }
    let (tree, diagnostics) = DataTree.read(data, ready.binder)
    guard let tree else { return .faulty(diagnostics) }
    return file.save(tree, version: version, title: ready.edition.name, ready.binder)
  }

  func download(_ body: [UInt8]) -> Reply {
    guard let ready else { return .noEdition }
    guard let body = PageRequest(body), let data = body["data"],
      let format = body.text("format").flatMap({ DataFile.Format(rawValue: $0) })
    else { return .misunderstood }
    let (tree, diagnostics) = DataTree.read(data, ready.binder)
    guard let tree else { return .faulty(diagnostics) }
    // Of a file of the browser's own, the page sends what it read, or null if that is too long: the program's own file may have
    // the same name, and is another contract's.
    let name = body.text("file")
    let original =
      body["original"] == nil ? file.bytes(of: name) : body.text("original").map { Array($0.utf8) }
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

  func render(_ body: [UInt8]) -> Reply {
    paper(of: body) { request, ready in
      PaperRendering(request, of: ready).json.map { .json($0) } ?? .noPaper
    }
  }

  func source(_ body: [UInt8]) -> Reply {
    paper(of: body) { request, ready in
      guard let view = PageRequest(body)?.text("view").flatMap(SourceView.init) else {
        return .misunderstood
      }
      let paper = PaperRendering(request, of: ready)
      return paper.text(view).map { .json(.object([("text", .string($0))])) } ?? .noPaper
    }
  }

  func print(_ body: [UInt8]) -> Reply {
    paper(of: body) { request, ready in
      guard let page = PaperRendering(request, of: ready).page else { return .noPaper }
      let key = prints.put(page)
      return .json(.object([("print", .integer(Int64(key)))]))
    }
  }

  func printed(key: Int) -> Reply { prints[key].map { .paper($0) } ?? .noPaper }

  func packet(_ body: [UInt8]) -> Reply {
    paper(of: body) { request, ready in
      switch PaperRendering(request, of: ready).packet {
      case .failure(let refusal):
        .json(.object([("diagnostics", .array(refusal.diagnostics))]), status: .unprocessable)
      case .success(let (packet, path)):
        .zip(
          named: "書類一式_\(path.replacing("/", with: "_")).zip",
          workingIn: work.path
        ) {
          PacketFiles(packet, prefix: path + "/")
        }
      }
    }
  }

  private func paper(
    of bytes: [UInt8],
    _ answer: (PaperRequest, ReadyEdition) -> Reply
  ) -> Reply {
    guard let ready else { return .noEdition }
    guard let body = PageRequest(bytes), let data = body["data"], let mode = body.mode else {
      return .misunderstood
    }
    let (tree, diagnostics) = DataTree.read(data, ready.binder)
    guard let tree else { return .faulty(diagnostics) }
    guard let placed = tree.placed(vendor: body.number("vendor") ?? 0, ready.binder) else {
      return .misunderstood
    }
    let request = PaperRequest(
      data: PaperData(tree: placed.root, path: { placed.paths.path(of: $0) }),
      mode: mode,
      document: body.number("document"),
      instance: body.number("instance") ?? 1
    )
    return answer(request, ready)
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
