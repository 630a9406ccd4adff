import DataFiles
import Diagnostics
import TemplateRuntime

/// A piece of a data file: what it says, and which bytes say it.
struct SourceNode {
  let content: Content
  /// Of a value, its text with its quotes, which is empty where nothing was written; of a collection in brackets, these and all
  /// between; of one in block style, its first key or dash, up to nothing that could be told.
  let span: Range<Int>
  /// Whether it is a collection in brackets; all of JSON's are.
  let isFlow: Bool

  enum Content {
    case absent
    case scalar([UInt8], ScalarStyle)
    case sequence([SourceNode])
    case mapping([Entry])
  }

  struct Entry {
    let key: String
    let keySpan: Range<Int>
    let value: SourceNode
  }

  init(_ content: Content, _ span: Range<Int>, isFlow: Bool = false) {
    self.content = content
    self.span = span
    self.isFlow = isFlow
  }

  /// What it says, whatever its place and its style.
  var raw: RawNode {
    switch content {
    case .absent: RawNode(.absent, at: Self.nowhere)
    case .scalar(let bytes, _):
      RawNode(.scalar(RawScalar(bytes: bytes, isQuoted: true)), at: Self.nowhere)
    case .sequence(let items): RawNode(.sequence(items.map(\.raw)), at: Self.nowhere)
    case .mapping(let entries):
      RawNode(
        .mapping(
          entries.map {
            RawNode.Entry(key: $0.key, keyLocation: Self.nowhere, value: $0.value.raw)
          }
        ),
        at: Self.nowhere
      )
    }
  }

  private static let nowhere = SourceLocation(file: "")

  var style: ScalarStyle? {
    guard case .scalar(_, let style) = content else { return nil }
    return style
  }
}

/// Why a file cannot be edited: it is written in a way that the editor does not take apart.
struct NotEditable: Error {}
