import { freshId, h } from "../../ui/dom.js";

/** The least width of the box that one types into, in root em: long values in a narrow column. */
const LEAST = 17;

/**
 * Lets the active cell of the grid be edited in its place. Enter saves, Escape leaves all as it was, Tab saves and goes on to the
 * next cell; clicking elsewhere saves.
 *
 * @param {import("./grid.js").Grid} grid
 * @param {{value: string, typed: string | null, label: string, field: object | null}} given `typed`: what stands there instead of the value at first.
 * @param {(value: string) => void} save Called when the value is another.
 */
export function edit(grid, { value, typed, label, field }, save) {
  const begun = grid.startEditing();
  if (!begun) return;
  const { cell, slot } = begun;
  const isLong = value.includes("\n") || field?.type === "multiline";
  const options = optionsOf(field);
  const list = options.length && !isLong ? h("datalist", { id: freshId("list-options") }, ...options.map((option) => h("option", { value: option }))) : null;
  const box = h(isLong ? "textarea" : "input", {
    class: "list-editor",
    "aria-label": label,
    list: list?.id,
    spellcheck: "false",
    autocomplete: "off",
    rows: isLong ? 4 : null,
  });
  box.value = typed ?? value;
  cell.classList.add("is-edited");
  cell.replaceChildren(box, ...(list ? [list] : []));
  placeBox(box, grid, slot);
  box.focus({ preventScroll: true });
  if (typed === null) box.select();

  let isOver = false;
  const end = (isSaved, hasFocus) => {
    if (isOver) return;
    isOver = true;
    const written = box.value;
    grid.stopEditing(hasFocus);
    if (isSaved && written !== value) save(written);
  };
  box.addEventListener("keydown", (event) => {
    // On to the next error: saved first, then the table takes the key.
    if (event.key === "F8" && !event.isComposing) return end(true, true);
    event.stopPropagation();
    // Enter also ends the conversion of kana into kanji, which is no wish to save.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.preventDefault();
      end(false, true);
    } else if (event.key === "Enter" && !(isLong && (event.altKey || event.shiftKey))) {
      event.preventDefault();
      end(true, true);
    } else if (event.key === "Enter") {
      event.preventDefault();
      box.setRangeText("\n", box.selectionStart, box.selectionEnd, "end");
    } else if (event.key === "Tab") {
      event.preventDefault();
      end(true, true);
      grid.go(grid.at.index, grid.slotOf(slot.column) + (event.shiftKey ? -1 : 1));
    }
  });
  // Who looks something up in another window comes back to what was typed.
  box.addEventListener("blur", () => document.hasFocus() && end(true, false));
}

/** What the dictionary proposes for a field: its choices, or its two words. */
function optionsOf(field) {
  if (!field) return [];
  if (field.type === "boolean") return [field.yes, field.no].filter(Boolean);
  return [...(field.options ?? []), ...(field.words ?? [])];
}

/** Wide enough to read what one types, and within the table. */
function placeBox(box, grid, slot) {
  const { scrollLeft, clientWidth } = grid.element;
  const width = Math.min(Math.max(slot.width, LEAST * 16 * grid.scale), clientWidth - 4);
  const left = slot.isPinned ? slot.left : slot.left - scrollLeft;
  box.style.width = `${width}px`;
  box.style.left = `${Math.min(0, clientWidth - 2 - left - width)}px`;
}
