import { Corrections } from "./corrections.js";
import { slots } from "./grid/columns.js";
import { edit } from "./grid/editor.js";
import { Grid } from "./grid/grid.js";
import { Rows, STATE } from "./grid/rows.js";
import { Moves } from "./moves.js";
import { BatchPanel } from "./panels/batch.js";
import { FilterBar } from "./panels/filter.js";
import { Head } from "./panels/head.js";
import { keyHelp, NotePanel, spoken } from "./panels/note.js";
import { inLine } from "./panels/notices.js";
import { PaperPanel } from "./panels/paper.js";
import { Side } from "./panels/side.js";
import { h } from "../ui/dom.js";
import { rows as rowsWord } from "../ui/words.js";

/** An open list: the table, what is shown of it, and beside it what is to be said of a row, its papers, and 一括作成. */
export class ListView {
  #order = null;
  #offs = [];

  /** @param {object} app @param {object} list As the server sent it. @param {{onfiles: (files: object[]) => void, onheader: (row: number) => void, onheaders: (headers: object[]) => void}} owner */
  constructor(app, list, { onfiles, onheader, onheaders }) {
    this.app = app;
    const moves = (this.moves = new Moves(this));
    this.filter = new FilterBar({ onchange: () => this.select(), onstep: (direction) => moves.toError(direction) });
    this.note = new NotePanel(app.fields, {
      onedit: () => this.#edit(null),
      onrevert: () => this.#correct(null),
      ongo: (column) => moves.toColumn(column ?? STATE),
      onpaper: () => this.side.show("paper"),
      onempty: () => this.corrections.empty(this.rows.all[this.grid.active.position]),
      onrestore: () => this.corrections.restore(this.rows.all[this.grid.active.position]),
    });
    this.grid = new Grid({
      label: "契約・委託先一覧",
      describe: () => this.#describe(),
      onmove: () => this.#moved(),
      onedit: (typed) => this.#edit(typed),
      onclear: () => this.#clear(),
      onorder: (column) => this.#turn(column),
      onkey: (event) => moves.press(event),
    });
    this.paper = new PaperPanel(app, { onstep: (direction) => moves.toRow(direction), onvalue: (path) => moves.toValue(path) });
    this.batch = new BatchPanel(app, { onstate: (batch) => this.#batchMoved(batch), onerrors: () => moves.toRows("error"), onwarnings: () => moves.toRows("warning"), whenSettled: () => Promise.allSettled([this.loading, this.corrections.done]) });
    this.corrections = new Corrections(app, { onrows: (...changed) => this.#changed(...changed) });
    const parts = [
      { name: "note", title: "行の確認", content: h("div", {}, this.note.element, keyHelp()) },
      { name: "paper", title: "書類", content: this.paper.element },
      { name: "batch", title: "一括作成", content: this.batch.element },
    ];
    this.side = new Side(parts, () => this.#sideShown());
    this.head = new Head({ fields: app.fields, onfiles, onheader, onheaders, onbatch: () => this.#showBatch() });
    const both = h("div", { class: "list-both" }, this.grid.element, this.side.element);
    this.element = h("div", { class: "list-view", "data-side": this.side.shown }, this.head.element, this.head.notices, this.head.headers, this.head.widespread, this.filter.element, both, this.grid.said);
    this.take(list);
  }

  /** Takes over a list that was opened, at first or again, and fetches its rows; the table shows them as they come. */
  async take(list) {
    const isSame = this.list?.id === list.id && JSON.stringify(this.list.columns) === JSON.stringify(list.columns);
    Object.assign(this, { list, summary: list.summary });
    const fetch = async (from, count) => (await this.app.api.get(`api/list/rows?list=${list.id}&from=${from}&count=${count}`)).rows;
    const fetchRanks = async (column) => {
      await this.corrections.done;
      return (await this.app.api.get(`api/list/ranks?list=${list.id}&column=${column}`)).ranks;
    };
    const rows = new Rows(list.id, list.rowCount, fetch, fetchRanks);
    this.paper.list = this.batch.list = list.id;
    this.coming = rows;
    this.head.show(list);
    this.#counted();
    this.#listen();
    // What was made of it may be out of date.
    this.batch.ask().catch((error) => this.app.fail(error));
    // A list that is only checked again stays as it is until all is there.
    if (!isSame || this.rows.loaded < this.rows.count) this.#use(rows);
    try {
      this.loading = rows.load((loaded) => this.#loaded(rows, loaded), () => rows === this.coming);
      await this.loading;
    } catch (error) {
      this.app.fail(error);
      // What was there stays.
      if (rows !== this.rows) return;
    }
    if (rows !== this.coming) return;
    this.coming = null;
    if (rows !== this.rows) this.rows = this.corrections.rows = rows;
    this.#sumUp();
  }

  /** Says of the list as a whole what is known when all its rows are there. */
  #sumUp() {
    this.#fit();
    this.#counted();
    this.filter.offer(this.rows.vendors());
    this.select();
    this.#moved();
  }

  #use(rows) {
    // What is typed is of the rows that were there.
    this.grid.leave();
    this.rows = this.corrections.rows = rows;
    this.#order = null;
    this.fitted = null;
    this.corrections.forget();
    const all = Array.from({ length: rows.count }, (_, position) => position);
    this.grid.setRows(rows, all, null);
  }

  /** What was corrected, in words. @returns {{name: string, cells: [row: number, header: string, value: string][]}} */
  get held() {
    const { name, columns } = this.list;
    return { name, cells: this.rows.corrections().map(([row, column]) => [row.row, columns[column]?.header ?? "", row.cells[column] ?? ""]) };
  }

  /** Asks the server nothing more of the list, which is about to be another there; done when all is answered. */
  async pause() {
    this.coming = null;
    await Promise.allSettled([this.loading, this.corrections.done]);
  }

  /** Ends all that goes on. */
  stop() {
    this.coming = null;
    for (const off of this.#offs) off();
    this.#offs = [];
  }

  #listen() {
    if (this.#offs.length) return;
    const observer = new ResizeObserver(() => this.#fit());
    observer.observe(this.grid.element);
    const press = (event) => this.#pressed(event);
    window.addEventListener("keydown", press);
    this.#offs = [
      () => observer.disconnect(),
      () => window.removeEventListener("keydown", press),
      this.app.on("batch", (batch) => this.batch.hear(batch)),
      this.app.on("edition", () => this.paper.offer()),
    ];
  }

  /** F8 leads to the next error from wherever one is. */
  #pressed(event) {
    const isFree = !event.defaultPrevented && !event.isComposing && !document.querySelector("dialog[open]");
    if (event.key !== "F8" || this.app.state.view !== "list" || !isFree) return;
    event.preventDefault();
    this.moves.press(event);
  }

  #loaded(rows, loaded) {
    if (rows !== this.rows) return;
    // The columns are as wide as the first rows need.
    if (!this.fitted) this.#fit();
    if (!this.filter.isOn) this.filter.showCount(rows.count, rows.count, loaded);
    this.grid.redraw();
    this.#moved();
  }

  /** The columns for the room that there is. */
  #fit() {
    const { clientWidth } = this.grid.element;
    // The columns stay under the hands of someone who is writing in one.
    if (!clientWidth || !this.rows.loaded || this.grid.edited) return;
    this.grid.measure();
    const { contract, vendor } = this.app.edition;
    const made = slots(this.list.columns, this.rows.all, clientWidth, this.grid.scale, [contract.key, vendor.title]);
    const key = JSON.stringify(made);
    if (key !== this.fitted) this.grid.setSlots(made);
    else this.grid.redraw();
    this.fitted = key;
  }

  /** Shows the rows that pass the filter, in the order that was asked for. */
  async select() {
    const { rows } = this;
    try {
      while (this.#order && !rows.isRanked(this.#order.column)) await rows.rank(this.#order.column);
    } catch (error) {
      this.#order = null;
      this.app.fail(error);
    }
    if (rows !== this.rows) return;
    const found = rows.select(this.filter.value, this.#order);
    this.grid.setRows(rows, found, this.#order);
    this.filter.showCount(found.length, rows.count, rows.loaded);
    if (this.filter.isOn) this.app.announce(`${rowsWord(found.length)}を表示しています。`);
    if (!found.length) this.note.clear("絞り込みに当たる行がありません。");
  }

  #turn(column) {
    const direction = this.#order?.column === column ? this.#order.direction : 0;
    this.#order = direction === 0 ? { column, direction: 1 } : direction === 1 ? { column, direction: -1 } : null;
    const name = column === STATE ? "状態" : this.list.columns[column].header;
    this.app.announce(this.#order ? `「${name}」の${direction === 0 ? "昇順" : "降順"}に並べました。` : "一覧の順に戻しました。");
    this.select();
  }

  #describe() {
    const { active } = this.grid;
    const row = active && this.rows?.all[active.position];
    return row ? spoken(row, active.column === STATE ? null : active.column) : "";
  }

  /** Says of the active cell what there is to be said; many moves in one frame are one. */
  #moved() {
    if (this.isMoving) return;
    this.isMoving = true;
    requestAnimationFrame(() => {
      this.isMoving = false;
      const { active } = this.grid;
      const row = active && this.rows.all[active.position];
      if (!row) return;
      const column = active.column === STATE ? null : { ...this.list.columns[active.column], column: active.column };
      const field = column?.path ? this.app.fields.get(column.path) : null;
      this.note.show(row, column, field, this.list);
      const { at, positions } = this.grid;
      const place = { isFirst: at.index <= 0, isLast: at.index === positions.length - 1 };
      if (this.side.shown === "paper") this.paper.show(row, place, column?.path);
    });
  }

  #sideShown() {
    this.element.setAttribute("data-side", this.side.shown);
    if (this.side.shown === "paper") this.#moved();
  }

  #showBatch() {
    this.side.show("batch");
    this.side.focus();
  }

  #edit(typed) {
    const { active } = this.grid;
    const row = active && this.rows.all[active.position];
    const column = active && this.list.columns[active.column];
    if (!row || !column) return;
    if (this.list.correctable === false) return this.app.announce("この形式の一覧は、ここでは直せません。");
    if (!column.path) return this.app.announce("この列は書類に使わないので、ここでは直せません。");
    const given = { value: row.cells[active.column] ?? "", typed, label: `${row.row}行目 ${column.header}`, field: this.app.fields.get(column.path) };
    edit(this.grid, given, (value) => this.corrections.correct(row.position, [[active.column, value]]));
  }

  #clear() {
    const { active } = this.grid;
    const isOpen = this.list.correctable !== false && active && this.list.columns[active.column]?.path;
    if (isOpen && this.rows.all[active.position]?.cells[active.column]) this.#correct("");
  }

  #correct(value) {
    const { active } = this.grid;
    if (active && active.column !== STATE) this.corrections.correct(active.position, [[active.column, value]]);
    this.grid.go(this.grid.at.index, this.grid.slotOf(active.column));
  }

  #changed(changed, more) {
    this.coming?.put(changed);
    if (more) {
      Object.assign(this.list, more);
      this.summary = more.summary;
      this.head.notify(this.list);
      this.head.isTaken = false;
      if (this.batch.batch.state !== "none") this.batch.ask().catch((error) => this.app.fail(error));
      this.#counted();
    }
    this.grid.redraw();
    this.#moved();
  }

  #counted() {
    this.filter.count({ ...this.summary, corrected: this.rows?.corrected ?? 0 }, this.rows?.count ?? this.list.rowCount);
    const isBlocked = (this.list.diagnostics ?? []).some(({ severity }) => severity === "error");
    this.batch.know(this.summary, { isBlocked, isRejects: this.list.rejects, sheetErrors: this.list.sheetErrors, cautions: this.list.cautions.map(inLine) });
    this.head.count(this.summary);
  }

  #batchMoved({ state, done, total }) {
    const percent = total ? Math.floor((done / total) * 100) : 0;
    this.side.retitle("batch", state === "running" ? `一括作成 ${percent}％` : "一括作成");
  }
}
