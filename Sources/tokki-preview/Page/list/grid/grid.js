import { isTyped, target } from "./keys.js";
import { Painter } from "./painter.js";
import { freshId, h } from "../../ui/dom.js";

/** The height of a row in root em. */
const ROW = 2;

/**
 * A table of which only the part in view exists, for lists of any length: an ARIA grid with one tab stop, moved in by the arrows.
 * The header is its row -1.
 */
export class Grid {
  #painter;
  #isDue = false;
  #isDirty = true;

  /**
   * @param {{label: string, describe: () => string, onmove: () => void, onedit: (typed: string | null) => void, onclear: () => void, onorder: (column: number) => void,
   *   onkey: (event: KeyboardEvent) => boolean}} owner `describe` says what is wrong with the active cell; `onkey` says whether it took the key.
   */
  constructor({ label, describe, onmove, onedit, onclear, onorder, onkey }) {
    Object.assign(this, { describe, onmove, onedit, onclear, onorder, onkey, rows: null, positions: [], order: null, edited: null });
    /** @type {import("./columns.js").Slot[]} */
    this.slots = [];
    /** The active row among those shown, -1 on the header, and the active slot; fresh: not visited yet. */
    this.at = { index: 0, slot: 0 };
    this.isFresh = true;
    this.head = h("div", { role: "rowgroup", class: "list-head" });
    this.nothing = h("div", { role: "row", class: "list-nothing", hidden: true }, h("div", { role: "gridcell" }, "絞り込みに当たる行がありません。"));
    this.body = h("div", { role: "rowgroup", class: "list-body" }, this.nothing);
    this.element = h("div", { role: "grid", class: "list-grid", "aria-label": label }, this.head, this.body);
    /** What describes the active cell to screen readers; stands beside the grid. */
    this.said = h("p", { class: "heard", id: freshId("list-said") });
    this.#painter = new Painter(this);
    this.measure();
    this.element.addEventListener("scroll", () => this.#schedule(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#press(event));
    this.element.addEventListener("focusin", (event) => this.#focused(event.target));
    this.element.addEventListener("click", (event) => this.#click(event.target));
    this.element.addEventListener("dblclick", (event) => this.#cellOf(event.target) && this.at.index >= 0 && this.onedit(null));
  }

  /** Learns how large letters are here, and with them the rows: asked for seldom, for the answer may cost a layout. */
  measure() {
    this.scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    this.unit = Math.round(ROW * this.scale * 16);
    this.element.style.setProperty("--list-row", `${this.unit}px`);
  }

  /** The list's position of the row that is active, and the column; null on the header or in an empty table. */
  get active() {
    const { index, slot } = this.at;
    const position = this.positions[index];
    return position === undefined || !this.slots[slot] ? null : { position, column: this.slots[slot].column };
  }

  /** @param {import("./columns.js").Slot[]} slots */
  setSlots(slots) {
    const column = this.slots[this.at.slot]?.column;
    const hadFocus = this.tabStop && this.tabStop === document.activeElement;
    this.slots = slots;
    this.#painter.forget();
    this.at.slot = Math.max(0, slots.findIndex((slot) => slot.column === column));
    const { left, width } = slots.at(-1) ?? { left: 0, width: 0 };
    for (const part of [this.head, this.body]) part.style.width = `${left + width}px`;
    this.element.setAttribute("aria-colcount", slots.length);
    this.redraw();
    if (!hadFocus) return;
    // The cells are others now.
    this.#draw();
    this.#focus();
  }

  /**
   * Shows these rows in this order; the active row stays so if it is among them.
   *
   * @param {import("./rows.js").Rows} rows
   * @param {number[]} positions
   * @param {import("./rows.js").Order} order
   */
  setRows(rows, positions, order) {
    const before = this.active?.position;
    const found = before === undefined ? -1 : positions.indexOf(before);
    // Whoever is writing in a cell that stays where it is goes on.
    if (found !== this.at.index) this.leave();
    Object.assign(this, { rows, positions, order });
    if (found >= 0 || this.at.index >= 0) this.at.index = found >= 0 ? found : Math.min(0, positions.length - 1);
    this.element.setAttribute("aria-rowcount", positions.length + 1);
    this.redraw();
    if (found >= 0) return;
    this.isFresh = true;
    this.onmove();
  }

  /** Draws what is in view again, for rows that changed. */
  redraw() {
    this.body.style.height = `${Math.max(1, this.positions.length) * this.unit}px`;
    this.nothing.hidden = this.positions.length > 0 || !this.rows?.loaded;
    this.said.textContent = this.describe();
    this.#isDirty = true;
    this.#schedule();
  }

  /**
   * Makes a cell active and brings it into view.
   *
   * @param {number} index
   * @param {number} slot
   * @param {boolean} [hasFocus] Whether the focus goes there too.
   */
  go(index, slot, hasFocus = true) {
    const last = this.positions.length - 1;
    this.isFresh = false;
    this.at = { index: Math.min(Math.max(index, -1), last), slot: Math.min(Math.max(slot, 0), this.slots.length - 1) };
    this.#reveal();
    this.#isDirty = true;
    this.#draw();
    // Before the focus comes, for a screen reader reads what stands there then.
    this.said.textContent = this.describe();
    if (hasFocus) this.#focus();
    this.onmove();
  }

  /** The same by the list's own numbers, if the row is among those shown. @param {number} position @param {number} column */
  goTo(position, column) {
    const index = this.positions.indexOf(position);
    if (index >= 0) this.go(index, this.slotOf(column));
  }

  /** @param {number} column */
  slotOf(column) {
    return Math.max(0, this.slots.findIndex((slot) => slot.column === column));
  }

  /** Hands the active cell over for editing, until `stopEditing`. @returns {{cell: HTMLElement, slot: import("./columns.js").Slot} | null} */
  startEditing() {
    this.#reveal();
    this.#draw();
    const cell = this.at.index < 0 ? null : this.#activeCell();
    this.edited = cell ?? null;
    return cell ? { cell, slot: this.slots[this.at.slot] } : null;
  }

  /** Ends the editing of a cell that will not stay where it is: what is typed is saved. */
  leave() {
    this.edited?.querySelector(".list-editor")?.blur();
  }

  /** @param {boolean} hasFocus Whether the cell shall have the focus again. */
  stopEditing(hasFocus) {
    if (!this.edited) return;
    this.edited.view.reset();
    this.edited = null;
    this.#isDirty = true;
    this.#draw();
    if (hasFocus) this.#focus();
  }

  /** Focuses the active cell, and on a small screen scrolls the page to it. */
  #focus() {
    const cell = this.#activeCell();
    if (!cell) return;
    cell.focus({ preventScroll: true });
    const { top, bottom } = cell.getBoundingClientRect();
    const beyond = Math.min(0, top - this.unit) || Math.max(0, bottom + this.unit - innerHeight);
    if (beyond) document.scrollingElement.scrollBy(0, beyond);
  }

  #schedule() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw() {
    if (!this.rows || !this.element.clientHeight) return;
    const hadFocus = this.tabStop && this.tabStop === document.activeElement;
    this.#painter.draw(this.#isDirty);
    this.#isDirty = false;
    this.#moveTabStop();
    // The row that has the focus may stand elsewhere now.
    if (hadFocus && this.tabStop !== document.activeElement) this.tabStop?.focus({ preventScroll: true });
  }

  #activeCell() {
    return this.#painter.cell(this.at);
  }

  #moveTabStop() {
    const cell = this.#activeCell();
    if (cell === this.tabStop) return;
    this.tabStop?.setAttribute("tabindex", "-1");
    this.tabStop?.removeAttribute("aria-describedby");
    cell?.setAttribute("tabindex", "0");
    cell?.setAttribute("aria-describedby", this.said.id);
    this.tabStop = cell;
  }

