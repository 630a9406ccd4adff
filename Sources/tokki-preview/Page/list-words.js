/** What the page says instead of hints that were meant for the command line. */
const HINTS = {
  "title-rows": "見出しが別の行なら「見出しの行を選ぶ」で選んでください",
  "header-not-found": "下の表で見出しの行を選ぶか、「契約番号」「受注者番号」などの見出しの行を加えてください",
  "unknown-header": "見出しの書き方は「見本の一覧」で分かります。要らない列は消してください",
  "unknown-sheet": "シートの名前は「従事者」などの項目の名前です",
};

/**
 * A diagnostic as the page says it: without command lines, and without the dictionary's names beside the labels.
 *
 * @template {{code?: string, message: string, hint: string | null}} D
 * @param {D} diagnostic
 * @returns {D}
 */
export function forPage(diagnostic) {
  const { code, message, hint } = diagnostic;
  const isForCommand = hint && /tokki |--/.test(hint);
  return { ...diagnostic, message: message.replace(/」（[a-z][a-z0-9_.[\]]*）/gu, "」"), hint: isForCommand ? (HINTS[code] ?? null) : hint };
}

/** Where in a file: 「一覧.csv」の見出し B1. @param {string | null | undefined} place */
export function placeWords(place) {
  if (!place) return null;
  const [file, cell] = place.split("!");
  return cell ? `${file} ${/^\d+$/.test(cell) ? `${cell}行目` : `セル${cell}`}` : file;
}
