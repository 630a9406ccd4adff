import { freshId, h } from "./dom.js";

/** What a list can come as; folders are lists of several CSV files. */
export const KINDS = ".csv,.tsv,.tab,.txt,.xlsx,.xlsm,.ndjson,.jsonl,.json,.yaml,.yml";

/**
 * @typedef {{name: string, path: string, file: File}} Given One file, by its name and by its path from where it was taken.
 */

/**
 * Buttons to choose files or a folder.
 *
 * @param {(files: Given[]) => void} take
 * @param {{files?: string, folder?: string | null, isPrimary?: boolean}} [words]
 * @returns {HTMLElement}
 */
export function chooser(take, { files = "ファイルを選ぶ", folder = "フォルダーを選ぶ", isPrimary = true } = {}) {
  const one = input(take, { multiple: true, accept: KINDS });
  const all = folder ? input(take, { webkitdirectory: true }) : null;
  return h(
    "div",
    { class: "list-choose" },
    one,
    h("button", { type: "button", class: isPrimary ? "primary" : "", onclick: () => one.click() }, files),
    // Stays outside of the page: no standard has the attribute by which browsers choose folders.
    folder ? h("button", { type: "button", onclick: () => all.click() }, folder) : null,
  );
}

function input(take, attributes) {
  const element = h("input", {
    type: "file",
    id: freshId("list-file"),
    hidden: true,
    ...attributes,
    onchange: () => {
      const files = Array.from(element.files, (file) => ({ name: file.name, file, path: file.webkitRelativePath || file.name }));
      // The same file, mended meanwhile, shall be a change again.
      element.value = "";
      if (files.length) take(onlyLists(files));
    },
  });
  return element;
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
    if (files.length) take(onlyLists(files));
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

/** Without what systems leave in folders unseen; of a folder its own tables only, for there a list is CSV files. */
function onlyLists(files) {
  const seen = files.filter(({ name }) => !/^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i.test(name));
  const tables = seen.filter(({ name, path }) => path.split("/").length === 2 && /\.(csv|tsv)$/i.test(name));
  return seen.some(({ path }) => path.includes("/")) && tables.length ? tables : seen;
}
