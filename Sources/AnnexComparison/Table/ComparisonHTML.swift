import AnnexImport

extension ComparisonTable {
  /// A page that prints on A4 landscape; it loads nothing.
  package var html: String {
    let columns = columns
    let heads = columns.map { "<th scope=\"col\">\($0.words.escaped)</th>" }.joined()
    let body = groups.enumerated().map { number, group in html(group, number) }.joined()
    let empty =
      "<tbody><tr><td colspan=\"\(columns.count)\"><p>改正箇所は、ありません。</p></td></tr></tbody>\n"
    return """
      <!DOCTYPE html>
      <html lang="ja">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title.escaped)</title>
      <style>
      \(Self.style)</style>
      </head>
      <body>
      <main>
      <h1 id="title">\(title.escaped)</h1>
      <table aria-labelledby="title"\(style.hasRemarks ? " class=\"with-remarks\"" : "")>
      <thead>
      <tr>\(heads)</tr>
      </thead>
      \(groups.isEmpty ? empty : body)</table>
      </main>
      </body>
      </html>

      """
  }

  /// Whether bytes are a comparison that was written before.
  package static func isOne(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes.prefix(8192), as: UTF8.self)
    return text.contains("<table aria-labelledby=\"title\"") || text.contains("role=\"comparison\"")
  }

  private func html(_ group: Group, _ number: Int) -> String {
    let rows = group.lines.enumerated().map { index, line -> String in
      let cells = columns.compactMap { column, _ -> String? in
        switch column {
        case .new: cell(line.new, "ins")
        case .old: cell(line.old, "del")
        case .remarks:
          index > 0 ? nil : "<td rowspan=\"\(group.lines.count)\"><p>\(group.kind.words)</p></td>"
        }
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return "<tbody id=\"\(group.anchor(number))\">\n\(rows.joined())</tbody>\n"
  }

  private func cell(_ line: Line?, _ mark: String) -> String {
    guard let line else { return "<td></td>" }
    let words = line.pieces.map { piece in
      piece.isMarked ? "<\(mark)>\(piece.text.escaped)</\(mark)>" : piece.text.escaped
    }.joined()
    return "<td><p class=\"in-\(min(line.indent, 6))\">\(words)\(line.note.escaped)</p></td>"
  }

  private static let style = """
    @page{size:A4 landscape;margin:15mm 15mm 14mm;@bottom-center{content:counter(page);font:9pt serif}}
    *{box-sizing:border-box}
    html{font-family:"MS Mincho","ＭＳ 明朝","Yu Mincho","Hiragino Mincho ProN","Noto Serif CJK JP","Noto Serif JP","IPAmjMincho","IPAexMincho","IPAMincho",serif;\
    font-size:10.5pt;line-height:1.5;line-break:strict;color:#000;background:#fff}
    body{margin:0}
    main{max-width:267mm;margin:10mm auto}
    h1{margin:0 0 4mm;font-size:14pt;font-weight:normal;text-align:center}
    table{width:100%;border-collapse:collapse;table-layout:fixed}
    th,td{border-left:.35mm solid #000;border-right:.35mm solid #000;padding:0 2mm;vertical-align:top;overflow-wrap:anywhere}
    th{border:.35mm solid #000;padding:1mm 2mm;font-weight:normal;text-align:center;letter-spacing:.5em;text-indent:.5em}
    tbody{border-top:.35mm solid #000;border-bottom:.35mm solid #000}
    tbody tr:first-child td{padding-top:1mm}
    tbody tr:last-child td{padding-bottom:1mm}
    .with-remarks th:last-child{width:24mm}
    p{margin:0;padding-left:1em;text-indent:-1em;text-align:justify}
    .in-1{padding-left:2em}.in-2{padding-left:3em}.in-3{padding-left:4em}.in-4{padding-left:5em}.in-5{padding-left:6em}.in-6{padding-left:7em}
    ins,del{text-decoration:underline;text-decoration-thickness:.3mm;text-underline-offset:.15em}
    @media print{main{margin:0;max-width:none}thead{display:table-header-group}}

    """
}

extension ComparisonTable {
  enum Column {
    case new, old, remarks
  }

  var columns: [(column: Column, words: String)] {
    let sides = [(Column.new, style.new), (Column.old, style.old)]
    return (style.isNewLeft ? sides : sides.reversed())
      + (style.hasRemarks ? [(Column.remarks, style.remarks)] : [])
  }
}

extension String {
  var escaped: String { XMLText.markup(unicodeScalars) }
}
