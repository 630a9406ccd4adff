import Diagnostics
import Packets
import Records
import TemplateCompiler
import TemplateRuntime

/// What is to be shown: the data of one contract with one vendor, and which paper of it.
struct PaperRequest: Sendable {
  let data: PaperData
  let mode: PacketMode
  /// The number of the document in the edition's packet; nil: all of them.
  let document: Int?
  /// 1-based.
  let instance: Int

  init(_ data: PaperData, _ mode: PacketMode, _ request: PageRequest) {
    self.data = data
    self.mode = mode
    document = request.number("document")
    instance = request.number("instance") ?? 1
  }
}

/// One record on its way to paper, and where in the form a diagnostic of it belongs.
struct PaperData: Sendable {
  let tree: RawNode
  /// The field's path with the numbers of its items, `vendor.workers[2].name`; nil for what belongs to no field.
  let path: @Sendable (Diagnostic) -> String?
}

/// A paper on the screen, how far each document is filled in, and what is wrong with the data.
///
/// The state of the documents and the diagnostics are those of the finished packet, whatever mode is shown: 提出用 is what the
/// clerk is on the way to.
struct PaperRendering {
  private let ready: ReadyEdition
  private let request: PaperRequest
  /// What the mode prints and finds wrong.
  private let binding: Binding
  /// As the finished packet prints it.
  private let finished: Record
  /// As the packet has it meanwhile, with forms to be filled in by hand.
  private let unfinished: Record
  private let findings: [Finding]
  private let checkNumber: CheckNumber
  private let builder: PacketBuilder

  private struct Finding {
    let diagnostic: Diagnostic
    let path: String?
  }

  init(_ request: PaperRequest, of ready: ReadyEdition) {
    self.request = request
    self.ready = ready
    let final = ready.binder.bind(request.data.tree, mode: .final, date: nil)
    finished = final.record
    let prefilled = ready.binder.bind(request.data.tree, mode: .prefilled, date: nil)
    unfinished = prefilled.record
    binding =
      switch request.mode {
      case .final: final
      case .prefilled: prefilled
      case .blank: ready.binder.bind(request.data.tree, mode: .blank, date: nil)
      }
    findings = final.diagnostics.map { Finding(diagnostic: $0, path: request.data.path($0)) }
    var options = PacketOptions()
    options.mode = request.mode
    builder = PacketBuilder(ready.edition, editionDigest: ready.opened.digest, options: options)
    checkNumber = builder.checkNumber(of: binding.record)
  }

  private var shown: Record { binding.record }

  /// `Rendered` as the page reads it; nil if there is no such document.
  var json: JSONValue? {
    guard let document = request.document.flatMap(ready.document) else { return nil }
    return .object([
      ("revision", .integer(Int64(ready.revision))),
      ("title", .string(document.title)),
      ("body", .string(String(decodingUTF8: rendered(ready.screen.articles, document) ?? []))),
      ("checkNumber", .string(checkNumber.description)),
      ("documents", .array(states.map(\.json))),
      ("diagnostics", .array(findings.map { $0.diagnostic.json(path: $0.path) })),
    ])
  }

  /// The whole packet, with its path below an output folder; or what keeps it from being made.
  var packet: Result<(packet: Packet, path: String), Refusal> {
    guard !binding.diagnostics.hasErrors else {
      let errors = binding.diagnostics.map { $0.json(path: request.data.path($0)) }
      return .failure(Refusal(diagnostics: errors))
    }
    guard
      let path = PacketPath.path(
        of: binding.everything,
        ready.edition.dictionary,
        occasion: ready.edition.specialOccasion
      )
    else {
      return .failure(
        Refusal(diagnostics: [Diagnostic.folderName(at: SourceLocation(file: "")).json()])
      )
    }
    return .success((builder.packet(of: binding.record), path))
  }

  /// Why there is no packet.
  struct Refusal: Error {
    /// As the page reads them.
    let diagnostics: [JSONValue]
  }

  /// The paper's file, as the packet has it: of one instance of a document, or of all; nil if it is not printed.
  var page: [UInt8]? {
    guard let number = request.document else {
      return Renderer.render(ready.edition.html, with: shown, checkNumber: checkNumber)
    }
    return ready.document(number).flatMap { rendered(ready.edition.splitHTML, $0) }
  }