  #reveal() {
    const { index, slot } = this.at;
    const { element } = this;
    const head = this.head.offsetHeight;
    const top = index * this.unit;
    if (index >= 0) {
      if (top < element.scrollTop) element.scrollTop = top;
      const over = top + this.unit + head - element.scrollTop - element.clientHeight;
      if (over > 0) element.scrollTop += over;
    }
    const { left, width, isPinned } = this.slots[slot] ?? { isPinned: true };
    if (isPinned) return;
    const pinned = this.slots.findLast((one) => one.isPinned);
    const hidden = pinned.left + pinned.width;
    if (left - hidden < element.scrollLeft) element.scrollLeft = left - hidden;
    const beyond = left + width - element.scrollLeft - element.clientWidth;
    if (beyond > 0) element.scrollLeft = Math.min(element.scrollLeft + beyond, left - hidden);
  }

  #cellOf(node) {
    return node.closest?.(".list-cell");
  }

  #focused(node) {
    const cell = this.#cellOf(node);
    if (!cell || cell === this.edited) return;
    const slot = cell.view.index;
    const index = Number(cell.parentNode.getAttribute("aria-rowindex")) - 2;
    if (index !== this.at.index || slot !== this.at.slot) this.go(index, slot, false);
  }

  #click(node) {
    const cell = this.#cellOf(node);
    if (!cell || cell === this.edited) return;
    this.#focused(cell);
    if (this.at.index < 0) this.onorder(this.slots[this.at.slot].column);
  }

  #press(event) {
    if (this.edited || event.defaultPrevented) return;
    if (this.onkey(event)) return event.preventDefault();
    const { index, slot } = this.at;
    const page = Math.max(1, Math.floor((this.element.clientHeight - this.head.offsetHeight) / this.unit) - 1);
    const there = target(event, { index, slot, page, rows: this.positions.length, slots: this.slots.length });
    if (there) {
      event.preventDefault();
      this.go(there.index, there.slot);
    } else if (index < 0 && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.onorder(this.slots[slot].column);
    } else if (index >= 0 && (event.key === "Enter" || event.key === "F2")) {
      event.preventDefault();
      this.onedit(null);
    } else if (index >= 0 && event.key === "Delete") {
      event.preventDefault();
      this.onclear();
    } else if (index >= 0 && isTyped(event)) {
      // What is typed, or begins to be converted into kanji, goes into the box that opens.
      this.onedit("");
    }
  }
}
