import Diagnostics
import Files
package import TemplateCompiler

/// Finds the edition that is meant when none is named.
package enum EditionFinder {
  private static let usual = "Templates/kawasaki-1985"
  private static let commonFolder = "Templates/common"

  /// The edition in whose folder the data lies; else the usual one below this folder or one above it, or beside the program.
  package static func find(near data: String) -> String {
    if let path = FileSystem.canonicalPath(data),
      let folder = above(path, where: { FileSystem.exists($0 + "/edition.xml") })
    {
      return folder
    }
    return find(usual) ?? usual
  }

  /// What is no city's own, below this folder or one above it, or beside the program; nil if it is not there.
  package static var common: String? { find(commonFolder) }

  /// The provisions that annexes have, by the common edition or the one in `folder`; none, if it has no catalogue that can be read.
  package static func catalogue(of folder: String? = nil) -> Catalogue? {
    guard let folder = folder ?? common,
      case .success(let bytes) = FileSystem.read(folder + "/catalogue.xml", atMost: 4 << 20)
    else { return nil }
    let (catalogue, diagnostics) = Catalogue.read(
      SourceText(file: folder + "/catalogue.xml", bytes: bytes)
    )
    return diagnostics.hasErrors ? nil : catalogue
  }

  private static func find(_ edition: String) -> String? {
    for start in [FileSystem.canonicalPath("."), FileSystem.program] {
      if let start,
        let folder = above(start, where: { FileSystem.exists($0 + "/" + edition + "/edition.xml") })
      {
        return folder + "/" + edition
      }
    }
    return nil
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
