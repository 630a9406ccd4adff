import { choicesOf } from "../../form/controls/choice.js";
import { otherName } from "../grid/columns.js";
import { isMissing } from "../../model/missing.js";
import { button, fill, h } from "../../ui/dom.js";
import { placeWords, severityWord } from "../../ui/words.js";

/**
 * One thing that is wrong: a word for how bad it is, the sentence, what to do, and the provision that asks for it.
 *
 * @param {{severity: "error" | "warning", message: string, hint: string | null, advice?: string | null, basis?: string | null}} finding
 * @param {string | null} [place] What it is about, where that is not plain.
 * @returns {HTMLElement}
 */
export function noted({ severity, message, hint, advice, basis }, place = null) {
  return h(
    "div",
    { class: `note list-noted ${severity}` },
    h("p", {}, h("span", { class: `badge ${severity}` }, severityWord(severity)), place ? h("strong", {}, place) : null, h("span", {}, message)),
    hint ? h("p", { class: "list-hint" }, "ヒント：", hint) : null,
    advice ? h("p", { class: "list-hint" }, advice) : null,
    basis ? h("p", { class: "list-hint" }, "根拠：", basis) : null,
  );
}

/** What is wrong with a cell; null: with the row as a whole. */
const about = (row, column) => row.diagnostics.filter((one) => one.column === column);

/** The same in one line, to be heard. @param {object} row @param {number | null} column @returns {string} */
export function spoken(row, column) {
  const one = ({ severity, message, hint, basis }) => [`${severityWord(severity)}：${message}`, hint && `ヒント：${hint}`, basis && `根拠：${basis}`];
  return about(row, column).flatMap(one).filter(Boolean).join(" ");
}

/** What is to be said of the cell that is active, and of the row that it stands in. */
export class NotePanel {
  /** @param {import("../../model/fields.js").Fields} fields @param {{onedit: () => void, onrevert: () => void, ongo: (column: number | null) => void, onpaper: () => void, onempty: () => void, onrestore: () => void}} owner */
  constructor(fields, owner) {
    this.fields = fields;
    this.owner = owner;
    this.element = h("div", { class: "list-note" });
    this.clear("表のセルを選ぶと、ここに値と指摘が出ます。");
  }

  /** @param {string} text */
  clear(text) {
    fill(this.element, h("p", { class: "hint" }, text));
  }

  /**
   * @param {object} row
   * @param {{column: number, header: string, letter: string, path: string | null} | null} cell null: the row as a whole
   * @param {object | null} field The dictionary's, of the cell.
   * @param {{correctable?: boolean}} list
   */
  show(row, cell, field, { correctable }) {
    this.isCorrectable = correctable !== false;
    const here = about(row, cell ? cell.column : null);
    const others = row.diagnostics.filter((one) => !here.includes(one));
    fill(
      this.element,
      h("p", { class: "list-whose" }, h("span", { class: "list-line" }, `${row.row}行目`), `${row.contract ?? ""} ${row.title ?? ""}`, h("br"), `${row.vendor ?? ""} ${row.vendorName ?? ""}`),
      cell ? this.#cell(row, cell, field) : null,
      here.map((one) => this.#note(one)),
      !cell && !row.diagnostics.length ? h("p", { class: "list-fine" }, "この行に指摘はありません。") : null,
      others.length ? this.#others(others) : null,
      cell && row.state !== "error" && row.state !== "excluded" ? null : h("div", { class: "list-do" }, row.state === "excluded" ? null : button("この行の書類を見る", this.owner.onpaper), this.#whole(row)),
    );
  }

  #cell(row, { column, header, letter, path }, field) {
    const at = row.corrected.indexOf(column);
    const was = at < 0 ? undefined : row.was?.[at];
    const value = row.cells[column] ?? "";
    return h(
      "section",
      { class: "list-about" },
      h("h3", {}, h("span", { class: "list-letter" }, letter), header || "（見出しなし）"),
      h("p", { class: value ? "list-value" : "list-value is-empty" }, value || "（空欄）"),
      at < 0 ? null : h("p", { class: "hint" }, h("span", { class: "badge accent" }, "修正済み"), was === undefined ? "" : ` 元の値：${was || "（空欄）"}`),
      field && otherName({ header, path }, field) ? h("p", { class: "hint" }, `「${field.label}」として読みます。`) : null,
      field?.help ? h("p", { class: "hint" }, field.help) : null,
      this.#actions(path, at >= 0 && row.state !== "excluded"),
    );
  }

  #actions(path, isCorrected) {
    if (!path) return h("p", { class: "hint" }, "この列は書類に使いません。");
    if (!this.isCorrectable) return h("p", { class: "hint" }, "この形式の一覧は、ここでは直せません。ファイルを直して、もう一度読み込んでください。");
    return h("div", { class: "list-do" }, button("直す（Enter）", this.owner.onedit), isCorrected ? button("元に戻す", this.owner.onrevert) : null);
  }

  /** Takes the row off the list, or puts it back. */
  #whole(row) {
    if (!this.isCorrectable) return null;
    if (row.cells.some(Boolean)) return button("この行を除く", this.owner.onempty);
    return row.corrected.length ? button("この行を戻す", this.owner.onrestore) : null;
  }

  /** With the words that may stand where nothing does. */
  #note(one) {
    const element = noted(one, placeWords(one.place));
    const field = isMissing(one) && one.path ? this.fields.get(one.path) : null;
    const words = field ? choicesOf(field).map(({ text }) => text) : [];
    if (words.length) element.append(h("p", { class: "list-hint" }, `書ける言葉：${words.join("、")}${field.other ? "、その他の言葉" : ""}`));
    return element;
  }

  #others(diagnostics) {
    const items = diagnostics.map((one) => {
      const what = one.column === null ? "行全体" : (one.label ?? "このセル");
      return h("li", {}, h("span", { class: `badge ${one.severity}` }, severityWord(one.severity)), button(`${what}：${one.message}`, () => this.owner.ongo(one.column), { class: "link" }));
    });
    return h("section", { class: "list-others" }, h("h3", {}, "この行のほかの指摘"), h("ul", {}, ...items));
  }
}

const KEYS = [
  ["矢印", "隣のセルへ"],
  ["Enter・F2", "セルを直す（Enterで保存、Escでやめる）"],
  ["Delete", "セルを空にする"],
  ["F8・Shift＋F8", "次のエラー・前のエラー"],
  ["Ctrl＋Z", "修正を元に戻す"],
  ["Home・End", "行の初め・終わり（Ctrl＋で一覧の初め・終わり）"],
  ["PageUp・PageDown", "一画面ずつ"],
  ["見出しでEnter", "その列で並べ替える"],
];

/** The keys of the table, folded away. @returns {HTMLElement} */
export function keyHelp() {
  return h("details", { class: "list-keys" }, h("summary", {}, "表のキー操作"), h("dl", {}, ...KEYS.flatMap(([key, what]) => [h("dt", {}, key), h("dd", {}, what)])));
}
