import ArgumentParser
import Diagnostics
import Packets
import TemplateCompiler
import TemplateRuntime

/// `tokki check`: tells whether an edition is whole, says what the official text says, and fits data.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "版（テンプレート）を検査します。 Checks an edition, and data against it."
  )

  @Argument(help: "版のフォルダー。 The edition's folder.", completion: .directory)
  var edition: String?

  @Option(help: "検査する契約データ。 Data to check against the edition.", completion: .file())
  var data: String?

  @Option(help: "受注者番号。 The vendor's id, where the data has several.")
  var vendor: String?

  @Option(help: "データの検査の様式（blank、prefilled、final）。 The mode for which the data is checked.")
  var mode = PacketMode.final

  @Option(help: "条文を比べる正本。 The official text to compare with.", completion: .file())
  var against: String?

  @Flag(help: "コンパイルされたプログラムを出力します。 Prints the compiled programs.")
  var listing = false

  @Flag(help: "条文が求める事項と様式の項目の対応表を出力します。 Prints which field answers which requirement.")
  var coverage = false

  @OptionGroup var reporting: Reporting

  func validate() throws {
    if edition?.isEmpty == true { throw ValidationError("EDITION takes a folder.") }
  }

  func run() throws {
    let (source, found) = EditionReader.read(edition ?? EditionFinder.find(near: data ?? "."))
    var diagnostics = found
    var compiled: CompiledEdition?
    if let source {
      let (edition, more) = Compiler.compile(source)
      compiled = edition
      diagnostics += more
    }
    var comparison: OriginalText.Comparison?
    if let compiled {
      if let against {
        do throws(TableFailure) {
          comparison = try OriginalText.read(against).compare(with: compiled)
          diagnostics += comparison?.diagnostics ?? []
        } catch {
          diagnostics.append(error.diagnostic)
        }
      }
      if let data {
        diagnostics +=
          PacketRun.bind(data, vendor: vendor, to: compiled, mode: mode, date: nil).diagnostics
      }
    }
    reporting.report(diagnostics, quoting: source?.texts ?? [])
    try reporting.json
      ? Output.result(json(compiled, comparison, diagnostics).indentedBytes)
      : Output.result(text(compiled, comparison, diagnostics))
    if diagnostics.hasErrors { throw ExitCode.dataError }
  }

  private func text(
    _ compiled: CompiledEdition?,
    _ comparison: OriginalText.Comparison?,
    _ diagnostics: [Diagnostic]
  ) -> String {
    guard let compiled else { return "" }
    var lines: [String] = []
    if coverage {
      lines += compiled.coverage.map { "\($0.provision)\t\($0.phrase)\t\($0.form)\t\($0.field)" }
    }
    if listing {
      lines += [compiled.html, compiled.splitHTML, compiled.docbook].map(\.listing)
    }
    if let comparison {
      lines.append(
        reporting.say(
          "正本と比べた文字数：\(comparison.compared)、違う文字数：\(comparison.differing)",
          "Compared \(comparison.compared) characters with the official text; \(comparison.differing) differ."
        )
      )
    }
    if !diagnostics.hasErrors {
      lines.append(
        reporting.say(
          "「\(compiled.id)」に誤りはありません。条文の求める\(compiled.coverage.count)の事項に、様式の項目が答えています。",
          "“\(compiled.id)” is sound; fields answer all \(compiled.coverage.count) requirements of its text."
        )
      )
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func json(
    _ compiled: CompiledEdition?,
    _ comparison: OriginalText.Comparison?,
    _ diagnostics: [Diagnostic]
  ) -> JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("edition", compiled.map { .string($0.id) } ?? .null),
      ("sound", .bool(!diagnostics.hasErrors)),
    ]
    if let comparison {
      members += [
        ("compared", .integer(Int64(comparison.compared))),
        ("differing", .integer(Int64(comparison.differing))),
      ]
    }
    if coverage, let compiled {
      members.append(
        (
          "coverage",
          .array(
            compiled.coverage.map {
              .object([
                ("provision", .string($0.provision)), ("phrase", .string($0.phrase)),
                ("form", .string($0.form)), ("field", .string($0.field)),
                ("answered", .bool($0.isAnswered)),
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
    return .object(members + [("diagnostics", diagnostics.json)])
  }
}
