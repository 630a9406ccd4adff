import { DocumentList } from "./document-list.js";
import { LawView } from "./law.js";
import { Panes } from "./panes.js";
import { Form } from "../form/form.js";
import { isWithin } from "../model/fields.js";
import { asks, nextMissing, stateOf } from "../model/missing.js";
import { modes } from "../model/modes.js";
import { Paper } from "../paper/paper.js";
import { at, button, fill, h } from "../ui/dom.js";

/** The packet view: the documents, the paper in the middle, the form; and what binds them to each other. */
export class PacketView {
  #app;
  /** Where the paper stood when the law took its place. */
  #left = 0;

  constructor(app) {
    this.#app = app;
    this.list = new DocumentList(app);
    this.form = new Form(app, { onFocus: (path) => this.#focused(path) });
    this.law = new LawView(app, () => this.back());
    this.paper = new Paper(app, { onValue: (path, option) => this.go({ path, option }), onLink: (link) => this.#follow(link) });
    this.paper.bar.prepend(button("次の未記入へ", () => this.next(), { title: "F8", "aria-keyshortcuts": "F8" }), button("この書類だけ印刷", () => app.emit("print"), { title: "Ctrl＋P", "aria-keyshortcuts": "Control+P" }));
    this.notice = h("div", { class: "mode-notice", hidden: true });
    this.paper.bar.after(this.law.bar, this.notice);
    this.panes = new Panes(this.list.element, this.paper.element, this.form.element);
    at("view-documents").append(this.panes.element);
    this.#listen();
  }

  #listen() {
    const { on } = { on: (names, f) => names.forEach((name) => this.#app.on(name, f)) };
    let built = null;
    on(["edition", "data", "select", "state"], (value) => {
      if (!this.#app.edition) return;
      // Another sheet of the same document has the same form.
      const key = `${this.#app.state.document} ${this.#app.state.vendor}`;
      const isSame = key === built;
      built = key;
      if (isSame && value === this.#app.state) this.form.openSheet();
      else this.form.refresh();
      if (!isSame) this.form.element.scrollTop = 0;
    });
    on(["select"], () => this.law.close());
    on(["edition", "data", "select", "state"], () => this.render());
    on(["change"], (path) => {
      this.#app.banners.hide("complete");
      this.render(path);
    });
    on(["law"], (basis) => this.showLaw(basis));
    on(["go"], (place) => this.go(place));
    window.addEventListener("keydown", (event) => {
      if (this.#app.state.view !== "documents" || event.isComposing || document.querySelector("dialog[open]")) return;
      if (event.key === "F8") this.next();
      // The paper, not the page around it.
      else if (event.key === "p" && (event.ctrlKey || event.metaKey)) this.#app.emit("print");
      else if (event.key === "Escape" && this.law.place) this.back();
      else return;
      event.preventDefault();
    });
  }

  /** Renders what is shown: the paper, or the law in its place. */
  render(changed) {
    const { state } = this.#app;
    if (!this.#app.edition) return null;
    const law = this.law.place;
    const shown = law ? { document: law.document, instance: 1 } : { document: state.document, instance: state.instance };
    const document = this.#app.document(shown.document);
    return this.paper.show({
      ...shown, changed: law ? null : changed, isNumbered: document?.kind !== "annex", isWatermarked: document?.kind !== "annex" && state.mode !== "blank",
      ifEmpty: (rendered) => {
        const isLacking = stateOf(rendered, shown.document)?.lacking;
        return `この書類は、まだ記入がないため、${modes[state.mode]}には入りません。${isLacking ? "どの契約にも要る書類なので、" : "該当する場合に"}記入してください。`;
      },
      render: () => this.#app.render(shown),
      shown: (rendered) => {
        this.#app.rendered = rendered;
        this.#app.emit("rendered", rendered);
        this.form.showDiagnostics(rendered);
        this.#notice(this.form.current);
        if (!law) this.#turnTo(this.form.current);
      },
    });
  }

  /** Shows the law at the ground of a field. */
  async showLaw(basis) {
    this.#app.router.go("documents");
    this.panes.show("paper");
    if (!this.law.place) this.#left = this.paper.scroller.scrollTop;
    this.law.open(basis);
    this.notice.hidden = true;
    this.paper.highlights.show(null);
    await this.render();
    this.paper.highlights.showLaw(this.law.place);
  }

  /** From the law back to the paper. */
  async back() {
    this.law.close();
    this.paper.highlights.showLaw(null);
    await this.render();
    this.paper.scroller.scrollTop = this.#left;
    this.paper.highlights.show(this.form.current);
  }

  /** Goes to the field of a path, in the document that is shown if it prints it, else in the first that does. */
  go({ path: place, document: wanted = null, option = null }) {
    const app = this.#app;
    const path = app.fields.concrete(place, app.document(wanted ?? app.state.document)?.repeats, app.state.instance);
    app.router.go("documents");
    this.panes.show("form");
    if (this.law.place) this.back();
    const shown = app.document();
    if (wanted && wanted !== shown.number) app.select(wanted, this.#instance(app.document(wanted), path));
    else if (!asks(app, shown, path) && !wanted) {
      const other = app.edition.documents.find((one) => !one.officeOnly && asks(app, one, path)) ?? app.edition.documents.find((one) => asks(app, one, path));
      if (other) app.select(other.number, this.#instance(other, path));
      else this.form.setAll(true);
    }
    if (!this.form.show(path, option)) {
      this.form.setAll(true);
      this.form.show(path, option);
    }
  }

  /** Which sheet of a document a path belongs to. */
  #instance(document, path) {
    const { repeats } = document;
    if (!repeats || !isWithin(path, repeats)) return 1;
    return Number(/^\[(\d+)\]/.exec(path.slice(repeats.length))?.[1] ?? 1);
  }

  /** Jumps to the next missing value, of what is entered and of the mode that is chosen now. */
  async next() {
    await this.paper.rendering;
    if (this.#app.state.view !== "documents") return;
    const found = nextMissing(this.#app, this.form, this.paper);
    if (found) this.go(found);
    else this.#app.announce("未記入の必須項目はありません。");
    if (!found) this.#app.banners.show("complete", { text: "未記入の必須項目はありません。", kind: "good", canClose: true });
  }

  /** The cursor went into a field: its value stands out on the paper, on its own sheet. */
  #focused(path) {
    this.#notice(path);
    if (this.law.place) return;
    this.#turnTo(path);
    this.paper.highlights.show(path);
  }

  /** Shows the sheet that a path belongs to, as soon as there is one. */
  #turnTo(path) {
    const { state } = this.#app;
    const shown = this.#app.document();
    if (!path || !shown.repeats || !isWithin(path, shown.repeats)) return;
    const instance = this.#instance(shown, path);
    const most = stateOf(this.#app.rendered, shown.number)?.instances ?? 1;
    if (instance !== state.instance && instance <= most) this.#app.select(state.document, instance);
  }

  /** Says why nothing is seen on the paper of what the mode leaves blank: the field that has the cursor, or others that were filled in. */
  #notice(path) {
    const { fields, state: { mode }, store } = this.#app;
    const field = path ? fields.get(path) : null;
    const isLeft = (one) => one && !one.hand && (mode === "blank" || (mode === "prefilled" && !one.prefill));
    const isOther = !isLeft(field) && this.#app.document().fields.some((one) => isLeft(fields.get(one)) && store.holds(one));
    this.notice.hidden = Boolean(this.law.place) || !(isLeft(field) || isOther);
    if (this.notice.hidden) return;
    const text = isOther ? `${modes[mode]}では、記入した値${mode === "blank" ? "" : "の一部"}を印字せず、手で書く欄にします。` : `「${field.label}」は、${modes[mode]}では印字しません。`;
    if (this.notice.firstChild?.textContent === text) return;
    fill(this.notice, h("p", {}, text), button("提出用で見る", () => this.#app.setState({ mode: "final" })));
  }

  /** A link on the paper: a phrase of the law that asks for a field, or another document. */
  #follow({ document, anchor, requires, element }) {
    if (requires) {
      for (const old of this.paper.frame.document.querySelectorAll(".is-law")) old.classList.remove("is-law");
      element.classList.add("is-law");
      this.law.offer(requires);
      return;
    }
    const target = this.#app.document(document);
    if (target?.kind === "annex") this.showLaw({ document, anchor, words: element.textContent });
    else if (document !== this.#app.state.document) this.#app.select(document);
    else this.paper.highlights.showLaw({ anchor });
  }
}

