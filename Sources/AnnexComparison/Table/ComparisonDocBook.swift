extension ComparisonTable {
  /// A DocBook 5.0 article with one table.
  package var docbook: String {
    let columns = columns
    let heads = columns.map { "<entry>\($0.words.escaped)</entry>" }.joined()
    let specs = columns.enumerated().map { number, column in
      "<colspec colname=\"c\(number + 1)\" colwidth=\"\(column.column == .remarks ? "1*" : "5*")\"/>"
    }
    let rows = groups.enumerated().map { number, group in
      "<row xml:id=\"\(group.anchor(number))\">\(columns.map { entry(group, $0.column) }.joined())</row>\n"
    }
    let empty = "<row>\(columns.map { _ in "<entry/>" }.joined())</row>\n"
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <article xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="ja" role="comparison">
      <info><title>\(title.escaped)</title></info>
      <informaltable frame="all" orient="land">
      <tgroup cols="\(columns.count)">
      \(specs.joined())
      <thead><row>\(heads)</row></thead>
      <tbody>
      \(groups.isEmpty ? empty : rows.joined())</tbody>
      </tgroup>
      </informaltable>
      </article>

      """
  }

  private func entry(_ group: Group, _ column: Column) -> String {
    let lines: [Line?]
    switch column {
    case .new: lines = group.lines.map(\.new)
    case .old: lines = group.lines.map(\.old)
    case .remarks: return "<entry><para>\(group.kind.words)</para></entry>"
    }
    let paragraphs = lines.compactMap(\.self).map { line in
      let words = line.pieces.map { piece in
        piece.isMarked
          ? "<emphasis role=\"underline\">\(piece.text.escaped)</emphasis>" : piece.text.escaped
      }.joined()
      let role = line.indent > 0 ? " role=\"indent-\(line.indent)\"" : ""
      return "<para\(role)>\(words)\(line.note.escaped)</para>"
    }
    return paragraphs.isEmpty ? "<entry/>" : "<entry>\(paragraphs.joined())</entry>"
  }
}
