import { button, fill, h } from "../ui/dom.js";
import { severityWord } from "../ui/words.js";

/** The panel of what is wrong with the templates, above every view; with errors the last good papers stay. */
export class BrokenPanel {
  #panel;

  constructor(app, element) {
    this.#panel = h("section", { class: "broken", "aria-label": "ひな形の誤り", hidden: true });
    element.append(this.#panel);
    app.on("broken", (diagnostics) => this.#show(app, diagnostics));
  }

  #show(app, diagnostics) {
    const had = !this.#panel.hidden;
    this.#panel.hidden = !diagnostics;
    if (!diagnostics) {
      if (had) app.announce(`${this.#panel.ariaLabel}は、なくなりました。`);
      return;
    }
    const errors = diagnostics.filter((one) => one.severity === "error").length;
    const what = errors ? "誤り" : "警告";
    this.#panel.ariaLabel = `ひな形の${what}`;
    this.#panel.classList.toggle("is-warning", !errors);
    const meaning = app.edition ? "最後に正しかったひな形の用紙を表示しています。直して保存すると、直ちに変わります。" : "直して保存すると、用紙を表示します。";
    const list = h("div", { class: "broken-list", tabindex: 0, role: "region", "aria-label": `${what}の一覧` }, h("ol", {}, ...diagnostics.map(item)));
    const fold = button("たたむ", () => {
      list.hidden = !list.hidden;
      fold.textContent = list.hidden ? "開く" : "たたむ";
      fold.setAttribute("aria-expanded", String(!list.hidden));
    }, { "aria-expanded": "true" });
    fill(this.#panel, h("div", { class: "broken-head" }, h("h2", {}, `ひな形に${what}があります（${errors || diagnostics.length}件）`), h("p", {}, errors ? meaning : "用紙は、このひな形で表示しています。"), fold), list);
    app.announce(`ひな形に${what}があります。${diagnostics[0]?.message ?? ""}`);
  }
}

function item({ severity, place, message, hint, excerpt, code }) {
  return h("li", {}, h("p", {}, place && h("code", {}, place), h("span", { class: `badge ${severity}` }, severityWord(severity)), h("span", {}, message), h("code", { class: "code" }, code)),
    hint && h("p", { class: "hint" }, `→ ${hint}`), excerpt && h("pre", { class: "excerpt", tabindex: 0 }, excerpt));
}
