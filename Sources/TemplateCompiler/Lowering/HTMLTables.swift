import Records

/// Tables, and the office's box.
extension HTMLBlocks {
  func emit(_ rows: [Row]) { for row in rows { emit(row) } }

  func emit(_ row: Row) {
    switch row {
    case .row(let anchor, let label, let content):
      opening("tr", anchor)
      element("th", "scope=\"row\"", newline: false) { runs(label) }
      cell("", content)
      builder.markup("</tr>\n")
    case .conditional(let condition, let rows): branch(on: condition) { emit(rows) }
    case .repeated(let loop, let rows): builder.loop(loop) { emit(rows) }
    }
  }

  /// A cell; a screen finds the field of an empty one by the cell itself.
  private func cell(_ attributes: String, _ content: [Block]) {
    builder.markup("<td\(attributes)")
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
      builder.loop(table.loop) {
        element("tr") {
          for column in table.columns {
            let label = attribute(column.label.plainText)
            let alignment =
              column.alignment == .left ? "" : " class=\"\(column.alignment.rawValue)\""
            cell(" data-label=\"\(label)\"\(alignment)", column.content)
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
