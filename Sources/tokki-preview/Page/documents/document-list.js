import { nameOf } from "../form/lists.js";
import { stateOf } from "../model/missing.js";
import { stateWords } from "../model/states.js";
import { fill, h } from "../ui/dom.js";

/** The documents of the packet, with their states; those that are made several times with each of their sheets. */
export class DocumentList {
  #app;
  #shown = "";
  element = h("nav", { class: "documents", "aria-label": "書類の一覧" });

  constructor(app) {
    this.#app = app;
    for (const event of ["edition", "select", "data", "rendered"]) app.on(event, () => this.#renew());
  }

  #renew() {
    const { edition, rendered, state } = this.#app;
    if (!edition) return;
    const key = JSON.stringify([edition.revision, state.document, state.instance, state.vendor, rendered?.documents, this.#names(rendered)]);
    if (key === this.#shown) return;
    this.#shown = key;
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const own = edition.documents.filter((one) => !one.officeOnly);
    const office = edition.documents.filter((one) => one.officeOnly);
    const entry = (document) => this.#entry(document, stateOf(rendered, document.number), state);
    fill(this.element, h("h2", {}, "書類一式"), h("ol", {}, ...own.map(entry)), office.length > 0 && h("h2", {}, "庁内用（受注者に渡さない）"), office.length > 0 && h("ol", {}, ...office.map(entry)));
    if (focused) this.element.querySelector(`[data-key="${focused}"]`)?.focus();
  }

  #entry(document, state, { document: number, instance }) {
    const isCurrent = document.number === number;
    const words = state ? stateWords(state) : [];
    const several = document.repeats && state?.instances > 0;
    const choose = (which) => () => this.#app.select(document.number, which);
    return h("li", {},
      h("button", { type: "button", class: "document-entry", dataset: { key: document.number }, "aria-current": isCurrent ? "true" : null, onclick: choose(isCurrent ? instance : 1) },
        h("span", { class: "document-title" }, document.title),
        document.kind === "annex" ? h("span", { class: "state" }, "条文") : h("span", { class: "state" }, ...words.map(([kind, text]) => h("span", { class: `state-word ${kind}` }, text)))),
      isCurrent && several && h("ol", { class: "sheets", "aria-label": `${document.title}の各票` }, ...Array.from({ length: state.instances }, (_, index) => {
        const name = this.#nameOf(document, index);
        return h("li", {}, h("button", { type: "button", dataset: { key: `${document.number}-${index}` }, "aria-current": index + 1 === instance ? "true" : null, onclick: choose(index + 1) }, `${index + 1}`, h("span", {}, name)));
      })));
  }

  /** The names of the sheets of the document that is open. */
  #names(rendered) {
    const document = this.#app.document();
    const count = (document?.repeats && stateOf(rendered, document.number)?.instances) || 0;
    return Array.from({ length: count }, (_, index) => this.#nameOf(document, index));
  }

  #nameOf(document, index) {
    const item = this.#app.store.get(`${document.repeats}[${index + 1}]`);
    return nameOf(this.#app.fields.get(document.repeats), item) || "（未記入）";
  }
}
