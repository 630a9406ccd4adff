import Foundation
import Testing

/// The project's pages are true of its tree: what they name is there, and nothing is left out.
struct DocumentTests {
  private static let pages = [
    "README.md", "THIRD-PARTY.md", "Sources/README.md", "Templates/README.md",
    "Templates/README.en.md", "Tests/README.md", "Tests/Benchmarks/README.md",
  ]

  @Test(arguments: pages)
  func whatAPageNamesIsThere(_ page: String) throws {
    let text = try SourceFiles.text(page)
    let folder = SourceFiles.root.appending(path: page).deletingLastPathComponent()
    for match in text.matches(of: /(?:\]\(|src=")([^)"#:]+)(?:#[^)]*)?[)"]/) {
      #expect(exists(folder.appending(path: String(match.1))), "\(match.0)")
    }
    for match in text.matches(of: /`((?:Sources|Templates|Tests)\/[\w.\/+-]+)`/) {
      #expect(exists(SourceFiles.root.appending(path: String(match.1))), "\(match.0)")
    }
    let headings = text.matches(of: /(?m)^#+ (.+)$/).map { heading in
      heading.1.lowercased().replacing(" ", with: "-")
        .filter { $0.isLetter || $0.isNumber || $0 == "-" }
    }
    for match in text.matches(of: /\]\(#([^)]+)\)/) {
      #expect(headings.contains(String(match.1)), "#\(match.1)")
    }
    let targets = try Set(
      SourceFiles.text("Makefile").matches(of: /(?m)^([a-z][a-z -]*):/)
        .flatMap { $0.1.split(separator: " ") }
    )
    for match in text.matches(of: /(?m)(?:`|^)(?:[A-Z_]+=\S+ )?make ([a-z-]+)/) {
      #expect(targets.contains(match.1), "\(match.0)")
    }
  }

  /// What the quick start asks a clerk to look for is on the page.
  @Test func theQuickStartSaysWhatThePageSays() throws {
    let readme = try SourceFiles.text("README.md")
    let parts = readme.components(separatedBy: "\n### 書類を作成する\n")
    let start = try #require(parts.last).components(separatedBy: "\n### ")[0]
    let labels = start.matches(of: /「([^」]+)」/).map { String($0.1) }
    #expect(parts.count == 2 && labels.count > 2)
    let page = try SourceFiles.all(["html", "js"])
      .filter { $0.path.hasPrefix("tokki-preview/Page/") }
    for label in labels { #expect(page.contains { $0.code.contains(label) }, "\(label)") }
  }

  /// Sources/README.md names each folder of Sources, and nothing that is not there.
  @Test func everyFolderOfSourcesIsNamed() throws {
    let readme = try SourceFiles.text("Sources/README.md")
    for folder in try folders("Sources") { #expect(readme.contains("`\(folder)`"), "\(folder)") }
    let paths = readme.matches(of: /`(\w[\w-]*\/[\w.\/-]+)`/).map { String($0.1) }
    #expect(paths.count > 50)
    for path in paths {
      let isThere = [SourceFiles.folder, SourceFiles.root].contains {
        exists($0.appending(path: path))
      }
      #expect(isThere, "\(path)")
    }
  }

  /// The functions of the corridors in Sources/README.md are in the files that it says.
  @Test func everyStepIsInItsFile() throws {
    let steps = try SourceFiles.text("Sources/README.md")
      .matches(of: /(?m)^\| [^|]+ \| `([\w.\/-]+)` \| `(\w+)\.(\w+)` \|/)
    #expect(steps.count > 30)
    for step in steps {
      let code = try SourceFiles.text("Sources/\(step.1)")
      let declaration = step.3 == "init" ? "init(" : "func \(step.3)("
      #expect(code.contains(declaration) && code.contains(step.2), "\(step.0)")
    }
  }

  @Test func everyFolderOfTestsIsNamed() throws {
    let readme = try SourceFiles.text("Tests/README.md")
    for folder in try folders("Tests") {
      #expect(readme.contains("`\(folder)`"), "Tests/\(folder)")
    }
    for folder in try folders("Tests/Cases") {
      #expect(readme.contains("`Cases/\(folder)`"), "Tests/Cases/\(folder)")
    }
  }

  /// THIRD-PARTY.md has each package and system library of Package.swift, and whatever else SwiftPM has fetched.
  @Test func everyDependencyHasItsLicence() throws {
    let package = try SourceFiles.text("Package.swift")
    let linked = try components(of: "Linked into the programs")
    let packages = package.matches(of: /\.package\(url: "[^"]*\/([\w-]+?)(?:\.git)?"/)
    #expect(packages.count > 5)
    for match in packages { #expect(linked.contains(String(match.1)), "\(match.1)") }

    let shared = try section("Shared libraries of the system")
    let libraries = package.matches(of: /\.apt\(\["([^"]*)"\]\)/)
    #expect(libraries.count == package.matches(of: /\.systemLibrary\(/).count)
    for match in libraries { #expect(shared.contains("| \(match.1) |"), "\(match.1)") }

    if let fetched = try? folders(".build/checkouts") {
      #expect(try Set(fetched) == linked.union(components(of: "Fetched, not linked")))
    }
  }

  /// The packages in the table of a section of THIRD-PARTY.md.
  private func components(of heading: String) throws -> Set<String> {
    Set(try section(heading).matches(of: /(?m)^\| \[([\w-]+)\]\(/).map { String($0.1) })
  }

  /// The text below a heading of THIRD-PARTY.md.
  private func section(_ heading: String) throws -> String {
    let parts = try SourceFiles.text("THIRD-PARTY.md").components(separatedBy: "\n## \(heading)\n")
    let below = try #require(parts.count == 2 ? parts.last : nil, "\(heading)")
    return below.components(separatedBy: "\n## ")[0]
  }

  private func exists(_ place: URL) -> Bool {
    FileManager.default.fileExists(atPath: place.path(percentEncoded: false))
  }

  /// The folders directly in a folder, by name, without what tools leave there.
  private func folders(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      at: SourceFiles.root.appending(path: path),
      includingPropertiesForKeys: [.isDirectoryKey]
    )
    .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
    .map(\.lastPathComponent)
    .filter { !$0.hasPrefix(".") && $0 != "__pycache__" }.sorted()
  }
}
