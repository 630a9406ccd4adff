package import Packets
package import TemplateCompiler

/// What a batch is asked to do.
package struct BatchOptions: Sendable {
  /// The batch folder.
  package var out: String
  package var packet = PacketOptions()
  /// The occasion, and the documents to make.
  package var selection = Selection.usual
  /// Print only what is new in the lists with `new-if`.
  package var onlyNew = false
  /// Packets that are made at the same time.
  package var jobs = 1
  /// Rows with errors after which the batch stops; nil for never.
  package var maximumErrors: Int?
  /// Whether packets are safely on the disk before they count as made.
  package var syncs = true
  /// Whether packets of an earlier batch are read, not only looked at.
  package var verifiesBytes = false
  /// Whether packets stay that the list does not have; else the batch folder is as if nothing had been made in it before.
  package var keepsOthers = true
  /// Check every row, and write nothing.
  package var isDryRun = false

  package init(out: String) { self.out = out }
}
