import CFileSystem
import DataFiles
package import Diagnostics
package import Files
package import Packets
import Records
import Rosters
package import TemplateCompiler
import TemplateRuntime

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
    package var selection = Selection.usual
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
  private let edition: Edition
  /// The data that all records share, bound.
  private let shared: Binding
  private let packet: PacketOptions
  private let contents: Contents
  private var builders: Builders

  /// What makes packets of records that give no more than some fields: the rest of what they share is printed already.
  private struct Builders: Sendable {
    let given: Set<Field.ID>
    let packets: PacketBuilder
    /// Of papers as they stand in an answer.
    let escaped: PacketBuilder

    init(_ edition: Edition, _ shared: Binding, _ options: PacketOptions, given: Set<Field.ID>) {
      self.given = given
      let compiled = edition.folded(shared, given: given, mode: options.mode)
      packets = PacketBuilder(compiled, editionDigest: edition.digest, options: options)
      escaped = PacketBuilder(compiled.inJSON, editionDigest: edition.digest, options: options)
    }
  }

  /// Nil if the edition or the shared data has errors.
  package static func open(
    _ options: Options
  ) -> (pipe: Pipe?, diagnostics: [Diagnostic], quotable: [SourceText]) {
    // As in a batch: each answer takes and frees the same large blocks.
    tokki_keep_memory()
    let (input, diagnostics, quotable) = SharedInput.open(
      data: options.data,
      edition: options.edition,
      options.selection,
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
    )
    let remarks = shared.diagnostics.filter(\.isOfSharedDataAlone)
    guard !remarks.hasErrors else { return (nil, diagnostics + remarks, quotable) }
    let lines = ItemRoster.lines(named: "stdin", common, input.edition.binder)
    let pipe = Pipe(
      lines: lines,
      reader: RecordReader(
        binder: input.edition.binder,
        mode: options.packet.mode,
        date: options.packet.date,
        onlyNew: options.onlyNew,
        occasion: input.edition.compiled.specialOccasion,
        reported: Set(remarks)
      ),
      edition: input.edition,
      shared: shared,
      packet: options.packet,
      contents: options.contents,
      builders: Builders(input.edition, shared, options.packet, given: lines.givenFields)
    )
    return (pipe, diagnostics + common.diagnostics + remarks, quotable)
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
      // Each field that a line is the first to give; so at most as often as there are fields.
      if lines.givenFields.count > builders.given.count {
        builders = Builders(edition, shared, self.packet, given: lines.givenFields)
      }
      let packet = builders.packets.packet(of: ready.record, dataDigest: ready.dataDigest)
      let files = try files(of: packet, ready)
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

  private func files(of packet: Packet, _ ready: RecordReader.Ready) throws(FileSystem.Failure)
    -> [JSONValue]
  {
    var escaped: [Packet.File] = []
    if case .inline = contents, ready.record.isPlainInJSON {
      escaped = builders.escaped.files(of: ready.record, dataDigest: ready.dataDigest)
    }
    var files: [JSONValue] = []
    for file in packet.allFiles {
      let digest = packet.digest(of: file)
      var members: [(name: String, value: JSONValue)] = [
        ("name", .string(file.name)), ("size", .integer(Int64(file.bytes.count))),
        ("sha256", .string(digest)),
      ]
      switch contents {
      case .inline:
        let known = escaped.first { $0.name == file.name }
        members.append(("content", known.map { .escaped($0.bytes) } ?? .text(file.bytes)))
      case .store(let folder, let syncs):
        try ContentStore(folder: folder, syncs: syncs).add(file.bytes, digest: digest)
      case .none: break
      }
      files.append(.object(members))
    }
    return files
  }
}

extension Edition {
  /// The compiled edition with what records share printed into it, but for the fields that some of them give.
  func folded(_ shared: Binding, given: Set<Field.ID>, mode: PacketMode) -> CompiledEdition {
    compiled.specialized(
      with: binder.known(shared.record, everything: shared.everything, given: given, mode: mode)
    )
  }
}
