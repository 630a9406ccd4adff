import { wordButton } from "./text.js";
import { button, h } from "../../ui/dom.js";

const others = "その他";

/** What is shown of a text of one's own: その他（…） may be written around it. */
const inner = (text) => /^その他(?:[（(](.*)[）)])?$/s.exec(text)?.[1] ?? (text === others ? "" : text);

/** One of some options, as radio buttons if they are few and short, else as a list; その他 with words of one's own. */
export class ChoiceControl {
  #change;
  #options;
  #isBoolean;

  constructor(field, { id, name, labelledBy, change, label }) {
    this.#change = change;
    this.#isBoolean = field.type === "boolean";
    this.#options = choicesOf(field);
    const isShort = this.#options.length <= 4 && this.#options.reduce((sum, one) => sum + one.text.length + 2, field.other ? 5 : 0) <= 26;
    const entries = [...this.#options, ...(field.other ? [{ value: others, text: others }] : [])];
    this.own = field.other ? h("input", { type: "text", class: "wide", autocomplete: "off", "aria-label": `${label}：その他の内容`, placeholder: "その他の内容", hidden: true, oninput: () => this.#put(this.own.value || others) }) : null;
    this.words = (field.words ?? []).map((word) => wordButton(word, () => { this.set(word); change(word); }));
    if (isShort) this.#radios(id, entries, label, { "aria-label": name ?? null, "aria-labelledby": labelledBy ?? null });
    else this.#list(id, entries, { "aria-label": name ?? null, "aria-labelledby": labelledBy ?? null });
    if (this.own) this.element.append(this.own);
    this.element.append(...this.words);
    this.focusable = [...(this.radios ?? [this.select]), ...(this.own ? [this.own] : [])];
  }

  #radios(id, entries, label, names) {
    this.radios = entries.map(({ value }, index) => h("input", {
      type: "radio", name: id, id: index ? `${id}-${index}` : id, value, onchange: () => this.#chosen(value),
    }));
    this.clear = button("取り消す", () => {
      this.set("");
      this.#change("");
      this.radios[0].focus();
    }, { class: "link clear", hidden: true, "aria-label": `${label}の選択を取り消す` });
    this.element = h("div", { class: "control options", role: "radiogroup", ...names },
      ...entries.map(({ text }, index) => h("label", { class: "check" }, this.radios[index], text)), this.clear);
    this.input = this.radios[0];
  }

  #list(id, entries, names) {
    this.select = h("select", { id, ...names, onchange: () => this.#chosen(this.select.value) },
      h("option", { value: "" }, "（選択していません）"), ...entries.map(({ value, text }) => h("option", { value }, text)));
    this.element = h("div", { class: "control" }, this.select);
    this.input = this.select;
  }

  #chosen(value) {
    const isOwn = this.own && value === others;
    if (this.own) this.own.hidden = !isOwn;
    if (this.clear) this.clear.hidden = false;
    this.#put(isOwn ? this.own.value || others : value);
    if (isOwn && this.select) this.own.focus();
  }

  #put(value) {
    this.#press(value);
    this.#change(value);
  }

  #press(value) {
    for (const word of this.words) word.setAttribute("aria-pressed", String(value === word.textContent));
  }

  set(text) {
    const known = this.#options.find((one) => one.value === text || one.also?.includes(text));
    const isOwn = !known && text !== "" && Boolean(this.own);
    const value = known ? known.value : isOwn ? others : text;
    if (this.radios) {
      for (const radio of this.radios) radio.checked = radio.value === value;
    } else {
      // What is not offered stands there all the same, until another is chosen.
      this.select.querySelector("[data-foreign]")?.remove();
      if (![...this.select.options].some((option) => option.value === value)) this.select.append(h("option", { value, dataset: { foreign: "" } }, `${value}（選択肢にありません）`));
      this.select.value = value;
    }
    if (this.own) {
      this.own.hidden = !isOwn;
      if (isOwn && document.activeElement !== this.own) this.own.value = inner(text);
    }
    if (this.clear) this.clear.hidden = text === "";
    this.#press(text);
  }

  /** The input of an option, by its number from 0; -1 is その他. Of yes and no, 1 is yes. */
  option(number) {
    const index = this.#isBoolean ? 1 - number : number;
    return this.radios?.at(index) ?? this.input;
  }
}

/** What may be chosen, and the text of each. */
export function choicesOf(field) {
  if (field.type !== "boolean") return (field.options ?? []).map((text, index) => ({ value: field.values?.[index] ?? text, text, also: [text] }));
  return [
    { value: "true", text: field.yes ?? "はい", also: [field.yes, "yes"] },
    { value: "false", text: field.no ?? "いいえ", also: [field.no, "no"] },
  ];
}

/** Any number of some options, as check boxes; その他 with words of one's own. The value is a list. */
export class ManyControl {
  #change;
  #options;
  #rest = [];

  constructor(field, { id, name, labelledBy, change, label }) {
    this.#options = choicesOf(field);
    this.#change = change;
    this.boxes = this.#options.map(({ value }, index) => h("input", { type: "checkbox", id: index ? `${id}-${index}` : id, value, onchange: () => this.#put() }));
    const labels = this.boxes.map((box, index) => h("label", { class: "check" }, box, this.#options[index].text));
    if (field.other) {
      this.other = h("input", { type: "checkbox", value: others, onchange: () => { this.own.hidden = !this.other.checked; this.#put(); } });
      this.own = h("input", { type: "text", class: "wide", autocomplete: "off", "aria-label": `${label}：その他の内容`, placeholder: "その他の内容", hidden: true, oninput: () => this.#put() });
      labels.push(h("label", { class: "check" }, this.other, others));
    }
    this.element = h("div", { class: "control options", role: "group", "aria-label": name ?? null, "aria-labelledby": labelledBy ?? null }, ...labels, this.own);
    this.input = this.boxes[0];
    this.focusable = [...this.boxes, ...(this.other ? [this.other, this.own] : [])];
  }

  #put() {
    const chosen = this.boxes.filter((box) => box.checked).map((box) => box.value);
    if (this.other?.checked) chosen.push(this.own.value || others);
    this.#change([...chosen, ...this.#rest]);
  }

  /** @param {string[]} values */
  set(values) {
    const given = (values ?? []).filter(Boolean);
    this.#options.forEach(({ value, text }, index) => { this.boxes[index].checked = given.includes(value) || given.includes(text); });
    const [first, ...rest] = given.filter((given) => !this.#options.some(({ value, text }) => given === value || given === text));
    // More than one text of one's own stays as it is.
    this.#rest = this.other ? rest : first === undefined ? [] : [first, ...rest];
    if (!this.other) return;
    this.other.checked = first !== undefined;
    this.own.hidden = first === undefined;
    if (document.activeElement !== this.own) this.own.value = first === undefined ? "" : inner(first);
  }

  /** The input of an option, by its number from 0; -1 is その他. */
  option(number) {
    return number < 0 ? this.other ?? this.input : this.boxes[number] ?? this.input;
  }
}
