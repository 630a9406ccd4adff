import { button, freshId, h, write } from "../../ui/dom.js";
import { rows } from "../../ui/words.js";

const STATES = [
  ["all", "すべて"],
  ["error", "エラー"],
  ["warning", "警告"],
  ["good", "問題なし"],
  ["excluded", "除いた行"],
  ["corrected", "修正した行"],
];

/** How long a clerk pauses between two letters, in milliseconds. */
const PAUSE = 120;

/**
 * As many vendors as one looks for in a menu; more are found by 検索. Chromium lays all options out in one frame (measured: 280 ms for
 * 5,000).
 */
const MOST = 200;

/** The bar above the table: what is shown of the list, how much of what there is, and the way from error to error. */
export class FilterBar {
  #timer;
  #counts = new Map();

  /** @param {{onchange: () => void, onstep: (direction: 1 | -1) => void}} owner */
  constructor({ onchange, onstep }) {
    this.onchange = onchange;
    this.text = h("input", { type: "search", id: freshId("list-search"), spellcheck: "false", autocomplete: "off", placeholder: "契約番号、件名、委託先など", oninput: () => this.#later() });
    this.vendor = h("select", { id: freshId("list-vendor"), onchange: () => this.onchange() }, h("option", { value: "" }, "すべての委託先"));
    this.clear = button("絞り込み解除", () => this.reset(), { class: "quiet", hidden: true });
    this.shown = h("span");
    this.steps = [
      button("前のエラー", () => onstep(-1), { "aria-keyshortcuts": "Shift+F8" }),
      button("次のエラー", () => onstep(1), { "aria-keyshortcuts": "F8" }),
    ];
    this.element = h(
      "div",
      { class: "list-filter", role: "search", "aria-label": "一覧の絞り込み" },
      this.#states(),
      h("div", { class: "list-field" }, h("label", { for: this.text.id }, "検索"), this.text),
      h("div", { class: "list-field" }, h("label", { for: this.vendor.id, class: "heard" }, "委託先で絞り込む"), this.vendor),
      h("div", { class: "list-steps" }, ...this.steps),
      h("p", { class: "list-result" }, this.shown, this.clear),
    );
  }

  /** @returns {import("../grid/rows.js").Filter} */
  get value() {
    const state = this.element.querySelector("input[type=radio]:checked").value;
    return { text: this.text.value, state, vendor: this.vendor.value };
  }

  /** Whether anything is left out. */
  get isOn() {
    const { text, state, vendor } = this.value;
    return text.trim() !== "" || state !== "all" || vendor !== "";
  }

  /** Shows all again. */
  reset() {
    this.text.value = "";
    this.vendor.value = "";
    this.element.querySelector("input[value=all]").checked = true;
    if (this.clear.contains(document.activeElement)) this.text.focus();
    this.onchange();
  }

  /** Chooses a state; the rows are not selected yet. @param {string} state */
  choose(state) {
    this.element.querySelector(`input[value=${state}]`).checked = true;
  }

  /** @param {{good: number, errors: number, warnings: number, excluded: number, corrected: number}} summary @param {number} total */
  count(summary, total) {
    const numbers = { all: total, error: summary.errors, warning: summary.warnings, good: summary.good, excluded: summary.excluded, corrected: summary.corrected };
    for (const [state, place] of this.#counts) write(place, rows(numbers[state]));
    // Hardly any list has them.
    const excluded = this.#counts.get("excluded").closest("label");
    excluded.hidden = summary.excluded === 0 && !excluded.firstChild.checked;
    for (const step of this.steps) step.disabled = summary.errors === 0;
  }

  /** @param {{id: string, name: string, rows: number}[]} vendors */
  offer(vendors) {
    const offered = vendors.length > MOST ? [] : vendors;
    this.vendor.parentElement.hidden = !offered.length;
    const chosen = this.vendor.value;
    const options = offered.map(({ id, name, rows: n }) => h("option", { value: id }, `${id} ${name}（${rows(n)}）`));
    this.vendor.replaceChildren(h("option", { value: "" }, "すべての委託先"), ...options);
    this.vendor.value = offered.some(({ id }) => id === chosen) ? chosen : "";
  }

  /** @param {number} shown @param {number} total @param {number} loaded */
  showCount(shown, total, loaded) {
    const isAll = shown === total && !this.isOn;
    write(this.shown, loaded < total ? `読み込んでいます：${rows(loaded)}／${rows(total)}` : isAll ? `全${rows(total)}` : `${rows(total)}中 ${rows(shown)}`);
    this.clear.hidden = !this.isOn;
  }

  #states() {
    const name = freshId("list-state");
    const labels = STATES.map(([state, word]) => {
      const number = h("span", { class: "list-count" });
      this.#counts.set(state, number);
      const input = h("input", { type: "radio", name, value: state, onchange: () => this.onchange() });
      input.checked = state === "all";
      return h("label", { class: `is-${state}` }, input, h("span", {}, word), number);
    });
    return h("fieldset", { class: "segments list-states" }, h("legend", { class: "heard" }, "状態で絞り込む"), ...labels);
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.onchange(), PAUSE);
  }
}
