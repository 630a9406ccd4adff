import { FieldRow } from "./field-row.js";
import { jump } from "./jump.js";
import { recordList, valueList } from "./lists.js";
import { FormSummary } from "./summary.js";
import { generic, isWithin } from "../model/fields.js";
import { asks, isMissing } from "../model/missing.js";
import { fill, h } from "../ui/dom.js";
import { messageText } from "../ui/words.js";

/** The data form of a document, made from the dictionary: its own fields, or all. */
export class Form {
  #rows = new Map();
  #messages = new Map();
  #watchers = [];
  /** Which items are open: by what they hold, and by their place while they hold nothing. */
  #open = new WeakMap();
  #openPaths = new Map();
  #isAll = false;
  #rendered = null;

  /** `onFocus(path)`: the cursor went into a field. */
  constructor(app, { onFocus }) {
    this.app = app;
    this.summary = new FormSummary(this);
    this.title = h("h2", {});
    this.toggle = h("input", { type: "checkbox", onchange: () => this.setAll(this.toggle.checked) });
    this.body = h("div", { class: "form-body" });
    this.top = h("div", { class: "form-top" }, this.title, h("label", { class: "check" }, this.toggle, "全ての項目"), this.summary.element);
    this.element = h("form", { class: "form", "aria-label": "記入欄", novalidate: true, onsubmit: (event) => event.preventDefault() }, this.top, this.body);
    this.element.addEventListener("focusin", (event) => {
      const path = event.target.closest("[data-path]")?.dataset.path;
      if (path) onFocus(path);
    });
    app.on("change", (path) => {
      for (const [watched, f] of this.#watchers) if (isWithin(path, watched) || isWithin(watched, path)) f();
    });
  }

  /** Shows all fields of the dictionary, or those of the document only. */
  setAll(isAll) {
    this.#isAll = isAll;
    this.toggle.checked = isAll;
    this.build();
  }

  /** Makes the form of the document that is shown. */
  build() {
    const { document, app } = { document: this.app.document(), app: this.app };
    this.#rows.clear();
    this.#messages.clear();
    this.#watchers = [];
    const wanted = new Set(document.fields);
    this.shows = (field) => this.#isAll || wanted.has(field.path) || [...wanted].some((path) => isWithin(path, field.path)) || asks(app, document, field.path) || this.#isValueOf(field, wanted);
    this.title.textContent = this.#isAll ? "全ての項目" : document.title;
    const groups = app.fields.roots.filter(this.shows).flatMap((root) => this.#group(root, root.path, 3));
    fill(this.body, ...(groups.length ? groups : [h("p", { class: "note" }, document.kind === "annex" ? "条文に記入する項目はありません。下線のある青い語を選ぶと、それに答える書類の項目を示します。" : "この書類に記入する項目はありません。")]));
    if (this.#rendered) this.showDiagnostics(this.#rendered);
  }

  /** A list of values that is wanted as a whole. */
  #isValueOf(field, wanted) {
    return field.shape === "list" && wanted.has(field.path);
  }

  /** Makes the form again where it stands, and puts the cursor into a path. */
  rebuild({ path, part } = {}) {
    const top = this.element.scrollTop;
    this.build();
    this.element.scrollTop = top;
    if (!path) return;
    const place = this.element.querySelector(`[data-path="${path}"]`);
    const target = (part && place?.querySelector(`[data-part="${part}"]:not(:disabled)`)) || (part && place?.querySelector("[data-part]:not(:disabled)"));
    if (target) target.focus();
    else this.show(path);
  }

  /** Makes the form again while someone is typing in it. */
  refresh() {
    const inputs = () => [...(this.element.querySelector(`[data-path="${path}"]`)?.querySelectorAll("input, textarea, select, button, summary") ?? [])];
    const path = this.element.contains(document.activeElement) ? this.current : null;
    const index = path ? inputs().indexOf(document.activeElement) : -1;
    const { selectionStart, selectionEnd } = document.activeElement;
    const top = this.element.scrollTop;
    this.build();
    const target = inputs()[index];
    target?.focus({ preventScroll: true });
    if (typeof selectionStart === "number" && target?.matches("input[type=text], textarea")) target.setSelectionRange(selectionStart, selectionEnd);
    this.element.scrollTop = top;
  }

  #group(field, path, level) {
    return [h("fieldset", { class: "group" }, h("legend", {}, h(`h${level}`, {}, field.label)), h("div", { class: "fields" }, ...this.#children(field, path, level)))];
  }

  /** As the paper prints them, what it does not print after what the dictionary has before it; all the items as the dictionary lists them. */
  #inOrder(fields) {
    if (this.#isAll) return fields;
    const { fields: printed } = this.app.document();
    const ranks = new Map();
    let before = -1;
    for (const field of fields) {
      const own = printed.findIndex((path) => isWithin(path, field.path));
      before = own < 0 ? before + 0.01 : own;
      ranks.set(field, before);
    }
    return fields.toSorted((a, b) => ranks.get(a) - ranks.get(b));
  }

  #children(field, path, level) {
    return this.#inOrder(field.children.filter(this.shows)).flatMap((child) => {
      const own = `${path}.${child.name}`;
      if (child.shape === "record") return this.#group(child, own, Math.min(level + 1, 6));
      if (child.shape === "list" && child.children?.length) {
        if (child.hand) return [this.#row(child, own)];
        return [recordList(this, child, own, (item) => this.#children(child, item, level))];
      }
      if (child.shape === "list" && child.type !== "choice" && !child.hand) return [valueList(this, child, own)];
      return [this.#row(child, own)];
    });
  }

  #row(field, path) {
    const row = new FieldRow(this.app, field, path);
    this.addRow(path, row);
    return row.element;
  }

  addRow(path, row) {
    this.#rows.set(path, row);
  }

  /** Where messages of a list as a whole go. */
  addMessages(path, element) {
    this.#messages.set(path, element);
  }

  /** Calls `f` when something at, in or around the path changes. */
  whenChanged(path, f) {
    this.#watchers.push([path, f]);
  }

  /** Whether an item of a list is open: as it was left; at first if it is the paper's own, or if nothing distinguishes it from others. */
  isOpen(field, path, item, index) {
    const known = (item && this.#open.get(item)) ?? this.#openPaths.get(path);
    if (known !== undefined) return known;
    const { repeats } = this.app.document();
    if (repeats === field.path) return index + 1 === this.app.state.instance;
    return !this.#isAll && (this.app.store.count(generic(path) === path ? path : path.replace(/\[\d+\]$/, "")) <= 3);
  }

  remember(path, item, isOpen) {
    if (item) this.#open.set(item, isOpen);
    else this.#openPaths.set(path, isOpen);
  }

  /** Opens the item that a sheet is made of, and closes the others, but not around the cursor. */
  openSheet() {
    const { repeats } = this.app.document();
    if (!repeats) return;
    const own = `${repeats}[${this.app.state.instance}]`;
    for (const item of this.element.querySelectorAll("details.item")) {
      if (this.app.fields.get(item.dataset.path)?.path !== repeats || !/\]$/.test(item.dataset.path)) continue;
      if (!item.contains(document.activeElement)) item.open = item.dataset.path === own;
      if (item.dataset.path === own && !this.element.contains(document.activeElement)) item.scrollIntoView({ block: "nearest" });
    }
  }

  /** From a value of a list to the next, made if there is none. */
  nextValue(path, index) {
    const { store } = this.app;
    if (!store.text(`${path}[${index + 1}]`)) return;
    if (index + 1 >= store.count(path)) {
      store.add(path, "");
      this.rebuild();
    }
    this.show(`${path}[${index + 2}]`);
  }

  /** Shows at each field what is wrong with it. */
  showDiagnostics(rendered) {
    this.#rendered = rendered;
    const byPath = Map.groupBy(rendered.diagnostics.filter((one) => one.path), (one) => one.path);
    for (const [path, row] of this.#rows) {
      const isWhole = row.field.shape === "list" && !/\]$/.test(path);
      row.showDiagnostics(isWhole ? rendered.diagnostics.filter((one) => one.path && isWithin(one.path, path)) : byPath.get(path) ?? []);
    }
    for (const [path, element] of this.#messages) {
      const others = (byPath.get(path) ?? []).filter((one) => !this.#rows.has(one.path));
      fill(element, ...others.map((one) => h("li", { class: isMissing(one) ? "warning" : one.severity }, isMissing(one) ? "必須項目が未記入です。" : messageText(one))));
    }
    this.summary.show(rendered);
  }

  /** Shows what the data says everywhere but where someone is typing. */
  renew() {
    for (const row of this.#rows.values()) if (!row.element.contains(document.activeElement)) row.renew();
  }

  /** Opens and focuses the field of a path; false if the form has none. */
  show(path, option = null) {
    return jump(this, path, option);
  }

  /** The row of a path. */
  row(path) {
    return this.#rows.get(path) ?? null;
  }

  /** The paths of the fields that are shown, in order. */
  get paths() {
    return [...this.#rows.keys()];
  }

  /** The path that has the cursor. */
  get current() {
    return document.activeElement?.closest?.("[data-path]")?.dataset.path ?? null;
  }
}
