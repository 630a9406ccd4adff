import { h } from "./dom.js";

export function mount(element) {
  element.append(h("p", { class: "waiting" }, "読み込んでいます。"));
}
