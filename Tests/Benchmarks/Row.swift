import Diagnostics
import Packets
import TemplateCompiler
import TemplateRuntime

/// The sample contract as one row of a roster gives it: values only, no lists.
struct Row {
  struct Step {
    let name: String
    let run: () -> Int
  }

  let filled: Int
  let steps: [Step]

  static func sample(of folder: String) -> Row? {
    let (source, _) = EditionReader.read(folder)
    guard let source, let edition = Compiler.compile(source).edition,
      let root = DataFile.read(folder + "/samples/contract.yaml").root
    else { return nil }
    let binder = edition.binder
    let data = root.withoutLists
    return Row(
      filled: data.valueCount,
      steps: steps(data, binder, edition, source.digest)
    )
  }

  private static func steps(
    _ data: RawNode,
    _ binder: Binder,
    _ edition: CompiledEdition,
    _ digest: Digest
  ) -> [Step] {
    let record = binder.bind(data, mode: .prefilled, date: nil).record
    var options = PacketOptions()
    options.splits = false
    let builder = PacketBuilder(edition, editionDigest: digest, options: options)
    let packet = builder.packet(of: record)
    let dictionary = edition.dictionary
    let builtIn = dictionary.child("packet", of: nil)
    let columns = dictionary.frames[0].fields.filter {
      record.slots[dictionary.fields[$0].slot].kind != .absent && dictionary.root(of: $0) != builtIn
    }
    let known = KnownValues(record, in: dictionary, varying: Set(columns))
    func render(_ program: Program) -> () -> Int {
      { Renderer.render(program, with: record, checkNumber: nil).count }
    }
    let specialized = PacketBuilder(
      edition.specialized(with: known),
      editionDigest: digest,
      options: options
    )
    var steps = [
      Step(name: "bind") {
        binder.bind(data, mode: .prefilled, date: nil).record.slots.count
      },
      Step(name: "packet") { builder.packet(of: record).files.count },
      Step(name: "packet specialized") { specialized.packet(of: record).files.count },
      Step(name: "manifest twice") {
        packet.manifest.root.utf8.count + packet.manifest.bytes.count
      },
      Step(name: "of which canonical") {
        record.canonicalBytes(dictionary).count
      },
    ]
    for (name, program) in [("html", edition.html), ("docbook", edition.docbook)] {
      steps.append(Step(name: name, run: render(program)))
      steps.append(
        Step(name: name + " specialized", run: render(program.specialize(with: known)))
      )
    }
    for file in packet.files {
      steps.append(
        Step(name: "hash \(file.name) \(file.bytes.count)") {
          Digest(of: file.bytes).bytes.count
        }
      )
    }
    return steps
  }
}

extension RawNode {
  fileprivate var withoutLists: RawNode {
    guard case .mapping(let entries) = content else { return self }
    let kept = entries.filter {
      if case .sequence = $0.value.content { return false }
      return true
    }
    return RawNode(
      .mapping(
        kept.map { Entry(key: $0.key, keyLocation: $0.keyLocation, value: $0.value.withoutLists) }
      ),
      at: location
    )
  }

  fileprivate var valueCount: Int {
    switch content {
    case .absent, .sequence: 0
    case .scalar: 1
    case .mapping(let entries): entries.reduce(0) { $0 + $1.value.valueCount }
    }
  }
}
