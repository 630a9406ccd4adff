/** First years of the eras, less one: 令和１年 is 2018 + 1. */
const ERAS = { 令和: 2018, 令: 2018, R: 2018, 平成: 1988, 平: 1988, H: 1988, 昭和: 1925, 昭: 1925, S: 1925 };

/**
 * Text as a search compares it: one width, one case, hiragana as katakana, without white space.
 *
 * @param {string} text
 * @returns {string}
 */
export function folded(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/gu, "")
    .replace(/[ぁ-ゖ]/gu, (kana) => String.fromCodePoint(kana.codePointAt(0) + 0x60));
}

/**
 * What a cell is sorted by: a number for dates and amounts, else text with its digits filled up, so that 2 precedes 10.
 * Empty cells have none, and stand last.
 *
 * @param {string} text
 * @returns {number | string | null}
 */
export function sortKey(text) {
  const plain = text.normalize("NFKC").trim();
  if (plain === "") return null;
  const number = /^[¥￥金]?(-?\d[\d,]*(?:\.\d+)?)[円%]?$/u.exec(plain);
  // An identifier such as 0040012 sorts as text; numbers of the same length come out the same either way.
  if (number && !/^0\d/.test(number[1])) return Number(number[1].replaceAll(",", ""));
  return dateKey(plain) ?? plain.replace(/\d+/g, (digits) => digits.padStart(16, "0"));
}

/** 20220401 for 令和４年４月１日, R4.4.1, 2022/4/1 or 2022-04-01. */
function dateKey(plain) {
  const found = /^(令和|平成|昭和|[令平昭RHS])?(元|\d{1,4})[年./-](\d{1,2})[月./-](\d{1,2})日?(?:\D|$)/iu.exec(plain);
  if (!found) return null;
  const [, era, year, month, day] = found;
  if (!era && year.length < 4) return null;
  const first = era ? ERAS[era.toUpperCase()] : 0;
  return ((first + (year === "元" ? 1 : Number(year))) * 100 + Number(month)) * 100 + Number(day);
}

/**
 * Numbers before text, empty cells last whichever way the column is turned.
 *
 * @param {1 | -1} direction
 * @returns {(a: number | string | null, b: number | string | null) => number}
 */
export function byKeys(direction) {
  return (a, b) => {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a !== typeof b) return typeof a === "number" ? -direction : direction;
    return a < b ? -direction : a > b ? direction : 0;
  };
}
