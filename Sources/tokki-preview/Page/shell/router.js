import { at } from "../ui/dom.js";

const views = ["documents", "list", "gaps", "coverage", "templates"];

/** Which view is shown, by the address's fragment; Back and Forward lead from view to view. */
export class Router {
  #app;

  constructor(app) {
    this.#app = app;
    at("skip").addEventListener("click", (event) => {
      event.preventDefault();
      at("main").focus();
    });
    window.addEventListener("hashchange", () => this.#follow());
  }

  /** Shows the view that the address names. */
  start() {
    at("waiting").hidden = true;
    this.#follow();
  }

  /** Shows a view. */
  go(view) {
    if (location.hash !== `#${view}`) location.hash = view;
    // The event comes later; who goes somewhere wants to be there.
    this.#follow();
  }

  #follow() {
    const name = location.hash.slice(1);
    const view = views.includes(name) ? name : "documents";
    if (this.#app.state.view === view) return;
    this.#app.state.view = view;
    for (const other of views) at(`view-${other}`).hidden = other !== view;
    for (const link of document.querySelectorAll(".tabs a")) {
      if (link.dataset.view === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.#app.emit("view", view);
  }
}
