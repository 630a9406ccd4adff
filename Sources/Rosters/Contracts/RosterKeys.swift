import Diagnostics
import Records
import Tables

/// What distinguishes the records of a batch: the contract's number and the vendor's id.
package struct RosterKey: Hashable, Sendable {
  package let contractNumber: [UInt8]
  package let vendorID: [UInt8]
  /// Whether the contract's number is the shared data's, for the row says none itself.
  package let isOfSharedContract: Bool

  /// Of what a row or an item says itself; the parts that are missing are empty, and so are those that are nothing but －, 0, NULL
  /// or the like.
  ///
  /// An empty number is the common data's. `vendor` is nil where nothing can name a vendor: an id that was forgotten is never the
  /// common data's, for the row would get that vendor's data.
  init(number: [UInt8], vendor: [UInt8]?, _ common: CommonData) {
    isOfSharedContract = number.isEmpty
    contractNumber = (number.isEmpty ? common.contractNumber : number).unlessStandIn
    vendorID = (vendor ?? common.onlyVendor ?? []).unlessStandIn
  }

  /// Keys that would make the same folder, on a disk that ignores case or normalises names, have the same print, and so have
  /// those that differ in full and half width, in the kind of a space or a hyphen or in invisible characters: no office numbers two contracts so.
  package var print: KeyPrint { KeyPrint([contractNumber, vendorID]) }
}

extension [UInt8] {
  /// Without `="…"`, and empty if it is nothing but －, 0, NULL or the like, or is of an example: （例）001.
  fileprivate var unlessStandIn: [UInt8] {
    let bytes = unwrappedIdentifier ?? self
    return FieldType.identifier.standsForNothing(bytes) || bytes.isOfExample ? [] : bytes
  }

  private var isOfExample: Bool {
    guard let first, first >= 0xE0 || [0x28, 0x5B].contains(first) else { return false }
    let text = HeaderText(String(decoding: self, as: UTF8.self)).text
    return ["例", "見本"].contains(text)
      || ["(例)", "例)", "例:", "【例】", "[例]", "記入例", "記載例"].contains(where: text.hasPrefix)
  }
}

/// A short stand-in for a key; equal for equal keys within one run, and else different but for a chance of 2⁻¹²⁸.
package struct KeyPrint: Hashable, Comparable, Sendable {
  private let high: UInt64
  private let low: UInt64

  package init(_ parts: [[UInt8]]) {
    // Strings hash alike if they are canonically equivalent, which byte arrays do not.
    var hashers = (Hasher(), Hasher())
    hashers.0.combine(0)
    hashers.1.combine(1)
    for part in parts {
      var text = String(decoding: part, as: UTF8.self)
      if !text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) {
        text = String(String.UnicodeScalarView(text.unicodeScalars.compactMap(\.keyFolded)))
      }
      let folded = text.uppercased().lowercased()
      hashers.0.combine(folded)
      hashers.1.combine(folded)
    }
    high = UInt64(bitPattern: Int64(hashers.0.finalize()))
    low = UInt64(bitPattern: Int64(hashers.1.finalize()))
  }

  package static func < (a: Self, b: Self) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

extension Unicode.Scalar {
  /// As keys are compared; nil for invisible characters.
  fileprivate var keyFolded: Unicode.Scalar? {
    switch value {
    case 0x0D, 0xFE00...0xFE0F, 0xE0100...0xE01EF: nil
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
    case _: isInvisible ? nil : isLikeHyphen ? "-" : halfWidth
    }
  }
}

/// The rows whose key is on more than one row, found in memory of 24 bytes a row.
package struct RepeatedKeys: Sendable {
  /// Sorted by row.
  private let repeated: [(row: UInt32, other: UInt32)]

  package struct Entry {
    package let print: KeyPrint
    package let row: UInt32

    package init(print: KeyPrint, row: UInt32) {
      self.print = print
      self.row = row
    }
  }

  package init(_ entries: consuming [Entry]) {
    var entries = entries
    entries.sort { ($0.print, $0.row) < ($1.print, $1.row) }
    var repeated: [(row: UInt32, other: UInt32)] = []
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].print == entries[start].print { end += 1 }
      if end - start > 1 {
        for index in start..<end {
          repeated.append((entries[index].row, entries[index == start ? start + 1 : start].row))
        }
      }
      start = end
    }
    self.repeated = repeated.sorted { $0.row < $1.row }
  }

  /// Another row with the same key.
  func other(than row: Int) -> Int? {
    var low = 0
    var high = repeated.count
    while low < high {
      let middle = (low + high) / 2
      if Int(repeated[middle].row) < row { low = middle + 1 } else { high = middle }
    }
    guard low < repeated.count, Int(repeated[low].row) == row else { return nil }
    return Int(repeated[low].other)
  }
}
