import Testing

/// The order of the page's folders, which no compiler guards.
struct PageTests {
  /// The other folders that the modules of each may import from.
  static let folders: [String: Set<String>] = [
    "ui": [],
    "model": ["ui"],
    "form/controls": ["model", "ui"],
    "form": ["form/controls", "model", "ui"],
    "paper": ["model", "ui"],
    "documents": ["form", "model", "paper", "ui"],
    "list/grid": ["ui"],
    "list/panels": ["form/controls", "list/grid", "model", "paper", "ui"],
    "list": ["list/grid", "list/panels", "model", "ui"],
    "shell": ["documents", "form/controls", "list", "model", "paper", "ui"],
  ]

  @Test func foldersImportWhatTheyMay() throws {
    var used = Self.folders.mapValues { _ in Set<String>() }
    for (module, imports) in try modules() {
      let folder = folder(of: module)
      let foreign = Set(imports.map { self.folder(of: $0) }).subtracting([folder])
      let beyond = foreign.subtracting(Self.folders[folder] ?? [])
      #expect(beyond.isEmpty, "\(module) imports from \(beyond.sorted())")
      used[folder, default: []].formUnion(foreign)
    }
    // An entry that nothing uses is a door left open.
    #expect(used == Self.folders)
    #expect(Graph.circle(in: Self.folders) == [])
  }

  @Test func noModuleImportsItselfByWayOfOthers() throws {
    let modules = try modules()
    for (module, imports) in modules {
      let missing = imports.filter { modules[$0] == nil }
      #expect(missing.isEmpty, "\(module) imports \(missing)")
    }
    #expect(Graph.circle(in: modules) == [])
  }

  /// No file of the page is forgotten in the table of those that are part of the program.
  @Test func everyFileIsEmbedded() throws {
    let page = try SourceFiles.all(["css", "html", "js", "svg", "png"]).compactMap(path)
    let table = try SourceFiles.all(["c"]).first {
      $0.path == "CPreviewPageFiles/CPreviewPageFiles.c"
    }
    let embedded = table?.code
      .matches(of: /#define PAGE "\.\.\/tokki-preview\/Page\/([^"]+)"/).map { String($0.1) }
    #expect(embedded == page.sorted())
  }

  /// Each module of the page with those that it imports, by their paths below the folder Page.
  private func modules() throws -> [String: Set<String>] {
    var modules: [String: Set<String>] = [:]
    for file in try SourceFiles.all(["js"]) {
      guard let path = path(file) else { continue }
      let imports = file.code.matches(of: /\b(?:from |import\()"([^"]+)"/)
      modules[path] = Set(imports.map { resolve(String($0.1), in: folder(of: path)) })
    }
    return modules
  }

  private func path(_ file: SourceFiles.File) -> String? {
    file.path.wholeMatch(of: /tokki-preview\/Page\/(.+)/).map { String($0.1) }
  }

  private func folder(of path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// `model/api.js` for `../model/api.js` in `shell`.
  private func resolve(_ path: String, in folder: String) -> String {
    path.split(separator: "/").reduce(into: folder.split(separator: "/")) { found, step in
      switch step {
      case ".": break
      case "..": found.removeLast()
      case _: found.append(step)
      }
    }.joined(separator: "/")
  }
}
