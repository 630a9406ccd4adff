import { h } from "./dom.js";

/**
 * @typedef {{name: string, path: string, file: File}} Given One file, by its name and by its path from where it was taken.
 */

/** Whether a file's name has one of the endings, such as ".csv,.tsv". @param {string} name @param {string} kinds */
export const isOfKind = (name, kinds) => kinds.split(",").some((kind) => name.toLowerCase().endsWith(kind));

/**
 * An input that is not seen, by whose `click()` files are chosen.
 *
 * @param {Record<string, unknown>} attributes
 * @param {(files: Given[]) => void} take
 */
export function fileInput(attributes, take) {
  const input = h("input", {
    type: "file",
    hidden: true,
    ...attributes,
    onchange: () => {
      const files = Array.from(input.files, (file) => ({ name: file.name, file, path: file.webkitRelativePath || file.name }));
      // The same file, changed meanwhile, shall be a choice again.
      input.value = "";
      if (files.length) take(files);
    },
  });
  return input;
}

/**
 * Takes what is dropped on an element.
 *
 * @param {HTMLElement} element
 * @param {(files: Given[]) => void} take
 */
export function acceptDrops(element, take) {
  let depth = 0;
  const turn = (isOver) => element.classList.toggle("is-over", isOver);
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  element.addEventListener("dragenter", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth += 1;
    turn(true);
  });
  element.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  element.addEventListener("dragleave", (event) => {
    if (!hasFiles(event)) return;
    depth -= 1;
    if (depth <= 0) turn(false);
  });
  element.addEventListener("drop", async (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    turn(false);
    const files = await dropped(event.dataTransfer);
    if (files.length) take(files);
  });
}

async function dropped(transfer) {
  // Asked for at once: the list is empty after the first wait.
  const roots = Array.from(transfer.items, (item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!roots.length) return Array.from(transfer.files, (file) => ({ name: file.name, file, path: file.name }));
  const found = [];
  for (const root of roots) await walk(root, "", found);
  return found;
}

async function walk(entry, parent, found) {
  const path = parent + entry.name;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push({ name: entry.name, file, path });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const child of some) await walk(child, `${path}/`, found);
  }
}
