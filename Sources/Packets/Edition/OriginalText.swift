import DataFiles
package import Diagnostics
package import Files
package import TemplateCompiler

/// The official text as it was published, and the comparison with what an edition prints.
///
/// Of the file, white space and the mark in the page header (別記) do not count: the text is hard-wrapped, and 別記 stands where the
/// first page's header fell (measured: 31 em by 40 lines, four pages).
package struct OriginalText {
  /// Without white space.
  private let lines: [String]
  private let file: String

  package init(_ text: SourceText) {
    file = text.file
    lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n")
      .map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
  }

  /// A stretch of the official text, and what the edition prints for it.
  private struct Piece {
    let official: String
    /// Of an article that the edition does not have.
    var label: String?
    var printed: AnnexText?
  }

  /// The text in pieces, one for each of the edition's: it begins at the line that begins as the edition's does.
  ///
  /// A piece whose beginning is nowhere is empty; its words, if they are there, count with the piece before.
  private func pieces(of printed: [AnnexText], mark: String) -> [Piece] {
    let lines = lines.filter { $0 != mark }
    var starts: [Int?] = []
    var from = 0
    for piece in printed {
      // A line may begin with the number of another article, but hardly with that one's words, too.
      let start =
        piece.label == nil
        ? 0
        : lines[from...].firstIndex { $0.hasPrefix(piece.text.prefix(piece.opening.count + 8)) }
          ?? lines[from...].firstIndex { $0.hasPrefix(piece.opening) }
      starts.append(start)
      if let start { from = min(start + 1, lines.count) }
    }
    return printed.indices.flatMap { index -> [Piece] in
      guard let start = starts[index] else { return [Piece(official: "", printed: printed[index])] }
      let end = starts[(index + 1)...].lazy.compactMap(\.self).first ?? lines.count
      return Self.pieces(lines[start..<end], printed[index])
    }
  }

  /// The lines of one piece, and behind them articles that the edition does not have.
  private static func pieces(_ lines: ArraySlice<String>, _ printed: AnnexText) -> [Piece] {
    let starts = lines.indices.dropFirst().filter { index in
      index + 1 < lines.endIndex && lines[index].wholeMatch(of: /（[^（）]+）/) != nil
        && label(of: lines[index + 1]) != nil
    }
    let own = lines[..<(starts.first ?? lines.endIndex)]
    let others = zip(starts, starts.dropFirst() + [lines.endIndex]).map { start, end in
      Piece(official: lines[start..<end].joined(), label: label(of: lines[start + 1]))
    }
    return [Piece(official: own.joined(), printed: printed)] + others
  }

  private static func label(of line: String) -> String? {
    line.prefixMatch(of: /第[0-9０-９]+条(の[0-9０-９]+)?/).map { String($0.0) }
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
    let printed = edition.annexText.map { text in
      AnnexText(
        label: text.label,
        opening: text.opening.filter { !$0.isWhitespace },
        text: text.text.filter { !$0.isWhitespace },
        location: text.location
      )
    }
    let pieces = pieces(of: printed, mark: edition.annexMark)
    var differing = 0
    var diagnostics: [Diagnostic] = []
    for piece in pieces {
      // By scalars: two spellings of one character are two characters here.
      let a = Array(piece.official.unicodeScalars)
      let b = Array((piece.printed?.text ?? "").unicodeScalars)
      let distance = editDistance(a, b, swapsCountOnce: false)
      guard distance > 0 else { continue }
      differing += distance
      let at = zip(a, b).prefix { $0 == $1 }.count
      diagnostics.append(
        .textDiffers(
          piece.label ?? piece.printed?.label,
          distance,
          at: piece.printed?.location ?? SourceLocation(file: edition.annexFile),
          official: Self.excerpt(a, at),
          printed: Self.excerpt(b, at)
        )
      )
    }
    return Comparison(
      compared: pieces.reduce(0) { $0 + $1.official.unicodeScalars.count },
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
