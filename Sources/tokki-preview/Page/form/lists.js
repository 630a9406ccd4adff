import { TextControl } from "./controls/text.js";
import { ground, heading, idOf } from "./field-row.js";
import { isEmpty } from "../model/store.js";
import { ask } from "../ui/dialogs.js";
import { button, h } from "../ui/dom.js";
import { items, messageText } from "../ui/words.js";

/** What an item is called: the first text that it has, by its fields' order. */
export function nameOf(field, item) {
  for (const child of field.children ?? []) {
    if (child.shape === "value" && ["text", "identifier"].includes(child.type) && typeof item?.[child.name] === "string" && item[child.name]) return item[child.name];
  }
  return "";
}

/** Removes an item, after asking if it has any content. */
async function removeItem(form, field, path, index) {
  const { store } = form.app;
  const item = store.get(path)?.[index];
  if (!isEmpty(item)) {
    const name = typeof item === "string" ? item : nameOf(field, item);
    const choice = await ask(`${field.label}（${index + 1}）を削除しますか`, [name ? `「${name}」の記入内容が失われます。` : "記入内容が失われます。"], [["削除する", true], ["やめる", false]]);
    if (!choice) return;
  }
  store.remove(path, index);
  form.rebuild({ path: store.count(path) ? `${path}[${Math.min(index + 1, store.count(path))}]` : path });
  form.app.announce(`${field.label}（${index + 1}）を削除しました。`);
}

/** The buttons that move and remove an item, once it is there. */
function itemButtons(form, field, path, index) {
  const { store, announce } = form.app;
  const name = `${field.label}（${index + 1}）`;
  const move = (to, part) => {
    store.move(path, index, to);
    form.rebuild({ path: `${path}[${to + 1}]`, part });
    announce(`${name}を${to + 1}番目に移しました。`);
  };
  const up = button("↑", () => move(index - 1, "up"), { class: "quiet icon", dataset: { part: "up" }, "aria-label": `${name}を前へ移す`, title: "前へ移す" });
  const down = button("↓", () => move(index + 1, "down"), { class: "quiet icon", dataset: { part: "down" }, "aria-label": `${name}を後へ移す`, title: "後へ移す" });
  const remove = button("削除", () => removeItem(form, field, path, index), { class: "quiet danger", "aria-label": `${name}を削除する` });
  const element = h("div", { class: "item-buttons" }, up, down, remove);
  const renew = () => {
    const count = store.count(path);
    element.hidden = index >= count;
    up.disabled = index === 0;
    down.disabled = index >= count - 1;
    up.hidden = down.hidden = count < 2;
  };
  form.whenChanged(path, renew);
  renew();
  return element;
}

/** The button that adds an item at the end. */
function adder(form, field, path, item) {
  const { store } = form.app;
  const isFull = field.maximum && store.count(path) >= field.maximum;
  return h("div", { class: "adder" },
    button(`＋ ${field.label}を追加`, () => {
      // The one that is shown though it is not there yet is the first.
      if (!store.count(path)) store.add(path, structuredClone(item));
      store.add(path, structuredClone(item));
      const own = `${path}[${store.count(path)}]`;
      // What the item cannot be without comes first.
      const needed = field.children?.find(({ need, shape, hand }) => need && shape === "value" && !hand);
      form.rebuild({ path: needed ? `${own}.${needed.name}` : own });
    }, { disabled: isFull || undefined }),
    isFull && h("p", { class: "hint" }, `${items(field.maximum)}までです。`));
}

/** What there is to say of a list as a whole. */
function foot(form, field, path) {
  const when = field.need && field.need !== "必須" && `${field.need}。`;
  return h("div", { class: "field-foot" }, (when || field.help) && h("p", { class: "hint" }, when, field.help), ground(form.app, field, path));
}

/** A list of records: a box for each, that opens and closes. One is shown even if there is none yet, ready to be filled in. */
export function recordList(form, field, path, children) {
  const { store } = form.app;
  const count = store.count(path);
  const boxes = [];
  for (let index = 0; index < Math.max(count, 1); index += 1) {
    const own = `${path}[${index + 1}]`;
    const item = store.get(own);
    const title = h("span", { class: "item-name" }, nameOf(field, item));
    const isOpen = form.isOpen(field, own, item, index);
    const nothing = h("span", { class: "hint", hidden: index < count }, "まだありません");
    const details = h("details", { class: "item", dataset: { path: own }, open: isOpen },
      h("summary", {}, h("span", { class: "item-number" }, `${field.label}（${index + 1}）`), title, nothing),
      h("div", { class: "item-body" }, itemButtons(form, field, path, index), h("div", { class: "fields" }, ...children(own))));
    details.addEventListener("toggle", () => form.remember(own, item, details.open));
    form.whenChanged(own, () => { 
      title.textContent = nameOf(field, store.get(own));
      nothing.hidden = index < store.count(path);
    });
    boxes.push(details);
  }
  const messages = h("ul", { class: "messages" });
  form.addMessages(path, messages);
  return h("fieldset", { class: "list", dataset: { path }, id: idOf(path), tabindex: -1 }, h("legend", { class: "heard" }, field.label),
    heading(field), foot(form, field, path), messages, ...boxes, adder(form, field, path, {}));
}

/** A list of texts: a line for each, with its buttons. */
export function valueList(form, field, path) {
  const { store } = form.app;
  const count = store.count(path);
  const lines = [];
  for (let index = 0; index < Math.max(count, 1); index += 1) {
    const own = `${path}[${index + 1}]`;
    const row = new ValueRow(form, field, path, index, itemButtons(form, field, path, index));
    form.addRow(own, row);
    lines.push(row.element);
  }
  const messages = h("ul", { class: "messages" });
  form.addMessages(path, messages);
  return h("fieldset", { class: "list", dataset: { path }, id: idOf(path), tabindex: -1 }, h("legend", { class: "heard" }, field.label),
    heading(field), foot(form, field, path), h("ol", {}, ...lines), messages, adder(form, field, path, ""));
}

/** A text of a list. */
class ValueRow {
  constructor(form, field, path, index, buttons) {
    this.field = field;
    this.path = `${path}[${index + 1}]`;
    this.store = form.app.store;
    const wasThere = index < this.store.count(path);
    const change = (text) => {
      this.store.set(this.path, text);
      if (!wasThere && text === "") this.store.set(path, null);
    };
    this.control = new TextControl({ ...field, width: null }, { id: idOf(this.path), name: `${field.label}（${index + 1}）`, change });
    if (field.type !== "multiline") {
      this.control.input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        form.nextValue(path, index);
      });
    }
    this.messages = h("ul", { class: "messages", id: `${idOf(this.path)}-messages` });
    this.control.input.setAttribute("aria-describedby", this.messages.id);
    this.element = h("li", { class: "value-row", dataset: { path: this.path } }, h("div", { class: "value-line" }, this.control.element, buttons), this.messages);
    this.renew();
  }

  renew() {
    this.control.set(this.store.text(this.path));
  }

  showDiagnostics(diagnostics) {
    this.messages.replaceChildren(...diagnostics.map((one) => h("li", { class: one.severity }, messageText(one))));
    if (diagnostics.some((one) => one.severity === "error")) this.control.input.setAttribute("aria-invalid", "true");
    else this.control.input.removeAttribute("aria-invalid");
  }

  focus() {
    this.control.input.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }
}
