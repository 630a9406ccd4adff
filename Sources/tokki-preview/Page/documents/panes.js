import { button, h } from "../ui/dom.js";

/** The three panes: documents, paper, form. The outer ones fold away, the form's edge moves; on narrow screens one is shown at a time. */
export class Panes {
  #widths = { list: 208, form: Math.round(Math.min(416, Math.max(280, innerWidth * 0.36))) };
  #tabs = new Map();

  constructor(list, paper, form) {
    this.parts = { list, paper, form };
    const names = { list: "書類の一覧", paper: "用紙", form: "記入欄" };
    this.switch = h("div", { class: "segments pane-switch", role: "group", "aria-label": "表示する部分" });
    for (const [key, part] of Object.entries(this.parts)) {
      part.classList.add("pane", `pane-${key}`);
      const tab = button(names[key], () => this.show(key), { "aria-pressed": "false" });
      this.#tabs.set(key, tab);
      this.switch.append(tab);
    }
    this.element = h("div", { class: "panes" }, this.switch, list, this.#fold("list", "書類の一覧"), paper, this.#splitter(), form);
    this.#size();
    this.show("paper");
  }

  /** On a narrow screen, shows one of the panes. */
  show(key) {
    this.element.dataset.pane = key;
    for (const [other, tab] of this.#tabs) tab.setAttribute("aria-pressed", String(other === key));
  }

  #size() {
    this.element.style.setProperty("--list", `${this.#widths.list}px`);
    this.element.style.setProperty("--form", `${this.#widths.form}px`);
  }

  /** A narrow bar that folds the list of documents away and back. */
  #fold(key, name) {
    const fold = h("button", { type: "button", class: "fold", "aria-expanded": "true", "aria-label": name, title: `${name}をたたむ`, onclick: () => {
      const isFolded = this.element.classList.toggle(`no-${key}`);
      fold.setAttribute("aria-expanded", String(!isFolded));
      fold.title = isFolded ? `${name}を開く` : `${name}をたたむ`;
      fold.firstChild.textContent = isFolded ? "›" : "‹";
    } }, h("span", { "aria-hidden": "true" }, "‹"));
    return fold;
  }

  /** The edge between paper and form, for the mouse and for the arrow keys. */
  #splitter() {
    const edge = h("div", { class: "splitter", role: "slider", tabindex: 0, "aria-label": "記入欄の幅", "aria-valuemin": 280, "aria-valuemax": 720, "aria-valuenow": this.#widths.form });
    const set = (width) => {
      this.#widths.form = Math.round(Math.min(720, Math.max(280, width)));
      edge.setAttribute("aria-valuenow", String(this.#widths.form));
      this.#size();
    };
    edge.addEventListener("pointerdown", (event) => {
      edge.setPointerCapture(event.pointerId);
      this.element.classList.add("moving");
      edge.onpointermove = (move) => set(this.element.getBoundingClientRect().right - move.clientX);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      edge.addEventListener(end, () => {
        edge.onpointermove = null;
        this.element.classList.remove("moving");
      });
    }
    edge.addEventListener("keydown", (event) => {
      const width = this.#widths.form;
      const next = { ArrowLeft: width + 24, ArrowUp: width + 24, ArrowRight: width - 24, ArrowDown: width - 24, Home: 280, End: 720 }[event.key];
      if (!next) return;
      event.preventDefault();
      set(next);
    });
    return edge;
  }
}
