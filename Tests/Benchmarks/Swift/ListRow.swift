@testable import Batches
@testable import Packets
import Records
@testable import Rosters
import TemplateCompiler

/// A list as a batch opens it, and its first row.
struct ListRow {
  private let input: SharedInput
  private let list: PreparedList
  private let row: RosterRow
  private let options: PacketOptions

  init?(_ path: String, common: String, edition: String) {
    var options = PacketOptions()
    options.splits = false
    guard
      let input = SharedInput.open(
        data: common,
        edition: edition,
        .usual,
        outputs: options.outputs
      ).input,
      let list = PreparedList.open(
        ListSource(path),
        common: input.common,
        binder: input.edition.binder,
        options: options,
        occasion: nil
      ).list,
      var rows = try? list.roster.rows(), let row = try? rows.next()
    else { return nil }
    self.input = input
    self.list = list
    self.row = row
    self.options = options
  }

  var edition: CompiledEdition { input.edition.compiled }

  /// The edition with what all rows share printed already.
  var folded: CompiledEdition {
    input.edition.folded(list.shared, given: list.roster.givenFields, mode: options.mode)
  }

  /// Reads and binds the row; nil if it has errors.
  func read() -> Record? {
    switch list.reader.read(list.roster.record(of: row)).reading {
    case .ready(let ready): ready.record
    case .nothingNew, .rejected: nil
    }
  }

  func builder(of edition: CompiledEdition) -> PacketBuilder {
    PacketBuilder(edition, editionDigest: input.edition.digest, options: options)
  }
}
