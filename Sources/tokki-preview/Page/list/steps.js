import { STATE } from "./grid/rows.js";

/**
 * The next cell with an error, or the one before, among the rows shown and in the order of the columns; after the last comes the first.
 *
 * @param {import("./grid/grid.js").Grid} grid
 * @param {import("./grid/rows.js").Rows} rows
 * @param {1 | -1} direction
 * @param {boolean} isHereToo Whether the active cell itself may be it.
 * @returns {{index: number, slot: number} | null}
 */
export function nextError(grid, rows, direction, isHereToo) {
  const count = grid.positions.length;
  const { index, slot } = grid.at;
  const start = Math.max(index, 0);
  for (let step = 0; step <= count; step += 1) {
    const at = (((start + direction * step) % count) + count) % count;
    let found = errorSlots(rows.all[grid.positions[at]], grid);
    if (direction < 0) found.reverse();
    if (step === 0) found = found.filter((one) => (one - slot) * direction > 0 || (isHereToo && one === slot) || index < 0);
    if (found.length) return { index: at, slot: found[0] };
  }
  return null;
}

function errorSlots(row, grid) {
  if (!row || row.state !== "error") return [];
  const columns = new Set(row.diagnostics.filter(({ severity }) => severity === "error").map(({ column }) => column ?? STATE));
  return [...columns].map((column) => grid.slotOf(column)).sort((a, b) => a - b);
}
