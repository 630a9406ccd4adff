package import Diagnostics
import Files
import Glibc
import Markup
package import TemplateCompiler

/// Reads an edition's folder, and those of the editions that it extends.
package enum EditionReader {
  /// How many editions may extend one another.
  private static let deepest = 8

  /// Nil if a folder is no edition; the diagnostics say why.
  package static func read(_ folder: String) -> (source: EditionSource?, diagnostics: [Diagnostic])
  {
    var layers: [EditionSource.Layer] = []
    var diagnostics: [Diagnostic] = []
    var next: String? = folder
    var prefix = ""
    /// The `extends` that led here.
    var origin: SourceLocation?
    var visited: [String] = []
    while let folder = next {
      let canonical = FileSystem.canonicalPath(folder) ?? folder
      if let origin, visited.contains(canonical) || layers.count >= deepest {
        return (nil, diagnostics + [.circularExtends(deepest, at: origin)])
      }
      if let origin, !FileSystem.exists(folder + "/edition.xml") {
        return (nil, diagnostics + [.nothingToExtend(at: origin)])
      }
      visited.append(canonical)
      var files = Files(folder: folder, prefix: prefix)
      guard let edition = files.required("edition.xml") else {
        return (nil, diagnostics + files.diagnostics)
      }
      let layer = EditionSource.Layer(
        edition: edition,
        dictionaries: [files.optional("dictionary.xml")].compactMap(\.self)
          + files.all(in: "dictionary"),
        annex: files.optional("annex.xml"),
        annexes: files.all(in: "annexes"),
        fragments: files.optional("fragments.xml"),
        forms: files.all(in: "forms"),
        style: files.optional("style.css"),
        catalogue: files.optional("catalogue.xml")
      )
      layers.append(layer)
      diagnostics += files.diagnostics
      origin = layer.extends?.location
      let base = layer.extends?.value
      next = base.map { $0.hasPrefix("/") ? $0 : folder + "/" + $0 }
      prefix = base.map { $0.hasPrefix("/") ? $0 + "/" : joined(prefix, $0) } ?? ""
    }
    if diagnostics.hasErrors { return (nil, diagnostics) }
    return (EditionSource(layers: layers, baseStyle: BuiltIn.style), diagnostics)
  }

  /// A folder as it is named from the edition: ../common, and not ../kawasaki-1985/../common.
  private static func joined(_ prefix: String, _ folder: String) -> String {
    var names: [Substring] = []
    for name in (prefix + folder).split(separator: "/") where name != "." {
      if name == "..", let last = names.last, last != ".." {
        names.removeLast()
      } else {
        names.append(name)
      }
    }
    return (prefix.hasPrefix("/") ? "/" : "") + names.map { $0 + "/" }.joined()
  }
}

private struct Files {
  let folder: String
  /// How the files are named in reports: relative to the edition.
  let prefix: String
  var diagnostics: [Diagnostic] = []

  private static let largest = 4 << 20

  mutating func required(_ name: String) -> SourceText? { text(name, isRequired: true) }

  mutating func optional(_ name: String) -> SourceText? { text(name, isRequired: false) }

  /// The templates in a folder of the edition; a folder that cannot be read is not one that is missing.
  mutating func all(in name: String) -> [SourceText] {
    let path = folder + "/" + name
    do throws(FileSystem.Failure) {
      switch try FileSystem.kind(of: path) {
      case nil: return []
      case .link: throw .link(path: path)
      case .file, .other: throw .system(errno: ENOTDIR, path: path)
      case .folder:
        return (try FileSystem.names(in: path) ?? [])
          .filter { $0.hasSuffix(".xml") && !$0.hasPrefix(".") }
          .compactMap { required(name + "/" + $0) }
      }
    } catch {
      diagnostics.append(error.diagnostic(at: SourceLocation(file: prefix + name)))
      return []
    }
  }

  private mutating func text(_ name: String, isRequired: Bool) -> SourceText? {
    let path = folder + "/" + name
    switch FileSystem.read(path, atMost: Self.largest, followsLinks: false) {
    case .success(let bytes): return SourceText(file: prefix + name, bytes: bytes)
    case .failure(.notFound) where !isRequired: return nil
    case .failure(let failure):
      diagnostics.append(failure.diagnostic(at: SourceLocation(file: prefix + name)))
      return nil
    }
  }
}

extension Diagnostic {
  fileprivate static func circularExtends(_ deepest: Int, at location: SourceLocation) -> Self {
    Diagnostic(
      .circularExtends,
      at: location,
      ja: "版の継承（extends）が循環しているか、\(deepest)段より深くなっています。",
      en: "The editions extend one another in a circle, or more than \(deepest) deep.",
      hint: Message(
        ja: "extends には、この版のもとになった古い版のフォルダーを書きます。",
        en: "Let extends name the folder of the older edition that this one grew from."
      )
    )
  }

  fileprivate static func nothingToExtend(at location: SourceLocation) -> Self {
    Diagnostic(
      .fileUnreadable,
      at: location,
      ja: "継承する版（extends）のフォルダーに edition.xml がありません。",
      en: "The folder that extends names has no edition.xml.",
      hint: Message(
        ja: "フォルダーは、この版のフォルダーから見て書きます。例：../kawasaki-1985",
        en: "Write the folder as seen from this edition's own: ../kawasaki-1985"
      )
    )
  }
}

extension EditionSource {
  /// The digest of every file of the edition and of those that it extends, and of the style sheet that stands for theirs.
  var digest: Digest {
    Digest(
      ofPieces: texts.flatMap { [Array($0.file.utf8), $0.bytes] }
        + (style == nil ? [baseStyle] : [])
    )
  }
}
