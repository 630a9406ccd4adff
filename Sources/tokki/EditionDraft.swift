import AnnexImport
import Files
import Packets
import TemplateCompiler

/// The files of a new edition, as far as they can be made of the official text.
struct EditionDraft {
  let folder: String
  let base: String
  let city: String?
  let text: FoundAnnex

  /// By the path within the folder.
  func files(annex: String) -> [(path: String, text: String)] {
    var files = [("edition.xml", edition(annex)), ("annex.xml", annex), ("original.txt", original)]
    let sample = base + "/samples/contract.yaml"
    if case .success(let bytes) = FileSystem.read(sample, atMost: 4 << 20) {
      files.append(("samples/contract.yaml", String(decoding: bytes, as: UTF8.self)))
    }
    return files
  }

  private func edition(_ annex: String) -> String {
    let declared = EditionReader.read(base).source.map(DeclaredSlot.slots) ?? []
    let slots = declared.map { slot in
      let help = slot.help.isEmpty ? "" : "    <!-- \(slot.help.replacing("--", with: "－")) -->\n"
      let value = known(slot.name) ?? ""
      if value.isEmpty, !slot.isNeeded || !slot.value.isEmpty {
        return help
          + "    <!-- <slot name=\"\(slot.name)\">\(escaped(slot.value))</slot> -->\n"
      }
      return help + "    <slot name=\"\(slot.name)\">\(escaped(value))</slot>\n"
    }
    return """
      \(AnnexWriter.prolog(grammar: grammar).joined(separator: "\n"))
      <edition xmlns="urn:tokki:template:1" id="\(id)" extends="\(escaped(pathToBase))" status="draft">
        <name>\(escaped((city.map { $0 + " " } ?? "") + title))</name>
        <!-- 適用期間。例：<force from="2023-04-01"/> -->

        <slots>
      \(slots.joined())\
        </slots>

        <changes>
      \(absent(in: annex))\
        </changes>
      </edition>

      """
  }

  /// What the import did not find of the provisions that the base speaks of, to be decided on.
  private func absent(in annex: String) -> String {
    let entries = EditionFinder.catalogue(of: base)?.entries ?? []
    func isAbsent(_ index: Int) -> Bool { !annex.contains(" id=\"\(entries[index].id)\"") }
    var lines: [String] = []
    for index in entries.indices where entries[index].parent == nil {
      let children = entries.indices.filter { entries[$0].parent == index }
      let missing = children.filter(isAbsent)
      if missing.count == children.count, isAbsent(index) {
        if !children.isEmpty {
          lines.append("<omit article=\"\(entries[index].id)\"/>　\(entries[index].about)")
        }
      } else {
        lines += missing.map { "<omit paragraph=\"\(entries[$0].id)\"/>　\(entries[$0].about)" }
      }
    }
    guard !lines.isEmpty else { return "" }
    return """
          <!--
            条文に見つからなかった規定です。条文にあるときは、annex.xml のその条又は項の id をこの名前に改めてください。
            ないときは、その行の <omit …/> をこの注釈の外に移すと、警告が出なくなります。
      \(lines.map { "      \($0)\n" }.joined())\
          -->

      """
  }

  private var title: String { text.title?.string ?? "" }

  /// What texts call the two parties.
  private static let parties = [
    (orderer: "発注者", contractor: "受注者"), (orderer: "委託者", contractor: "受託者"),
    (orderer: "甲", contractor: "乙"),
  ]

  /// What the text and the command say of a slot.
  private func known(_ slot: String) -> String? {
    let words = text.nodes.map(\.content.string).joined()
    func isParty(_ name: String) -> Bool { words.contains(name + "は、") }
    return switch slot {
    case "office.name": city
    case "office.head_title":
      city.flatMap { name in
        ["市", "町", "村", "区"].contains(name.last.map(String.init)) ? name + "長" : nil
      }
    // Some texts have duties of the contractor alone.
    case "party.orderer":
      Self.parties.first {
        isParty($0.orderer) || isParty($0.contractor) && words.contains($0.orderer)
      }?.orderer
    case "party.contractor": Self.parties.map(\.contractor).first(where: isParty)
    case "annex.short_name":
      ["特記事項", "特記仕様書", "特約", "取扱要領", "覚書", "協定書"].first { title.contains($0) }
    case _: nil
    }
  }

  /// The text in the order of reading, without what the import left out.
  private var original: String {
    text.nodes.map { $0.content.string + "\n" }.joined()
  }

  /// Of the folder's name; an edition whose folder has another kind of name is called by what it is.
  private var id: String {
    let name = folder.split(separator: "/").last.map(String.init) ?? ""
    let isID =
      name.utf8.first.map { (0x61...0x7A).contains($0) } == true && name.utf8.count <= 80
      && name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
    return isID ? name : "city"
  }

  /// The grammar that lies beside the base, from the folder; without one there no file names it.
  var grammar: String? {
    let file = base + "/../schema/template.rng"
    return FileSystem.isFile(file) ? path(to: file) : nil
  }

  private var pathToBase: String { path(to: base) }

  /// From the folder; whole where nothing is shared.
  private func path(to target: String) -> String {
    guard let whole = FileSystem.canonicalPath(target), let own = FileSystem.canonicalPath(folder)
    else { return target }
    let target = whole.split(separator: "/")
    let start = own.split(separator: "/")
    let shared = zip(target, start).prefix { $0 == $1 }.count
    guard shared > 0 else { return whole }
    return (start[shared...].map { _ in ".." } + target[shared...]).joined(separator: "/")
  }

  private func escaped(_ text: String) -> String {
    XMLText.markup(text.unicodeScalars)
  }
}
