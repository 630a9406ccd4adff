import { arrange, RowView, takeOut } from "./row-view.js";

/** Rows and pixels beyond the edge that are drawn as well, so that a short scroll shows no gap. */
const [SPARE_ROWS, SPARE_PIXELS] = [4, 120];

/** Keeps drawn the header, what is in view of a grid, and what is active, for it may have the focus; all else does not exist. */
export class Painter {
  #heads = new RowView(true);
  /** By their place among the rows shown. @type {Map<number, RowView>} */
  #drawn = new Map();
  #key = "";
  #slotsKey = "";

  /** @param {import("./grid.js").Grid} grid */
  constructor(grid) {
    this.grid = grid;
    this.#heads.element.setAttribute("aria-rowindex", 1);
    grid.head.append(this.#heads.element);
  }

  /** Starts over: the columns are others. */
  forget() {
    for (const view of this.#drawn.values()) view.element.remove();
    this.#drawn.clear();
    for (const cell of this.#heads.cells.values()) cell.element.remove();
    this.#heads.cells.clear();
    this.#slotsKey = "";
  }

  /** The element of a cell, if it is drawn; row -1 is the header. @returns {HTMLElement | undefined} */
  cell({ index, slot }) {
    return (index < 0 ? this.#heads : this.#drawn.get(index))?.cells.get(slot)?.element;
  }

  /** @param {boolean} isDirty Whether what is drawn already may show something else now. */
  draw(isDirty) {
    const { grid } = this;
    const rows = this.#rows();
    const slots = this.#slots();
    const slotsKey = slots.join();
    const key = `${rows[0]} ${rows[1]} ${rows.at(-1)} ${rows.length} ${slotsKey}`;
    if (key === this.#key && !isDirty) return;
    const isAll = isDirty || slotsKey !== this.#slotsKey;
    this.#key = key;
    this.#slotsKey = slotsKey;
    if (isDirty) {
      this.#heads.take([...grid.slots.keys()], grid.slots, grid.at.slot);
      for (const cell of this.#heads.cells.values()) cell.showHeader(grid.order);
    }
    const wanted = new Set(rows);
    const spare = [...this.#drawn.values()].filter((view) => !wanted.has(view.index));
    for (const view of spare) this.#drawn.delete(view.index);
    // In the order in which they stand, those of another page of the list need not be moved.
    spare.sort((a, b) => a.index - b.index);
    takeOut(spare, rows.length);
    for (const index of rows) {
      const known = this.#drawn.get(index);
      if (!known || isAll) this.#row(index, known ?? spare.shift() ?? new RowView(), slots);
    }
    for (const view of spare) view.element.remove();
    arrange(grid.body, rows.map((index) => this.#drawn.get(index).element), this.#drawn.get(grid.at.index)?.element);
  }

  #rows() {
    const { element, unit, positions, at } = this.grid;
    const first = Math.max(0, Math.floor(element.scrollTop / unit) - SPARE_ROWS);
    const last = Math.min(positions.length - 1, Math.ceil((element.scrollTop + element.clientHeight) / unit) + SPARE_ROWS);
    const rows = [];
    if (at.index >= 0 && at.index < first) rows.push(at.index);
    for (let index = first; index <= last; index += 1) rows.push(index);
    if (at.index > last) rows.push(at.index);
    return rows;
  }

  #slots() {
    const { element, slots, at } = this.grid;
    const [start, end] = [element.scrollLeft - SPARE_PIXELS, element.scrollLeft + element.clientWidth + SPARE_PIXELS];
    const isWanted = ({ left, width, isPinned }, slot) => isPinned || slot === at.slot || (left + width > start && left < end);
    return [...slots.keys()].filter((slot) => isWanted(slots[slot], slot));
  }

  #row(index, view, slots) {
    const { grid } = this;
    if (view.index !== index || view.unit !== grid.unit) {
      Object.assign(view, { index, unit: grid.unit });
      view.element.style.transform = `translateY(${index * grid.unit}px)`;
      view.element.setAttribute("aria-rowindex", index + 2);
    }
    this.#drawn.set(index, view);
    if (view.slotsKey !== this.#slotsKey) {
      view.take(slots, grid.slots, grid.at.slot);
      view.slotsKey = this.#slotsKey;
    }
    view.show(grid.rows.all[grid.positions[index]], grid.edited);
    view.element.classList.toggle("is-current", index === grid.at.index);
  }
}
