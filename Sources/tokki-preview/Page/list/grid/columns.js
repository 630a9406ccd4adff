import { STATE } from "./rows.js";

/** Below this width of the table, in pixels, only the state stays: the rest would leave no room. */
const ROOM_TO_PIN = 560;
/** The number of rows by which the width of a column is chosen. */
const SAMPLE = 200;
const [LEAST, MOST] = [76, 288];

/**
 * A column as the table shows it.
 *
 * @typedef {{column: number, header: string, letter: string, path: string | null, left: number, width: number, isPinned: boolean}} Slot
 */

/**
 * The columns in the order in which they stand in the table: the state, those that stay in view, all others as the list has them.
 *
 * @param {{header: string, letter: string, path: string | null}[]} columns Of the list.
 * @param {(object | undefined)[]} rows
 * @param {number} room The table's width.
 * @param {number} scale How much larger than usual the letters are.
 * @param {(string | null)[]} kept The paths of what stays in view when the table scrolls sideways.
 * @returns {Slot[]}
 */
export function slots(columns, rows, room, scale, kept) {
  const sample = rows.filter(Boolean).slice(0, SAMPLE);
  const known = columns.map((column, index) => ({ ...column, column: index, width: widthOf(column, index, sample) * scale }));
  const byPath = (path) => known.find((one) => path && one.path === path);
  const isRoomy = room / scale >= ROOM_TO_PIN;
  const pinned = isRoomy ? kept.map(byPath).filter(Boolean) : [];
  const rest = known.filter((one) => !pinned.includes(one));
  const state = { column: STATE, header: "行・状態", letter: "", path: null, width: 148 * scale };
  const ordered = [state, ...pinned, ...rest];
  let left = 0;
  return ordered.map((one, slot) => {
    const placed = { ...one, width: Math.round(one.width), left, isPinned: slot <= pinned.length };
    left += placed.width;
    return placed;
  });
}

function widthOf({ header, letter }, index, sample) {
  const lengths = sample.map((row) => lengthOf(row.cells[index] ?? "")).sort((a, b) => a - b);
  const usual = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
  // 13 px letters: a wide one is 13 px, a narrow one about 7; then the padding and the mark.
  const width = Math.max(usual * 6.7 + 34, Math.min(lengthOf(header) * 6.7 + lengthOf(letter) * 6 + 44, 220));
  return Math.min(MOST, Math.max(LEAST, width));
}

/** In narrow letters, of which a wide one takes two. */
function lengthOf(text) {
  let length = 0;
  for (const character of text) length += character.codePointAt(0) < 0x2000 ? 1 : 2;
  return length;
}

/** The name of the field that a column is read as, if its header says something else. @param {{header: string, path: string | null}} column @param {{label: string} | null} field */
export function otherName({ header, path }, field) {
  if (!field || path.includes("[")) return null;
  const said = header.normalize("NFKC").replace(/\s/gu, "");
  return said === path || said.endsWith(field.label.normalize("NFKC")) ? null : field.label;
}
