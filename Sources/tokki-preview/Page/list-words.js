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

/** Where in a file: 「一覧.csv」の見出し B1. @param {string | null | undefined} place */
export function placeWords(place) {
  if (!place) return null;
  const [file, cell] = place.split("!");
  return cell ? `${file} ${/^\d+$/.test(cell) ? `${cell}行目` : `セル${cell}`}` : file;
}
