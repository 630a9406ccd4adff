/** The server's own limits are told by its refusals; this is what a browser should not even begin to send. */
const LIMIT = 512 * 1024 * 1024;

/** The reader took the upload back. */
export class Withdrawn extends Error {}

/**
 * Sends the files of a list, one after the other.
 *
 * @param {{send: Function, post: Function}} api
 * @param {import("./list-files.js").Given[]} files
 * @param {{tell: (sent: number, total: number, name: string) => void, isWanted: () => boolean}} watch
 */
export async function upload(api, files, { tell, isWanted }) {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (total > LIMIT) throw new Error("ファイルが大きすぎます（合計512 MBまで）。");
  await api.post("/api/list/begin");
  let sent = 0;
  for (const { name, file } of files) {
    tell(sent, total, name);
    await api.send("/api/list/file", file, { "X-File-Name": encodeURIComponent(name.normalize("NFC")) });
    if (!isWanted()) throw new Withdrawn();
    sent += file.size;
  }
  tell(sent, total, "");
}
