package import Diagnostics
package import Markup

/// The files of one edition folder, and of the editions that it extends.
package struct EditionSource: Sendable {
  /// The edition itself first, then the one that it extends, and so on.
  package let layers: [Layer]

  package struct Layer: Sendable {
    package let edition: SourceText
    /// What `edition` holds, or what is wrong with it: which edition it extends must be known before the rest is read.
    let parsedEdition: (root: Element?, diagnostics: [Diagnostic])
    /// `dictionary.xml`, then those in the folder `dictionary` in the order of their file names.
    package let dictionaries: [SourceText]
    package let annex: SourceText?
    package let fragments: SourceText?
    /// In the order of their file names.
    package let forms: [SourceText]
    package let style: SourceText?
    package let catalogue: SourceText?

    package init(
      edition: SourceText,
      dictionaries: [SourceText],
      annex: SourceText?,
      fragments: SourceText? = nil,
      forms: [SourceText],
      style: SourceText?,
      catalogue: SourceText? = nil
    ) {
      self.edition = edition
      parsedEdition = MarkupParser.parse(edition)
      self.dictionaries = dictionaries
      self.annex = annex
      self.fragments = fragments
      self.forms = forms
      self.style = style
      self.catalogue = catalogue
    }

    var texts: [SourceText] {
      [edition] + dictionaries + [annex, fragments, style, catalogue].compactMap(\.self) + forms
    }

    /// The folder of the edition that this one extends.
    package var extends: Element.Attribute? { parsedEdition.root?.attribute("extends") }
  }

  package init(layers: [Layer]) { self.layers = layers }

  /// Every file, for excerpts.
  package var texts: [SourceText] {
    layers.flatMap(\.texts)
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
