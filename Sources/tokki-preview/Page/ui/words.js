/** What a diagnostic says to a clerk: its message and its hint. @param {{message: string, hint: string | null}} diagnostic */
export const told = ({ message, hint }) => [message, hint].filter(Boolean).join(" ");

/** The same with its place in a file. @param {{message: string, hint: string | null, place: string | null}} diagnostic */
export const toldAt = (diagnostic) => [placeWords(diagnostic.place), told(diagnostic)].filter(Boolean).join(" ");

/** 一覧.csv!B1, or of a row 一覧.csv!2; a file's own name may have the mark, too. */
const CELL = /^(.*)!([A-Z]*\d+)$/u;

/** The cell of a place. @param {string} place */
export const cellOf = (place) => CELL.exec(place)?.[2] ?? place;

/** Where in a file: 一覧.csv セルB1, 契約.yaml 18行目. @param {string | null | undefined} place */
export function placeWords(place) {
  if (!place) return null;
  const [, file, cell] = CELL.exec(place) ?? /^(.*):(\d+):\d+$/u.exec(place) ?? [];
  if (!cell) return place;
  return `${file} ${/^\d+$/.test(cell) ? `${cell}行目` : `セル${cell}`}`;
}
