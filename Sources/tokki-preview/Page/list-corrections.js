import { severityWord } from "./list-text.js";

/** What the clerk corrects: shown at once, sent one after the other, and taken back where the server says no. */
export class Corrections {
  #last = Promise.resolve();
  #done = [];

  /** @param {object} app @param {{onrows: (rows: object[], summary: object | null) => void}} owner */
  constructor(app, { onrows }) {
    Object.assign(this, { app, onrows, rows: null });
  }

  /** Forgets what could be undone: another list is open. */
  forget() {
    this.#done = [];
  }

  /**
   * Puts a value in a cell; null puts the file's own back.
   *
   * @param {number} position
   * @param {number} column
   * @param {string | null} value
   * @param {boolean} [isUndo]
   */
  correct(position, column, value, isUndo = false) {
    const { rows } = this;
    const before = rows.all[position];
    const wasCorrected = before.corrected.includes(column);
    if (!isUndo) this.#done.push({ position, column, value: wasCorrected ? before.cells[column] : null });
    if (value !== null) {
      rows.put([{ ...before, cells: before.cells.with(column, value) }]);
      this.onrows([before], null);
    }
    this.#last = this.#last.then(() => this.#send(rows, before, column, value));
  }

  /** Takes the last correction back. @returns {{position: number, column: number} | null} Where it was. */
  undo() {
    const last = this.#done.pop();
    if (!last) return null;
    this.correct(last.position, last.column, last.value, true);
    return last;
  }

  async #send(rows, before, column, value) {
    try {
      const answer = await this.app.api.post("/api/list/correct", { list: rows.list, row: before.position, column, value });
      // Another list was opened meanwhile; the same one may have been checked anew.
      if (rows.list !== this.rows.list) return;
      this.rows.put(answer.rows);
      this.onrows(answer.rows, answer.summary);
      this.app.announce(outcome(this.rows.all[before.position], column, value));
    } catch (error) {
      if (rows.list === this.rows.list) {
        this.rows.put([before]);
        this.onrows([before], null);
      }
      this.app.fail(error);
    }
  }
}

/** What became of a cell, for those who hear the page. */
function outcome(row, column, value) {
  const here = row.diagnostics.find((one) => one.column === column);
  const done = value === null ? "元に戻しました。" : "直しました。";
  if (here) return `${done}${severityWord(here.severity)}：${here.message}`;
  const left = row.diagnostics.filter(({ severity }) => severity === "error").length;
  if (left) return `${done}この行のエラーはあと${left}件です。`;
  const { length } = row.diagnostics;
  return `${done}この行にエラーはありません。${length ? `警告が${length}件あります。` : ""}`;
}
