/** What a diagnostic says to a clerk: its message and its hint. @param {{message: string, hint: string | null}} diagnostic */
export const messageText = ({ message, hint }) => [message, hint].filter(Boolean).join(" ");

/** The same with its place in a file. @param {{message: string, hint: string | null, place: string | null}} diagnostic */
export const placedMessageText = (diagnostic) => [placeWords(diagnostic.place), messageText(diagnostic)].filter(Boolean).join(" ");

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

/** 「一」「二」. @param {string[]} [texts] */
export const quoted = (texts = []) => texts.map((text) => `「${text}」`).join("");

/** @param {number} number @returns {string} 12,345件 */
export const items = (number) => `${number.toLocaleString("ja-JP")}件`;

/** @param {number} number @returns {string} 12,345行 */
export const rows = (number) => `${number.toLocaleString("ja-JP")}行`;

/** A size as people say it. @param {number} bytes @returns {string} */
export function size(bytes) {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000)).toLocaleString("ja-JP")} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** How long something still takes. @param {number} seconds @returns {string} */
export function duration(seconds) {
  if (seconds < 90) return `約${Math.max(1, Math.round(seconds))}秒`;
  return seconds < 5400 ? `約${Math.round(seconds / 60)}分` : `約${Math.round(seconds / 360) / 10}時間`;
}

const SEVERITIES = { error: "エラー", warning: "警告" };

/** @param {"error" | "warning"} severity */
export const severityWord = (severity) => SEVERITIES[severity];
