import { h } from "../../ui/dom.js";
import { fileInput } from "../../ui/files.js";

/** What a list can come as; folders are lists of several CSV files. */
export const KINDS = ".csv,.tsv,.tab,.txt,.xlsx,.xlsm,.ndjson,.jsonl,.json,.yaml,.yml";

/**
 * Buttons to choose files or a folder.
 *
 * @param {(files: import("../../ui/files.js").Given[]) => void} take
 * @param {{files?: string, folder?: string | null, isPrimary?: boolean}} [words]
 * @returns {HTMLElement}
 */
export function chooser(take, { files = "ファイルを選ぶ", folder = "フォルダーを選ぶ", isPrimary = true } = {}) {
  const one = fileInput({ multiple: true, accept: KINDS }, take);
  const all = folder ? fileInput({ webkitdirectory: true }, take) : null;
  return h(
    "div",
    { class: "list-choose" },
    one,
    h("button", { type: "button", class: isPrimary ? "primary" : "", onclick: () => one.click() }, files),
    // Stays outside of the page: no standard has the attribute by which browsers choose folders.
    folder ? h("button", { type: "button", onclick: () => all.click() }, folder) : null,
  );
}

/** What may be a list: without what systems leave in folders unseen; of a folder its own tables only, for there a list is CSV files. */
export function onlyLists(files) {
  const seen = files.filter(({ name }) => !/^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i.test(name));
  const tables = seen.filter(({ name, path }) => path.split("/").length === 2 && /\.(csv|tsv)$/i.test(name));
  return seen.some(({ path }) => path.includes("/")) && tables.length ? tables : seen;
}
