import { gutter, look } from "./look.js";
import { pixels, sheetOf } from "./sheet.js";
import { h } from "../ui/dom.js";

/** A frame that holds a paper under the paper's own policy, and the sheet styles that it has on screen only. */
export class PaperFrame {
  /** Called with the frame's document after each load, for listeners. */
  whenLoaded = () => {};
  #sheets = null;

  constructor() {
    this.element = null;
    this.number = null;
    this.sheet = { width: 210, height: 297, top: 20, right: 20, bottom: 20, left: 20 };
  }

  /** The document in the frame. */
  get document() {
    return this.element?.contentDocument ?? null;
  }

  /** Makes a frame of a document's page beside the one that is shown, so that nothing flashes; `occasion` is the number of its packet's. */
  load(number, title, occasion) {
    return new Promise((resolve, reject) => {
      const frame = h("iframe", { class: "paper-next", src: `paper/${number}${occasion > 0 ? `?occasion=${occasion}` : ""}`, title });
      frame.addEventListener("load", () => {
        // The server refused, or is gone: what stands in the frame is the browser's own page.
        const main = frame.contentDocument?.querySelector("main");
        if (main && frame.isConnected) return resolve(frame);
        frame.remove();
        reject(new Error("用紙を読み込めませんでした。"));
      }, { once: true });
      this.room.append(frame);
    });
  }

  /** Shows the frame that was loaded, with a body in it. */
  use(frame, number, body) {
    const old = this.element;
    this.element = frame;
    this.number = number;
    this.#sheets = null;
    this.fill(body);
    frame.className = "paper-frame";
    old?.remove();
    this.whenLoaded(frame.contentDocument);
  }

  /** Puts a rendered body in place of the one that is shown. */
  fill(body) {
    const paper = this.document;
    const parsed = new DOMParser().parseFromString(body, "text/html");
    paper.querySelector("main").replaceChildren(...[...parsed.body.childNodes].map((node) => paper.adoptNode(node)));
    const article = paper.querySelector(".document");
    if (article) this.sheet = sheetOf(paper, article);
    const text = look(this.sheet);
    if (this.#sheets?.text !== text) {
      // A constructed sheet belongs to the window that made it.
      const style = new paper.defaultView.CSSStyleSheet();
      style.replaceSync(text);
      paper.adoptedStyleSheets = [style];
      this.#sheets = { text };
    }
  }

  /** What the pages' margins say on screen: the footer, and the watermark of what is unfinished. */
  dress({ footer, water }) {
    const paper = this.document;
    paper.querySelector(".tokki-pages")?.remove();
    const article = paper.querySelector(".document");
    if (!article || paper.defaultView.innerWidth <= 720) return;
    const height = pixels(this.sheet.height);
    const count = Math.max(1, Math.round((article.offsetHeight + gutter) / (height + gutter)));
    const pages = paper.createElement("div");
    pages.className = "tokki-pages";
    pages.setAttribute("aria-hidden", "true");
    for (let index = 0; index < count; index += 1) {
      const page = paper.createElement("div");
      page.className = "tokki-page";
      page.style.top = `${article.offsetTop + index * (height + gutter)}px`;
      page.style.height = `${height}px`;
      page.style.left = `${article.offsetLeft}px`;
      page.style.width = `${article.offsetWidth}px`;
      const say = (text, className) => {
        const made = paper.createElement("p");
        made.textContent = text;
        made.className = className ?? "";
        page.append(made);
        return made;
      };
      if (water) say(water, "tokki-water");
      const line = say(`${footer}${index + 1} / ${count}`);
      line.style.right = `${this.sheet.right}mm`;
      line.style.bottom = `${this.sheet.bottom / 2}mm`;
      pages.append(page);
    }
    paper.body.append(pages);
  }
}
