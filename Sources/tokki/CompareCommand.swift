import AnnexComparison
import ArgumentParser
import Diagnostics
import Files
import Packets
import TemplateCompiler

/// `tokki compare`: 新旧対照表.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "二つの条文を比べ、新旧対照表を作成します。 Compares two annexes and writes what differs side by side.",
    discussion: """
      版のフォルダーか、条文の文書（.txt、.html、.docx）を比べます。条は、番号や位置でなく、見出しと字句で対応させます。\
      変わらない条は省き、番号だけが変わる条は番号にだけ下線を引きます。NEWが版のときは、変わる条に基づく項目、検査、様式、参照を最後に表示します。
      Takes editions' folders or official texts (.txt, .html, .docx). Articles are aligned by their captions and words, whatever their numbers and places. \
      What has not changed is left out; of what has only another number, only the number is underlined. If NEW is an edition, the fields, rules, forms and references \
      that rest on a changed provision are listed at the end.
      """
  )

  @Argument(help: "改正前の版のフォルダー又は条文の文書。 The old edition's folder, or text.", completion: .file())
  var old: String

  @Argument(help: "改正後の版のフォルダー又は条文の文書。 The new edition's folder, or text.", completion: .file())
  var new: String

  @Option(
    help: ArgumentHelp(
      "書き出すファイル：.html（HTML）又は .xml（DocBook）。 The file to write: .html, or .xml for DocBook.",
      valueName: "file"
    ),
    completion: .file()
  )
  var out: String?

  @Option(
    help: ArgumentHelp(
      "新旧対照表の体裁（YAML、JSON）：題名、改正後、改正前、左の欄、備考、新設、削る、略。 The words of the table: title, new, old, left, remarks, added, removed, same.",
      valueName: "file"
    ),
    completion: .file()
  )
  var style: String?

  @Option(
    help: ArgumentHelp(
      "比べない行（文書のとき）：行番号（12、12-15）か、行全体に合う正規表現。 Lines of a text to pass over: 12, 12-15, or a regular expression for the whole line.",
      valueName: "lines"
    )
  )
  var ignoreLines: [String] = []

  @Option(
    help: ArgumentHelp(
      "比べる特記事項のid（版に特記事項がいくつもあるとき）。 The id of the annex to compare, where an edition has several.",
      valueName: "id"
    )
  )
  var annex: String?

  @OptionGroup var reporting: Reporting

  private enum Format {
    case html, docbook

    init?(path: String) {
      if path.hasSuffix(".html") {
        self = .html
      } else if path.hasSuffix(".xml") {
        self = .docbook
      } else {
        return nil
      }
    }
  }

  func validate() throws {
    if old.isEmpty || new.isEmpty { throw ValidationError("OLD and NEW take a folder or a file.") }
    if let out, Format(path: out) == nil {
      throw ValidationError("--out takes a file that ends in .html or .xml.")
    }
    for lines in ignoreLines where LinePattern(lines) == nil {
      throw ValidationError("--ignore-lines takes 12, 12-15 or a regular expression.")
    }
  }

  func run() throws {
    let (before, after) = (side(old), side(new))
    let read = style.map(ComparisonStyle.read) ?? (style: ComparisonStyle(), diagnostics: [])
    var diagnostics = before.diagnostics + after.diagnostics + read.diagnostics
    guard let old = before.text, let new = after.text, !diagnostics.hasErrors else {
      reporting.report(diagnostics, quoting: before.texts + after.texts)
      if reporting.json {
        try Output.result(JSONValue.object([("diagnostics", diagnostics.json)]).indentedBytes)
      }
      throw ExitCode.dataError
    }
    let table = ComparisonTable(old: old, new: new, style: read.style)
    let uses = after.source.map { table.uses(in: ProvisionUses(of: $0)) } ?? []
    let failure = out.flatMap { write(table, to: $0) }
    if let failure { diagnostics.append(failure) }
    reporting.report(diagnostics, quoting: before.texts + after.texts)
    if reporting.json {
      try Output.result(json(table, uses, diagnostics).indentedBytes)
    } else {
      try Output.result(text(table, uses))
    }
    if failure != nil { throw ExitCode.cannotCreate }
  }

  // MARK: Input

  private struct Side {
    var text: ComparedText?
    var source: EditionSource?
    var texts: [SourceText] = []
    var diagnostics: [Diagnostic] = []
  }

  private func side(_ path: String) -> Side {
    guard FileSystem.isFolder(path) else {
      do throws(ReadFailure) {
        let text = try OfficialText.read(path, ignoring: ignoreLines.compactMap(LinePattern.init))
        return Side(text: text)
      } catch {
        return Side(diagnostics: [error.diagnostic])
      }
    }
    let (source, found) = EditionReader.read(path)
    guard let source else { return Side(diagnostics: found) }
    let (edition, more) = Compiler.compile(source, outputs: .none)
    // Warnings are of the edition itself: `tokki check` gives them.
    var errors = edition == nil ? found + more : []
    let compared = edition.flatMap(annex(of:))
    if let edition, compared == nil {
      errors.append(.annexNotChosen(annex, edition.annexes.map(\.id), at: path))
    }
    return Side(
      text: compared.map { ComparedText($0) },
      source: source,
      texts: source.texts,
      diagnostics: errors
    )
  }

  /// The one that is named, or the only one.
  private func annex(of edition: CompiledEdition) -> CompiledAnnex? {
    guard let annex else { return edition.annexes.count == 1 ? edition.annexes[0] : nil }
    return edition.annexes.first { $0.id == annex }
  }

  // MARK: Output

  private func write(_ table: ComparisonTable, to path: String) -> Diagnostic? {
    let text =
      switch Format(path: path) {
      case .html: table.html
      case .docbook, nil: table.docbook
      }
    do throws(FileSystem.Failure) {
      // Over nothing but an earlier comparison.
      try FileSystem.put(Array(text.utf8), at: path, over: ComparisonTable.isOne)
      return nil
    } catch {
      return error.diagnosticOfWriting(at: SourceLocation(file: path))
    }
  }

  private func text(_ table: ComparisonTable, _ uses: [ProvisionUse]) -> String {
    var lines = table.groups.map { group in
      let (old, new) = group.names
      let isOne = old == new || old.isEmpty || new.isEmpty
      let names = isOne ? (new.isEmpty ? old : new) : "\(old) → \(new)"
      return "\(reporting.say(group.kind.words, group.kind.rawValue))\t\(names)"
    }
    if lines.isEmpty { lines = [reporting.say("改正箇所は、ありません。", "Nothing differs.")] }
    if !uses.isEmpty {
      lines.append(
        reporting.say(
          "変わる条に基づく箇所（確認してください）：",
          "What rests on a changed provision, to be looked at:"
        )
      )
      lines += uses.map { $0.line(reporting.language) }
    }
    if let out { lines.append(reporting.say("新旧対照表：\(out)", "Written: \(out)")) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func json(
    _ table: ComparisonTable,
    _ uses: [ProvisionUse],
    _ diagnostics: [Diagnostic]
  ) -> JSONValue {
    .object([
      ("comparison", table.json), ("uses", .array(uses.map(\.json))),
      ("file", .optional(out)), ("diagnostics", diagnostics.json),
    ])
  }
}

extension Diagnostic {
  fileprivate static func annexNotChosen(_ id: String?, _ ids: [String], at folder: String) -> Self
  {
    Diagnostic(
      .unknownTarget,
      at: SourceLocation(file: folder),
      ja: id.map { "idが「\($0)」の特記事項は、この版にありません。" } ?? "この版には特記事項が\(ids.count)つあります。",
      en: id.map { "The edition has no annex with the id “\($0)”." }
        ?? "The edition has \(ids.count) annexes.",
      hint: Message(
        ja: "比べる特記事項を --annex で指定してください：\(ids.joined(separator: ", "))",
        en: "Say with --annex which one is to be compared: \(ids.joined(separator: ", "))"
      )
    )
  }
}
