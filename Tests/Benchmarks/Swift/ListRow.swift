@testable import Batches
@testable import Packets
@testable import Rosters
import TemplateCompiler
import TemplateRuntime

/// A list as a batch opens it, and its first row.
struct ListRow {
  private let prepared: PreparedRun
  private let list: PreparedList
  private let row: RosterRow
  private let options: PacketOptions

  init?(_ path: String, common: String, edition: String) {
    var options = PacketOptions()
    options.splits = false
    guard
      let prepared = PreparedRun.prepare(
        data: common,
        edition: edition,
        only: nil,
        outputs: options.outputs
      ).prepared,
      let list = PreparedList.open(
        path,
        common: prepared.common,
        binder: prepared.binder,
        options: options,
        headerRow: nil
      ).list,
      var rows = try? list.roster.rows(), let row = try? rows.next()
    else { return nil }
    self.prepared = prepared
    self.list = list
    self.row = row
    self.options = options
  }

  var edition: CompiledEdition { prepared.edition }

  /// The edition with what all rows share printed already.
  var folded: CompiledEdition {
    prepared.edition.specialized(
      with: prepared.binder.known(
        list.shared.record,
        everything: list.shared.everything,
        given: list.roster.givenFields,
        mode: options.mode
      )
    )
  }

  /// Reads and binds the row; nil if it has errors.
  func read() -> Record? {
    switch list.reader.read(list.roster.record(of: row)).reading {
    case .ready(let ready): ready.record
    case .nothingNew, .rejected: nil
    }
  }

  func builder(of edition: CompiledEdition) -> PacketBuilder {
    PacketBuilder(edition, editionDigest: prepared.editionDigest, options: options)
  }
}
