import AnnexComparison
import ArgumentParser
import Diagnostics
import Files
import Guides
import Packets
import Records
import TemplateCompiler
import TemplateRuntime

/// `tokki check`: an edition checked by itself, against the official text and against data.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "版（条文と様式のひな形）を検査します。 Checks an edition, and data against it."
  )

  @Argument(
    help:
      "版のフォルダー。既定は、データのある版、なければ Templates/kawasaki-1985。 The edition's folder; else the one that the data lies in, else Templates/kawasaki-1985.",
    completion: .directory
  )
  var edition: String?

  @Option(
    help: ArgumentHelp(
      "検査する契約データ（YAML、JSON）。 A contract's data to check against the edition: YAML or JSON.",
      valueName: "file"
    ),
    completion: .file()
  )
  var data: String?

  @Option(
    help: ArgumentHelp(
      "受注者番号（データに複数の受注者があるとき）。 The vendor's id, where the data has several.",
      valueName: "id"
    )
  )
  var vendor: String?

  @Option(help: "データを検査する印字範囲。 The mode for which the data is checked.")
  var mode = PacketMode.final

  @Option(
    help: ArgumentHelp(
      "条文と照合する正本（テキスト）。annexes フォルダーの特記事項の正本は、id=ファイル と書きます。 The official text, in plain text, to compare the annex with; that of an annex in the folder annexes is ID=FILE. May be repeated.",
      valueName: "file"
    ),
    completion: .file()
  )
  var against: [String] = []

  @Option(
    help: ArgumentHelp(
      "照合しない正本の行：行番号（12、12-15）か、行全体に合う正規表現。 Lines of the official text to pass over: 12, 12-15, or a regular expression for the whole line.",
      valueName: "lines"
    )
  )
  var ignoreLines: [String] = []

  @Option(
    help: ArgumentHelp(
      "このidの条項に基づく項目、検査、書類、様式、参照を表示します。 Lists the fields, rules, papers, forms and references that rest on a provision.",
      valueName: "id"
    )
  )
  var uses: String?

  @Flag(help: "コンパイルしたプログラムを出力します。 Prints the compiled programs.")
  var listing = false

  @Flag(
    help:
      "条文が求める事項ごとに、対応する書類、項目、書類の条件及び必須の別を出力します。 Prints each requirement of the annex with the document and field that answer it, the document's condition, and when final mode needs the value."
  )
  var coverage = false

  @Flag(
    help:
      "継承する版の語句のうち、この版でそのまま使うものを、ファイルと行とともに出力します。 Prints every word that the edition takes from those that it extends, with file and line."
  )
  var inherited = false

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if edition?.isEmpty == true { throw ValidationError("EDITION takes a folder.") }
    for lines in ignoreLines where LinePattern(lines) == nil {
      throw ValidationError("--ignore-lines takes 12, 12-15 or a regular expression.")
    }
  }

  func run() throws {
    let folder = edition ?? EditionFinder.find(near: data ?? ".")
    let opening = Edition.open(folder, reportsUnused: data == nil)
    let words = inherited ? EditionReader.read(folder).source.map(InheritedWords.list) ?? [] : []
    let compiled = opening.edition?.compiled
    var diagnostics = opening.diagnostics
    var proofs: [AnnexProof] = []
    var found: [ProvisionUse]?
    if let edition = opening.edition {
      for (annex, file) in texts(of: edition.compiled) {
        do throws(ReadFailure) {
          let proof = TextProof(
            official: try OfficialText.read(
              file,
              ignoring: ignoreLines.compactMap(LinePattern.init)
            ),
            edition: ComparedText(annex)
          )
          proofs.append(AnnexProof(annex: annex, proof: proof))
          diagnostics += proof.diagnostics
        } catch {
          diagnostics.append(error.diagnostic)
        }
      }
      if let uses, let source = EditionReader.read(folder).source {
        let all = ProvisionUses(of: source)
        found = all.uses(of: uses)
        if found == nil { diagnostics.append(.unknownProvision(uses, among: all.provisions)) }
      }
      if let data {
        diagnostics +=
          PacketMaking.bind(
            data,
            vendor: vendor,
            with: edition.compiled.wholeBinder,
            mode: mode,
            date: nil
          ).diagnostics
      }
    }
    reporting.report(diagnostics, quoting: opening.texts)
    try reporting.json
      ? Output.result(json(compiled, proofs, words, found, diagnostics).indentedBytes)
      : Output.result(
        words.map { "\($0.location.description)\t\($0.owner)\t\($0.words)\n" }.joined()
          + text(compiled, proofs, found, diagnostics)
      )
    if diagnostics.hasErrors { throw ExitCode.dataError }
  }

  private struct AnnexProof {
    let annex: CompiledAnnex
    let proof: TextProof
  }

  /// The annexes with their official texts, as `--against` names them.
  private func texts(of edition: CompiledEdition) -> [(annex: CompiledAnnex, file: String)] {
    against.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let annex = edition.annexes.first(where: { $0.id == parts[0] })
      else { return (edition.annexes[0], text) }
      return (annex, String(parts[1]))
    }
  }

  private func text(
    _ compiled: CompiledEdition?,
    _ proofs: [AnnexProof],
    _ uses: [ProvisionUse]?,
    _ diagnostics: [Diagnostic]
  ) -> String {
    guard let compiled else { return "" }
    var lines: [String] = []
    if coverage {
      let guide = DataGuide(whole: compiled)
      lines += compiled.coverage.map { row in
        [
          row.provision, row.phrase, row.form, row.field, row.condition,
          guide.dictionary.field(at: row.field).flatMap(guide.need) ?? "",
        ].joined(separator: "\t")
      }
    }
    if listing {
      lines += [compiled.html, compiled.splitHTML, compiled.docbook].map(\.listing)
    }
    if let uses { lines += uses.map { $0.line(reporting.language) } }
    for compared in proofs {
      let proof = compared.proof
      if compiled.annexes.count > 1 { lines.append(compared.annex.name) }
      lines += kinds(proof)
      lines.append(
        reporting.say(
          "正本と比べた文字数：\(proof.compared)、違う文字数：\(proof.differing)",
          "Compared \(proof.compared) characters with the official text; \(proof.differing) differ."
        )
      )
    }
    let others = compiled.annexes.filter { annex in !proofs.contains { $0.annex.id == annex.id } }
    if !proofs.isEmpty, !others.isEmpty {
      lines.append(
        reporting.say(
          "正本と照合していない特記事項：\(others.map(\.name).joined(separator: "、"))（--against \(others[0].id)=ファイル）",
          "Annexes that were not compared with an official text: \(others.map(\.name).joined(separator: ", ")) (--against \(others[0].id)=FILE)"
        )
      )
    }
    if !diagnostics.hasErrors {
      lines.append(
        reporting.say(
          "「\(compiled.id)」にエラーはありません。条文が求める\(compiled.coverage.count)の事項の全てに、様式の項目が対応しています。",
          "“\(compiled.id)” is sound; fields answer all \(compiled.coverage.count) requirements of its text."
        )
      )
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func kinds(_ proof: TextProof) -> [String] {
    let counts = proof.counts
    let lines = proof.omittedLines.map(String.init)
    return [
      reporting.say(
        "題名と条：一致\(counts.equal)、全角か半角かだけの違い\(counts.otherWidth)、字句の違い\(counts.reworded)、この版にない\(counts.missing)、正本にない\(counts.added)、番号か位置だけの違い\(counts.moved)",
        "Title and articles: \(counts.equal) equal, \(counts.otherWidth) differing in width alone, \(counts.reworded) in words, \(counts.missing) missing, \(counts.added) added, \(counts.moved) differing in number or place alone."
      )
    ]
      + (lines.isEmpty
        ? []
        : [
          reporting.say(
            "照合しなかった正本の行（ページ番号など）：\(lines.joined(separator: "、"))行目",
            "Lines of the official text that were passed over (page numbers and the like): \(lines.joined(separator: ", "))"
          )
        ])
  }

  private func json(
    _ compiled: CompiledEdition?,
    _ proofs: [AnnexProof],
    _ words: [InheritedWords.Entry],
    _ uses: [ProvisionUse]?,
    _ diagnostics: [Diagnostic]
  ) -> JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("edition", compiled.map { .string($0.id) } ?? .null),
      ("sound", .bool(!diagnostics.hasErrors)),
    ]
    if let first = proofs.first(where: { $0.annex.id == compiled?.annexes[0].id }) {
      members += first.proof.members
    }
    let others = proofs.filter { $0.annex.id != compiled?.annexes[0].id }
    if !others.isEmpty {
      members.append(
        (
          "annexes",
          .array(
            others.map { .object([("annex", .string($0.annex.id))] + $0.proof.members) }
          )
        )
      )
    }
    if let uses { members.append(("uses", .array(uses.map(\.json)))) }
    if coverage, let compiled {
      members.append(
        (
          "coverage",
          .array(
            compiled.coverage.map {
              .object([
                ("provision", .string($0.provision)), ("phrase", .string($0.phrase)),
                ("form", .string($0.form)), ("field", .string($0.field)),
                ("condition", .string($0.condition)), ("answered", .bool($0.isAnswered)),
              ])
            }
          )
        )
      )
    }
    if listing, let compiled {
      members.append(
        (
          "listings",
          .array([compiled.html, compiled.splitHTML, compiled.docbook].map { .string($0.listing) })
        )
      )
    }
    if inherited {
      members.append(
        (
          "inherited",
          .array(
            words.map {
              .object([
                ("file", .string($0.location.file)), ("line", .integer(Int64($0.location.line))),
                ("owner", .string($0.owner)), ("words", .string($0.words)),
              ])
            }
          )
        )
      )
    }
    return .object(members + [("diagnostics", diagnostics.json)])
  }
}

extension TextProof {
  fileprivate var members: [(name: String, value: JSONValue)] {
    [
      ("compared", .integer(Int64(compared))),
      ("differing", .integer(Int64(differing))),
      ("differing_in_width", .integer(Int64(differingInWidth))),
      (
        "provisions",
        .object([
          ("equal", .integer(Int64(counts.equal))),
          ("other_width", .integer(Int64(counts.otherWidth))),
          ("reworded", .integer(Int64(counts.reworded))),
          ("missing", .integer(Int64(counts.missing))),
          ("added", .integer(Int64(counts.added))),
          ("moved", .integer(Int64(counts.moved))),
        ])
      ),
      ("omitted_lines", .array(omittedLines.map { .integer(Int64($0)) })),
    ]
  }
}

extension Diagnostic {
  fileprivate static func unknownProvision(_ id: String, among ids: [String]) -> Self {
    Diagnostic(
      .unknownTarget,
      at: SourceLocation(file: "--uses"),
      ja: "特記事項に、idが「\(id)」の条項はありません。",
      en: "The annex has no provision with the id “\(id)”.",
      hint: didYouMean(id, among: ids).map {
        Message(ja: "「\($0)」のことですか。", en: "Did you mean “\($0)”?")
      }
    )
  }
}
