import AnnexImport
import Diagnostics

extension Diagnostic {
  static func textDiffers(
    _ name: String,
    _ count: Int,
    official: (words: String, place: SourceLocation),
    printed: String,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .textDiffers,
      at: location,
      ja:
        "正本（\(official.place.lineWords.ja)）と\(count)字違います。最初に違う所は、\(ja(official.words, printed))。",
      en:
        "The text differs from the official one (\(official.place.lineWords.en)) by \(count) character\(count == 1 ? "" : "s"); "
        + "\(en(official.words, printed)).",
      context: name.isEmpty ? "題名" : name
    )
  }

  static func missing(_ unit: TextUnit, at location: SourceLocation) -> Self {
    let words = beginning(of: unit)
    return Diagnostic(
      .textMissing,
      at: unit.location,
      ja: "正本の「\(words)」が、この版にありません。",
      en: "The edition lacks the official “\(words)”.",
      hint: Message(
        ja: "annex.xml に書き加えてください。ページの見出しなど、条文でない行は、--ignore-lines で除けます。",
        en:
          "Write it into annex.xml; lines that are no words of the annex, such as running heads, are passed over with --ignore-lines."
      ),
      context: unit.name.isEmpty ? nil : unit.name
    )
  }

  static func added(_ unit: TextUnit) -> Self {
    let words = beginning(of: unit)
    return Diagnostic(
      .textAdded,
      at: unit.location,
      ja: "この版の「\(words)」が、正本にありません。",
      en: "The official text lacks the edition's “\(words)”.",
      context: unit.name.isEmpty ? nil : unit.name
    )
  }

  static func moved(_ old: TextUnit, _ new: TextUnit) -> Self {
    let isRenumbered = old.label.compact.narrowed != new.label.compact.narrowed
    let number = number(old)
    return Diagnostic(
      .textMoved,
      at: new.location,
      ja: "正本（\(old.location.lineWords.ja)）では、別の位置に"
        + (isRenumbered ? "「\(number)」としてあります。" : "あります。"),
      en: "In the official text (\(old.location.lineWords.en)) it stands in another place"
        + (isRenumbered ? ", as “\(number)”." : "."),
      context: new.name.isEmpty ? nil : new.name
    )
  }

  static func captionElsewhere(_ old: TextUnit, _ new: TextUnit) -> Self {
    let ja = old.isCaptionFirst ? "番号の前" : "番号の後"
    let en = old.isCaptionFirst ? "before" : "behind"
    return Diagnostic(
      .textMoved,
      at: new.location,
      ja: "正本（\(old.location.lineWords.ja)）では、見出しが\(ja)にあります。",
      en:
        "In the official text (\(old.location.lineWords.en)) the caption stands \(en) the number.",
      hint: Message(
        ja: "annex.xml の numbering の level に、caption を書いてください。",
        en: "Say so with caption on the level, in numbering of annex.xml."
      ),
      context: new.name.isEmpty ? nil : new.name
    )
  }

  /// Of neighbours, all at once.
  static func numberDiffers(_ pairs: [UnitPair]) -> Self {
    let numbers = [pairs.first, pairs.last].map { pair in
      (
        old: pair?.old.map(number) ?? "", new: pair?.new.map(number) ?? ""
      )
    }
    let (first, last) = (numbers[0], numbers[1])
    let isOne = pairs.count == 1
    let place = pairs.first?.old?.location.lineWords ?? Message(ja: "", en: "")
    return Diagnostic(
      .textMoved,
      at: pairs.first?.new?.location ?? SourceLocation(file: ""),
      ja: isOne
        ? "正本（\(place.ja)）の番号は「\(first.old)」、この版の番号は「\(first.new)」です。"
        : "正本（\(place.ja)から）の番号は「\(first.old)」から「\(last.old)」まで、この版の番号は「\(first.new)」から「\(last.new)」までです。",
      en: isOne
        ? "The official number (\(place.en)) is “\(first.old)”, the edition's “\(first.new)”."
        : "The official numbers (from \(place.en)) are “\(first.old)” to “\(last.old)”, the edition's “\(first.new)” to “\(last.new)”.",
      hint: Message(
        ja:
          "番号の形が違うときは、annex.xml の numbering に、正本の形を <level of=\"item\" label=\"{一}\"/> のように書いてください。番号そのものが違うときは、前にある条項の過不足を確かめてください。",
        en:
          "If it is another kind of number, say so in numbering of annex.xml, such as <level of=\"item\" label=\"{一}\"/>; if it is another number, look for what is missing or too many before it."
      ),
      context: pairs.first?.new.flatMap { $0.name.isEmpty ? nil : $0.name }
    )
  }

  static func widthDiffers(
    _ name: String,
    _ count: Int,
    official: (words: String, place: SourceLocation),
    printed: String,
    at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .widthDiffers,
      .warning,
      at: location,
      ja:
        "正本と全角か半角かだけが違う字が、\(count)字あります。最初は、正本（\(official.place.lineWords.ja)）が「\(official.words)」、この版が「\(printed)」です。",
      en:
        "\(count) character\(count == 1 ? " differs" : "s differ") from the official text in width alone; first, “\(official.words)” (\(official.place.lineWords.en)) is “\(printed)” here.",
      hint: Message(
        ja: "正本の写しを作るときに全角と半角が変わることがあります。原本の字幅を確かめてください。",
        en: "Copying may change the width of characters; look at the original."
      ),
      context: name.isEmpty ? nil : name
    )
  }

  private static func number(_ unit: TextUnit) -> String {
    unit.label.isEmpty ? unit.name : unit.label.string
  }

  private static func beginning(of unit: TextUnit) -> String {
    let characters = unit.characters
    return characters.prefix(24).string + (characters.count > 24 ? "…" : "")
  }

  /// The first difference between the two wordings, of which one may be missing altogether.
  private static func ja(_ official: String, _ printed: String) -> String {
    switch (official.isEmpty, printed.isEmpty) {
    case (_, true): "正本の「\(official)」がこの版にない所です"
    case (true, _): "この版の「\(printed)」が正本にない所です"
    case (false, false): "正本が「\(official)」、この版が「\(printed)」です"
    }
  }

  private static func en(_ official: String, _ printed: String) -> String {
    switch (official.isEmpty, printed.isEmpty) {
    case (_, true): "the official “\(official)” is missing here"
    case (true, _): "“\(printed)” is not in the official text"
    case (false, false): "first, “\(official)” is “\(printed)” here"
    }
  }
}

extension SourceLocation {
  /// The line of the official text.
  fileprivate var lineWords: Message {
    line > 0 ? Message(ja: "\(line)行目", en: "line \(line)") : Message(ja: file, en: file)
  }
}
