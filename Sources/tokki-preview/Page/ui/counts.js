/**
 * Writes text only where it changes, so that nothing is laid out or read out twice.
 *
 * @param {Node} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

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
