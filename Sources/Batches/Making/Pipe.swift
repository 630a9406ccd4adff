import CFileSystem
import DataFiles
package import Diagnostics
package import Files
package import Packets
import Records
import Rosters
import TemplateCompiler

/// Makes packets for an engine that hands out records and collects results: a line of JSON for each line of JSON.
///
/// Each line stands alone, so that an engine may split the records as it likes, and run a part twice: but for its number the same
/// line has the same answer, and what is written is named by its content.
package struct Pipe: Sendable {
  /// Where the packets' files go.
  package enum Contents: Sendable {
    /// Into the result.
    case inline
    /// Into a folder, each under its SHA-256.
    case store(String, syncs: Bool)
    /// Nowhere; the result has their digests.
    case none
  }

  package struct Options: Sendable {
    /// The file with what all records share.
    package var data: String
    /// The edition's folder.
    package var edition: String
    package var packet = PacketOptions()
    package var only: [String]?
    package var onlyNew = false
    package var contents = Contents.inline

    package init(data: String, edition: String) {
      self.data = data
      self.edition = edition
    }
  }

  /// In bytes; a longer line is answered as one that cannot be read, whatever is in it.
  package static let longestLine = DataLimits().bytes

  private var lines: ItemRoster
  private let reader: RecordReader
  private let builder: PacketBuilder
  private let contents: Contents

  /// Nil if the edition or the shared data has errors.
  package static func open(
    _ options: Options
  ) -> (pipe: Pipe?, diagnostics: [Diagnostic], quotable: [SourceText]) {
    // As in a batch: each answer takes and frees the same large blocks.
    tokki_keep_memory()
    let (input, diagnostics, quotable) = SharedInput.open(
      data: options.data,
      edition: options.edition,
      only: options.only,
      outputs: options.packet.outputs
    )
    guard let input else { return (nil, diagnostics, quotable) }
    let common = CommonData(input.common, input.edition.binder)
    guard !common.diagnostics.hasErrors else {
      return (nil, diagnostics + common.diagnostics, quotable)
    }
    let shared = input.edition.binder.bindShared(
      common.shared,
      of: input.common.location,
      options.packet,
      onlyNew: options.onlyNew
    ).diagnostics.filter(\.isOfSharedDataAlone)
    guard !shared.hasErrors else { return (nil, diagnostics + shared, quotable) }
    let pipe = Pipe(
      lines: ItemRoster.lines(named: "stdin", common, input.edition.binder),
      reader: RecordReader(
        binder: input.edition.binder,
        mode: options.packet.mode,
        date: options.packet.date,
        onlyNew: options.onlyNew,
        told: Set(shared)
      ),
      builder: PacketBuilder(
        input.edition.compiled,
        editionDigest: input.edition.digest,
        options: options.packet
      ),
      contents: options.contents
    )
    return (pipe, diagnostics + common.diagnostics + shared, quotable)
  }

  /// The answer to a line, ended by a line feed; `number` counts the lines from 1.
  ///
  /// A line that no packet can be made of has an answer, too. An error is the store's.
  package mutating func answer(to line: [UInt8], number: Int) throws(FileSystem.Failure) -> [UInt8]
  {
    let (reading, diagnostics) = reader.read(lines.take(.line(line, number: number)))
    var members: [(name: String, value: JSONValue)] = [("line", .integer(Int64(number)))]
    switch reading {
    case .rejected(let path):
      members += [
        ("outcome", .string("rejected")), ("path", path.map(JSONValue.string) ?? .null),
      ]
    case .nothingNew(let path):
      members += [("outcome", .string("nothing-new")), ("path", .string(path))]
    case .ready(let ready):
      let packet = builder.packet(of: ready.record, dataDigest: ready.dataDigest)
      var files: [JSONValue] = []
      for file in packet.allFiles {
        files.append(try json(of: file, digest: packet.digest(of: file)))
      }
      members += [
        ("outcome", .string("made")), ("path", .string(ready.path)),
        ("root", .string(packet.manifest.root)),
        ("check_number", .string(packet.manifest.checkNumber)), ("files", .array(files)),
      ]
    }
    members.append(("diagnostics", diagnostics.json))
    var answer = JSONValue.object(members).bytes
    answer.append(0x0A)
    return answer
  }

  private func json(of file: Packet.File, digest: String) throws(FileSystem.Failure) -> JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("name", .string(file.name)), ("size", .integer(Int64(file.bytes.count))),
      ("sha256", .string(digest)),
    ]
    switch contents {
    case .inline: members.append(("content", .text(file.bytes)))
    case .store(let folder, let syncs):
      try ContentStore(folder: folder, syncs: syncs).add(file.bytes, digest: digest)
    case .none: break
    }
    return .object(members)
  }
}
