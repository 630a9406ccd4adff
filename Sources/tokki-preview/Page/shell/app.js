import { PacketView } from "../documents/view.js";
import { Api, ServerGone } from "../model/api.js";
import { setEras } from "../model/dates.js";
import { Emitter } from "../model/emitter.js";
import { Fields } from "../model/fields.js";
import { hadOwn, remember, remembered, rememberOwn } from "../model/memory.js";
import { Store } from "../model/store.js";
import { Banners } from "./banners.js";
import { BrokenPanel } from "./broken.js";
import { watchProgram } from "./gone.js";
import { Header } from "./header.js";
import { listen } from "./live.js";
import { Router } from "./router.js";
import { announce, at, fill, h } from "../ui/dom.js";
import { placedMessageText } from "../ui/words.js";

/**
 * The page: what its views share.
 *
 * Events (`on`): `edition` (a model was loaded, at first and again), `data` (opened again), `change` (path), `dirty` (boolean),
 * `open-file` (a file of the browser's own is to be chosen), `print` (the paper that is shown is wanted on paper), `state` (mode or vendor changed), `saved`, `faults` (of the data file, sent again), `select` (document or instance changed), `rendered` (Rendered), `view` (name), `batch` (Batch), `broken` (diagnostics or null).
 */
class App extends Emitter {
  api = new Api();
  announce = announce;
  /** Edition as the server gave it; `fields` looks its dictionary up by path. */
  edition = null;
  fields = new Fields([]);
  state = { view: null, occasion: null, mode: "prefilled", vendor: 0, document: 1, instance: 1, ...remembered() };
  store = new Store(this);
  banners = new Banners(at("banners"));
  router = new Router(this);
  /** What of the data file no paper says: the errors of its reader. */
  fileFaults = [];
  /** The name of the list that is open, which this data completes. @type {string | null} */
  openList = null;
  /** What was corrected in that list. @type {null | (() => {name: string, cells: [row: number, header: string, value: string][]})} */
  heldCorrections = null;
  /** The last Rendered of the contract's own papers: states and diagnostics of all documents. */
  rendered = null;

  /** What POST /api/render and its siblings are asked. */
  request(more = {}) {
    const { vendor, occasion, mode, document, instance } = this.state;
    return { data: this.store.data, vendor, occasion, mode, document, instance, ...more };
  }

  /** Renders a paper of the contract; one that is not made, for nothing was entered in it, is shown as it would be, with `isUnmade`. */
  async render(more = {}) {
    const rendered = await this.api.post("api/render", this.request(more));
    if (rendered.body) return rendered;
    const sample = await this.api.post("api/render", this.request({ ...more, mode: "prefilled" }));
    return { ...rendered, body: sample.body, isUnmade: true };
  }

  /** The document of a number; also of an annex that is no part of the packet. */
  document(number = this.state.document) {
    const { documents, law } = this.edition;
    return [...documents, ...law].find((one) => one.number === number) ?? null;
  }

  /** Changes mode or vendor. */
  setState(change) {
    Object.assign(this.state, change);
    remember(this.state);
    this.emit("state", this.state);
  }

  /** Shows the packet of another occasion: its papers, and what they need. */
  async setOccasion(occasion) {
    const shown = this.document()?.id;
    this.state.occasion = occasion;
    await this.loadEdition();
    this.select(this.edition.documents.find(({ id }) => id === shown)?.number ?? this.edition.documents[0]?.number ?? 1);
  }

  /** The occasion whose packet is shown; null where the edition has one packet. @returns {{id: string, name: string} | null} */
  get occasion() {
    return this.edition.occasions.find(({ id }) => id === this.edition.occasion) ?? null;
  }

  /** The number of that occasion, from 0, for the addresses of papers. */
  get occasionNumber() {
    return this.edition.occasions.indexOf(this.occasion);
  }

  /** Shows another document, or another of its instances. */
  select(document, instance = 1) {
    Object.assign(this.state, { document, instance });
    remember(this.state);
    this.emit("select", this.state);
  }

  /** Takes in a model of the edition. */
  takeEdition(edition) {
    this.edition = edition;
    this.state.occasion = edition.occasion;
    setEras(edition.eras);
    this.fields = new Fields(edition.fields);
    if (!this.document()) this.state.document = edition.documents[0]?.number ?? 1;
    // The templates may have been broken since.
    this.emit("broken", edition.faults ?? null);
    this.emit("edition", edition);
  }

