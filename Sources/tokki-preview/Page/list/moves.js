import { nextError } from "./steps.js";

/** The ways through an open list: from error to error, from vendor to vendor, from a value on the paper to its cell. */
export class Moves {
  /** @param {import("./view.js").ListView} view */
  constructor(view) {
    this.view = view;
  }

  /** The next error, or the one before; the active cell's own if it has not been visited. @param {1 | -1} direction */
  toError(direction) {
    const { app, grid, rows, side } = this.view;
    const found = nextError(grid, rows, direction, grid.isFresh);
    if (!found) return app.announce("表示している行にエラーはありません。");
    if (side.shown === "batch") side.show("note");
    grid.go(found.index, found.slot);
  }

  /** Only the rows of a state, and the first of them; of errors, its cell. @param {"error" | "warning"} state */
  toRows(state) {
    const { filter, grid, side } = this.view;
    filter.choose(state);
    this.view.select();
    side.show("note");
    grid.go(0, 0);
    if (state !== "error") return;
    grid.isFresh = true;
    this.toError(1);
  }

  /** The row below or above. @param {1 | -1} direction */
  toRow(direction) {
    const { grid } = this.view;
    grid.go(Math.max(0, grid.at.index + direction), grid.at.slot, false);
  }

  /** Another cell of the same row. @param {number} column */
  toColumn(column) {
    const { grid } = this.view;
    if (grid.active) grid.goTo(grid.active.position, column);
  }

  /** The cell that a value on the paper comes from. @param {string} path */
  toValue(path) {
    const { app, list } = this.view;
    const column = list.columns.findIndex((one) => one.path === path);
    if (column >= 0) this.toColumn(column);
    else app.announce("この値の列は一覧にありません。「書類」の画面の契約データか、別のシートの値です。");
  }

  /** @param {KeyboardEvent} event @returns {boolean} Whether the key was one of these ways. */
  press(event) {
    if (event.key === "F8") {
      this.toError(event.shiftKey ? -1 : 1);
      return true;
    }
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) return this.#undo();
    return false;
  }

  #undo() {
    const undone = this.view.corrections.undo();
    if (undone) this.view.grid.goTo(undone.position, undone.column);
    return undone !== null;
  }
}
