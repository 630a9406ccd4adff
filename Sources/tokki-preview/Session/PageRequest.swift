import Diagnostics
import Packets
import TemplateRuntime

/// The members of a JSON object that the page sent; whatever the bytes are, they are members or none.
struct PageRequest {
  private let members: [RawNode.Entry]

  init?(_ bytes: [UInt8]) {
    let read = DataFile.read(bytes, named: "", format: .json)
    guard !read.diagnostics.hasErrors, case .mapping(let entries)? = read.root?.content else {
      return nil
    }
    members = entries
  }

  subscript(name: String) -> RawNode? { members.first { $0.key == name }?.value }

  func text(_ name: String) -> String? {
    guard case .scalar(let scalar)? = self[name]?.content else { return nil }
    return String(decoding: scalar.bytes, as: UTF8.self)
  }

  func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

  var mode: PacketMode? { text("mode").flatMap(PacketMode.init) }
}
