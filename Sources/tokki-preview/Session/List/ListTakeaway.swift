import Batches
import Files
import ListReview
import Records
import Rosters

/// What the list that is open gives: itself, with its corrections, and the order for a batch.
extension ListSession {
  /// What a batch is made of.
  struct Order: Sendable {
    let screen: RosterScreen
    /// The edition and the data with which its rows were checked.
    let shared: SharedInput
    /// Which of the lists that were opened it is.
    let list: Int
    let mode: PacketMode
    /// Equal for the same list with the same corrections, the same data and the same edition.
    let key: String
  }

  /// The list with its corrections, to be saved: a file, or a folder as a zip.
  func download() -> Reply {
    guard let screen, let files else { return .noList }
    let place = folder + "/download"
    let name = screen.name
    let target = place + "/" + name
    do {
      try FileSystem.remove(place)
      try FileSystem.makeFolders(place)
      try screen.write(to: target)
    } catch {
      return .notWritten(error)
    }
    guard files.isFolderOfTables else { return .file(at: target, named: name) ?? .noList }
    return .zip(named: name + ".zip") {
      try FolderFiles(target, prefix: name + "/")
    }
  }

  /// What a batch would be made of now.
  var order: Order? {
    guard let screen, let asked, let shared else { return nil }
    return Order(
      screen: screen,
      shared: shared,
      list: id,
      mode: asked.mode,
      key: key(of: asked)
    )
  }

  private func key(of asked: Asked) -> String {
    "\(changes) \(asked.edition) \(asked.headerRow ?? 0) \(Digest(of: asked.common.bytes).hexadecimal)"
  }
}
