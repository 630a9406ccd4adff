import Testing

/// The borders between the modules, which SwiftPM does not guard: a module sees whatever has been built.
struct BorderTests {
  /// What each module may import: the last column of the table of modules in Sources/README.md.
  private let borders: [(module: String, imports: Set<String>)]

  init() throws {
    borders = try SourceFiles.text("Sources/README.md")
      .matches(of: /(?m)^\| `([\w-]+)` \| [^|]+ \| ([^|`]+) \|$/).map { row in
        let imports = row.2.split(separator: ", ").map { String($0) }
        return (String(row.1), imports == ["–"] ? [] : Set(imports))
      }
  }

  @Test func modulesImportWhatTheyMay() throws {
    let files = try SourceFiles.all()
    let modules = Set(files.map(\.module))
    #expect(borders.map(\.module).sorted() == modules.sorted())
    var above: Set<String> = []
    for (module, allowed) in borders {
      #expect(allowed.isDisjoint(with: modules.subtracting(above)), "\(module) stands too high")
      above.insert(module)
      let own = files.filter { $0.module == module }
      for file in own {
        let foreign = Set(file.imports).subtracting(allowed)
        #expect(foreign.isEmpty, "\(file.path) imports \(foreign.sorted())")
      }
      // An entry that nothing uses is a door left open.
      #expect(Set(own.flatMap(\.imports)) == allowed, "\(module)")
    }
  }

  /// What a clerk typed and what is on her disk meet the network in plain values only.
  @Test func theSessionKnowsNoNetworkAndTheServerNoFiles() throws {
    let network = Set([
      "HTTPTypes", "Hummingbird", "HummingbirdCore", "NIOCore", "NIOHTTP1", "NIOHTTPTypes",
      "NIOPosix",
    ])
    for file in try SourceFiles.all() {
      if file.path.hasPrefix("tokki-preview/Session/") {
        #expect(network.isDisjoint(with: file.imports), "\(file.path)")
      }
      if file.path.hasPrefix("tokki-preview/Server/") {
        let call = file.code.firstMatch(
          of: /\bFoundation\w*|\bFileSystem\b|\b(?:fopen|opendir|openat|stat|readlink|realpath)\(/
        )
        #expect(call == nil, "\(file.path): \(call?.0 ?? "")")
      }
    }
  }

  /// The one door to libxml2.
  @Test func onePlaceStartsAParse() throws {
    let calls = try SourceFiles.all().flatMap { file in
      file.code.matches(of: /\btokki_xml_(?:create|feed)\b/).map { _ in file.path }
    }
    #expect(calls == Array(repeating: "Markup/MarkupEvents.swift", count: 2))
    let inC = try SourceFiles.all(["c", "h"]).flatMap { file in
      file.code.matches(of: /\bxml\w*(?:Parse|Read)[A-Z]\w*\s*\(/).map { "\(file.path) \($0.0)" }
    }
    #expect(
      inC == ["CLibxml2/CLibxml2.c xmlParseDocument(", "CLibxml2/CLibxml2.c xmlParseChunk("]
    )
  }

  /// No type of libxml2 leaves the shim.
  @Test func theHeaderOfTheShimNamesNoForeignType() throws {
    for file in try SourceFiles.all(["h"]) where file.path.hasPrefix("CLibxml2/") {
      #expect(file.code.firstMatch(of: /<libxml|\bxml[A-Z]\w*/) == nil, "\(file.path)")
    }
  }

  /// What libxml2 must never be asked for: to load, to replace entities, to know no bounds.
  @Test func parsesAskForNothingDangerous() throws {
    for file in try SourceFiles.all(["c", "h", "swift"]) {
      let option = file.code.firstMatch(
        of: /XML_PARSE_(?:NOENT|DTD\w+|XINCLUDE|HUGE|RECOVER)|xmlXInclude\w*|xmlCleanupParser/
      )
      #expect(option == nil, "\(file.path): \(option?.0 ?? "")")
    }
  }

  /// Pointers stay where memory safety is checked strictly: in six modules, and in one file of the renderer.
  @Test func pointersStayWhereTheyAreChecked() throws {
    for file in try SourceFiles.all()
    where !["Batches", "DataFiles", "Files", "Markup", "Packets", "Tables"].contains(file.module)
      && file.path != "TemplateRuntime/Rendering/ByteWriter.swift"
    {
      let pointer = file.code.firstMatch(
        of: /\b(?:Unsafe\w*|Unmanaged|OpaquePointer|unsafe|withUnsafe\w*)\b/
      )
      #expect(pointer == nil, "\(file.path): \(pointer?.0 ?? "")")
    }
  }

  /// Same input, same bytes: below the packets nothing asks the clock, the locale or chance.
  @Test func nothingAsksForTimePlaceOrChance() throws {
    for file in try SourceFiles.all()
    where !["Batches", "Files", "Packets", "tokki", "tokki-preview"].contains(file.module) {
      let word = file.code.firstMatch(
        of:
          /\b(?:Date|ContinuousClock|SuspendingClock|Locale|TimeZone|ProcessInfo|getenv|random|SystemRandomNumberGenerator|localized\w*)\b\s*[.(]/
      )
      #expect(word == nil, "\(file.path): \(word?.0 ?? "")")
    }
  }
}
