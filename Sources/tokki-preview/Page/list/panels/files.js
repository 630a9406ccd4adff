import { freshId, h } from "../../ui/dom.js";

/** What a list can come as; folders are lists of several CSV files. */
export const KINDS = ".csv,.tsv,.tab,.txt,.xlsx,.xlsm,.ndjson,.jsonl,.json,.yaml,.yml";

/**
 * Buttons to choose files or a folder.
 *
 * @param {(files: import("../../ui/drops.js").Given[]) => void} take
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
      if (files.length) take(files);
    },
  });
  return element;
}

/** What may be a list: without what systems leave in folders unseen; of a folder its own tables only, for there a list is CSV files. */
export function onlyLists(files) {
  const seen = files.filter(({ name }) => !/^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i.test(name));
  const tables = seen.filter(({ name, path }) => path.split("/").length === 2 && /\.(csv|tsv)$/i.test(name));
  return seen.some(({ path }) => path.includes("/")) && tables.length ? tables : seen;
}
