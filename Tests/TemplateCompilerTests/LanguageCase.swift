import DataFiles
import Diagnostics
import Fixtures
import Foundation
import Markup
import Records
import TemplateCompiler
import Testing

/// A folder of Tests/Cases/language: a piece of the template language and what comes of it.
///
/// `template.xml` is a whole file of an edition, or a piece of one: blocks of a form, articles, entries of the dictionary. The rest
/// of the edition is Tests/Cases/_base, but for files that the folder has itself. `final.yaml` or `prefilled.yaml` is a contract's
/// data, bound in that mode; without any, everything is blank.
struct LanguageCase: CustomTestStringConvertible {
  let name: String
  var folder: URL { Golden.cases.appending(path: "language/\(name)") }
  var testDescription: String { name }

  static let all = Golden.folders(of: "language").map(LanguageCase.init)

  init(name: String) { self.name = name }

  /// What the case shows.
  enum Subject {
    /// One document of the packet.
    case document(String)
    /// The whole packet.
    case packet
  }

  // MARK: The edition

  func edition() throws -> (source: EditionSource, subject: Subject) {
    let template = try text("template.xml")
    var files = try Files(base: Self.base, folder: folder)
    var subject = Subject.document("application")
    switch Self.firstElement(of: template) {
    case "edition":
      subject = .packet
      files.edition = template
      if let extended = try Self.extended(template) {
        let own = try Files(only: folder, edition: template)
        let layers = [own.layer(""), extended.layer("../example-2022/")]
        return (EditionSource(layers: layers), subject)
      }
    case "packet":
      subject = .packet
      let old = #/(?s)<packet>.*</packet>\n/#
      files.edition = files.edition.replacing(old, with: template)
    case "annex" where template.contains(" id=\"annex\""):
      subject = .document("annex")
      files.annex = template
    case "annex":
      // A further one, as the case's edition.xml has it.
      subject = .document(name)
      files.annexes["\(name).xml"] = template
    case "dictionary":
      files.dictionary = template
    case "fragments":
      files.fragments = template
    case "form":
      files.forms["application.xml"] = template
    case "article":
      subject = .document("annex")
      files.annex = files.annex.map { Self.inserting(template, before: "</annex>", in: $0) }
    case "field", "record", "list", "rule":
      files.dictionary = files.dictionary.map {
        Self.inserting(template, before: "</dictionary>", in: $0)
      }
    case _:
      let title = template.contains("<title>") ? "" : "<title>例</title>\n"
      files.forms["application.xml"] = """
        <form xmlns="urn:tokki:template:1" id="application" paper="subcontract-application">
        \(title)\(template)</form>
        """
    }
    return (EditionSource(layers: [files.layer("")]), subject)
  }

  private static let base = Golden.cases.appending(path: "_base")

  /// The edition below one with `extends`: always the base.
  private static func extended(_ edition: String) throws -> Files? {
    edition.contains("extends=\"") ? try Files(base: base, folder: base) : nil
  }

  private static func inserting(_ piece: String, before tag: String, in text: String) -> String {
    guard let end = text.range(of: tag, options: .backwards) else { return text }
    return text.replacingCharacters(in: end, with: piece + tag)
  }

  private static func firstElement(of text: String) -> String {
    text.firstMatch(of: /<([a-z-]+)/).map { String($0.1) } ?? ""
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  // MARK: The data

  func binding(_ dictionary: FieldDictionary) throws -> (binding: Binding, remarks: [Diagnostic]) {
    for mode in PacketMode.allCases {
      let name = "\(mode.rawValue).yaml"
      guard let data = try? Data(contentsOf: folder.appending(path: name)) else { continue }
      let read = DataFile.read(Array(data), named: name, format: .yaml)
      let root = read.root ?? RawNode(.absent, at: SourceLocation(file: name))
      let binding = dictionary.bind(root, mode: mode, date: Self.date)
      return (binding, read.diagnostics + binding.diagnostics)
    }
    let binding = Self.nothing(dictionary)
    return (binding, binding.diagnostics)
  }

  /// Data in which nothing is given.
  static func nothing(_ dictionary: FieldDictionary) -> Binding {
    let root = RawNode(.absent, at: SourceLocation(file: "none"))
    return dictionary.bind(root, mode: .blank, date: date)
  }

  private static let date = CivilDate(iso: "2022-04-01")?.dayNumber
}

/// The files of an edition, as text.
private struct Files {
  var edition: String
  var dictionary: String?
  var annex: String?
  var fragments: String?
  /// By file name.
  var annexes: [String: String] = [:]
  var forms: [String: String] = [:]

  /// The files of `base`, but for those that `folder` has.
  init(base: URL, folder: URL) throws {
    func text(_ name: String) -> String? {
      [folder, base].lazy
        .compactMap { try? Data(contentsOf: $0.appending(path: name)) }.first
        .map { String(decoding: $0, as: UTF8.self) }
    }
    edition = text("edition.xml") ?? ""
    dictionary = text("dictionary.xml")
    annex = text("annex.xml")
    fragments = text("fragments.xml")
    for place in [base, folder] {
      for name in Self.files(of: place, "forms") { forms[name] = text("forms/" + name) }
      for name in Self.files(of: place, "annexes") { annexes[name] = text("annexes/" + name) }
    }
  }

  /// The files of `folder` alone, with another edition.xml.
  init(only folder: URL, edition: String) throws {
    try self.init(base: folder, folder: folder)
    self.edition = edition
  }

  private static func files(of folder: URL, _ name: String) -> [String] {
    let path = folder.appending(path: name).path(percentEncoded: false)
    return (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
  }

  /// Reports name the files with `prefix`.
  func layer(_ prefix: String) -> EditionSource.Layer {
    func source(_ name: String, _ text: String) -> SourceText {
      SourceText(file: prefix + name, bytes: Array(text.utf8))
    }
    return EditionSource.Layer(
      edition: source("edition.xml", edition),
      dictionaries: [dictionary.map { source("dictionary.xml", $0) }].compactMap(\.self),
      annex: annex.map { source("annex.xml", $0) },
      annexes: annexes.sorted { $0.key < $1.key }.map { source("annexes/" + $0.key, $0.value) },
      fragments: fragments.map { source("fragments.xml", $0) },
      forms: forms.sorted { $0.key < $1.key }.map { source("forms/" + $0.key, $0.value) },
      style: nil
    )
  }
}
