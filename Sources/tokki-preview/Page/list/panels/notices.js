import { noted } from "./note.js";
import { button, fill, freshId, h } from "../../ui/dom.js";
import { placeWords, rows } from "../../ui/words.js";

/** As many as anyone would read. */
const MOST = 100;

/**
 * What is to be known of a list that was opened, folded away; with the choice of the header's row where it is not the first.
 *
 * @param {HTMLElement} element
 * @param {{diagnostics: object[], headerRow?: number}} list
 * @param {(row: number) => void} onheader
 */
export function fillNotices(element, { diagnostics = [], headerRow }, onheader) {
  element.hidden = !diagnostics.length;
  if (!diagnostics.length) return fill(element, h("summary"));
  const shown = diagnostics.slice(0, MOST);
  const rest = diagnostics.length - shown.length;
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const [first] = shown;
  fill(
    element,
    h(
      "summary",
      {},
      errors ? h("span", { class: "badge error" }, `エラー${errors}件`) : null,
      diagnostics.length > errors ? h("span", { class: "badge warning" }, `お知らせ${diagnostics.length - errors}件`) : null,
      h("span", {}, ` ${placeWords(first.place) ?? ""} ${first.message}`),
    ),
    h("ul", { class: "list-messages" }, ...shown.map((one) => h("li", {}, noted(one, placeWords(one.place))))),
    rest > 0 ? h("p", { class: "hint" }, `ほか${rest}件`) : null,
    diagnostics.some(({ code }) => code === "title-rows") ? headerRowChoice(headerRow, onheader) : null,
  );
}

/** What nearly all rows have alike. @param {HTMLElement} element @param {object[]} findings */
export function fillWidespread(element, findings) {
  element.hidden = !findings.length;
  fill(element, ...findings.map((one) => noted(one, rows(one.count))));
}

/** A finding in a line, with its place or the number of its rows. @param {object} finding */
export const inLine = ({ place, message, count }) => [placeWords(place), count ? `${message}（${rows(count)}）` : message].filter(Boolean).join("：");

function headerRowChoice(row, onheader) {
  const input = h("input", { id: freshId("list-header-row"), type: "number", min: 1, max: 1000, required: true, value: row ?? "" });
  const read = () => (input.reportValidity() ? onheader(Number(input.value)) : undefined);
  return h("div", { class: "list-field" }, h("label", { for: input.id }, "見出しの行"), input, button("この行を見出しにして読み直す", read));
}
