import { onlyLists } from "./panels/files.js";
import { BusyScreen, failedScreen, startScreen } from "./start.js";
import { fault, folderOf, upload, Withdrawn } from "./upload.js";
import { ListView } from "./view.js";
import { ApiError } from "../model/api.js";
import { ask } from "../ui/dialogs.js";
import { fill, h } from "../ui/dom.js";
import { acceptDrops } from "../ui/files.js";
import { rows } from "../ui/words.js";

/**
 * The view 契約・委託先一覧: from a list that is dropped here to the packets of all its rows.
 *
 * @param {HTMLElement} element
 * @param {object} app
 */
export async function mount(element, app) {
  const page = new ListPage(element, app);
  await page.begin();
}

/** Which of its screens the view shows: the start, the upload of a file, why it was refused, the list. */
class ListPage {
  #view = null;
  #upload = 0;
  #reading = Promise.resolve();
  #headerRow = null;
  /** Which list the server was asked to read last: another tab may have put another in its place. */
  #id = null;
  #asked = null;

  constructor(element, app) {
    this.app = app;
    this.element = h("div", { class: "list-page" });
    element.append(this.element);
    app.api.whenOther = () => this.begin().catch((error) => app.fail(error));
    app.heldCorrections = () => this.#view?.held ?? null;
    acceptDrops(this.element, (files) => this.take(files));
    // A file that misses the place must not replace the page.
    for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
    app.on("view", (view) => view === "list" && this.#renew());
    for (const event of ["state", "data"]) app.on(event, () => app.state.view === "list" && this.#renew());
    app.on("edition", () => app.state.view === "list" && this.#renew(true));
  }

  /** What the server still holds of an earlier visit, or the start. */
  async begin() {
    const answer = await this.app.api.get("api/list");
    // A list that the program was started with, and that cannot be read.
    if (answer.diagnostics) return this.#refuse(answer, null);
    if (!answer.list) return this.#show(startScreen((files) => this.take(files)));
    this.#headerRow = answer.list.headerRow ?? null;
    // It was checked with what another visit, or another tab, had for shared data.
    this.#asked = null;
    this.#open(answer);
    await this.#renew();
  }

  /** Takes files in the place of the list that is open. @param {import("../ui/files.js").Given[]} given */
  async take(given) {
    const files = onlyLists(given);
    if (!files.length) return;
    const unfit = files.map(fault).find(Boolean);
    // The list that is open stays.
    if (unfit && this.#view) return this.app.fail(unfit);
    if (unfit) return this.#refuse(refusal(unfit), nameOf(files));
    if (this.#view?.summary.corrected && !this.#view.head.isTaken) {
      const corrected = this.#view.rows.corrected;
      const what = corrected ? `修正した行が${rows(corrected)}` : "直した見出しが";
      const text = [`今の一覧には、${what}あります。新しい一覧を読み込むと、この画面での修正は失われます。`, "残すときは、先に「修正した一覧をダウンロード」で保存してください。"];
      if (!(await ask("別の一覧を読み込みますか", text, [["読み込む", true], ["やめる", null]]))) return;
    }
    const mine = (this.#upload += 1);
    this.#id = null;
    const busy = new BusyScreen();
    this.#headerRow = null;
    this.#show(busy.element);
    this.app.announce("一覧を読み込んでいます。");
    try {
      await upload(this.app.api, files, { show: (...how) => busy.show(...how), isWanted: () => mine === this.#upload });
      await this.#read(nameOf(files));
      // What had the focus is gone.
      if (this.#view && document.activeElement === document.body) this.#view.head.title.focus();
    } catch (error) {
      if (error instanceof Withdrawn) return;
      if (error instanceof ApiError) return this.#refuse(refusal(error), nameOf(files));
      this.#show(startScreen((more) => this.take(more)));
      this.app.fail(error);
    }
  }

  /** Lets the server read what it has, and shows what came of it; one after the other, for each answer has the list's number. */
  #read(name, headers = []) {
    const read = this.#reading.then(() => this.#readNow(name, headers));
    this.#reading = read.catch(() => {});
    return read;
  }

  async #readNow(name, headers) {
    await this.#view?.pause();
    const wish = this.#wish();
    const list = this.#id;
    const { data, occasion, mode } = this.app.request();
    let answer;
    try {
      answer = await this.app.api.post("api/list/open", { data, occasion, mode, headerRow: this.#headerRow, headers, list });
    } catch (error) {
      this.#view?.take(this.#view.list);
      throw error;
    }
    // Files were given meanwhile.
    if (list !== this.#id) return;
    this.#asked = wish;
    if (answer.list) this.#open(answer);
    else this.#refuse(answer, name);
  }

  /** Says why there is no list, and what to do. */
  #refuse(answer, name) {
    this.#id = answer.id ?? null;
    this.#headerRow = answer.headerRow ?? null;
    const screen = failedScreen(answer, name, {
      onfiles: (files) => this.take(files),
      labels: this.app.fields.labels,
      onheader: (row) => this.#header(row, name),
      onheaders: (headers) => this.#header(this.#headerRow, name, headers),
    });
    this.#show(screen);
    screen.querySelector("h2").focus();
    this.app.announce(screen.querySelector("h2").textContent);
  }

  /** Reads with another row as the header, or with other headers in it. */
  async #header(row, name, headers = []) {
    this.#headerRow = row;
    try {
      await this.#read(name, headers);
    } catch (error) {
      this.app.fail(error);
    }
  }

  #open({ list }) {
    this.#id = list.id;
    this.app.openList = list.name;
    const { errors, warnings } = list.summary;
    const what = this.#view ? "調べ直しました" : "読み込みました";
    this.app.announce(`「${list.name}」を${what}。${rows(list.rowCount)}。エラー${rows(errors)}、警告${rows(warnings)}。`);
    if (this.#view) {
      this.#view.take(list);
    } else {
      this.#view = new ListView(this.app, list, {
        onfiles: (files) => this.take(files),
        onheader: (row) => this.#header(row, list.name),
        onheaders: (headers) => this.#header(this.#headerRow, list.name, headers),
      });
      fill(this.element, this.#view.element);
    }
  }

  #show(screen) {
    this.#view?.stop();
    this.#view = null;
    this.app.openList = null;
    fill(this.element, screen);
  }

  /** What an answer depends on beside the list itself. */
  #wish() {
    const { store, state, edition } = this.app;
    return JSON.stringify([store.data, state.mode, edition.revision]);
  }

  /** Has the list checked again where the shared data, the mode or the edition are others. */
  async #renew(isNewEdition = false) {
    if (!this.#view || (!isNewEdition && this.#asked === this.#wish())) return;
    try {
      await this.#read(this.#view.list.name);
    } catch (error) {
      this.app.fail(error);
    }
  }
}

/** An error of one file, in the shape of a list's diagnostics. */
function refusal({ message, hint }) {
  return { diagnostics: [{ code: "upload", severity: "error", place: null, message, hint: hint ?? null }] };
}

/** What a list is called before the server has named it: its file, or its folder. */
function nameOf(files) {
  return files.length === 1 ? files[0].name : (folderOf(files) ?? `${files[0].name} ほか${files.length - 1}件`);
}
