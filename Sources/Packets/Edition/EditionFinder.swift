import Files

/// Finds the edition that is meant when none is named.
package enum EditionFinder {
  private static let usual = "Templates/kawasaki-1985"

  /// The edition in whose folder the data lies; else the usual one below this folder or one above it, or beside the program.
  package static func find(near data: String) -> String {
    if let path = FileSystem.canonicalPath(data),
      let folder = above(path, where: { FileSystem.exists($0 + "/edition.xml") })
    {
      return folder
    }
    for start in [FileSystem.canonicalPath("."), FileSystem.program] {
      if let start,
        let folder = above(start, where: { FileSystem.exists($0 + "/" + usual + "/edition.xml") })
      {
        return folder + "/" + usual
      }
    }
    return usual
  }

  private static func above(_ path: String, where isFound: (String) -> Bool) -> String? {
    var folder = Substring(path)
    while true {
      if isFound(String(folder)) { return String(folder) }
      guard let slash = folder.lastIndex(of: "/") else { return nil }
      folder = folder[..<slash]
    }
  }
}
