import { isMissing } from "../../model/missing.js";
import { fill, h } from "../../ui/dom.js";
import { placeWords, rows as rowsWord } from "../../ui/words.js";

/** From this part of the rows on, what is wrong is wrong with what they share. */
const PART = 0.9;

/** As many names or sentences as are read. */
const MOST = 6;

/** Whether it concerns a field that no cell of the list holds. @param {object} diagnostic */
export const isShared = ({ column, path, place }) => column === null && Boolean(path) && !place;

/** Whether anything is wrong in a sheet beside the list. @param {(object | undefined)[]} rows */
export const hasSheetErrors = (rows) => rows.some((row) => row?.diagnostics.some(({ severity, place }) => place && severity === "error"));

/** What two rows have in common: the same said of the same field, or the same missing in any items of a list. */
function kindOf(diagnostic) {
  const { code, path, place, message } = diagnostic;
  if (isShared(diagnostic)) return `${path} ${message}`;
  return place && path && isMissing(diagnostic) ? `${path} ${code}` : null;
}

/**
 * What is wrong with (nearly) every row alike, for the list, or a sheet beside it, has no column for it.
 *
 * @param {(object | undefined)[]} rows
 * @returns {object[]} One diagnostic of each kind.
 */
export function sharedGaps(rows) {
  const counts = new Map();
  for (const row of rows) {
    for (const [key, one] of new Map(row?.diagnostics.map((one) => [kindOf(one), one]))) {
      if (key === null) continue;
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { one, count: 1 });
    }
  }
  const read = rows.filter((row) => row?.state !== "excluded").length;
  return [...counts.values()].filter(({ count }) => count > 1 && count >= read * PART).map(({ one }) => one);
}

/**
 * Where what no column holds is to be written: what belongs to a vendor, in the list only.
 *
 * @param {object[]} diagnostics
 * @returns {(Node | string)[]}
 */
export function advice(diagnostics) {
  if (diagnostics.every(({ place }) => place)) return ["そのシートに、その項目の列を足して記入してください。"];
  if (diagnostics.every(({ path }) => path.startsWith("vendor."))) return ["一覧に、その項目の列、又はその項目のシートの行を足してください。"];
  return ["一覧に、その項目の列を足してください。どの行も同じ値なら、", h("a", { href: "#documents" }, "「書類」の画面"), "で契約データに書いても、全ての行に補われます（委託先の項目を除く。）。"];
}

/**
 * @param {HTMLElement} element
 * @param {object[]} diagnostics As `sharedGaps` gives them.
 * @param {import("../../model/fields.js").Fields} fields
 */
export function fillShared(element, diagnostics, fields) {
  element.hidden = !diagnostics.length;
  const missing = diagnostics.filter(isMissing);
  const others = diagnostics.filter((one) => !isMissing(one));
  const all = [...new Set(missing.map(({ label, path, place }) => (place ? `「${place.split("!")[0]}」の「${label}」` : `「${fields.header(path)}」`)))];
  const names = all.slice(0, MOST).join("");
  const more = all.length > MOST ? `ほか${all.length - MOST}項目` : "";
  fill(
    element,
    missing.length ? h("p", {}, `ほとんどの行に、${names}${more}がありません。`, ...advice(missing)) : null,
    others.length ? h("p", {}, `ほとんどの行に、同じ指摘があります。${others.slice(0, MOST).map(({ message }) => message).join("")}`, ...advice(others)) : null,
  );
}

/** Whether it tells that rows get nothing of the contract that is open. @param {{code: string}} diagnostic */
export const isBorrowed = ({ code }) => code === "other-contract";

/** Whether a diagnostic of the list as a whole may put something wrong on its papers. @param {{code: string}} diagnostic */
export const isGrave = (diagnostic) => isBorrowed(diagnostic) || isStray(diagnostic);

/** Whether it tells that a sheet's row belongs to none of the list: a paper may be lacking. @param {{code: string}} diagnostic */
export const isStray = ({ code }) => code === "unmatched-row";

/**
 * What is to be known before papers are handed over: of the list as a whole, then of its rows, what few have first.
 *
 * @param {{diagnostics?: object[]}} list
 * @param {(object | undefined)[]} rows
 * @returns {string[]}
 */
export function cautions({ diagnostics = [] }, rows) {
  const counts = new Map();
  for (const row of rows) {
    if (row?.state !== "warning") continue;
    for (const message of new Set(row.diagnostics.map((one) => one.message))) counts.set(message, (counts.get(message) ?? 0) + 1);
  }
  const ofRows = [...counts].sort((a, b) => a[1] - b[1]).map(([message, count]) => `${message}（${rowsWord(count)}）`);
  const words = (one) => [isStray(one) && placeWords(one.place), one.message].filter(Boolean).join("：");
  return [...diagnostics.filter(isGrave).map(words), ...ofRows];
}
