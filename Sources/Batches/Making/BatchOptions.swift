package import Packets

/// What a batch is asked to do.
package struct BatchOptions: Sendable {
  /// The run folder.
  package var out: String
  package var packet = PacketOptions()
  /// The documents to make; nil for all.
  package var only: [String]?
  /// Print only what is new in the lists of which the dictionary tells when an item is.
  package var onlyNew = false
  /// Packets that are made at the same time.
  package var jobs = 1
  /// Rows with errors after which the run stops; nil for never.
  package var maximumErrors: Int?
  /// Whether packets are safely on the disk before they count as made.
  package var syncs = true
  /// Whether packets of an earlier run are read, not only looked at.
  package var verifiesBytes = false
  /// Whether packets stay that the list does not have; else the run folder is as if nothing had been made in it before.
  package var keepsOthers = true
  /// Check every row, and write nothing.
  package var isDryRun = false

  package init(out: String) { self.out = out }
}
