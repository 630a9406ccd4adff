import { byKeys, folded, sortKey } from "./sort-keys.js";

/** As many rows as the server gives at once. */
const CHUNK = 500;

/** Which rows come first when a list is sorted by state. */
const RANK = { error: 0, warning: 1, good: 2, excluded: 3 };

/** The column that stands for the state of the row. */
export const STATE = -1;

/**
 * @typedef {{text: string, state: "all" | "error" | "warning" | "good" | "excluded" | "corrected", vendor: string}} Filter
 * @typedef {{column: number, direction: 1 | -1} | null} Order column: of the list, or STATE; null: as the list has them
 */

/** All rows of the open list, kept; what they are searched and sorted by is made once and kept too. */
export class Rows {
  #texts = [];
  #keys = new Map();

  /**
   * @param {number} list Which list they are of, as the server numbers them.
   * @param {number} count
   * @param {(from: number, count: number) => Promise<object[]>} fetch
   */
  constructor(list, count, fetch) {
    this.list = list;
    this.count = count;
    this.loaded = 0;
    /** How many rows have a corrected cell. */
    this.corrected = 0;
    /** By position. @type {(object | undefined)[]} */
    this.all = new Array(count);
    this.fetch = fetch;
  }

  /**
   * Fetches every row, chunk after chunk.
   *
   * @param {(loaded: number) => void} tell After each chunk.
   * @param {() => boolean} isWanted
   */
  async load(tell, isWanted) {
    while (this.loaded < this.count) {
      const rows = await this.fetch(this.loaded, Math.min(CHUNK, this.count - this.loaded));
      if (!isWanted()) return;
      this.put(rows);
      this.loaded += rows.length;
      // Nothing more is there, whatever was said before.
      if (!rows.length) this.count = this.loaded;
      tell(this.loaded);
    }
  }

  /** Takes rows in, new ones and changed ones. @param {object[]} rows */
  put(rows) {
    for (const row of rows) {
      this.corrected += (row.corrected.length > 0) - (this.all[row.position]?.corrected.length > 0);
      this.all[row.position] = row;
      // Here, chunk by chunk: all at once would keep the first letter of a search waiting.
      this.#texts[row.position] = folded([row.row, row.contract, row.title, row.vendor, row.vendorName, ...row.cells].join("\n"));
      for (const [column, keys] of this.#keys) keys[row.position] = keyOf(row, column);
    }
  }

  /** What was typed over cells of rows. @returns {[row: object, column: number][]} */
  corrections() {
    return this.all.flatMap((row) => row?.corrected.map((column) => [row, column]) ?? []);
  }

  /** The vendors with their numbers of rows, by number. @returns {{id: string, name: string, rows: number}[]} */
  vendors() {
    const found = new Map();
    for (const row of this.all) {
      if (!row?.vendor) continue;
      const vendor = found.get(row.vendor);
      if (vendor) vendor.rows += 1;
      else found.set(row.vendor, { id: row.vendor, name: row.vendorName ?? "", rows: 1 });
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /**
   * The positions of the rows that pass, in order.
   *
   * @param {Filter} filter
   * @param {Order} order
   * @returns {number[]}
   */
  select({ text, state, vendor }, order) {
    const words = text.split(/\s+/u).map(folded).filter(Boolean);
    const found = [];
    for (const row of this.all) {
      if (row && isInState(row, state) && (!vendor || row.vendor === vendor) && words.every((word) => this.#texts[row.position].includes(word))) found.push(row.position);
    }
    if (!order) return found;
    const keys = this.#keysOf(order.column);
    const compare = byKeys(order.direction);
    return found.sort((a, b) => compare(keys[a], keys[b]));
  }

  #keysOf(column) {
    if (!this.#keys.has(column)) this.#keys.set(column, this.all.map((row) => row && keyOf(row, column)));
    return this.#keys.get(column);
  }
}

function keyOf(row, column) {
  return column === STATE ? RANK[row.state] : sortKey(row.cells[column] ?? "");
}

/** Whether a row is what a filter by state asks for. @param {object} row @param {Filter["state"]} state */
function isInState(row, state) {
  if (state === "all") return true;
  return state === "corrected" ? row.corrected.length > 0 : row.state === state;
}
