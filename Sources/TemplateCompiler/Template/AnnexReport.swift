import Diagnostics
import Markup

extension SentencePart {
  /// The part that this one stands before.
  var comesBefore: SentencePart? {
    switch self {
    case .main: .proviso
    case .former: .latter
    case .proviso, .latter: nil
    }
  }
}

extension Diagnostic {
  /// `id`: of a form or annex, which is found by its file's name.
  static func misnamedFile(_ id: String, _ file: String, at location: SourceLocation)
    -> Self
  {
    let name = file.hasSuffix(".xml") ? String(file.dropLast(4)) : file
    return Diagnostic(
      .invalidAttribute,
      at: location,
      ja: "id「\(id)」が、ファイル名「\(file)」と異なります。",
      en: "The id “\(id)” is not its file's name, “\(file)”.",
      hint: Message(
        ja: "id=\"\(name)\" と書くか、ファイル名を \(id).xml に改めてください。",
        en: "Write id=\"\(name)\", or name the file \(id).xml."
      )
    )
  }

  static func contentOfDeleted(_ element: Element, at location: SourceLocation) -> Self {
    Diagnostic(
      .unknownElement,
      at: location,
      ja: "削除された「\(element.name)」（deleted=\"true\"）には、内容を書けません。",
      en: "“\(element.name)” is deleted=\"true\", so it has no content.",
      hint: Message(
        ja: "中を空にして <\(element.name) … deleted=\"true\"/> と書くか、deleted を削ってください。",
        en: "Leave it empty, as <\(element.name) … deleted=\"true\"/>, or remove deleted."
      )
    )
  }

  static func repeatedPart(
    _ part: SentencePart,
    in parent: Element,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .misplacedPart,
      at: location,
      ja: "「\(parent.name)」の中に、\(part.words)（part=\"\(part.rawValue)\"）が二つあります。",
      en: "“\(parent.name)” has two sentences with part=\"\(part.rawValue)\".",
      hint: Message(
        ja: "一つの項の\(part.words)は一つです。続く文は、同じ sentence の中に書いてください。",
        en: "A provision has one; let the sentence that follows stand in the same element."
      )
    )
  }

  static func partOutOfOrder(
    _ part: SentencePart,
    before other: SentencePart,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .misplacedPart,
      at: location,
      ja: "\(part.words)（part=\"\(part.rawValue)\"）が、\(other.words)の後にあります。",
      en:
        "The sentence with part=\"\(part.rawValue)\" stands behind that with part=\"\(other.rawValue)\".",
      hint: Message(
        ja: "本文、ただし書の順か、前段、後段の順に書いてください。",
        en: "Write main before proviso, former before latter."
      )
    )
  }

  static func columnMismatch(_ cells: Int, _ columns: Int, at location: SourceLocation)
    -> Self
  {
    Diagnostic(
      .columnMismatch,
      at: location,
      ja: "表の列が\(columns)あるのに、この行の cell は\(cells)です。",
      en: "The table has \(columns) columns, but this row has \(cells) cells.",
      hint: Message(
        ja: "列（column）の数だけ cell を書いてください。空のセルは <cell/> です。",
        en: "Write a cell for each column; an empty one is <cell/>."
      )
    )
  }
}
