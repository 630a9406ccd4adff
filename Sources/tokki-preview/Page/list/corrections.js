import { ServerGone } from "../model/api.js";
import { severityWord } from "../ui/words.js";

/** What the clerk corrects: shown at once, sent one after the other, and taken back where the server says no. */
export class Corrections {
  #last = Promise.resolve();
  #done = [];
  /** What rows that were taken off had in their cells. @type {Map<number, [number, string | null][]>} */
  #emptied = new Map();

  /** @param {object} app @param {{onrows: (rows: object[], more?: object) => void}} owner */
  constructor(app, { onrows }) {
    Object.assign(this, { app, onrows, rows: null });
  }

  /** Drops what could be undone: another list is open. */
  forget() {
    this.#done = [];
    this.#emptied.clear();
  }

  /**
   * Puts values in cells of a row; null puts the file's own back.
   *
   * @param {number} position
   * @param {[column: number, value: string | null][]} changes
   * @param {boolean} [isUndo]
   */
  correct(position, changes, isUndo = false) {
    if (!changes.length) return;
    const { rows } = this;
    const before = rows.all[position];
    const old = (column) => (before.corrected.includes(column) ? before.cells[column] : null);
    if (!isUndo) this.#done.push({ position, changes: changes.map(([column]) => [column, old(column)]) });
    const cells = [...before.cells];
    for (const [column, value] of changes) if (value !== null) cells[column] = value;
    rows.put([{ ...before, cells }]);
    this.onrows([before]);
    this.#last = this.#last.then(() => this.#send(rows, before, changes));
  }

  /** Done when all that was corrected until now has been answered. @returns {Promise<void>} */
  get done() {
    return this.#last;
  }

  /** Takes a row off the list: an empty row is not read. @param {object} row */
  empty(row) {
    const filled = row.cells.flatMap((cell, column) => (cell ? [column] : []));
    this.#emptied.set(row.position, filled.map((column) => [column, row.corrected.includes(column) ? row.cells[column] : null]));
    this.correct(row.position, filled.map((column) => [column, ""]));
  }

  /** Puts a row back as it was when it was taken off; if that is not known, as it is in the file. @param {object} row */
  restore(row) {
    this.correct(row.position, this.#emptied.get(row.position) ?? row.corrected.map((column) => [column, null]));
  }

  /** Takes the last correction back. @returns {{position: number, column: number} | null} Where it was. */
  undo() {
    const last = this.#done.pop();
    if (!last) return null;
    this.correct(last.position, last.changes, true);
    return { position: last.position, column: last.changes[0][0] };
  }

  async #send(rows, before, changes) {
    const { position } = before;
    try {
      const cells = changes.map(([column, value]) => ({ column, value }));
      const { rows: changed, ...more } = await this.app.api.post("api/list/correct", { list: rows.list, row: position, cells });
      // Another list was opened meanwhile; the same one may have been checked again.
      if (rows.list !== this.rows.list) return;
      this.#show(changed, more);
      this.app.announce(outcome(this.rows.all[position], changes));
    } catch (error) {
      this.app.fail(error);
      if (rows.list !== this.rows.list) return;
      // The answer may have been lost after the server had taken the correction.
      const known = await rows.fetch(position, 1).catch((error) => [error instanceof ServerGone ? this.#unanswered(position, before, changes) : before]);
      if (rows.list === this.rows.list) this.#show(known.length ? known : [before]);
    }
  }

  /** A row with what was typed in it after the program was gone: no other place has it. */
  #unanswered(position, before, changes) {
    const row = this.rows.all[position];
    const cells = [...row.cells];
    const was = new Map(row.corrected.map((column, index) => [column, row.was[index]]));
    for (const [column, value] of changes) {
      if (value !== null) was.set(column, was.get(column) ?? before.cells[column]);
      else if (was.has(column)) cells[column] = was.get(column);
      if (value === null) was.delete(column);
    }
    return { ...row, cells, corrected: [...was.keys()], was: [...was.values()] };
  }

  #show(rows, more) {
    this.rows.put(rows);
    this.onrows(rows, more);
  }
}

/** What became of a cell, for screen readers. */
function outcome(row, changes) {
  if (row.state === "excluded") return "この行を除きました。書類は作りません。";
  const columns = changes.map(([column]) => column);
  const here = row.diagnostics.find(({ column }) => columns.includes(column));
  const done = changes.every(([, value]) => value === null) ? "元に戻しました。" : "直しました。";
  if (here) return `${done}${severityWord(here.severity)}：${here.message}`;
  const left = row.diagnostics.filter(({ severity }) => severity === "error").length;
  if (left) return `${done}この行のエラーはあと${left}件です。`;
  const { length } = row.diagnostics;
  return `${done}この行にエラーはありません。${length ? `警告が${length}件あります。` : ""}`;
}
