import DataFiles
import Diagnostics
import Records

/// A data file taken apart, to be edited.
struct DataSource {
  let format: DataFile.Format
  /// Without a byte order mark, and with LF at the end of each line.
  let text: [UInt8]
  let root: RawNode
  private let lineStarts: [Int]

  /// Of a file about which the reader has nothing to complain.
  init(_ bytes: [UInt8], format: DataFile.Format?) throws(NotEditable) {
    let data = DataFile.read(bytes, named: "", format: format)
    guard let root = data.root, data.diagnostics.isEmpty else { throw NotEditable() }
    self.root = root
    let source = SourceText(file: "", bytes: Array(bytes.dropFirst(bytes.byteOrderMarkLength)))
    self.format = format ?? DataFile.Format(content: source.bytes)
    text = source.bytes
    lineStarts = [0] + text.indices.lazy.filter { source.bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  // MARK: Lines

  /// Where the line begins that holds the offset.
  func lineStart(_ offset: Int) -> Int { lineStarts[line(offset)] }

  /// The line feed behind an offset, or the end of the text.
  func lineEnd(_ offset: Int) -> Int {
    let next = line(offset) + 1
    return next < lineStarts.count ? lineStarts[next] - 1 : text.count
  }

  /// A line may be as long as the file.
  private func line(_ offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// How many characters stand before an offset in its line.
  func column(_ offset: Int) -> Int {
    text[lineStart(offset)..<offset].count { $0 & 0xC0 != 0x80 }
  }

  /// The spaces at the beginning of a line.
  func indentation(ofLineAt start: Int) -> Int {
    text[start...].prefix { $0 == 0x20 }.count
  }

  /// That of the line which holds the offset.
  func indentation(at offset: Int) -> Int { indentation(ofLineAt: lineStart(offset)) }

  /// Whether a line holds a comment and nothing else.
  func isComment(lineAt start: Int) -> Bool {
    text[start...].first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "#")
  }

  /// The offset behind the last character before `offset` that is neither space nor, if `lines`, the end of a line.
  func beforeSpace(_ offset: Int, lines: Bool = false) -> Int {
    var end = offset
    while end > 0, text[end - 1] == 0x20 || text[end - 1] == 0x09 || lines && text[end - 1] == 0x0A
    {
      end -= 1
    }
    return end
  }

  /// The end of what a node says, without the end of its line and the comment in it.
  ///
  /// Comments behind a list that stand deeper than its dashes belong to its last item.
  func contentEnd(_ node: RawNode) -> Int {
    switch node.content {
    case .absent: return node.span.upperBound
    case .scalar(let scalar):
      guard scalar.style.isBlock else { return node.span.upperBound }
      var end = node.span.upperBound
      if keepsLineEnds(node) {
        return end > node.span.lowerBound && text[end - 1] == 0x0A ? end - 1 : end
      }
      while end > node.span.lowerBound, text[end - 1] == 0x0A { end -= 1 }
      return end
    case .mapping(let entries):
      guard !node.isFlow, let last = entries.last else { return node.span.upperBound }
      return max(last.keySpan.upperBound, contentEnd(last.value))
    case .sequence(let items):
      guard !node.isFlow, let last = items.last else { return node.span.upperBound }
      let column = column(node.span.lowerBound)
      var end = contentEnd(last)
      while true {
        let next = lineEnd(end) + 1
        guard next < text.count, isComment(lineAt: next), indentation(ofLineAt: next) > column
        else { return end }
        end = lineEnd(next)
      }
    }
  }

  /// Whether a block's empty lines at the end are part of its text.
  private func keepsLineEnds(_ node: RawNode) -> Bool {
    headerEnd(of: node) > node.span.lowerBound
      && text[node.span.lowerBound..<headerEnd(of: node)].contains(UInt8(ascii: "+"))
  }

  /// The end of a block's `|` or `>` and what is written to it.
  func headerEnd(of node: RawNode) -> Int {
    node.span.lowerBound
      + text[node.span.lowerBound...].prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }.count
  }
}

extension [UInt8] {
  /// The bytes of a byte order mark at the beginning.
  var byteOrderMarkLength: Int { starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}

/// Why a file cannot be edited: it is written in a way that the editor does not take apart.
struct NotEditable: Error {}

// MARK: Edits

/// Some bytes in place of others.
struct TextEdit {
  let range: Range<Int>
  let text: [UInt8]
}

extension [TextEdit] {
  /// The part of a text with the edits made, of which none may reach into another.
  ///
  /// What is put in at one place stays in the order of the edits.
  func applied(to text: [UInt8], in range: Range<Int>) throws(NotEditable) -> [UInt8] {
    var result: [UInt8] = []
    var offset = range.lowerBound
    for edit in try inOrder() {
      guard edit.range.lowerBound >= offset, edit.range.upperBound <= range.upperBound else {
        throw NotEditable()
      }
      result += text[offset..<edit.range.lowerBound]
      result += edit.text
      offset = edit.range.upperBound
    }
    return result + text[offset..<range.upperBound]
  }

  func inOrder() throws(NotEditable) -> [TextEdit] {
    let sorted = enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }.map(\.element)
    for (edit, next) in zip(sorted, sorted.dropFirst())
    where next.range.lowerBound < edit.range.upperBound {
      throw NotEditable()
    }
    return sorted
  }
}
