package import Diagnostics
package import Markup

/// The files of one edition folder, and of the editions that it extends.
package struct EditionSource: Sendable {
  /// The edition itself first, then the one that it extends, and so on.
  package let layers: [Layer]
  /// The style sheet where no layer has one.
  package let baseStyle: [UInt8]

  package struct Layer: Sendable {
    package let edition: SourceText
    /// What `edition` holds, or what is wrong with it: which edition it extends must be known before the rest is read.
    let parsedEdition: (root: Element?, diagnostics: [Diagnostic])
    /// `dictionary.xml`, then those in the folder `dictionary` in the order of their file names.
    package let dictionaries: [SourceText]
    package let annex: SourceText?
    /// Further ones in the folder `annexes`, in the order of their file names.
    package let annexes: [SourceText]
    package let fragments: SourceText?
    /// In the order of their file names.
    package let forms: [SourceText]
    package let style: SourceText?
    package let catalogue: SourceText?

    package init(
      edition: SourceText,
      dictionaries: [SourceText],
      annex: SourceText?,
      annexes: [SourceText] = [],
      fragments: SourceText? = nil,
      forms: [SourceText],
      style: SourceText?,
      catalogue: SourceText? = nil
    ) {
      self.edition = edition
      parsedEdition = MarkupParser.parse(edition)
      self.dictionaries = dictionaries
      self.annex = annex
      self.annexes = annexes
      self.fragments = fragments
      self.forms = forms
      self.style = style
      self.catalogue = catalogue
    }

    var texts: [SourceText] {
      [edition] + dictionaries + [annex, fragments, style, catalogue].compactMap(\.self) + annexes
        + forms
    }

    /// The folder of the edition that this one extends.
    package var extends: Element.Attribute? { parsedEdition.root?.attribute("extends") }
  }

  package init(layers: [Layer], baseStyle: [UInt8] = []) {
    self.layers = layers
    self.baseStyle = baseStyle
  }

  /// Of the edition itself, or else of the nearest that it extends.
  package var style: SourceText? { layers.lazy.compactMap(\.style).first }

  /// Every file, for excerpts.
  package var texts: [SourceText] {
    layers.flatMap(\.texts)
  }

  /// The layer whose annex.xml is the edition's: its annexes, and those of the layers above, are the edition's.
  var annexLayer: Int? { layers.firstIndex { $0.annex != nil } }

  /// The files of the annexes: annex.xml, then the further ones in the order of their file names, each from the topmost layer that
  /// has it.
  var annexes: [SourceText] {
    guard let own = annexLayer else { return [] }
    var further: [(name: Substring, text: SourceText)] = []
    for text in layers[...own].flatMap(\.annexes) {
      let name = text.file.split(separator: "/").last ?? ""
      if !further.contains(where: { $0.name == name }) { further.append((name, text)) }
    }
    further.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return [layers[own].annex].compactMap(\.self) + further.map(\.text)
  }

  /// The ids of all forms, of those below and those that it does without, too: a form's file is named as its id.
  var formIDs: [String] {
    layers.flatMap(\.forms).compactMap { text in
      text.file.split(separator: "/").last.map { String($0.prefix { $0 != "." }) }
    }
  }

  /// The files of the editions that it extends, which its keeper does not change.
  var inheritedFiles: Set<String> { Set(layers.dropFirst().flatMap { $0.texts.map(\.file) }) }
}
