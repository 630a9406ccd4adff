/** How long work may hold the page up at once, in milliseconds: well under the frame that anyone would notice. */
const SLICE = 8;

/** A page that is not seen draws nothing; after so many milliseconds its work goes on all the same. */
const UNSEEN = 50;

/**
 * Until the page was drawn once. Neither scheduler.yield() nor a timer waits for that: behind them several slices, and the layout
 * that each of them asks for, make one frame (measured: 50 to 70 ms).
 */
const pause = () => new Promise((go) => {
  const late = setTimeout(go, UNSEEN);
  requestAnimationFrame(() => {
    clearTimeout(late);
    setTimeout(go, 0);
  });
});

/** Thrown by work that newer work has made pointless. */
export class Overtaken extends Error {}

/** Long work in short slices; between them the page draws and listens. */
export class Slices {
  /** @param {() => boolean} [isWanted] Whether anyone still waits for the result. */
  constructor(isWanted = () => true) {
    this.isWanted = isWanted;
    this.end = performance.now() + SLICE;
  }

  /** Whether the slice is used up; then `rest` is due. */
  get isOver() {
    return performance.now() >= this.end;
  }

  /**
   * Lets the page breathe.
   * @throws {Overtaken}
   */
  async rest() {
    await pause();
    if (!this.isWanted()) throw new Overtaken();
    this.end = performance.now() + SLICE;
  }
}

/**
 * The same items in order, as by a stable sort.
 *
 * @template T
 * @param {T[]} items
 * @param {(a: T, b: T) => number} compare
 * @param {Slices} slices
 * @returns {Promise<T[]>}
 */
export async function sorted(items, compare, slices) {
  const RUN = 1024;
  let runs = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(compare));
    if (slices.isOver) await slices.rest();
  }
  while (runs.length > 1) {
    const longer = [];
    for (let at = 0; at < runs.length; at += 2) {
      longer.push(at + 1 < runs.length ? await merged(runs[at], runs[at + 1], compare, slices) : runs[at]);
    }
    runs = longer;
  }
  return runs[0] ?? [];
}

async function merged(left, right, compare, slices) {
  const both = new Array(left.length + right.length);
  for (let at = 0, l = 0, r = 0; at < both.length; at += 1) {
    const isLeft = r >= right.length || (l < left.length && compare(left[l], right[r]) <= 0);
    both[at] = isLeft ? left[l++] : right[r++];
    if ((at & 1023) === 1023 && slices.isOver) await slices.rest();
  }
  return both;
}
