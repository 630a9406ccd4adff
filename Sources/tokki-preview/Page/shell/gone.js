import { commit } from "../form/controls/control.js";
import { keep } from "../model/api.js";

/**
 * Says that the program is gone, as long as it is. All that was typed is here in the page, and can be taken away without the
 * program: the contract's data as a file that 「開く」 reads, and what was corrected in a list cell by cell.
 *
 * @param {object} app `heldCorrections`, if a list is open, gives what was corrected in it.
 */
export function watchProgram(app) {
  const { api, banners, store } = app;
  let isGone = false;
  const corrections = () => app.heldCorrections?.() ?? { cells: [] };
  api.whenGone = (isSo) => {
    isGone = isSo;
    if (!isGone) return banners.hide("gone");
    return banners.show("gone", {
      text: "tokkiに接続できません。終了した可能性があります。入力した内容は、この画面に全て残っています。画面を閉じる前に保存し、tokkiを起動し直して、「開く」で読み込んでください。",
      kind: "error",
      actions: [
        ["契約データを保存", () => keepData(store)],
        ...(corrections().cells.length ? [["一覧の修正内容を保存", () => keepCorrections(corrections())]] : []),
      ],
    });
  };
  // The program that held them cannot give them back when the page is loaded again.
  window.addEventListener("beforeunload", (event) => { if (isGone && corrections().cells.length) event.preventDefault(); });
}

function keepData(store) {
  commit();
  const text = JSON.stringify(store.data);
  keep(new Blob([`${JSON.stringify(store.data, null, 2)}\n`], { type: "application/json" }), "契約データ.json");
  store.saved(text, store.file, store.version);
}

/** A CSV that no one takes for the list itself, for it has only what was typed. */
function keepCorrections({ name, cells }) {
  const lines = [["行", "見出し", "修正後の値"], ...cells].map((line) => line.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(","));
  // Excel takes a CSV for Unicode by its mark.
  keep(new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" }), `${name.replace(/\.[^.]*$/u, "")}-修正内容.csv`);
}
