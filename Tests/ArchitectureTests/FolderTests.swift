import Testing

/// Within a module data goes one way: no folder uses a type of one that uses its own.
struct FolderTests {
  /// By names: a type that a file declares, and a file of another folder names.
  @Test func noModuleHasACircleOfFolders() throws {
    let modules = Dictionary(grouping: try SourceFiles.all(), by: \.module)
    #expect(modules.count > 10)
    for (module, files) in modules {
      let graph = uses(among: files)
      #expect(Graph.circle(in: graph) == [], "\(module)")
    }
  }

  /// The folders of a module with those whose types they name; what lies beside the folders counts as one.
  private func uses(among files: [SourceFiles.File]) -> [String: Set<String>] {
    var owners: [Substring: Set<String>] = [:]
    for file in files {
      // What is declared within another type is named with it.
      for line in file.code.split(separator: "\n") where line.first != " " {
        let words = words(of: line)
        for (keyword, name) in zip(words, words.dropFirst()) where Self.keywords.contains(keyword) {
          owners[name, default: []].insert(folder(of: file))
        }
      }
    }
    // A name that several folders have says nothing of either.
    let owner = owners.filter { $0.value.count == 1 }.compactMapValues(\.first)
    var uses: [String: Set<String>] = [:]
    for file in files {
      let folder = folder(of: file)
      let others = words(of: file.code[...]).compactMap { owner[$0] }.filter { $0 != folder }
      uses[folder, default: []].formUnion(others)
    }
    return uses
  }

  private static let keywords: Set<Substring> = ["struct", "enum", "class", "protocol", "actor"]

  /// The first folder within the module; empty for a file beside the folders.
  private func folder(of file: SourceFiles.File) -> String {
    let parts = file.path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  /// The identifiers and keywords of the code, in order.
  private func words(of code: Substring) -> [Substring] {
    code.utf8.split { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        false
      case _: true
      }
    }.compactMap { Substring($0) }
  }
}

enum Graph {
  /// What is left when all that leads to nothing that is left is taken away: the circles, and what leads to them.
  static func circle(in graph: [String: Set<String>]) -> [String] {
    var rest = graph
    while let end = rest.first(where: { $0.value.isDisjoint(with: rest.keys) })?.key {
      rest[end] = nil
    }
    return rest.keys.sorted()
  }
}
