import { wordButton } from "./text.js";
import { folded, inEra, iso, joined, offered, read, toEra } from "../../model/dates.js";
import { button, h } from "../../ui/dom.js";

/** A day, or a day and a time: era, year, month, day in boxes of their own; a whole date may be pasted or typed into any of them. */
export class DateControl {
  #change;
  #hasTime;
  #text = "";
  #last;

  constructor(field, { id, name, labelledBy, change }) {
    this.#change = change;
    this.#hasTime = field.type === "datetime";
    this.era = h("select", { "aria-label": "元号", onchange: () => this.#chooseEra() }, ...offered().map(({ name }) => h("option", {}, name)), h("option", {}, "西暦"));
    this.#last = this.era.value;
    const box = (label, size, own = {}) => h("input", {
      type: "text", inputmode: "numeric", autocomplete: "off", "aria-label": label, class: size, oninput: () => this.#typed(), onpaste: (event) => this.#paste(event), ...own,
    });
    this.boxes = { year: box("年", "box-year", { id }), month: box("月", "box"), day: box("日", "box") };
    if (this.#hasTime) Object.assign(this.boxes, { hour: box("時（24時間）", "box"), minute: box("分", "box") });
    const units = { year: "年", month: "月", day: "日", hour: "時", minute: "分" };
    this.parts = h("div", { class: "date-parts" }, this.era, ...Object.entries(this.boxes).flatMap(([part, input]) => [input, h("span", { "aria-hidden": "true" }, units[part])]));
    // What is no date, and what stands in place of one.
    this.free = h("input", { type: "text", class: "wide", autocomplete: "off", "aria-label": "日付の代わりの言葉", hidden: true, oninput: () => this.#put(this.free.value) });
    this.back = button("年月日で記入する", () => this.#toParts(), { class: "link", hidden: true });
    this.words = (field.words ?? []).map((word) => wordButton(word, () => this.#word(word)));
    this.element = h("div", { class: "control", role: "group", "aria-label": name ?? null, "aria-labelledby": labelledBy ?? null, onfocusout: (event) => this.#left(event), oncommit: () => this.#settle() },
      this.parts, this.free, ...this.words, this.back);
    this.parts.title = `「${this.#hasTime ? "R4.4.1 10:00" : "R4.4.1"}」「2022/4/1${this.#hasTime ? " 10:00" : ""}」などの書き方も、そのまま貼り付けられます。`;
    this.focusable = [...Object.values(this.boxes), this.free];
    this.input = this.boxes.year;
  }

  #values() {
    const values = { era: this.era.value };
    for (const [part, input] of Object.entries(this.boxes)) values[part] = input.value.trim();
    return values;
  }

  #show(parts) {
    this.era.value = parts.era;
    this.#last = parts.era;
    for (const [part, input] of Object.entries(this.boxes)) if (input.value !== parts[part]) input.value = parts[part] ?? "";
  }

  /** A whole date typed into a box counts at once, and is spread over the boxes on leaving. */
  #whole() {
    return Object.values(this.boxes).map((input) => read(input.value)).find(Boolean) ?? null;
  }

  #typed() {
    const whole = this.#whole();
    const parts = whole ?? this.#values();
    const value = iso(parts, this.#hasTime);
    const isFull = parts.year && parts.month && parts.day && (!this.#hasTime || (parts.hour && parts.minute));
    // A day that cannot be goes as it was typed, and the server says why; one that is unfinished waits.
    if (value) this.#put(value);
    else if (isFull) this.#put(whole ? folded(this.#typedText()) : joined(parts, this.#hasTime));
    else if (!Object.values(this.boxes).some((input) => input.value.trim())) this.#put("");
  }

  #typedText() {
    return Object.values(this.boxes).map((input) => input.value).find((text) => read(text)) ?? "";
  }

  #paste(event) {
    const text = event.clipboardData.getData("text").trim();
    const parts = read(text);
    if (!parts) return;
    event.preventDefault();
    this.#show({ ...this.#values(), ...inEra(parts), ...(parts.hour ? {} : { hour: this.boxes.hour?.value ?? "", minute: this.boxes.minute?.value ?? "" }) });
    this.#typed();
  }

  #left(event) {
    if (!this.element.contains(event.relatedTarget)) this.#settle();
  }

  /** What stands in the boxes counts, finished or not. */
  #settle() {
    if (this.parts.hidden) return;
    const whole = this.#whole();
    if (whole) this.#show({ ...inEra(whole), hour: whole.hour || this.boxes.hour?.value, minute: whole.minute || this.boxes.minute?.value });
    const parts = this.#values();
    this.#put(iso(parts, this.#hasTime) ?? joined(parts, this.#hasTime));
  }

  #chooseEra() {
    this.#show(toEra({ ...this.#values(), era: this.#last }, this.era.value));
    this.#typed();
  }

  #word(word) {
    const isPressed = this.#text === word;
    if (isPressed) return this.#toParts();
    this.#put(word);
    this.set(word);
    this.free.focus();
  }

  #toParts() {
    this.#put("");
    this.set("");
    this.boxes.year.focus();
  }

  #put(text) {
    this.#press(text);
    if (text === this.#text) return;
    this.#text = text;
    this.#change(text);
  }

  #press(text) {
    for (const word of this.words) word.setAttribute("aria-pressed", String(text === word.textContent));
  }

  set(text) {
    this.#text = text;
    const parts = read(text);
    const isFree = text !== "" && !parts;
    this.parts.hidden = isFree;
    this.free.hidden = !isFree;
    this.back.hidden = !isFree;
    if (isFree) this.free.value = text;
    else this.#show(parts ? inEra(parts) : { era: this.era.value, year: "", month: "", day: "", hour: "", minute: "" });
    this.input = isFree ? this.free : this.boxes.year;
    this.#press(text);
  }
}
