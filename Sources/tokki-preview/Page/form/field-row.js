import { isGroup, makeControl } from "./controls/control.js";
import { isMissing } from "../model/missing.js";
import { button, fill, h } from "../ui/dom.js";
import { messageText, quoted } from "../ui/words.js";

/** The id of a path's main input. */
export const idOf = (path) => `f-${path.replace(/\W+/g, "-")}`;

/** A field's label with its need. */
export function heading(field, name = "span", properties = {}) {
  return h("div", { class: "field-head" },
    h(name, { class: "field-label", ...properties }, field.label),
    field.need && h("span", { class: "badge need", title: field.need }, field.need === "必須" ? "必須" : "場合により必須"),
    field.hand && h("span", { class: "badge" }, "手書き欄"));
}

/** The way to a field's ground in the law. */
export function ground(app, field, path) {
  const { basis } = field;
  if (!basis) return null;
  const phrase = quoted(basis.phrases);
  return button(`根拠 ${basis.words}`, () => app.emit("law", { ...basis, requires: path, label: field.label }), {
    class: "link basis", title: `${basis.words}${phrase}を見る`, "aria-label": `根拠 ${basis.words}${phrase}を見る（${field.label}）`,
  });
}

/** Whether two such fields find room beside each other. */
function isShort(field) {
  if (field.shape !== "value" || field.help || field.words?.length) return false;
  if (["integer", "decimal", "percent", "postal-code", "phone", "corporate-number"].includes(field.type)) return true;
  return ["text", "identifier", "money"].includes(field.type) && field.width !== null && field.width <= 16;
}

/** A field of the form: its label, its control, help, and what is wrong with its value. */
export class FieldRow {
  #app;
  #messages = h("ul", { class: "messages" });
  /** The diagnostics that are shown, as JSON. */
  #shown = "";

  /** @param {object} field @param {string} path with numbers */
  constructor(app, field, path) {
    this.#app = app;
    this.field = field;
    this.path = path;
    const id = idOf(path);
    this.#messages.id = `${id}-messages`;
    if (field.hand || field.type === "photo") {
      this.element = h("div", { class: "field by-hand", dataset: { path }, tabindex: -1 }, heading(field),
        h("p", { class: "hint" }, field.type === "photo" ? "写真を貼る欄です。印刷した紙に貼ります。" : "印刷した紙に手で書く欄です。どの様式でも空欄で印字します。"), ground(app, field, path));
      return;
    }
    const labelId = `${id}-label`;
    const group = isGroup(field) || field.shape === "list";
    this.control = makeControl(field, { id, label: field.label, labelledBy: group ? labelId : null, change: (value) => app.store.set(path, Array.isArray(value) && !value.length ? null : value) });
    const when = field.need && field.need !== "必須" && h("span", { class: "when" }, `${field.need}。`);
    const help = (when || field.help) && h("p", { class: "hint", id: `${id}-help` }, when, field.help);
    const label = group ? ["span", { id: labelId }] : ["label", { for: id, id: labelId }];
    this.element = h("div", { class: isShort(field) ? "field short" : "field", dataset: { path } }, heading(field, ...label), this.control.element, this.#messages, h("div", { class: "field-foot" }, help, ground(app, field, path)));
    const described = [help && help.id, this.#messages.id].filter(Boolean).join(" ");
    for (const input of this.control.focusable) input.setAttribute("aria-describedby", described);
    if (field.need === "必須") this.control.input.setAttribute("aria-required", "true");
    this.renew();
  }

  /** Shows what the data says. */
  renew() {
    if (!this.control) return;
    if (this.field.shape === "list") this.control.set(this.#app.store.get(this.path));
    else this.control.set(this.#app.store.text(this.path));
  }

  /** Shows what is wrong with the value. */
  showDiagnostics(diagnostics) {
    if (!this.control) return;
    const key = JSON.stringify(diagnostics);
    if (key === this.#shown) return;
    this.#shown = key;
    const isBlank = diagnostics.some(isMissing);
    this.element.classList.toggle("missing", isBlank);
    const others = diagnostics.filter((one) => !isMissing(one));
    const badge = this.element.querySelector(".need");
    if (badge) {
      badge.textContent = isBlank ? "必須・未記入" : this.field.need === "必須" ? "必須" : "場合により必須";
      badge.classList.toggle("warning", isBlank);
    }
    // The badge says it to the eye.
    fill(this.#messages,
      isBlank && h("li", { class: badge ? "heard" : "warning" }, "必須項目が未記入です。"),
      ...others.map((one) => h("li", { class: one.severity }, h("span", { class: "heard" }, one.severity === "error" ? "誤り：" : "注意："), messageText(one))));
    const isWrong = others.some((one) => one.severity === "error");
    for (const input of this.control.focusable) {
      if (isWrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }

  /** Puts the cursor into the field; at an option, if one was meant. */
  focus(option = null) {
    const target = !this.control ? this.element : option === null ? this.control.input : this.control.option?.(option) ?? this.control.input;
    target.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }
}
