import Diagnostics
package import Files
import Tables

/// A copy of a list as it lies on the disk, so that it stays as it is while someone works with it.
package enum ListSnapshot {
  /// Copies a file, or of a folder the tables in it, into a folder where nothing of that name is; answers with the copy's path.
  package static func copy(_ path: String, into folder: String) throws(FileSystem.Failure) -> String
  {
    let name = path.split(separator: "/").last.map { String($0) } ?? ""
    let target = folder + "/" + (name.allSatisfy { $0 == "." } ? "一覧" : name)
    guard FileSystem.isFolder(FileSystem.canonicalPath(path) ?? path) else {
      try copyFile(path, to: target)
      return target
    }
    try FileSystem.makeFolders(target)
    for name in try FileSystem.names(in: path) ?? []
    where (try? ListFileName(name))?.isTable ?? false {
      try copyFile(path + "/" + name, to: target + "/" + name)
    }
    return target
  }

  private static func copyFile(_ path: String, to target: String) throws(FileSystem.Failure) {
    let source = try InputFile(path)
    let copy = try OutputFile(target)
    try source.copy(to: copy)
    try copy.finish()
    if !source.isUnchanged { throw .changed(path: path) }
  }
}