  /// What the paper is made of or made into.
  func text(_ view: SourceView) -> String? {
    guard let document = request.document.flatMap(ready.document) else { return nil }
    switch view {
    case .html: return rendered(ready.edition.splitHTML, document).map(String.init(decodingUTF8:))
    case .docbook: return rendered(ready.edition.docbook, document).map(String.init(decodingUTF8:))
    case .listing:
      let program = ready.edition.splitHTML
      return program.sections.first { $0.document == document.id }.map(program.listing)
    }
  }

  /// The asked-for instance of a document, or its nearest.
  private func rendered(_ program: Program, _ document: ScreenEdition.Document) -> [UInt8]? {
    guard let section = program.sections.first(where: { $0.document == document.id }) else {
      return nil
    }
    let last = section.instanceCount(in: shown)
    guard last > 0 else { return nil }
    return Renderer.render(
      section,
      instance: min(max(request.instance, 1), last) - 1,
      of: program,
      with: shown,
      checkNumber: checkNumber
    )
  }

  // MARK: How far it is filled in

  private struct State {
    let number: Int
    let instances: Int
    let blank: Int
    let given: Int
    /// Whether the finished packet has it.
    let isMade: Bool
    /// Whether every contract needs it, and the finished packet would go without it.
    let isLacking: Bool

    var json: JSONValue {
      .object([
        ("number", .integer(Int64(number))),
        ("instances", .integer(Int64(instances))),
        ("blank", .integer(Int64(blank))),
        ("given", .integer(Int64(given))),
        ("made", .bool(isMade)),
        ("lacking", .bool(isLacking)),
      ])
    }
  }

  private var states: [State] {
    zip(ready.screen.documents, ready.screen.fieldLists.sections).map { document, section in
      var blank: Set<Substring> = []
      var filled: Set<Substring> = []
      // What the finished packet does without is blank, as the form that is sent out in case it applies.
      let isMade = section.instanceCount(in: finished) > 0
      let counted = isMade ? finished : unfinished
      for instance in 0..<section.instanceCount(in: counted) {
        let bytes = Renderer.render(
          section,
          instance: instance,
          of: ready.screen.fieldLists,
          with: counted,
          checkNumber: nil
        )
        for line in String(decodingUTF8: bytes).split(separator: "\n") {
          if line.hasSuffix(" -") { blank.insert(line.dropLast(2)) } else { filled.insert(line) }
        }
      }
      return State(
        number: document.number,
        instances: section.instanceCount(in: shown),
        blank: blank.count,
        given: filled.count { path in
          // Each of its sheets is made for what was entered.
          !isPrefilled(path) || document.repeats.map { path.hasPrefix($0 + "[") } ?? false
        },
        isMade: isMade,
        isLacking: document.isRequired && !isMade && section.instanceCount(in: unfinished) > 0
      )
    }
  }

  private func isPrefilled(_ path: Substring) -> Bool {
    let plain = String(path).withoutItemNumbers
    return ready.edition.dictionary.field(at: plain).map {
      ready.edition.dictionary.fields[$0].declaration.prefill
    } ?? false
  }
}

extension String {
  fileprivate init(decodingUTF8 bytes: [UInt8]) { self.init(decoding: bytes, as: UTF8.self) }

  /// `vendor.workers.name` for `vendor.workers[2].name`.
  fileprivate var withoutItemNumbers: String {
    var result = ""
    var isNumber = false
    for character in self {
      switch character {
      case "[": isNumber = true
      case "]": isNumber = false
      case _: if !isNumber { result.append(character) }
      }
    }
    return result
  }
}

extension Diagnostic {
  /// `Diagnostic` as the page reads it, said of a field, or of a place in a file with an excerpt of it.
  func json(path: String? = nil, excerpt: [String] = []) -> JSONValue {
    let text: JSONValue = excerpt.isEmpty ? .null : .string(excerpt.joined(separator: "\n"))
    let place = path == nil ? location.description : nil
    return .object(members(path: path, place: place) + [("excerpt", text)])
  }

  /// What the page reads of any diagnostic.
  func members(path: String?, place: String?, isCorrectable: Bool = false) -> [(
    name: String, value: JSONValue
  )] {
    [
      ("code", .string(code.rawValue)), ("severity", .string(severity.rawValue)),
      ("path", .optional(path)), ("place", .optional(place)),
      ("message", .string((context.map { "（\($0)）" } ?? "") + message.ja)),
      ("hint", .optional(remedyOnPage(isCorrectable: isCorrectable))),
    ]
  }
}
