import { button, freshId, h } from "./dom.js";

/** What a header begins with whose column is not read. */
const UNUSED = "（使わない）";

/**
 * The headers that no field has, or that two columns have: each to be written otherwise, or its column not to be used.
 *
 * @param {{header: {row: number, column: number}, cell: string, place: string}[]} faults
 * @param {string[]} labels Of all fields, to choose from.
 * @param {(headers: {row: number, column: number, text: string}[]) => void} onheaders
 */
export function headerFix(faults, labels, onheaders) {
  const choices = h("datalist", { id: freshId("list-labels") }, ...labels.map((value) => h("option", { value })));
  const lines = faults.map(({ header, cell, place }) => line(header, cell.startsWith(UNUSED) ? cell.slice(UNUSED.length) : cell, place.split("!")[1], choices.id));
  const read = () => onheaders(lines.map(({ value }) => value()));
  return h(
    "form",
    { class: "list-header-fix", "aria-label": "見出しをここで直す", onsubmit: (event) => { event.preventDefault(); read(); } },
    h("h3", {}, "見出しをここで直す"),
    h("p", { class: "hint" }, "項目の名前を選ぶか、「使わない」に印を付けてください。元のファイルは書き換えません。"),
    h("ul", {}, ...lines.map(({ element }) => element)),
    choices,
    button("この見出しで読み込む", read, { class: "primary" }),
  );
}

function line({ row, column }, cell, place, list) {
  const text = h("input", { id: freshId("list-header"), type: "text", list, value: cell, autocomplete: "off" });
  const unused = h("input", { type: "checkbox", onchange: () => { text.disabled = unused.checked; } });
  return {
    element: h("li", { class: "list-field" }, h("label", { for: text.id }, `${place}の見出し`), text, h("label", { class: "check" }, unused, h("span", {}, h("span", { class: "heard" }, `${place}の列は`), "使わない"))),
    value: () => ({ row, column, text: unused.checked ? `${UNUSED}${cell}` : text.value }),
  };
}
