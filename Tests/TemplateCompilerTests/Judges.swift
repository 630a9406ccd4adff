import Foundation
import Testing

/// Programs of others that know RELAX NG.
///
/// A judge that is not installed fails the test.
enum Judge: String, CaseIterable {
  /// libxml2, with template.rng.
  case xmllint
  /// James Clark's own, with template.rnc.
  case jing

  /// The schema of DocBook 5.0, as Debian installs it.
  static let docBook = "/usr/share/xml/docbook/schema/rng/5.0/docbook.rng"

  /// The grammar of the template language, in the syntax that the judge reads.
  private var templateGrammar: String {
    let name =
      switch self {
      case .xmllint: "template.rng"
      case .jing: "template.rnc"
      }
    return Repository.root.appending(path: "Templates/schema/\(name)").path(percentEncoded: false)
  }

  /// The verdicts on files: the numbers of those that are valid.
  func valid(
    _ files: [(name: String, text: String)],
    schema: String? = nil
  ) throws -> Set<Int> {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "tokki-\(rawValue)-\(UUID().uuidString)"
    )
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (index, file) in files.enumerated() {
      try Data(file.text.utf8).write(to: folder.appending(path: "\(index).xml"))
    }
    let report = try run(
      in: folder,
      schema ?? templateGrammar,
      files.indices.map { "\($0).xml" }
    )
    switch self {
    case .xmllint:
      return Set(
        report.matches(of: /(?m)^([0-9]+)\.xml validates$/).compactMap { Int($0.1) }
      )
    case .jing:
      let invalid = report.matches(of: /(?m)\/([0-9]+)\.xml:[0-9]+:[0-9]+: (?:fatal|error)/)
      return Set(files.indices).subtracting(invalid.compactMap { Int($0.1) })
    }
  }

  private func run(in folder: URL, _ schema: String, _ names: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      switch self {
      case .xmllint: [rawValue, "--noout", "--relaxng", schema] + names
      case .jing: [rawValue, "-c", schema] + names
      }
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let report = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(),
      as: UTF8.self
    )
    process.waitUntilExit()
    try #require(
      process.terminationStatus != 127,
      "\(rawValue) is not installed; make test installs it"
    )
    return report
  }
}
