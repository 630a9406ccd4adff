import { fill, h } from "./dom.js";

/** From this part of the rows on, what is wrong is wrong with what they share. */
const PART = 0.9;

/**
 * The fields that (nearly) every row lacks, or has a value of that does not fit, and that the list has no column for: they belong into the shared data.
 *
 * @param {(object | undefined)[]} rows
 * @returns {string[]} Their labels.
 */
export function sharedGaps(rows) {
  const counts = new Map();
  for (const row of rows) {
    const labels = new Set(row?.diagnostics.filter(isShared).map(({ label }) => label));
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 1 && count >= rows.length * PART).map(([label]) => label);
}

/** Whether it concerns a field that no cell of the list holds. @param {object} diagnostic */
export const isShared = ({ severity, column, label, place }) => severity === "error" && column === null && Boolean(label) && !place;

/** @param {HTMLElement} element @param {string[]} labels */
export function fillShared(element, labels) {
  element.hidden = !labels.length;
  const names = labels.slice(0, 6).map((label) => `「${label}」`).join("");
  const more = labels.length > 6 ? `ほか${labels.length - 6}項目` : "";
  fill(element, `ほとんどの行で、${names}${more}が足りないか、行の値と合いません。一覧に列のない項目は、`, h("a", { href: "#documents" }, "「書類」の画面"), "で契約データに書くか直すと、全ての行に補われます。");
}
