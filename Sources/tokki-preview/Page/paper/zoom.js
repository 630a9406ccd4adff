import { gutter } from "./look.js";
import { pixels } from "./sheet.js";
import { button, h } from "../ui/dom.js";

const factors = [50, 75, 100, 125, 150, 200];
/** Below this width a sheet that fits could not be read: its narrow layout is shown instead. */
const narrow = 400;

/** How large a paper is drawn: as wide as its place, or by a factor. */
export class PaperZoom {
  #paper;
  #factor = "fit";
  #select;
  #observer = null;

  constructor(paper) {
    this.#paper = paper;
    this.#select = h("select", { "aria-label": "用紙の大きさ", onchange: () => this.set(this.#select.value) },
      h("option", { value: "fit" }, "幅に合わせる"),
      ...factors.map((factor) => h("option", { value: factor }, `${factor}％`)));
    paper.bar.append(h("div", { class: "zoom" },
      button("－", () => this.#step(-1), { class: "quiet icon", "aria-label": "縮小", title: "縮小" }),
      this.#select,
      button("＋", () => this.#step(1), { class: "quiet icon", "aria-label": "拡大", title: "拡大" })));
    new ResizeObserver(() => { if (this.fit()) paper.dress(); }).observe(paper.scroller);
  }

  /** The scale that the paper is drawn at. */
  scale = 1;

  /** "fit", or a factor in percent. */
  set(factor) {
    this.#factor = factor === "fit" ? "fit" : Number(factor);
    this.#select.value = String(factor);
    this.fit();
    this.#paper.dress();
  }

  #step(by) {
    const now = Math.round(this.scale * 100);
    const next = by > 0 ? factors.find((factor) => factor > now) : factors.findLast((factor) => factor < now);
    if (next) this.set(next);
  }

  /** Gives the frame the width of its sheet, the height of its content, and the scale. Returns whether anything changed. */
  fit() {
    const { frame, scroller } = this.#paper;
    const element = frame.element;
    if (!element || !scroller.clientWidth) return false;
    const sheet = pixels(frame.sheet.width) + 2 * gutter;
    const place = scroller.clientWidth;
    const isNarrow = this.#factor === "fit" && place < narrow;
    this.scale = isNarrow ? 1 : this.#factor === "fit" ? Math.min(1.5, place / sheet) : this.#factor / 100;
    const width = isNarrow ? place : Math.max(sheet, place / this.scale);
    element.style.width = `${width}px`;
    const height = frame.document.body.offsetHeight;
    const look = `${width} ${height} ${this.scale}`;
    if (element.dataset.look === look) return false;
    element.dataset.look = look;
    element.style.height = `${height}px`;
    element.style.transform = this.scale === 1 ? "" : `scale(${this.scale})`;
    frame.room.style.width = `${Math.floor(width * this.scale)}px`;
    frame.room.style.height = `${height * this.scale}px`;
    return true;
  }

  /** Follows the height of the paper's content. */
  watch(paper) {
    this.#observer?.disconnect();
    this.#observer = new ResizeObserver(() => this.fit());
    this.#observer.observe(paper.body);
  }
}
