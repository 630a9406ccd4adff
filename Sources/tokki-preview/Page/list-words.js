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

/** The cell of a place, or its row: B1 of 一覧.csv!B1; a file's own name may have the mark, too. @param {string} place */
export const cellOf = (place) => place.slice(place.lastIndexOf("!") + 1);

/** Where in a file: 「一覧.csv」の見出し B1. @param {string | null | undefined} place */
export function placeWords(place) {
  if (!place) return null;
  const [file, cell] = [place.slice(0, place.lastIndexOf("!")), cellOf(place)];
  if (!file) return place;
  return cell ? `${file} ${/^\d+$/.test(cell) ? `${cell}行目` : `セル${cell}`}` : file;
}
