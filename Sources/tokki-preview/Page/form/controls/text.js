import { button, h } from "../../ui/dom.js";

const kinds = {
  integer: { inputmode: "numeric" }, money: { inputmode: "numeric", unit: "円" }, decimal: { inputmode: "decimal" }, percent: { inputmode: "decimal", unit: "％" },
  email: { inputmode: "email", autocapitalize: "off" }, phone: { inputmode: "tel", placeholder: "044-000-0000" }, "postal-code": { inputmode: "numeric", placeholder: "210-0000" },
  "corporate-number": { inputmode: "numeric" },
};

/** A line or lines of text, a number with its unit; words that may stand instead (不明) as buttons beside it. */
export class TextControl {
  /** @param {object} field @param {{id: string, name: string, change: (text: string) => void}} options */
  constructor(field, { id, name, change }) {
    const { unit, ...attributes } = kinds[field.type] ?? {};
    this.input = h(field.type === "multiline" ? "textarea" : "input", {
      id, ...attributes, rows: field.type === "multiline" ? 2 : null, type: field.type === "multiline" ? null : "text", autocomplete: "off", spellcheck: "false",
      "aria-label": name ?? null, oninput: () => this.#changed(change),
    });
    this.input.classList.add("wide");
    this.words = (field.words ?? []).map((word) => wordButton(word, () => {
      this.input.value = this.input.value === word ? "" : word;
      this.#changed(change);
    }));
    this.element = h("div", { class: "control" }, this.input, unit && h("span", { class: "unit" }, unit), ...this.words);
    this.focusable = [this.input];
  }

  #changed(change) {
    this.#press();
    change(this.input.value);
  }

  #press() {
    for (const word of this.words) word.setAttribute("aria-pressed", String(this.input.value === word.textContent));
  }

  set(text) {
    if (this.input.value !== text) this.input.value = text;
    this.#press();
  }
}

/** A button for a word that may stand in place of a value. */
export const wordButton = (word, action) => button(word, action, { class: "word", "aria-pressed": "false" });
