import Records

/// Tables, and the office's box.
extension HTMLBlocks {
  func emit(_ rows: [Row]) { for row in rows { emit(row) } }

  func emit(_ row: Row) {
    switch row {
    case .row(let anchor, let label, let content):
      opening("tr", anchor)
      element("th", "scope=\"row\"", newline: false) { runs(label) }
      cell(content)
      builder.markup("</tr>\n")
    case .conditional(let condition, let rows): branch(on: condition) { emit(rows) }
    case .repeated(let loop, let rows): builder.loop(loop) { emit(rows) }
    }
  }

  /// A cell; a screen finds the field of an empty one by the cell itself.
  private func cell(_ content: [Block], label: String? = nil, alignment: Alignment = .left) {
    builder.markup("<td")
    if let label { builder.markup(" data-label=\"\(attribute(label))\"") }
    let names =
      (alignment == .left ? [] : [alignment.rawValue])
      + (content.blankLines > 1 ? ["lines-\(content.blankLines)"] : [])
    if !names.isEmpty { builder.markup(" class=\"\(names.joined(separator: " "))\"") }
    // Boxes to be ticked by hand want room, too.
    if content.count == 1, case .paragraph(.choices, _, _) = content[0],
      let operand = content.firstOperand
    {
      branch(on: .not(.present(operand))) { builder.markup(" class=\"open\"") }
    }
    if let operand = content.firstOperand { annotate(operand) }
    builder.markup(">")
    emit(content)
    builder.markup("</td>")
  }

  func opening(_ tag: String, _ anchor: Anchor?, _ attributes: String = "") {
    builder.markup("<\(tag)\(attributes)")
    if let anchor {
      builder.markup(" id=\"")
      builder.anchor(anchor)
      builder.markup("\"")
    }
    builder.markup(">")
  }

  func columns(_ widths: [Int]) {
    element("colgroup") {
      let total = max(1, widths.reduce(0, +))
      for width in widths {
        builder.markup("<col class=\"w-\(max(1, (width * 100 + total / 2) / total))\">")
      }
    }
  }

  func table(_ table: TableBlock) {
    opening("table", table.anchor, " class=\"grid\"")
    builder.markup("\n")
    if !table.caption.isEmpty { element("caption") { runs(table.caption) } }
    columns(table.columns.map(\.width))
    element("thead") {
      element("tr") {
        for column in table.columns {
          element("th", "scope=\"col\"", newline: false) { runs(column.label) }
        }
      }
    }
    element("tbody") {
      builder.rows(of: table) {
        element("tr") {
          for column in table.columns {
            cell(column.content, label: column.label.plainText, alignment: column.alignment)
          }
        }
      }
    }
    builder.markup("</table>\n")
  }

  func table(_ table: StaticTable) {
    element("table", "class=\"grid\"") {
      columns(table.widths)
      head(table.labels)
      element("tbody") {
        for row in table.rows {
          builder.branch(on: row.condition) {
            element("tr") {
              for (label, content) in zip(table.labels, row.cells) {
                element("td", "data-label=\"\(attribute(label))\"", newline: false) {
                  runs(content)
                }
              }
            }
          }
        }
      }
    }
  }

  func head(_ labels: [String]) {
    if labels.isEmpty { return }
    element("thead") {
      element("tr") {
        for label in labels {
          element("th", "scope=\"col\"", newline: false) { builder.text(label) }
        }
      }
    }
  }

  func office(_ box: OfficeBox) {
    element("div", "class=\"office\"") {
      if let stamp = box.stamp {
        element("p", "class=\"stamp\"") { builder.text(stamp) }
      }
      element("div", "class=\"office-box\"") {
        if box.cells.isEmpty {
          element("p", "class=\"office-caption\"") { runs(box.caption) }
        } else {
          element("table", "class=\"office-cells\"") {
            element("caption") { runs(box.caption) }
            element("tbody") {
              element("tr") {
                for cell in box.cells {
                  element("th", "scope=\"col\"", newline: false) { runs(cell) }
                }
              }
              element("tr", "class=\"seals\"") {
                for _ in box.cells { builder.markup("<td></td>") }
              }
            }
          }
        }
        emit(box.blocks)
      }
    }
  }
}

extension [Block] {
  /// How many lines of handwriting a cell has room for that is empty without a value.
  fileprivate var blankLines: Int {
    guard count == 1 else { return 1 }
    switch self[0] {
    case .lines(_, .cell(let lines)), .values(_, _, .cell(let lines)): return lines
    case .paragraph(_, _, let runs): return runs.blankLines
    case .mark, .title, .formNumber, .line, .lines, .sender, .provisions, .fields, .table,
      .staticTable, .list, .values, .signature, .officeUse, .section, .photo, .copy, .conditional,
      .repeated:
      return 1
    }
  }
}

extension [Run] {
  fileprivate var blankLines: Int {
    guard count == 1 else { return 1 }
    switch self[0] {
    case .value(_, _, .cell(let lines)): return lines
    case .joined(_, let content, _), .unit(let content, _): return content.blankLines
    case .text, .value, .index, .count, .option, .otherOption, .link, .emphasis, .term, .lineBreak,
      .conditional:
      return 1
    }
  }
}
