import Packets

/// All that can be asked of the server.
enum Route: Equatable {
  case page
  case asset(Asset)
  case events

  case edition, data
  case paper(number: Int)
  case printed(key: Int)
  case render, print, packet, source, save, download
  /// A data file of the browser's own.
  case openData

  case beginList, listFile, openList
  case list
  case listRows(list: Int, from: Int, count: Int)
  case correct, renderRow
  /// A list to be filled in: the headers of all fields.
  case listStarter
  case listDownload

  case startBatch, cancelBatch
  case batch
  case batchPackets, batchRejects
  case batchPrint(PrintOrder)
}

extension Route {
  enum Method: CaseIterable {
    case get, post
  }

  /// The table: numbers and closed names, never a path to anything.
  init?(_ method: Method, _ target: Target) {
    switch method {
    case .get:
      guard let route = target.query.isEmpty ? Self.get(target.path) : Self.query(target) else {
        return nil
      }
      self = route
    case .post:
      guard target.query.isEmpty, let route = Self.post(target.path) else { return nil }
      self = route
    }
  }

  private static func get(_ path: String) -> Self? {
    switch path {
    case "/": .page
    case "/api/events": .events
    case "/api/edition": .edition
    case "/api/data": .data
    case "/api/list": .list
    case "/api/list/starter": .listStarter
    case "/api/list/download": .listDownload
    case "/api/batch": .batch
    case "/api/batch/packets": .batchPackets
    case "/api/batch/rejects": .batchRejects
    case "/batch/print/vendor": .batchPrint(.vendor)
    case "/batch/print/document": .batchPrint(.document)
    case _ where path.hasPrefix("/assets/"): Asset(path.after("/assets/")).map(Self.asset)
    case _ where path.hasPrefix("/paper/"): Int(plain: path.after("/paper/")).map(Self.paper)
    case _ where path.hasPrefix("/print/"): Int(plain: path.after("/print/")).map(Self.printed)
    case _: nil
    }
  }

  private static func query(_ target: Target) -> Self? {
    let query = target.query
    switch target.path {
    case "/api/list/rows":
      guard query.count == 3, let list = query["list"].flatMap({ Int(plain: $0) }),
        let from = query["from"].flatMap({ Int(plain: $0) }),
        let count = query["count"].flatMap({ Int(plain: $0) })
      else { return nil }
      return .listRows(list: list, from: from, count: count)
    case _: return nil
    }
  }

  private static func post(_ path: String) -> Self? {
    switch path {
    case "/api/render": .render
    case "/api/print": .print
    case "/api/packet": .packet
    case "/api/source": .source
    case "/api/data/open": .openData
    case "/api/save": .save
    case "/api/download": .download
    case "/api/list/begin": .beginList
    case "/api/list/file": .listFile
    case "/api/list/open": .openList
    case "/api/list/correct": .correct
    case "/api/list/render": .renderRow
    case "/api/batch": .startBatch
    case "/api/batch/cancel": .cancelBatch
    case _: nil
    }
  }

  /// Its name in the access log, which shows nothing that was asked about.
  var name: String {
    switch self {
    case .page: "page"
    case .asset: "asset"
    case .events: "events"
    case .edition: "edition"
    case .data: "data"
    case .paper: "paper"
    case .printed: "printed"
    case .render: "render"
    case .print: "print"
    case .packet: "packet"
    case .source: "source"
    case .openData: "data-open"
    case .save: "save"
    case .download: "download"
    case .beginList: "list-begin"
    case .listFile: "list-file"
    case .openList: "list-open"
    case .list: "list"
    case .listRows: "list-rows"
    case .correct: "list-correct"
    case .renderRow: "list-render"
    case .listStarter: "list-starter"
    case .listDownload: "list-download"
    case .startBatch: "batch-start"
    case .cancelBatch: "batch-cancel"
    case .batch: "batch"
    case .batchPackets: "batch-packets"
    case .batchRejects: "batch-rejects"
    case .batchPrint: "batch-print"
    }
  }
}

extension String {
  fileprivate func after(_ prefix: String) -> String { String(dropFirst(prefix.count)) }
}
