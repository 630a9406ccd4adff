import DataFiles
package import Files
import Glibc
package import Records

/// Saves a contract's data in the file that it was opened from.
package enum DataFileSaver {
  package struct Saved: Equatable, Sendable {
    package let outcome: Outcome
    /// The file that holds the data now: the one that was opened, or the new one beside it.
    package let path: String
    /// Of its bytes; nil if it is gone.
    package let version: Digest?
  }

  package enum Outcome: String, Sendable {
    /// The file was changed, or made where there was none.
    case saved
    /// The file cannot be edited and is as it was; a new file beside it holds the data.
    case beside
    /// The file said all of it already.
    case unchanged
    /// Someone else has changed, made or removed the file meanwhile; nothing was written.
    case conflict
  }

  /// Saves `tree` at `path`, whose bytes had `version` when they were read; nil: there was no file.
  ///
  /// `title` names the edition in a file that is new.
  package static func save(
    _ tree: DataTree,
    at path: String,
    version: Digest?,
    title: String,
    _ binder: Binder
  ) -> Result<Saved, FileSystem.Failure> {
    let format = DataFile.Format(path: path)
    do throws(FileSystem.Failure) {
      let bytes: [UInt8]
      switch FileSystem.read(path, atMost: DataLimits().bytes) {
      case .success(let read): bytes = read
      case .failure(.notFound) where !FileSystem.exists(path):
        guard version == nil else { return .success(conflict(at: path)) }
        return .success(try make(path, try written(tree, format ?? .yaml, title, binder)))
      case .failure(let failure): throw failure
      }
      let current = Digest(of: bytes)
      switch DataFileEditor.edit(bytes, format: format, to: tree, binder) {
      // It may have been a save of ours that only the disk did not confirm.
      case .unchanged: return .success(Saved(outcome: .unchanged, path: path, version: current))
      case _ where current != version:
        return .success(Saved(outcome: .conflict, path: path, version: current))
      case .edited(let edited):
        return .success(try replace(path, bytes, with: edited))
      case .notEditable:
        let format = format ?? DataFile.Format(content: bytes)
        return .success(try beside(path, try written(tree, format, title, binder)))
      }
    } catch {
      return .failure(error)
    }
  }

  private static func replace(
    _ path: String,
    _ bytes: [UInt8],
    with edited: [UInt8]
  ) throws(FileSystem.Failure) -> Saved {
    do throws(FileSystem.Failure) {
      try FileSystem.replace(path, holding: bytes, with: edited)
      return Saved(outcome: .saved, path: path, version: Digest(of: edited))
    } catch {
      guard case .changed = error else { throw error }
      return conflict(at: path)
    }
  }

  /// Of a file as it is now.
  private static func conflict(at path: String) -> Saved {
    let now = try? FileSystem.read(path, atMost: DataLimits().bytes).get()
    return Saved(outcome: .conflict, path: path, version: now.map { Digest(of: $0) })
  }

  private static func make(_ path: String, _ bytes: [UInt8]) throws(FileSystem.Failure) -> Saved {
    guard try FileSystem.create(path, with: bytes, like: nil) else {
      return conflict(at: path)
    }
    return Saved(outcome: .saved, path: path, version: Digest(of: bytes))
  }

  /// `contract-2.yaml` beside `contract.yaml`, or the first number that is free or holds the very same.
  private static func beside(_ path: String, _ new: [UInt8]) throws(FileSystem.Failure) -> Saved {
    for number in 2...Self.mostNumbers {
      let other = Self.numbered(path, number)
      let isSame = FileSystem.isFile(other) && FileSystem.holds(new, in: other)
      let isMade = isSame ? false : try FileSystem.create(other, with: new, like: path)
      if isSame || isMade {
        return Saved(outcome: .beside, path: other, version: Digest(of: new))
      }
    }
    throw .system(errno: EEXIST, path: path)
  }

  private static let mostNumbers = 999

  static func numbered(_ path: String, _ number: Int) -> String {
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let name = path[start...]
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else {
      return "\(path)-\(number)"
    }
    return "\(path[..<dot])-\(number)\(path[dot...])"
  }

  private static func written(
    _ tree: DataTree,
    _ format: DataFile.Format,
    _ title: String,
    _ binder: Binder
  ) throws(FileSystem.Failure) -> [UInt8] {
    let bytes = DataFileWriter.bytes(tree, format: format, title: title, binder)
    let limit = DataLimits().bytes
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    return bytes
  }
}
