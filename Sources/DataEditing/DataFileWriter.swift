package import DataFiles
package import Records

/// Writes a whole contract as a new file: what is given, in the dictionary's order.
package enum DataFileWriter {
  /// UTF-8 with LF, which is read back as the same tree; YAML begins with a comment that names the edition.
  package static func bytes(
    _ tree: DataTree,
    format: DataFile.Format,
    title: String,
    _ binder: Binder
  ) -> [UInt8] {
    switch format {
    case .yaml: yaml(tree, title, binder)
    case .json:
      FlowText(binder: binder, style: FileStyle(.json))
        .record(tree.members, indentation: 0) + [0x0A]
    }
  }

  private static func yaml(_ tree: DataTree, _ title: String, _ binder: Binder) -> [UInt8] {
    let page = Page(binder: binder)
    let blocks = tree.members.filter { binder.isWorthWriting($0) }.map { page.block($0) }
    let head = ["# 契約データ　\(title.onOneLine)".bytes]
    return ([head] + blocks).map { $0.flatMap { $0 + [0x0A] } }.joined(by: "\n")
  }
}

/// Blocks with their labels above them and empty lines between them.
private struct Page {
  let binder: Binder
  private let block: YAMLBlock

  init(binder: Binder) {
    self.binder = binder
    block = YAMLBlock(binder: binder, style: FileStyle(.yaml))
  }

  /// The lines of an outermost field; of what stands in it, only what is long stands apart.
  func block(_ member: DataTree.Member) -> [[UInt8]] {
    let label = "# \(binder.dictionary.fields[member.field].label.onOneLine)".bytes
    let value = member.value.withSingleVendor(member.field == binder.vendor)
    guard case .record(let members) = value else {
      return [label] + block.member(member, column: 0)
    }
    let head = block.member(DataTree.Member(member.field, .record([])), column: 0)
    return [label] + head + inner(members, column: block.style.step)
  }

  private func inner(_ members: [DataTree.Member], column: Int) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var isAfterLong = false
    for member in members where binder.isWorthWriting(member) {
      let own = block.member(member, column: column)
      let isLong = own.count >= Self.long && !member.value.isText
      if isLong || isAfterLong, !lines.isEmpty { lines.append([]) }
      if isLong {
        let label = binder.dictionary.fields[member.field].label
        lines.append(.spaces(column) + "# \(label.onOneLine)".bytes)
      }
      lines += own
      isAfterLong = isLong
    }
    return lines
  }

  private static let long = 4
}
