import { asks, isMissing, stateOf } from "../model/missing.js";
import { button, fill, h } from "../ui/dom.js";
import { messageText } from "../ui/words.js";

/** What is wrong with the data, above the form: counts that open to sentences, each of which leads to its field. */
export class FormSummary {
  #form;
  element = h("div", { class: "summary" });
  #open = new Set();

  constructor(form) {
    this.#form = form;
  }

  show(rendered) {
    const { app } = this.#form;
    const { diagnostics } = rendered;
    const document = app.document();
    // Of an edition that has changed meanwhile.
    const { missing = [], wrong = [] } = stateOf(rendered, document.number) ?? {};
    const isHere = (one) => !one.path || (one.severity === "error" ? missing.includes(one) || wrong.includes(one) : asks(app, document, one.path));
    const kinds = [
      ["error", "誤り", diagnostics.filter((one) => one.severity === "error" && !isMissing(one))],
      ["warning", "注意", diagnostics.filter((one) => one.severity === "warning" && !isMissing(one))],
      ["missing", "必須項目の未記入", diagnostics.filter(isMissing)],
    ];
    const shown = kinds.filter(([, , all]) => all.length).map(([kind, name, all]) => {
      const here = all.filter(isHere);
      const elsewhere = all.filter((one) => !isHere(one));
      const item = (one) => h("li", {}, one.path ? button(app.fields.label(one.path), () => app.emit("go", { path: one.path }), { class: "link" }) : null, kind === "missing" ? null : ` ${messageText(one)}`);
      const details = h("details", { class: `reasons ${kind}`, open: this.#open.has(kind) },
        h("summary", {}, `${name} ${all.length}件`, elsewhere.length && here.length ? `（この書類 ${here.length}件）` : "", elsewhere.length && !here.length ? "（ほかの書類）" : ""),
        h("ul", {}, ...here.map(item), ...elsewhere.map(item)));
      details.addEventListener("toggle", () => (details.open ? this.#open.add(kind) : this.#open.delete(kind)));
      return details;
    });
    const text = shown.map((one) => one.textContent).join();
    // What is being read stays as it is.
    if (text === this.text) return;
    this.text = text;
    fill(this.element, ...shown);
  }
}
