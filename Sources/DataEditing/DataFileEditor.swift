package import DataFiles
package import Records

/// Writes changed data back into the file it came from, and leaves all else as it is.
///
/// Values change where they stand, new keys follow those of their record, items of lists move with their comments. Comments, empty
/// lines, the spelling and order of keys, quotes, line ends, a byte order mark and what is no field stay.
package enum DataFileEditor {
  package enum Result: Equatable, Sendable {
    /// The file says what it shall already.
    case unchanged
    case edited([UInt8])
    /// The file cannot be edited without a risk to what else is in it.
    case notEditable
  }

  /// The bytes of `file` that say what `wanted` says.
  ///
  /// They have been read again: each value is as wanted, byte by byte, and nothing that is no field is lost or changed, but for what
  /// stood in items that were taken out.
  package static func edit(
    _ file: [UInt8],
    format: DataFile.Format?,
    to wanted: DataTree,
    _ binder: Binder
  ) -> Result {
    do throws(NotEditable) {
      let source = try DataSource(file, format: format)
      var plan = EditPlan(source, binder)
      try plan.make(wanted)
      if plan.edits.isEmpty { return .unchanged }
      let edited = try plan.edits.applied(toFile: file)
      // A block of text at the very end may lack its line end.
      let candidates = [edited, edited + file.lineEnd]
      let right = candidates.first { says($0, plan, wanted, source.format, binder) }
      return right.map { .edited($0) } ?? .notEditable
    } catch {
      let data = DataFile.read(file, named: "", format: format)
      let isRight = data.root.map { DataTree($0, binder).saysTheSame(as: wanted) } ?? false
      return isRight ? .unchanged : .notEditable
    }
  }

  /// Whether a file, read again, says what is wanted, and all else that the plan has seen in the file before.
  private static func says(
    _ file: [UInt8],
    _ plan: EditPlan,
    _ wanted: DataTree,
    _ format: DataFile.Format,
    _ binder: Binder
  ) -> Bool {
    guard let source = try? DataSource(file, format: format),
      DataTree(source.root, binder).saysTheSame(as: wanted)
    else { return false }
    var check = EditPlan(source, binder)
    guard (try? check.make(wanted)) != nil else { return false }
    return check.edits.isEmpty && check.foreign == plan.foreign
  }
}

extension [TextEdit] {
  /// The edits' places count each line end as one byte, and no byte order mark; the file keeps its own.
  func applied(toFile file: [UInt8]) throws(NotEditable) -> [UInt8] {
    let lineEnd = file.lineEnd
    /// Where in the file each byte of the text stands, and its end.
    var places: [Int] = []
    var offset = file.byteOrderMarkLength
    while offset < file.count {
      places.append(offset)
      offset += file[offset] == 0x0D && file[offset...].dropFirst().first == 0x0A ? 2 : 1
    }
    places.append(file.count)
    let edits = map { edit in
      TextEdit(
        range: places[edit.range.lowerBound]..<places[edit.range.upperBound],
        text: [UInt8](edit.text.lines.joined(separator: lineEnd))
      )
    }
    return try edits.applied(to: file, in: 0..<file.count)
  }
}

extension [UInt8] {
  /// The line end that most lines have.
  fileprivate var lineEnd: [UInt8] {
    let pairs = zip(self, dropFirst()).count { $0 == 0x0D && $1 == 0x0A }
    let feeds = count { $0 == 0x0A } - pairs
    let returns = count { $0 == 0x0D } - pairs
    if pairs > feeds, pairs >= returns { return [0x0D, 0x0A] }
    return returns > feeds ? [0x0D] : [0x0A]
  }
}
