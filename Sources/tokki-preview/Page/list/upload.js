import { KINDS } from "./panels/files.js";
import { isOfKind } from "../ui/files.js";

/** What the server takes of one file; more is not even sent. */
const LIMIT = 32 * 1024 * 1024;

/** Another upload took the place of this one. */
export class Withdrawn extends Error {}

/** A file that is not sent: why, and what to do. */
class Unfit extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

/**
 * Sends the files of a list, one after the other.
 *
 * @param {{send: Function, post: Function}} api
 * @param {import("../ui/files.js").Given[]} files
 * @param {{show: (sent: number, total: number, name: string) => void, isWanted: () => boolean}} watch
 */
export async function upload(api, files, { show, isWanted }) {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  const folder = folderOf(files);
  await api.post("api/list/begin", folder ? { folder } : {});
  let sent = 0;
  for (const { name, file } of files) {
    show(sent, total, name);
    await api.send("api/list/file", file);
    if (!isWanted()) throw new Withdrawn();
    sent += file.size;
  }
  show(sent, total, "");
}

/** The folder that was given as a whole; null for files. @param {import("../ui/files.js").Given[]} files @returns {string | null} */
export function folderOf(files) {
  const parents = new Set(files.map(({ path }) => path.split("/").slice(0, -1).join("/")));
  const [only] = parents;
  return parents.size === 1 && only ? only.normalize("NFC") : null;
}

/** What keeps a file from being sent; null if nothing does. @param {import("../ui/files.js").Given} given @returns {Unfit | null} */
export function fault({ name, file }) {
  if (/\.xls$/i.test(name)) return new Unfit(`「${name}」は旧形式のExcelファイル（.xls）なので、読めません。`, "Excelで開き、xlsx形式で保存してください（パスワードは解除してください）");
  if (file.size > LIMIT) return new Unfit(`「${name}」は大きすぎます（一つのファイルは32 MBまで）。`, "一覧を分けて、別々に作成してください");
  if (!isOfKind(name, KINDS)) return new Unfit(`「${name}」は、一覧として読める種類のファイルではありません。`, "Excel（.xlsx）、CSV又はTSVのファイルを置いてください");
  if (file.size === 0) return new Unfit(`「${name}」は空です。`, "中身のあるファイルを置いてください");
  return null;
}
