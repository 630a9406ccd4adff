import DataEditing
import Diagnostics
import Files
import Guides
import Records
import TemplateCompiler

extension PreviewSession {
  func openList(_ request: PageRequest) async throws(Reply) -> Reply {
    let (tree, ready) = try data(of: request)
    guard let mode = request.mode, let headers = request.headers else { throw .misunderstood }
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

  func correct(_ request: PageRequest) async throws(Reply) -> Reply {
    guard let list = request.number("list"), let row = request.number("row"),
      let cells = request.cells
    else { throw .misunderstood }
    return await lists.correct(list, row: row, cells)
  }

  func renderRow(_ request: PageRequest) async throws(Reply) -> Reply {
    let ready = try ready(on: request.text("occasion"))
    guard let list = request.number("list"), let row = request.number("row"),
      let mode = request.mode
    else { throw .misunderstood }
    guard await lists.isOpen(list) else { return .otherList }
    guard let tree = await lists.tree(list, of: row) else {
      return .problem(
        .unprocessable,
        "この行の書類は表示できません。",
        hint: "契約番号と受注者番号のエラーを先に直してください。"
      )
    }
    let paths = DataPaths(tree, ready.binder)
    let data = PaperData(tree: tree, path: { paths.path(of: $0) })
    let paper = PaperRendering(PaperRequest(data, mode, request), of: ready)
    return paper.json.map { .json($0) } ?? .noPaper
  }

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
