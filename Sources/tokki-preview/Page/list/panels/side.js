import { freshId, h, write } from "../../ui/dom.js";

/** The panel beside the table: one of several parts at a time, by tabs. */
export class Side {
  #tabs = [];

  /**
   * @param {{name: string, title: string, content: HTMLElement}[]} parts
   * @param {(name: string) => void} onshow
   */
  constructor(parts, onshow) {
    this.onshow = onshow;
    const list = h("div", { role: "tablist", class: "list-tabs", "aria-label": "一覧の横の欄", onkeydown: (event) => this.#press(event) });
    this.element = h("aside", { class: "list-side", "aria-label": "選択中の行と一括作成" }, list);
    for (const { name, title, content } of parts) {
      const [id, panelID] = [freshId("list-tab"), freshId("list-panel")];
      const tab = h("button", { type: "button", role: "tab", id, "aria-controls": panelID, onclick: () => this.show(name) }, title);
      const panel = h("div", { role: "tabpanel", id: panelID, class: "list-panel", "aria-labelledby": id, tabindex: "-1" }, content);
      list.append(tab);
      this.element.append(panel);
      this.#tabs.push({ name, tab, panel });
    }
    this.#turn(parts[0].name);
  }

  /** Shows a part. @param {string} name */
  show(name) {
    this.#turn(name);
    this.onshow(name);
  }

  #turn(name) {
    this.shown = name;
    this.element.dataset.shown = name;
    for (const { name: other, tab, panel } of this.#tabs) {
      const isShown = other === name;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      panel.hidden = !isShown;
    }
  }

  /** Puts the focus on the tab of what is shown. */
  focus() {
    this.#tabs.find(({ name }) => name === this.shown).tab.focus();
  }

  /** Writes more behind a tab's title, such as how far the work is. @param {string} name @param {string} title */
  retitle(name, title) {
    const { tab } = this.#tabs.find((one) => one.name === name);
    write(tab, title);
  }

  #press(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const count = this.#tabs.length;
    const now = this.#tabs.findIndex(({ name }) => name === this.shown);
    const next = step ? (now + step + count) % count : { Home: 0, End: count - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.show(this.#tabs[next].name);
    this.focus();
  }
}
