import DataFiles
package import Diagnostics
package import Files
package import TemplateCompiler

/// The official text as it was published, read article by article, and the comparison with what an edition prints.
///
/// Of the file, white space and the page header 別記 do not count: the text is hard-wrapped, and 別記 stands where the
/// first page's header fell (measured: 31 em by 40 lines, four pages).
package struct OriginalText {
  private let articles: [AnnexText]
  private let file: String

  package init(_ text: SourceText) {
    file = text.file
    var articles: [(label: String?, text: String)] = [(nil, "")]
    var caption = ""
    for line in String(decoding: text.bytes, as: UTF8.self).split(separator: "\n") {
      let line = String(line.filter { !$0.isWhitespace })
      if line.isEmpty || line == "別記" { continue }
      if line.wholeMatch(of: /（[^（）]+）/) != nil {
        caption += line
      } else if let match = line.prefixMatch(of: /第[0-9０-９]+条(の[0-9０-９]+)?/), !caption.isEmpty {
        articles.append((String(match.0), caption + line))
        caption = ""
      } else {
        articles[articles.count - 1].text += caption + line
        caption = ""
      }
    }
    self.articles = articles.map { AnnexText(label: $0.label, text: $0.text, location: nil) }
  }

  package struct Comparison: Sendable {
    /// Characters of the official text, white space and 別記 aside.
    package let compared: Int
    /// Characters that would have to be changed, taken out or put in.
    package let differing: Int
    package let diagnostics: [Diagnostic]
  }

  /// Holds an edition's words against the official ones; a difference names its article.
  package func compare(with edition: CompiledEdition) -> Comparison {
    let printed = edition.annexText.map {
      AnnexText(
        label: $0.label,
        text: $0.text.filter { !$0.isWhitespace },
        location: $0.location
      )
    }
    var differing = 0
    var diagnostics: [Diagnostic] = []
    for index in 0..<max(articles.count, printed.count) {
      let official = index < articles.count ? articles[index] : nil
      let own = index < printed.count ? printed[index] : nil
      // By scalars: two spellings of one character are two characters here.
      let a = Array((official?.text ?? "").unicodeScalars)
      let b = Array((own?.text ?? "").unicodeScalars)
      let distance = editDistance(a, b, swapsCountOnce: false)
      guard distance > 0 else { continue }
      differing += distance
      let at = zip(a, b).prefix { $0 == $1 }.count
      diagnostics.append(
        .textDiffers(
          official?.label ?? own?.label,
          distance,
          at: own?.location ?? SourceLocation(file: edition.annexFile),
          official: Self.excerpt(a, at),
          printed: Self.excerpt(b, at)
        )
      )
    }
    return Comparison(
      compared: articles.reduce(0) { $0 + $1.text.unicodeScalars.count },
      differing: differing,
      diagnostics: diagnostics
    )
  }

  private static func excerpt(_ text: [Unicode.Scalar], _ index: Int) -> String {
    var excerpt = String.UnicodeScalarView()
    excerpt.append(
      contentsOf: text[max(0, min(index, text.count) - 6)..<min(text.count, index + 6)]
    )
    return String(excerpt)
  }
}

extension Diagnostic {
  fileprivate static func textDiffers(
    _ article: String?,
    _ count: Int,
    at location: SourceLocation,
    official: String,
    printed: String
  ) -> Self {
    Diagnostic(
      .textDiffers,
      at: location,
      ja: "正本と\(count)字違います。最初に違う所は、\(ja(official, printed))。",
      en: "The text differs from the official one by \(count) character\(count == 1 ? "" : "s"); "
        + "\(en(official, printed)).",
      context: article ?? "題名"
    )
  }
}

/// The first difference between the two wordings, of which one may be missing altogether.
private func ja(_ official: String, _ printed: String) -> String {
  switch (official.isEmpty, printed.isEmpty) {
  case (_, true): "正本の「\(official)」がこの版にない所です"
  case (true, _): "この版の「\(printed)」が正本にない所です"
  case (false, false): "正本が「\(official)」、この版が「\(printed)」です"
  }
}

private func en(_ official: String, _ printed: String) -> String {
  switch (official.isEmpty, printed.isEmpty) {
  case (_, true): "the official “\(official)” is missing here"
  case (true, _): "“\(printed)” is not in the official text"
  case (false, false): "first, “\(official)” is “\(printed)” here"
  }
}

extension OriginalText {
  package static func read(_ path: String) throws(ReadFailure) -> OriginalText {
    switch FileSystem.read(path, atMost: 4 << 20) {
    case .success(let bytes): return OriginalText(try DataFile.text(bytes, named: path))
    case .failure(let failure):
      throw ReadFailure(failure.diagnostic(at: SourceLocation(file: path)))
    }
  }
}
