import { STATE } from "./rows.js";
import { h, write } from "../../ui/dom.js";

const BADGES = { error: "エラー", warning: "警告", good: "問題なし", excluded: "除いた行" };

/** A drawn cell: of the header if its row is, else of a row. */
class CellView {
  constructor(isHeader) {
    this.isHeader = isHeader;
    this.element = h("div", { tabindex: "-1" });
    this.slot = null;
    this.text = null;
  }

  /** Draws the cell again from nothing: something else stood in it. */
  reset() {
    Object.assign(this, { look: undefined, text: null, direction: undefined });
    this.element.replaceChildren();
  }

  place(slot, index) {
    if (this.slot === slot) return;
    const { element } = this;
    Object.assign(this, { slot, index });
    this.reset();
    const role = this.isHeader ? "columnheader" : slot.column === STATE ? "rowheader" : "gridcell";
    element.setAttribute("role", role);
    // Headers of columns are all there, that of a row is the first in it: they need no number.
    if (role === "gridcell") element.setAttribute("aria-colindex", index + 1);
    element.style.width = `${slot.width}px`;
    element.style.left = `${slot.left}px`;
    element.view = this;
  }

  /** Changes only what differs: most cells of a row that scrolls in need no more than another text. */
  show(look, text) {
    if (look !== this.look) {
      const isInvalid = look.includes("is-error");
      this.element.className = look;
      if (isInvalid) this.element.setAttribute("aria-invalid", "true");
      else this.element.removeAttribute("aria-invalid");
      this.look = look;
    }
    if (text === this.text) return;
    if (this.element.firstChild) this.element.firstChild.data = text;
    else this.element.append(text);
    this.text = text;
  }

  /** @param {object | undefined} row */
  showState(row) {
    if (!this.element.firstChild) {
      this.element.append(h("span", { class: "list-number" }), h("span", { class: "list-badge" }), h("span", { class: "list-mended" }));
    }
    this.element.className = `list-cell list-state is-pinned ${row ? `has-${row.state}` : "is-coming"}`;
    const [number, badge, mended] = this.element.children;
    write(number, row ? `${row.row}` : "");
    write(badge, row ? BADGES[row.state] : "");
    write(mended, row?.corrected.length ? "修正" : "");
  }

  showHeader(order) {
    const { slot, element } = this;
    const direction = order?.column === slot.column ? order.direction : 0;
    if (direction === this.direction) return;
    this.direction = direction;
    const sort = direction === 1 ? "ascending" : direction === -1 ? "descending" : "none";
    if (!element.firstChild) {
      element.className = `list-cell list-header ${slot.isPinned ? "is-pinned" : ""}`;
      element.append(
        h("span", { class: "list-letter" }, slot.letter),
        h("span", { class: "list-label" }, slot.header || "（見出しなし）"),
        h("span", { class: "list-arrow", "aria-hidden": "true" }),
      );
    }
    element.setAttribute("aria-sort", sort);
    write(element.lastChild, direction === 1 ? "▲" : direction === -1 ? "▼" : "");
  }
}

/** A drawn row. Its cells are of the slots that are in view, and are used again for others. */
export class RowView {
  constructor(isHeader = false) {
    this.isHeader = isHeader;
    this.element = h("div", { role: "row", class: isHeader ? "list-row list-heads" : "list-row" });
    /** @type {Map<number, CellView>} By slot. */
    this.cells = new Map();
    this.index = -1;
  }

  /** Lets the row have exactly these slots, in their order. @param {number[]} wanted @param {object[]} slots @param {number} kept A slot that never moves: it may have the focus. */
  take(wanted, slots, kept) {
    const needed = new Set(wanted);
    const spare = [];
    for (const [slot, cell] of this.cells) {
      if (needed.has(slot)) continue;
      this.cells.delete(slot);
      // A cell that stays in view is laid out otherwise; it is not worth a second use.
      if (cell.slot.isPinned) cell.element.remove();
      else spare.push(cell);
    }
    takeOut(spare, wanted.length);
    for (const slot of wanted) {
      let cell = this.cells.get(slot);
      if (!cell) {
        cell = (!slots[slot].isPinned && spare.shift()) || new CellView(this.isHeader);
        this.cells.set(slot, cell);
      }
      cell.place(slots[slot], slot);
    }
    for (const cell of spare) cell.element.remove();
    arrange(this.element, wanted.map((slot) => this.cells.get(slot).element), this.cells.get(kept)?.element);
  }

  /** @param {object | undefined} row What stands in it; undefined while it is on its way. @param {HTMLElement | null} edited The cell that is being edited, which is left alone. */
  show(row, edited) {
    const marks = row && marksOf(row);
    const isExcluded = row?.state === "excluded";
    this.element.classList.toggle("is-excluded", isExcluded);
    // What was emptied is shown as it was, struck through: one sees which row it is.
    const texts = isExcluded ? originalsOf(row) : (row?.cells ?? []);
    for (const cell of this.cells.values()) {
      const { column, isPinned } = cell.slot;
      if (cell.element === edited) continue;
      if (column === STATE) {
        cell.showState(row);
      } else {
        const mark = row ? (marks.get(column) ?? "") : "is-coming";
        cell.show(`list-cell ${isPinned ? "is-pinned " : ""}${mark}`, row ? (texts[column] ?? "") : "…");
      }
    }
  }
}

/** The texts of a row as the file has them. */
function originalsOf({ cells, corrected, was }) {
  const texts = [...cells];
  corrected.forEach((column, index) => { texts[column] = was[index]; });
  return texts;
}

/** How the cells of a row that are not as usual look, by column. */
function marksOf(row) {
  const marks = new Map();
  for (const { column, severity } of row.diagnostics) {
    if (column === null || marks.get(column) === "is-error") continue;
    marks.set(column, severity === "error" ? "is-error" : "is-warning");
  }
  for (const column of row.corrected) marks.set(column, `${marks.get(column) ?? ""} is-corrected`);
  return marks;
}

/**
 * Takes out what will stand elsewhere, if that is the smaller part: all others then are in order already.
 *
 * @param {{element: HTMLElement}[]} spare
 * @param {number} count Of all that will stand there.
 */
export function takeOut(spare, count) {
  if (spare.length * 2 < count) for (const { element } of spare) element.remove();
}

/**
 * Brings children into order and moves no more than must move: least of all `anchor`, which would lose the focus.
 *
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} ordered
 * @param {HTMLElement | undefined} anchor
 */
export function arrange(parent, ordered, anchor) {
  if (!ordered.length) return;
  let start = anchor?.parentNode === parent ? ordered.indexOf(anchor) : -1;
  if (start < 0) start = Math.max(0, ordered.findIndex((one) => one.parentNode === parent));
  if (ordered[start].parentNode !== parent) parent.append(ordered[start]);
  for (let at = start - 1; at >= 0; at -= 1) {
    if (ordered[at + 1].previousSibling !== ordered[at]) parent.insertBefore(ordered[at], ordered[at + 1]);
  }
  for (let at = start + 1; at < ordered.length; at += 1) {
    if (ordered[at - 1].nextSibling !== ordered[at]) parent.insertBefore(ordered[at], ordered[at - 1].nextSibling);
  }
}
