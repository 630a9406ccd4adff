import Diagnostics
import Packets
import TemplateCompiler
import TemplateRuntime

extension PreviewSession {
  func beginList(_ body: [UInt8]) async -> Reply {
    if body.isEmpty { return await lists.begin(called: nil) }
    guard let request = PageRequest(body) else { return .misunderstood }
    return await lists.begin(called: request.text("folder"))
  }

  func listFile(named name: String, from upload: Upload) async throws -> Reply {
    try await lists.receive(name, from: upload)
  }

  func openList(_ body: [UInt8]) async -> Reply {
    guard let ready else { return .noEdition }
    guard let request = PageRequest(body), let data = request["data"], let mode = request.mode
    else {
      return .misunderstood
    }
    let (tree, diagnostics) = DataTree.read(data, ready.binder)
    guard let tree else { return .faulty(diagnostics) }
    guard let headers = request.headers else { return .misunderstood }
    let reply = await lists.open(
      request.number("list"),
      tree,
      mode,
      headerRow: request.number("headerRow"),
      headers: headers,
      ready
    )
    await batches.know(await lists.order)
    return reply
  }

  func list() async -> Reply {
    guard let ready else { return .noEdition }
    let tree = file.tree(ready.binder)
    let reply = await lists.current(tree, ready)
    await batches.know(await lists.order)
    return reply
  }

  func listRows(of list: Int, from: Int, count: Int) async -> Reply {
    await lists.rows(of: list, from: from, count: count)
  }

  func correct(_ body: [UInt8]) async -> Reply {
    guard let request = PageRequest(body), let list = request.number("list"),
      let row = request.number("row"), let cells = request.cells
    else { return .misunderstood }
    return await lists.correct(list, row: row, cells)
  }

  func renderRow(_ body: [UInt8]) async -> Reply {
    guard let ready else { return .noEdition }
    guard let request = PageRequest(body), let list = request.number("list"),
      let row = request.number("row"), let mode = request.mode
    else { return .misunderstood }
    guard await lists.isOpen(list) else { return .otherList }
    guard let tree = await lists.tree(list, of: row) else {
      return .problem(
        .unprocessable,
        "この行の書類は表示できません。",
        hint: "契約番号と受注者番号のエラーを先に直してください。"
      )
    }
    let paths = DataPaths(tree, ready.binder)
    let paper = PaperRequest(
      data: PaperData(tree: tree, path: { paths.path(of: $0) }),
      mode: mode,
      document: request.number("document"),
      instance: request.number("instance") ?? 1
    )
    return PaperRendering(paper, of: ready).json.map { .json($0) } ?? .noPaper
  }

  func listDownload() async -> Reply { await lists.download() }

  /// An empty list with the headers of all that a row can say, and the sheets that every contract needs.
  func listStarter() async -> Reply {
    guard let ready else { return .noEdition }
    let place = work.path + "/starter.xlsx"
    do throws(FileSystem.Failure) {
      let lists = ready.screen.documents.filter(\.isRequired).compactMap(\.repeats)
      try RosterHeader.writeWorkbook(DataGuide(ready.edition), lists: lists, to: place)
    } catch {
      return .notStored(error)
    }
    return .file(at: place, named: RosterHeader.tableName + ".xlsx") ?? .noList
  }
}

extension PageRequest {
  /// What was typed over cells of a row, nil for the file's own; nil if there is none, or too many for a row.
  fileprivate var cells: [(column: Int, text: String?)]? {
    guard let objects = objects("cells"),
      (1...ListSession.Header.mostColumns).contains(objects.count)
    else { return nil }
    var cells: [(column: Int, text: String?)] = []
    for object in objects {
      guard let column = object.number("column"), let value = object["value"] else { return nil }
      switch value.content {
      case .absent: cells.append((column, nil))
      case .scalar(let scalar):
        cells.append((column, String(decoding: scalar.bytes, as: UTF8.self)))
      case .mapping, .sequence: return nil
      }
    }
    return cells
  }

  /// What was typed over headers of the list; nil if that is no place in a list.
  fileprivate var headers: [ListSession.Header]? {
    guard let objects = objects("headers") else { return nil }
    let headers = objects.compactMap { object -> ListSession.Header? in
      guard let row = object.number("row"), let column = object.number("column"),
        (1...ListSession.Header.lastRow).contains(row),
        (0..<ListSession.Header.mostColumns).contains(column)
      else { return nil }
      let text = object.text("text")
      guard text.map({ !$0.isEmpty && $0.utf16.count <= 1000 }) ?? true else { return nil }
      return ListSession.Header(row: row, column: column, text: text)
    }
    return headers.count == objects.count ? headers : nil
  }
}
