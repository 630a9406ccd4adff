import { stateOf } from "../../model/missing.js";
import { stateWords } from "../../model/states.js";
import { Paper } from "../../paper/paper.js";
import { button, fill, freshId, h, write } from "../../ui/dom.js";

/** How long a row must stay chosen before its paper is asked for, in milliseconds: who runs through the list waits for nothing. */
const PAUSE = 80;

/** The papers of the row that is chosen, and the way from vendor to vendor. */
export class PaperPanel {
  #timer;
  #row = null;
  #path = null;

  /** @param {object} app @param {{onstep: (direction: 1 | -1) => void, onvalue: (path: string) => void}} owner */
  constructor(app, { onstep, onvalue }) {
    this.app = app;
    this.paper = new Paper(app, { label: "選択中の行の用紙", onValue: onvalue, onLink: ({ document }) => this.#choose(document, 1), onError: () => this.#turn("failed") });
    this.document = h("select", { id: freshId("list-document"), onchange: () => this.#choose(Number(this.document.value), 1) });
    this.instance = h("select", { "aria-label": "何枚目か", hidden: true, onchange: () => this.#choose(Number(this.document.value), Number(this.instance.value)) });
    this.whose = h("p", { class: "list-whose" });
    this.steps = [button("前の委託先", () => onstep(-1)), button("次の委託先", () => onstep(1))];
    this.element = h(
      "div",
      { class: "list-paper" },
      h("div", { class: "list-paper-bar" }, this.whose, h("div", { class: "list-steps" }, ...this.steps)),
      this.paper.element,
    );
    this.paper.bar.prepend(h("div", { class: "list-field" }, h("label", { for: this.document.id }, "書類"), this.document, this.instance));
    this.offer();
  }

  /** The documents of the edition, as it is now. */
  offer() {
    const chosen = this.document.value;
    fill(this.document, this.app.edition.documents.map(({ number, title }) => h("option", { value: number }, title)));
    if (chosen) this.document.value = chosen;
  }

  /**
   * Shows the papers of a row, when it has been chosen for a moment.
   *
   * @param {object | null} row
   * @param {{isFirst: boolean, isLast: boolean}} place Among the rows shown.
   * @param {string | null} [path] The field of the active cell, marked on the paper.
   */
  show(row, { isFirst, isLast }, path = null) {
    clearTimeout(this.#timer);
    if (row === this.#row && this.paper.rendered) return this.paper.highlights.show(path);
    this.#row = row;
    this.#path = path;
    this.steps[0].disabled = !row || isFirst;
    this.steps[1].disabled = !row || isLast;
    // Another vendor's paper is never shown for this one's.
    this.#turn(row ? "busy" : "failed");
    if (!row) return fill(this.whose, h("span", { class: "hint" }, "表の行を選ぶと、ここに書類が出ます。"));
    fill(this.whose, h("span", { class: "list-line" }, `${row.row}行目`), `${row.contract ?? ""} ${row.vendor ?? ""}`, h("br"), row.vendorName ?? "");
    this.#timer = setTimeout(() => this.#render(), PAUSE);
  }

  #choose(document, instance) {
    this.document.value = String(document);
    this.instance.value = String(instance);
    this.#render(instance);
  }

  #render(wanted = Number(this.instance.value) || 1) {
    const row = this.#row;
    if (!row) return;
    const document = Number(this.document.value);
    const instances = stateOf(this.paper.rendered, document)?.instances ?? 1;
    const instance = Math.max(1, Math.min(wanted, instances));
    this.#turn("busy");
    const render = () => this.app.api.post("api/list/render", { list: this.list, row: row.position, occasion: this.app.state.occasion, mode: this.app.state.mode, document, instance });
    this.paper.show({ document, instance, render, shown: (rendered) => row === this.#row && this.#showDiagnostics(rendered, document, instance) });
  }

  /** What is there pales until the new paper comes, and goes if there is none. */
  #turn(state) {
    this.element.dataset.state = state;
  }

  #showDiagnostics(rendered, document, instance) {
    this.#turn("shown");
    for (const option of this.document.options) {
      const state = stateOf(rendered, Number(option.value));
      const { title } = this.app.document(Number(option.value)) ?? {};
      const words = state ? stateWords(state).map(([, word]) => word) : [];
      const text = words.length ? `${title}（${words.join("、")}）` : title;
      if (title) write(option, text);
    }
    const count = stateOf(rendered, document)?.instances ?? 1;
    if (this.instance.options.length !== count) fill(this.instance, Array.from({ length: count }, (_, at) => h("option", { value: at + 1 }, `${at + 1}枚目（全${count}枚）`)));
    this.instance.hidden = count < 2;
    this.instance.value = String(Math.min(instance, count));
    if (this.#path) this.paper.highlights.show(this.#path);
  }
}
