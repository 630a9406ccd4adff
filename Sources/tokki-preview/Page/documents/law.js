import { isWithin } from "../model/fields.js";
import { button, fill, h } from "../ui/dom.js";
import { quoted } from "../ui/words.js";

/** The law beside the form: the annex in the paper's place, at a phrase, until one goes back. */
export class LawView {
  #app;
  #back;
  /** {document, anchor, phrases, requires} while the law is shown. */
  place = null;
  bar = h("div", { class: "law-bar", hidden: true });

  /** `back()` shows the paper again. */
  constructor(app, back) {
    this.#app = app;
    this.#back = back;
  }

  /** Takes up a place in the law: what the bar says of it. */
  open({ document, anchor, words = "", phrases = [], requires = null, label = null }) {
    this.place = { document, anchor, phrases, requires };
    const text = `${words || "条文"}${quoted(phrases)}`;
    const title = this.#app.document()?.title;
    fill(this.bar, h("p", {}, label ? `「${label}」の根拠：${text}` : text),
      button(`← ${title}に戻る`, () => this.#back(), { class: "primary", "aria-keyshortcuts": "Escape" }));
    this.bar.hidden = false;
    this.#app.announce(`条文を表示しています。${text}。Escapeキーで戻ります。`);
  }

  /** Which fields answer a phrase: offered under the bar. */
  offer(requires) {
    const paths = requires.split(" ").filter(Boolean);
    const { edition, fields } = this.#app;
    const lines = paths.map((path) => {
      const document = edition.documents.find((one) => one.fields.some((own) => isWithin(own, path)));
      return h("li", {}, button(`${document ? `${document.title} ` : ""}「${fields.get(path)?.label ?? path}」`, () => this.#app.emit("go", { path, document: document?.number }), { class: "link" }));
    });
    const answer = h("div", { class: "law-answer" }, h("p", {}, "この語に答える項目："), h("ul", {}, ...lines));
    if (this.place) this.bar.querySelector(".law-answer")?.remove();
    else fill(this.bar);
    this.bar.append(answer);
    this.bar.hidden = false;
    answer.querySelector("button").focus();
  }

  close() {
    this.place = null;
    this.bar.hidden = true;
  }
}
