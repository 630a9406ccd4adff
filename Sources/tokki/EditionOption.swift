import ArgumentParser
import Packets

/// The edition's folder, or how it is found.
struct EditionOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "版のフォルダー。既定は、データのある版、なければ Templates/kawasaki-1985。 The edition's folder; else the one that the data lies in, else Templates/kawasaki-1985.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var edition: String?

  func validate() throws {
    if edition?.isEmpty == true { throw ValidationError("--edition takes a folder.") }
  }

  /// The folder that was named, else that of the edition which `data` belongs to.
  func folder(near data: String) -> String { edition ?? EditionFinder.find(near: data) }
}
