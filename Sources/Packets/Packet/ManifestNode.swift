package import Files
package import Records

/// What the readers of manifests ask a node for; nil where it is something else.
extension RawNode {
  package subscript(key: String) -> RawNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  package var text: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return String(decoding: scalar.bytes, as: UTF8.self)
  }

  package var number: Int? { text.flatMap { Int($0) } }

  package var digest: Digest? { text.flatMap { Digest(hexadecimal: $0) } }

  package var items: [RawNode]? {
    guard case .sequence(let nodes) = content else { return nil }
    return nodes
  }

  package var texts: [String]? {
    guard let items else { return nil }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
  }
}
