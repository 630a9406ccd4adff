import { chooser } from "./panels/files.js";
import { faultyHeaders, headerFix } from "./panels/header-fix.js";
import { noted } from "./panels/note.js";
import { button, h } from "../ui/dom.js";
import { placeWords, size } from "../ui/words.js";

const starter = () => h("a", { href: "api/list/starter", download: true }, "見本の一覧（見出しだけのExcelファイル）");

/** Before there is a list: what it is, and how it comes here. @param {(files: object[]) => void} take */
export function startScreen(take) {
  return h(
    "div",
    { class: "list-start" },
    h("h2", {}, "契約・委託先一覧から、書類一式をまとめて作る"),
    h(
      "div",
      { class: "list-drop" },
      h("p", { class: "list-drop-word" }, "一覧のファイルを、ここに置いてください"),
      chooser(take),
      h("p", { class: "hint" }, "Excel（.xlsx）、CSV、TSV。一覧と従事者などを別々のCSVに分けたときは、まとめて置くか、フォルダーごと置いてください。"),
    ),
    h(
      "ul",
      { class: "list-facts" },
      h("li", {}, "一行が一つの契約と一つの委託先です。一行目の見出しは「契約番号」「受注者番号」「件名」などの項目の名前です。"),
      h("li", {}, "従事者のように、一つの契約に何人分もあるものは、「従事者」の名前の別のシートに、契約番号と受注者番号を付けて一人一行で書きます。"),
      h("li", {}, "どの行にも共通の値（市の名称など）は、「書類」の画面で開いている契約データから補います。行に値があれば、行の値が優先します。件名や履行期間などの契約の項目は、契約データに契約番号があれば、その契約の行だけに使用します。"),
      h("li", {}, "誤りのある行は、この画面で直せます。元のファイルは書き換えません。"),
      h("li", {}, "ファイルはこのパソコンの外へ出ません。"),
    ),
    h("p", {}, "初めてのときは ", starter(), " に記入してください。"),
  );
}

/** While a list is on its way. */
export class BusyScreen {
  constructor() {
    this.said = h("p", {}, "読み込んでいます。");
    this.bar = h("progress", { "aria-label": "ファイルの送信" });
    this.element = h("div", { class: "list-start" }, h("h2", {}, "一覧を読み込んでいます"), this.bar, this.said);
  }

  /** @param {number} sent @param {number} total @param {string} name */
  show(sent, total, name) {
    if (name) {
      this.bar.max = Math.max(1, total);
      this.bar.value = sent;
      this.said.textContent = `${name}（${size(sent)}／${size(total)}）`;
    } else {
      this.bar.removeAttribute("value");
      this.said.textContent = "行を調べています。";
    }
  }
}

/**
 * A list that could not be opened: why, the choice of the header's row, and the way back.
 *
 * @param {{diagnostics: object[], head?: {row: number, cells: string[]}[]}} answer
 * @param {string | null} name
 * @param {{labels: string[], onfiles: (files: object[]) => void, onheader: (row: number) => void, onheaders: (headers: object[]) => void}} owner
 */
export function failedScreen({ diagnostics, head }, name, { labels, onfiles, onheader, onheaders }) {
  const shown = diagnostics.slice(0, 50);
  const rest = diagnostics.length - shown.length;
  const faults = faultyHeaders(diagnostics);
  const isHeader = diagnostics.some(({ code }) => code.endsWith("-header") || code.startsWith("header-"));
  return h(
    "div",
    { class: "list-start" },
    h("h2", { tabindex: "-1" }, `${name ? `「${name}」` : "一覧"}を読み込めません`),
    h("p", {}, isHeader ? faults.length ? "見出しを直すと読み込めます。下で直すか、Excelで直してもう一度ここに置いてください。" : "見出しを直すと読み込めます。Excelで直して保存し、もう一度ここに置いてください。" : "次のことを直して、もう一度ここに置いてください。"),
    h("ul", { class: "list-messages" }, ...shown.map((one) => h("li", {}, noted(one, whereWords(one))))),
    rest > 0 ? h("p", { class: "hint" }, `ほか${rest}件`) : null,
    faults.length ? h("section", {}, h("h3", {}, "見出しをここで直す"), headerFix(faults, labels, onheaders)) : null,
    isHeader && head?.length ? headerChoice(head, onheader) : null,
    h("div", { class: "list-drop" }, h("p", {}, "直したファイルを、ここに置いてください"), chooser(onfiles)),
    h("p", {}, "見出しの書き方： ", starter()),
  );
}

const whereWords = ({ place, cell }) => `${placeWords(place) ?? ""}${cell ? `「${cell}」` : ""}`;

/** The first rows of the file, each with a button that makes it the header. */
function headerChoice(head, onheader) {
  const width = Math.max(...head.map(({ cells }) => cells.length));
  return h(
    "section",
    {},
    h("h3", {}, "見出しの行を選ぶ"),
    h("p", { class: "hint" }, "見出しが別の行にあるときは、その行の「この行が見出し」を押してください。上の行は読みません。"),
    h(
      "div",
      { class: "list-head-rows", tabindex: "0", role: "region", "aria-label": "ファイルの初めの行" },
      h(
        "table",
        { class: "table" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "行"), h("th", { scope: "col" }, "選ぶ"), h("th", { scope: "col", colspan: Math.max(1, width) }, "内容"))),
        h(
          "tbody",
          {},
          ...head.map(({ row, cells }) =>
            h(
              "tr",
              {},
              h("th", { scope: "row", class: "number" }, row),
              h("td", {}, button("この行が見出し", () => onheader(row), { "aria-label": `${row}行目が見出し` })),
              ...Array.from({ length: Math.max(1, width) }, (_, at) => h("td", {}, cells[at] ?? "")),
            ),
          ),
        ),
      ),
    ),
  );
}
