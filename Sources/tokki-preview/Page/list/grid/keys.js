/**
 * Where a key leads in a grid; null for keys that lead nowhere. Row -1 is the header.
 *
 * @param {KeyboardEvent} event
 * @param {{index: number, slot: number, page: number, rows: number, slots: number}} from
 * @returns {{index: number, slot: number} | null}
 */
export function target({ key, ctrlKey, metaKey, altKey, shiftKey }, { index, slot, page, rows, slots }) {
  if (altKey || shiftKey) return null;
  const isFar = ctrlKey || metaKey;
  const last = rows - 1;
  switch (key) {
    case "ArrowUp": return { index: isFar ? -1 : index - 1, slot };
    case "ArrowDown": return { index: isFar ? last : index + 1, slot };
    case "ArrowLeft": return { index, slot: isFar ? 0 : slot - 1 };
    case "ArrowRight": return { index, slot: isFar ? slots - 1 : slot + 1 };
    case "Home": return { index: isFar ? Math.min(0, last) : index, slot: 0 };
    case "End": return { index: isFar ? last : index, slot: slots - 1 };
    case "PageUp": return { index: index < 0 ? index : Math.max(index - page, Math.min(0, last)), slot };
    case "PageDown": return { index: index + page, slot };
    default: return null;
  }
}

/** Whether a key writes something, by itself or by way of an input method. @param {KeyboardEvent} event */
export const isTyped = ({ key, ctrlKey, metaKey, altKey }) => (key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey) || key === "Process";
