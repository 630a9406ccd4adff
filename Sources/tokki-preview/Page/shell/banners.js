import { button, h } from "../ui/dom.js";

/** Sentences across the page that stay until they are no longer true. */
export class Banners {
  #element;
  #shown = new Map();

  constructor(element) {
    this.#element = element;
  }

  /**
   * Shows a banner, in place of another of the same name.
   * @param {string} name
   * @param {{text: string, kind?: "error"|"warning", actions?: [string, () => void][], canClose?: boolean}} banner
   */
  show(name, { text, kind = "warning", actions = [], canClose = false }) {
    const made = h("div", { class: `banner ${kind}`, role: kind === "error" ? "alert" : "status" }, h("p", {}, text),
      ...actions.map(([label, action]) => button(label, action)),
      canClose && button("閉じる", () => this.hide(name), { class: "quiet" }));
    const old = this.#shown.get(name);
    // Said again, it is not a new banner.
    if (old?.textContent === made.textContent) return;
    if (old) old.replaceWith(made);
    else this.#element.append(made);
    this.#shown.set(name, made);
  }

  /** Takes a banner away. */
  hide(name) {
    this.#shown.get(name)?.remove();
    this.#shown.delete(name);
  }
}
