import Batches
import Diagnostics
import Files
import Glibc
import ListReview
import Packets
import Records
import Rosters

/// 一括作成 from the page: one batch folder of the session's own, filled by one run after another.
///
/// After a batch the folder holds what `tokki batch` would make of the same list, data and mode in an empty folder; packets that are
/// as they should be are not made again. A list of rejects completes the batch that it came from, as it does there.
actor BatchSession {
  private let folder: String
  private let events: Events
  private let progress: BatchProgress
  private var run: Task<Void, Never>?
  /// What the last batch was made of; the name is that of the list that rejects complete.
  private var madeOf: (name: String, key: String, mode: PacketMode)?
  /// What is to be known of the papers that were made: of a list, and of the rejects that complete it.
  private var cautions: (list: [Finding], rejects: [Finding]) = ([], [])
  /// Which list is open, and whether it is the rejected rows of another, which it completes.
  private var open: (list: Int, isRejects: Bool) = (0, false)

  /// `folder` is where files may be written.
  init(in folder: String, events: Events) {
    self.folder = folder
    self.events = events
    progress = BatchProgress { state in
      events.send(.batch, state.json(of: nil, isChanged: false).bytes)
    }
  }

  private var out: String { folder + "/run" }

  /// `Batch` as the page reads it; `order` is what a batch would be made of now.
  func state(_ order: ListSession.Order?) -> Reply {
    let state = progress.now
    let isChanged = madeOf?.key != order?.key || madeOf?.mode != order?.mode
    let known = cautions.list + cautions.rejects.filter { !cautions.list.contains($0) }
    return .json(
      state.json(of: madeOf?.name, isChanged: state.name != .none && isChanged, cautions: known)
    )
  }

  // MARK: Running

  /// Starts a batch, or goes on with the one that was stopped; `isAlone`: a list of rejects that completes no batch of this session.
  func start(_ order: ListSession.Order, isAlone: Bool) -> Reply {
    guard progress.now.name != .running else {
      return .problem(.conflict, "一括作成は、もう始まっています。")
    }
    let input: BatchInput
    do {
      if isAlone { try FileSystem.remove(out) }
      // What was joined of earlier packets.
      for order in PrintOrder.allCases { try FileSystem.remove(out + "/" + order.fileName) }
      input = BatchInput(order.shared, list: try order.screen.corrected(in: folder))
    } catch {
      return .notWritten(error)
    }
    var options = BatchOptions(out: out)
    options.packet.mode = order.mode
    // One core is left to the page.
    options.jobs = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)) - 1)
    // What lies in a temporary folder need not outlast a power cut.
    options.syncs = false
    // Rows of a batch that has been made are added to it; any other list has the folder to itself.
    options.keepsOthers = order.screen.isRejects && FileSystem.exists(out + "/run.json")
    let whole = options.keepsOthers ? madeOf?.name : nil
    madeOf = (whole ?? order.screen.name, order.key, order.mode)
    let known = order.screen.cautions
    cautions = options.keepsOthers ? (cautions.list, known) : (known, [])
    progress.begin(.running)
    run = Task { [progress, options] in
      let result = await BatchRunner.run(
        input,
        options,
        isStopped: { progress.isStopped },
        observe: { progress.note($0) }
      )
      conclude(result, of: order.list)
    }
    return .done
  }

  /// The result of another list than the one that is open is not kept.
  private func conclude(_ result: BatchResult, of list: Int) {
    if open.list == list || open.isRejects {
      progress.end { $0.conclude(result) }
    } else {
      progress.begin(.none)
    }
  }

  func cancel() -> Reply {
    progress.askToStop()
    return .done
  }

  /// Takes note of the list that is open: the batch of another is dropped, unless the list may complete it.
  func know(_ order: ListSession.Order?) {
    guard let order, order.list != open.list else { return }
    open = (order.list, order.screen.isRejects)
    if progress.now.name != .running, !order.screen.isRejects { progress.begin(.none) }
  }

  /// Ends what is running.
  func end() async {
    progress.askToStop()
    await run?.value
  }

  // MARK: What came of it

  func packets() -> Reply {
    guard progress.now.name == .finished else { return .notFinished }
    let out = out
    let name = madeOf?.name ?? ""
    let list = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return .zip(named: "書類一式（\(list)）.zip") { try BatchFiles(out) }
  }

  func rejects() -> Reply {
    guard progress.now.hasRejects,
      // Those that were kept have a number: rejects.1.csv.
      let name = FileSystem.entries(of: out)?.filter({ $0.hasPrefix("rejects.") })
        .min(by: { $0.utf8.count < $1.utf8.count })
    else { return .problem(.notFound, "エラー行一覧はありません。") }
    let path = out + "/" + name
    let suffix = name.dropFirst("rejects.".count)
    guard FileSystem.isFolder(path) else {
      return .file(at: path, named: "エラー行一覧.\(suffix)") ?? .notFinished
    }
    return .zip(named: "エラー行一覧.zip") {
      try FolderFiles(path, prefix: "エラー行一覧/")
    }
  }

  func print(_ order: PrintOrder) -> Reply {
    let state = progress.now
    guard state.name == .finished else { return .notFinished }
    guard state.isPrintable else {
      return .problem(
        .unprocessable,
        "一度にまとめて印刷できるのは、書類一式\(BatchProgress.State.mostPrinted)件までです。",
        hint: "ZIPで保存して分けて印刷するか、一覧を分けて作成してください。"
      )
    }
    let (outcome, diagnostics) = BatchPrint.print(out, by: order, documents: nil, to: nil)
    switch outcome {
    case .made(let file, _, _):
      return .paper(at: file) ?? .notFinished
    case .refused, .notWritten:
      let first = diagnostics.inReportOrder().first { $0.severity == .error }
      return .problem(
        .unprocessable,
        first?.message.ja ?? "まとめて印刷できません。",
        hint: "一括作成をもう一度行ってください。"
      )
    }
  }
}

extension Reply {
  fileprivate static let notFinished = problem(
    .conflict,
    "一括作成がまだ終わっていません。",
    hint: "終わってから、もう一度お試しください。"
  )
}

extension BatchProgress.State {
  /// Takes over how a batch ended.
  fileprivate mutating func conclude(_ result: BatchResult) {
    counts = result.counts
    packets = result.packetCount
    hasRejects = result.rejects != nil
    let first = result.diagnostics.inReportOrder().first { $0.severity == .error }
    switch result.ending {
    case .finished: name = .finished
    case .stopped, .tooManyErrors: name = .stopped
    case .refused, .failed:
      name = .failed
      message = first?.message.ja ?? "途中で続けられなくなりました。"
      hint = first?.remedyOnPage()
    case .otherRun:
      name = .failed
      message = "エラー行一覧の続きは、元の一括作成と同じ作成時期、様式の種類及びひな形で作成してください。"
      hint = "別に作るには、エラー理由・項目・根拠条項の列を消してから、もう一度置いてください。"
    case .locked:
      name = .failed
      message = "作成中のフォルダーを、ほかのプログラムが使っています。"
    }
  }
}
