import { ServerGone } from "../model/api.js";
import { counted, stateOf } from "../model/missing.js";
import { isFilledIn } from "../model/states.js";
import { PaperFrame } from "./frame.js";
import { PaperHighlights } from "./highlights.js";
import { PaperZoom } from "./zoom.js";
import { h } from "../ui/dom.js";

/**
 * A paper as it prints, in a frame of its own, with its zoom.
 *
 *     const paper = new app.paper(app, { label: "用紙" });
 *     parent.append(paper.element);
 *     const rendered = await paper.show({ document: 3, instance: 1, render: () => app.api.post("api/render", …) });
 *
 * `onValue(path, option)` is called with a click on a value, `onLink({ document, anchor, requires })` of one on a link.
 */
export class Paper {
  #next = null;
  #running = null;
  #revision = null;
  /** The last `Rendered` that is shown. */
  rendered = null;

  constructor(app, { label = "用紙", onValue = () => {}, onLink = () => {}, onError = () => {} } = {}) {
    this.app = app;
    this.on = { onValue, onLink, onError };
    this.frame = new PaperFrame();
    this.frame.room = h("div", { class: "paper-room" });
    this.scroller = h("div", { class: "paper-scroll", tabindex: 0, role: "region", "aria-label": label }, this.frame.room);
    /** The bar above the paper; more may be appended. */
    this.bar = h("div", { class: "paper-bar" });
    this.message = h("p", { class: "note paper-message", role: "status", hidden: true });
    this.element = h("div", { class: "paper" }, this.bar, this.message, this.scroller);
    this.zoom = new PaperZoom(this);
    this.highlights = new PaperHighlights(this);
    this.frame.whenLoaded = (paper) => this.#listen(paper);
  }

  /**
   * Renders and shows. One rendering is under way at a time; of those asked for meanwhile the last wins.
   * `changed`: the path of the value that was changed, to be highlighted. `ifEmpty(rendered)`: what is said of a document that is not made.
   * @returns {Promise<object|null>} Rendered, once it is on the screen
   */
  show(request) {
    const changed = this.#next?.changed;
    this.#next = { ...request, changed: request.changed ?? changed };
    this.#running ??= this.#run().finally(() => { this.#running = null; });
    return this.#running;
  }

  /** What `show` returned, while it is under way; null at rest. @returns {Promise<object|null> | null} */
  get rendering() {
    return this.#running;
  }

  async #run() {
    while (this.#next) {
      const request = this.#next;
      this.#next = null;
      try {
        const rendered = counted(this.app, await request.render());
        // Another paper was asked for meanwhile.
        if (this.#next && this.#next.document !== request.document) continue;
        await this.#put(request, rendered);
        this.#say(rendered.body && !rendered.isUnmade ? "" : request.ifEmpty?.(rendered) ?? "この書類は、今のデータでは作られません。");
      } catch (error) {
        this.#fail(error);
      }
    }
    return this.rendered;
  }

  async #put(request, rendered) {
    const title = `用紙：${rendered.title}`;
    const isSame = this.frame.number === request.document && this.#revision === rendered.revision;
    const before = isSame ? this.highlights.texts() : null;
    if (isSame) {
      this.frame.fill(rendered.body);
    } else {
      const frame = await this.frame.load(request.document, title, this.app.occasionNumber);
      this.frame.use(frame, request.document, rendered.body);
      if (this.request?.document !== request.document || this.request?.instance !== request.instance) this.scroller.scrollTo(0, 0);
    }
    this.#revision = rendered.revision;
    this.request = request;
    this.rendered = rendered;
    this.zoom.fit();
    this.dress();
    this.highlights.renew(before, request.changed);
    request.shown?.(rendered);
  }

  /** The footer and the watermark of each page. */
  dress() {
    if (!this.rendered) return;
    const { rendered, request } = this;
    const state = stateOf(rendered, request.document);
    const footer = request.isNumbered === false ? "" : `照合番号 ${rendered.checkNumber}　`;
    this.frame.dress({ footer, water: request.isWatermarked !== false && state && (rendered.isUnmade || !isFilledIn(state)) ? "未記入あり" : "" });
  }

  #fail(error) {
    // That the program is gone is shown across the page.
    if (!(error instanceof ServerGone)) this.#say([error.message, error.hint].filter(Boolean).join(" "), "error");
    this.on.onError(error);
  }

  /** A sentence above the paper, or none. */
  #say(text, kind = "") {
    this.message.textContent = text;
    this.message.className = `note paper-message ${kind}`;
    this.message.hidden = !text;
  }

  #listen(paper) {
    paper.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (link) {
        event.preventDefault();
        this.on.onLink({
          document: Number(link.dataset.document) || this.request.document,
          anchor: link.getAttribute("href").split("#")[1] ?? "",
          requires: link.dataset.requires ?? null,
          element: link,
        });
        return;
      }
      const near = event.target.closest("[data-field]");
      // Beside the values of a cell, its only one is meant.
      const value = near?.matches("td") ? near.querySelector("[data-field]") ?? near : near ?? event.target.closest("dd, li")?.querySelector("[data-field]");
      if (value) this.on.onValue(value.dataset.field, value.dataset.option ? Number(value.dataset.option) : null);
    });
    // What is typed while the paper has the focus is meant for the page.
    paper.addEventListener("keydown", (event) => {
      const copy = new KeyboardEvent("keydown", event);
      if (!this.element.dispatchEvent(copy)) event.preventDefault();
    });
    this.zoom.watch(paper);
  }
}
