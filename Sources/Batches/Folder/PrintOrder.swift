/// How the papers of a batch are put together for the printer.
package enum PrintOrder: String, CaseIterable, Sendable {
  /// 委託先別: packet after packet, those of one vendor together.
  case vendor
  /// 書類別: all papers of one kind, then those of the next.
  case document

  /// The name of the file in the batch's folder.
  package var fileName: String { "print-\(rawValue).html" }
}