  /** Fetches the edition's model; what is wrong with it, if none was ever compiled, goes to `broken`. */
  async loadEdition() {
    const usual = await this.api.get("api/edition");
    const number = usual.occasions?.findIndex(({ id }) => id === this.state.occasion) ?? 0;
    const edition = number > 0 ? await this.api.get(`api/edition?occasion=${number}`) : usual;
    if (edition.documents) this.takeEdition(edition);
    else this.emit("broken", edition.faults);
    return Boolean(edition.documents);
  }

  /** Reads the data from the server, in place of what is held here; not if another file was opened from the page, nor, with `unlessTyped`, if something was typed meanwhile. @returns {Promise<boolean>} */
  async loadData({ unlessTyped = false } = {}) {
    const opened = await this.api.get("api/data");
    if ((unlessTyped && this.store.isDirty) || this.store.isOwn) return false;
    this.takeData(opened);
    return true;
  }

  /** Takes in data in place of what is held here. */
  takeData(opened) {
    this.store.open(opened);
    rememberOwn(this.store.isOwn);
    this.state.vendor = Math.min(this.state.vendor, this.store.data.vendors.length - 1);
    this.#takeFaults(opened);
    this.emit("data", opened);
  }

  /** What the reader says of the data file now that it was written: a save corrects lines, and moves others. */
  async renewFaults() {
    const written = await this.api.get("api/data");
    if (this.store.isOwn) return;
    this.#takeFaults(written);
    this.emit("faults");
  }

  #takeFaults(opened) {
    this.fileFaults = (opened.diagnostics ?? []).filter(({ severity }) => severity === "error");
    this.#tellOf(opened);
  }

  /** What the data file's reader had to say. */
  #tellOf({ diagnostics = [], file }) {
    this.banners.hide("opened");
    if (this.store.isOwn) this.banners.hide("reloaded");
    if (!diagnostics.length) return;
    const some = diagnostics.slice(0, 3).map((one) => placedMessageText(one));
    const more = diagnostics.length > 3 ? `（ほか${diagnostics.length - 3}件）` : "";
    const kind = diagnostics.some((one) => one.severity === "error") ? "error" : "warning";
    const meaning = kind === "error" ? "書類に入らない記載があります。" : "";
    this.banners.show("opened", { text: `${meaning}${diagnostics[0].place ? "" : `${file ?? "データファイル"}：`}${some.join("／")}${more}`, kind, canClose: true });
  }

  /** Says what went wrong with something that was asked for. */
  fail(error) {
    if (error instanceof ServerGone) return;
    this.banners.show("failure", { text: [error.message, error.hint].filter(Boolean).join(" "), kind: "error", canClose: true });
    announce(error.message);
  }
}

/** Fills a view when it is first shown. */
function mountWhenShown(app, name, mount) {
  let isMounted = false;
  app.on("view", async (view) => {
    if (view !== name || isMounted) return;
    isMounted = true;
    const element = at(`view-${name}`);
    try {
      await mount(element);
    } catch (error) {
      isMounted = false;
      fill(element, h("p", { class: "waiting" }, "この画面を読み込めませんでした。"));
      app.fail(error);
    }
  });
}

const app = new App();
new Header(app);
new BrokenPanel(app, at("broken"));
app.packet = new PacketView(app);
// Who saves has seen what is open now.
app.on("saved", () => {
  app.banners.hide("reloaded");
  rememberOwn(app.store.isOwn || !app.store.file);
});
watchProgram(app);

mountWhenShown(app, "list", async (element) => (await import("../list/page.js")).mount(element, app));
mountWhenShown(app, "gaps", async (element) => (await import("../documents/gaps.js")).mount(element, app));
mountWhenShown(app, "coverage", async (element) => (await import("../documents/coverage.js")).mount(element, app));
mountWhenShown(app, "templates", async (element) => (await import("../documents/templates.js")).mount(element, app));

listen(app, async () => {
  try {
    if (await app.loadEdition()) {
      const wasOwn = hadOwn();
      await app.loadData();
      app.router.start();
      if (wasOwn) app.banners.show("reloaded", { text: `この画面で開いていた契約データは、再読み込みで閉じました。今は${app.store.file ? `「${app.store.file}」` : "空の契約データ"}で、一覧の行もこれで補われます。続けるには、そのファイルをもう一度開いてください。`, actions: [["開く", () => app.emit("open-file")]], canClose: true });
    }
  } catch (error) {
    at("waiting").textContent = "読み込めませんでした。画面を読み込み直してください。";
    app.fail(error);
  }
});
