import DataFiles
import Diagnostics
import Packets
import Records
import TemplateCompiler
import TemplateRuntime

/// A record that engines are compared on, and the edition that prints it.
struct RenderingCase {
  let edition: CompiledEdition
  let folded: CompiledEdition
  let record: Record
  let checkNumber: CheckNumber

  /// Of a list whose columns are plain values, its first row.
  static func row(_ row: ListRow) -> RenderingCase? {
    guard let record = row.read() else { return nil }
    return RenderingCase(
      edition: row.edition,
      folded: row.folded,
      record: record,
      checkNumber: row.builder(of: row.edition).checkNumber(of: record)
    )
  }

  /// A whole contract, each list of its vendor `times` as long, folded as for a list with columns for all that its vendor has.
  static func contract(_ path: String, edition folder: String, times: Int) -> RenderingCase? {
    guard let opened = Edition.open(folder).edition, let root = DataFile.read(path).root else {
      return nil
    }
    let edition = opened.compiled
    var options = PacketOptions()
    options.mode = .final
    let data = root.repeatingItems(times, under: "vendor")
    let record = edition.binder.bind(data, mode: options.mode, date: nil).record
    let given = record.fields(under: "vendor", edition.dictionary)
    let builder = PacketBuilder(edition, editionDigest: opened.digest, options: options)
    return RenderingCase(
      edition: edition,
      folded: edition.specialized(
        with: edition.binder.known(record, everything: record, given: given, mode: options.mode)
      ),
      record: record,
      checkNumber: builder.checkNumber(of: record)
    )
  }

  /// Nil if there is none of that name: a format, or a document that stays in the office.
  func program(_ name: String, isFolded: Bool) -> Program? {
    let edition = isFolded ? folded : edition
    return switch name {
    case "html": edition.html
    case "docbook": edition.docbook
    case _:
      edition.splitHTML.sections.first { $0.document == name && $0.isOfficeOnly }
        .map(edition.splitHTML.program)
    }
  }

  /// By their names.
  var programs: [String] {
    ["html", "docbook"] + edition.splitHTML.sections.filter(\.isOfficeOnly).map(\.document)
  }

  func render(_ program: Program) -> [UInt8] {
    Renderer.render(program, with: record, checkNumber: checkNumber)
  }
}

extension RawNode {
  /// Each list of records under `name` has its items `times` over.
  fileprivate func repeatingItems(_ times: Int, under name: String) -> RawNode {
    guard case .mapping(let entries) = content else { return self }
    return RawNode(
      .mapping(
        entries.map {
          Entry(
            key: $0.key,
            keyLocation: $0.keyLocation,
            value: $0.key == name ? $0.value.repeatingItems(times) : $0.value
          )
        }
      ),
      at: location
    )
  }

  private func repeatingItems(_ times: Int) -> RawNode {
    switch content {
    case .absent, .scalar: return self
    case .sequence(let items):
      return RawNode(.sequence((0..<times).flatMap { _ in items }), at: location)
    case .mapping(let entries):
      let longer = entries.map {
        Entry(key: $0.key, keyLocation: $0.keyLocation, value: $0.value.repeatingItems(times))
      }
      return RawNode(.mapping(longer), at: location)
    }
  }
}

extension Record {
  /// The fields under a record of which it has a value, in itself or in an item of a list.
  fileprivate func fields(under root: String, _ dictionary: FieldDictionary) -> Set<Field.ID> {
    let root = dictionary.child(root, of: nil)
    var found: Set<Field.ID> = []
    for (frame, items) in zip(dictionary.frames, items(dictionary)) {
      for item in items {
        let first = item.registers.frames[frame.depth]
        for (slot, id) in frame.fields.enumerated() where dictionary.root(of: id) == root {
          if slots[first + slot].kind != .absent { found.insert(id) }
        }
      }
    }
    return found
  }
}
