import Diagnostics

/// A record in the making, with the places that its values came from.
struct BoundRecord {
  let record: Record
  /// Where the value of each slot stands, or the key that was left empty.
  let places: [SourceLocation?]
  /// Where the records stand that were flattened into a frame, and the items of lists, by the first slot of the frame.
  let recordPlaces: [PlacedRecord: SourceLocation]
  let itemPlaces: [Int: SourceLocation]
  /// Slots and records whose values could not be read.
  let unreadSlots: Set<Int>
  let unreadRecords: Set<PlacedRecord>
  let root: SourceLocation
  /// Whether the data as a whole was no record.
  let isUnread: Bool
  let diagnostics: [Diagnostic]

  struct PlacedRecord: Hashable {
    let frame: Int
    let field: Field.ID
  }
}
