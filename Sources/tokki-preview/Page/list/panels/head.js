import { otherName } from "../grid/columns.js";
import { chooser } from "./files.js";
import { headerFix, headersOf } from "./header-fix.js";
import { fillNotices, fillWidespread } from "./notices.js";
import { button, fill, h } from "../../ui/dom.js";
import { rows } from "../../ui/words.js";

/** As many columns as are named. */
const MOST = 4;

/** Above the table: which list this is, how it was read, and what can be done with it as a whole. */
export class Head {
  /** @param {{fields: import("../../model/fields.js").Fields, onfiles: (files: object[]) => void, onheader: (row: number) => void, onheaders: (headers: object[]) => void, onbatch: () => void}} owner */
  constructor({ fields, onfiles, onheader, onheaders, onbatch }) {
    Object.assign(this, { fields, onheader, onheaders });
    this.title = h("h2", { tabindex: "-1" });
    this.facts = h("p", { class: "hint" });
    this.download = h("a", { class: "button", href: "api/list/download", download: true, hidden: true }, "修正した一覧をダウンロード");
    /** Whether all that was corrected has been taken away. */
    this.isTaken = false;
    this.download.addEventListener("click", () => { this.isTaken = true; });
    this.notices = h("details", { class: "list-notices", hidden: true }, h("summary"));
    this.headers = h("details", { class: "list-notices", hidden: true }, h("summary"));
    this.widespread = h("div", { class: "list-shared", hidden: true });
    const another = chooser(onfiles, { files: "別の一覧を読み込む", folder: null, isPrimary: false });
    const actions = h("div", { class: "list-actions" }, another, this.download, button("一括作成へ", onbatch, { class: "primary" }));
    this.element = h("div", { class: "list-top" }, h("div", { class: "list-name" }, this.title, this.facts), actions);
  }

  /** @param {object} list */
  show(list) {
    if (list.id !== this.id) {
      // A list of other headers was read as was asked.
      this.headers.open = false;
      this.isTaken = false;
    }
    this.id = list.id;
    this.title.textContent = list.name;
    const facts = [rows(list.rowCount), list.encoding && `文字コード ${list.encoding}`, list.sheets?.length && `シート ${list.sheets.join("、")}`];
    this.facts.textContent = facts.filter(Boolean).join("　");
    this.notify(list);
    this.notices.open = (list.diagnostics ?? []).some(({ severity }) => severity === "error");
    this.#offer(list);
  }

  /** Says what is to be known of the list as a whole. @param {object} list */
  notify(list) {
    fillNotices(this.notices, list, this.onheader);
    fillWidespread(this.widespread, list.widespread);
  }

  /** Lets headers that were corrected, or chosen wrongly, be corrected again. */
  #offer(list) {
    const headers = list.correctable === false ? [] : headersOf(list);
    this.headers.hidden = !headers.length;
    fill(this.headers, h("summary", {}, `見出しを直す${this.#readAs(list)}`), headerFix(headers, this.fields.labels, this.onheaders));
  }

  /** Which columns were read as a field of another name: nothing else shows that one was taken for what it is not. */
  #readAs({ columns }) {
    const others = columns.map((column) => [column.header, otherName(column, column.path && this.fields.get(column.path))]).filter(([, label]) => label);
    return others.length ? `（${others.slice(0, MOST).map(([header, label]) => `「${header}」は「${label}」として読みました`).join("、")}${others.length > MOST ? `、ほか${others.length - MOST}列` : ""}）` : "";
  }

  /** @param {{corrected: number}} summary */
  count({ corrected }) {
    this.download.hidden = corrected === 0;
  }
}
