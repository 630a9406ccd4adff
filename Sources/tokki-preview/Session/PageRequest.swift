import DataFiles
import Diagnostics
import Records

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

  private init(members: [RawNode.Entry]) { self.members = members }

  subscript(name: String) -> RawNode? { members.first { $0.key == name }?.value }

  func text(_ name: String) -> String? {
    guard case .scalar(let scalar)? = self[name]?.content else { return nil }
    return String(decoding: scalar.bytes, as: UTF8.self)
  }

  func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

  /// The objects of a list, none if it is not there; nil for what is no such list.
  func objects(_ name: String) -> [PageRequest]? {
    guard let node = self[name] else { return [] }
    guard case .sequence(let items) = node.content else { return nil }
    let objects = items.compactMap { item -> PageRequest? in
      guard case .mapping(let entries) = item.content else { return nil }
      return PageRequest(members: entries)
    }
    return objects.count == items.count ? objects : nil
  }

  var mode: PacketMode? { text("mode").flatMap(PacketMode.init) }
}
