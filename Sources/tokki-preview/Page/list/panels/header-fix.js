import { button, freshId, h } from "../../ui/dom.js";
import { cellOf } from "../../ui/words.js";

/**
 * @typedef {{row: number, column: number}} Place
 * @typedef {Place & {name: string, text: string, isUnused: boolean}} Header name: A1; text: without the mark that the column is not read
 */

/** The headers with which something is wrong. @param {object[]} diagnostics @returns {Header[]} */
export function faultyHeaders(diagnostics) {
  const faults = diagnostics.filter(({ header }) => header);
  return faults.map(({ header, cell, place }) => ({ ...header, name: cellOf(place), text: cell, isUnused: false }));
}

/** The headers of an open list. @param {object} list @returns {Header[]} */
export function headersOf({ header: row, columns }) {
  const headers = columns.map(({ header, letter, unused }, column) => ({ row, column, name: `${letter}${row}`, text: unused ?? header, isUnused: unused !== null }));
  return row === null ? [] : headers.filter(({ text, isUnused }) => text || isUnused);
}

/**
 * Headers, each to be written otherwise, or its column not to be used; those that were changed are reported.
 *
 * @param {Header[]} headers
 * @param {string[]} labels Of all fields, to choose from.
 * @param {(headers: (Place & {text: string | null})[]) => void} onheaders text: null for a column that is not to be read
 */
export function headerFix(headers, labels, onheaders) {
  const taken = new Set(headers.filter(({ isUnused }) => !isUnused).map(({ text }) => text));
  const choices = h("datalist", { id: freshId("list-labels") }, ...labels.filter((label) => !taken.has(label)).map((value) => h("option", { value })));
  const lines = headers.map((header) => line(header, choices.id));
  const read = (event) => {
    event.preventDefault();
    onheaders(lines.flatMap(({ changed }) => changed()));
  };
  return h(
    "form",
    { class: "list-header-fix", "aria-label": "見出しをここで直す", onsubmit: read },
    h("p", { class: "hint" }, "項目の名前を選ぶか、「使わない」に印を付けてください。元のファイルは書き換えません。"),
    h("ul", {}, ...lines.map(({ element }) => element)),
    choices,
    h("button", { type: "submit", class: "primary" }, "この見出しで読み込む"),
  );
}

function line({ row, column, name, text, isUnused }, list) {
  const box = h("input", { id: freshId("list-header"), type: "text", list, value: text, required: true, maxlength: 1000, autocomplete: "off", disabled: isUnused });
  const unused = h("input", { type: "checkbox", checked: isUnused, onchange: () => { box.disabled = unused.checked; } });
  return {
    element: h("li", { class: "list-field" }, h("label", { for: box.id }, `${name}の見出し`), box, h("label", { class: "check" }, unused, h("span", {}, h("span", { class: "heard" }, `${name}の列は`), "使わない"))),
    changed() {
      if (unused.checked) return isUnused ? [] : [{ row, column, text: null }];
      return isUnused || box.value !== text ? [{ row, column, text: box.value }] : [];
    },
  };
}
