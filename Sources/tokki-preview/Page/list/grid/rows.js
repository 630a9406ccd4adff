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

/** All rows of the open list, kept; what they are searched and sorted by is kept too. */
export class Rows {
  #texts = [];
  /** By column, for each position how many values stand before its own; null for an empty cell. @type {Map<number, (number | null)[]>} */
  #ranks = new Map();
  /** How often rows have changed. */
  #changes = 0;

  /**
   * @param {number} list Which list they are of, as the server numbers them.
   * @param {number} count
   * @param {(from: number, count: number) => Promise<object[]>} fetch
   * @param {(column: number) => Promise<(number | null)[]>} fetchRanks
   */
  constructor(list, count, fetch, fetchRanks) {
    this.list = list;
    this.count = count;
    this.loaded = 0;
    /** How many rows have a corrected cell. */
    this.corrected = 0;
    /** By position. @type {(object | undefined)[]} */
    this.all = new Array(count);
    this.fetch = fetch;
    this.fetchRanks = fetchRanks;
  }

  /**
   * Fetches every row, chunk after chunk.
   *
   * @param {(loaded: number) => void} show After each chunk.
   * @param {() => boolean} isWanted
   */
  async load(show, isWanted) {
    while (this.loaded < this.count) {
      const rows = await this.fetch(this.loaded, Math.min(CHUNK, this.count - this.loaded));
      if (!isWanted()) return;
      this.put(rows);
      this.loaded += rows.length;
      // Nothing more is there, whatever was said before.
      if (!rows.length) this.count = this.loaded;
      show(this.loaded);
    }
  }

  /** Takes rows in, new ones and changed ones. @param {object[]} rows */
  put(rows) {
    for (const row of rows) {
      if (this.all[row.position]) this.#forgetRanks();
      this.corrected += (row.corrected.length > 0) - (this.all[row.position]?.corrected.length > 0);
      this.all[row.position] = row;
      // Here, chunk by chunk: all at once would keep the first letter of a search waiting.
      this.#texts[row.position] = folded([row.row, row.contract, row.title, row.vendor, row.vendorName, ...row.cells].join("\n"));
    }
  }

  #forgetRanks() {
    this.#changes += 1;
    this.#ranks.clear();
  }

  /** Whether the rows can be sorted by a column at once. */
  isRanked(column) {
    return column === STATE || this.#ranks.has(column);
  }

  /** Asks the server for what the rows are sorted by; in vain if they change meanwhile. */
  async rank(column) {
    const changes = this.#changes;
    const ranks = await this.fetchRanks(column);
    if (changes === this.#changes) this.#ranks.set(column, ranks);
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
   * The positions of the rows that pass, in an order in which they are ranked; empty cells come last either way.
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
    const ranks = order.column === STATE ? this.all.map((row) => RANK[row?.state]) : this.#ranks.get(order.column);
    return found.sort((a, b) => (ranks[a] === null) - (ranks[b] === null) || order.direction * (ranks[a] - ranks[b]));
  }
}

/** Text as a search compares it: one width, one case, hiragana as katakana, without white space. */
function folded(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "")
    .replace(/[ぁ-ゖ]/gu, (kana) => String.fromCodePoint(kana.codePointAt(0) + 0x60));
}

/** Whether a row is what a filter by state asks for. @param {object} row @param {Filter["state"]} state */
function isInState(row, state) {
  if (state === "all") return true;
  return state === "corrected" ? row.corrected.length > 0 : row.state === state;
}
