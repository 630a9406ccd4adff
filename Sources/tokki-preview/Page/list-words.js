/**
 * A diagnostic as the page says it: without the dictionary's names beside the labels.
 *
 * @template {{message: string}} D
 * @param {D} diagnostic
 * @returns {D}
 */
export function forPage(diagnostic) {
  return { ...diagnostic, message: diagnostic.message.replace(/」（[a-z][a-z0-9_.[\]]*）/gu, "」") };
}

/** 一覧.csv!B1, or of a row 一覧.csv!2; a file's own name may have the mark, too. */
const CELL = /^(.*)!([A-Z]*\d+)$/u;

/** The cell of a place. @param {string} place */
export const cellOf = (place) => CELL.exec(place)?.[2] ?? place;

/** Where in a file: 「一覧.csv」の見出し B1. @param {string | null | undefined} place */
export function placeWords(place) {
  if (!place) return null;
  const [, file, cell] = CELL.exec(place) ?? [];
  if (!cell) return place;
  return `${file} ${/^\d+$/.test(cell) ? `${cell}行目` : `セル${cell}`}`;
}
