import Batches
import DataFiles
import Files
import Foundation
import Packets
import Records
import TemplateRuntime
import Testing

struct PipeTests {
  /// Each gives fields that those before it do not give, or a text that JSON escapes.
  private static let lines = [
    #"{"vendor.id": "V1", "vendor.name": "見本"}"#,
    #"{"vendor.id": "V1", "vendor.name": "見本", "contract.title": "別の件名"}"#,
    #"{"vendor.id": "V1", "vendor.name": "見\\本 \"A\""}"#,
    #"{"vendor.id": "V1", "vendor": {"workers": [{"name": "従事　一郎"}]}}"#,
    #"{"vendor.id": "V1", "vendor.nam": "見本"}"#,
    #"{"vendor.id": "V1"}"#,
  ]

  private let data = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml")
    .path(percentEncoded: false)

  private func pipe() throws -> Batches.Pipe {
    let edition = EditionSampleTests.folder.path(percentEncoded: false)
    return try #require(Pipe.open(Pipe.Options(data: data, edition: edition)).pipe)
  }

  /// Whatever came before it, a line has the answer that it has alone; and the content of a file is what its digest is of.
  @Test func linesStandAlone() throws {
    let common = "contract: {number: '1', title: 件名}"
    try FileSystem.write(Array(common.utf8), to: data, syncs: false)
    defer { try? FileSystem.remove(data) }
    var all = try pipe()
    for line in Self.lines + Self.lines.reversed() {
      let answer = try all.answer(to: Array(line.utf8), number: 1)
      var alone = try pipe()
      #expect(try answer == alone.answer(to: Array(line.utf8), number: 1), "\(line)")
      let root = try #require(DataFile.read(answer, named: "answer", format: .json).root)
      for file in root["files"]?.items ?? [] where file["name"]?.text != "manifest.json" {
        let content = try #require(file["content"]?.text)
        #expect(Digest(of: Array(content.utf8)).hexadecimal == file["sha256"]?.text, "\(line)")
      }
    }
  }
}
