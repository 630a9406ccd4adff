import { at, button, fill, h } from "./dom.js";
import { ask, menu, tell } from "./dialogs.js";
import { acceptDrops } from "./list-files.js";
import { print } from "./print.js";
import { told } from "./states.js";

/** What is being written in a field counts, finished or not. */
const commit = () => document.activeElement?.dispatchEvent(new CustomEvent("commit", { bubbles: true }));

/** What a contract's data can come as. */
const KINDS = ".yaml,.yml,.json";

/** Opening, saving, downloading, the packet as ZIP, printing: the buttons of the top bar. */
export class Files {
  #app;
  #state = h("span", { class: "save-state", role: "status" });
  #save;
  #saving = Promise.resolve();
  #zip;

  constructor(app, element) {
    this.#app = app;
    this.#save = button("保存", () => this.save(), { title: "Ctrl＋S", "aria-keyshortcuts": "Control+S" });
    this.#zip = button("書類一式をZIPで", () => this.#packet());
    const downloads = menu("ダウンロード", [
      ["YAML（契約データ.yaml）", () => this.#download("yaml")],
      ["JSON（契約データ.json）", () => this.#download("json")],
    ]);
    const prints = menu("印刷", [
      ["この書類だけ印刷", () => print(app, app.request())],
      ["全部を印刷（書類一式）", () => print(app, app.request({ document: null }))],
    ]);
    const chosen = h("input", { type: "file", accept: KINDS, hidden: true, onchange: () => {
      const [file] = chosen.files;
      if (file) this.#open(file);
      // The same file, changed meanwhile, shall be a choice again.
      chosen.value = "";
    } });
    acceptDrops(at("view-documents"), ([one]) => this.#open(one.file));
    element.append(this.#state, chosen, button("開く", () => chosen.click()), this.#save, downloads, this.#zip, prints);
    // The list has its own ways to print and to take away.
    app.on("view", (view) => { this.#zip.hidden = prints.hidden = view === "list"; });
    app.on("dirty", (isDirty) => this.#show(isDirty));
    app.on("data", () => this.#show(false));
    window.addEventListener("beforeunload", (event) => { if (app.store.isDirty) event.preventDefault(); });
    window.addEventListener("keydown", (event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      this.save();
    });
  }

  #show(isDirty) {
    this.#state.textContent = isDirty ? "保存していない変更があります" : "";
    this.#state.classList.toggle("dirty", isDirty);
    this.#save.classList.toggle("primary", isDirty);
  }

  /** Takes another contract's data in the place of what is there. */
  async #open(file) {
    const { store, api } = this.#app;
    if (!KINDS.split(",").some((kind) => file.name.toLowerCase().endsWith(kind))) {
      return tell(`「${file.name}」は開けません`, ["ここで開くのは、契約データ（YAML又はJSON）のファイルです。一覧（CSV、Excel）は、「契約・委託先一覧」の画面に置いてください。"]);
    }
    commit();
    if (store.isDirty) {
      const text = `保存していない変更があります。「${file.name}」を開くと、その変更は失われます。`;
      if (!(await ask("別の契約データを開きますか", [text], [["開く", true], ["やめる", null]]))) return;
    }
    try {
      const opened = await api.send("/api/data/open", file, { "X-File-Name": encodeURIComponent(file.name.normalize("NFC")) });
      if (!opened.data) return await this.#unreadable(file.name, opened.diagnostics);
      this.#app.takeData({ ...opened, isOwn: true });
      this.#app.announce(`「${file.name}」を開きました。`);
    } catch (error) {
      this.#app.fail(error);
    }
  }

  async #unreadable(name, found) {
    const line = (one) => h("li", {}, [one.place, told(one)].filter(Boolean).join(" "));
    await tell(`「${name}」は、契約データとして読めません`, ["次のところを直して、もう一度開いてください。", h("ul", { class: "reasons" }, ...found.slice(0, 8).map(line))]);
  }

  /** Writes the data back to the file that was opened. */
  save() {
    // One after the other, each upon what the one before it wrote.
    this.#saving = this.#saving.then(() => this.#saveNow());
    return this.#saving;
  }

  async #saveNow() {
    const { store, api } = this.#app;
    try {
      commit();
      if (store.isOwn) return await this.#nowhere();
      const text = JSON.stringify(store.data);
      const { outcome, file, version } = await api.post("/api/save", { data: store.data, version: store.version });
      if (outcome === "conflict") return await this.#conflict();
      if (outcome === "nowhere") return await this.#nowhere();
      store.saved(text, file, version);
      if (outcome === "beside") await this.#beside(file);
      else this.#done(outcome === "saved" ? `保存しました（${file}）` : "変更はありません");
    } catch (error) {
      this.#app.fail(error);
    }
  }

  #done(text) {
    this.#state.textContent = text;
    setTimeout(() => { if (this.#state.textContent === text) this.#show(this.#app.store.isDirty); }, 8000);
  }

  async #beside(file) {
    await tell("別のファイルに保存しました", [
      `元のファイルには、書き方を崩さずに変更を入れることができないため、隣に新しいファイル「${file}」を作りました。元のファイルは、そのまま残っています。`,
      "内容を確かめて、以後は新しいファイルを使ってください。",
    ]);
  }

  async #conflict() {
    const choice = await ask("保存していません", [
      "開いた後に、ほかの画面又はソフトが、このデータファイルを変更しました。上書きするとその変更が失われるため、保存しませんでした。",
    ], [["この画面の内容をダウンロードする", "download"], ["ファイルを読み直す（この画面の変更は失われます）", "reload"], ["やめる", null]]);
    if (choice === "download") await this.#download("yaml");
    if (choice === "reload") await this.#app.loadData();
  }

  async #nowhere() {
    const choice = await ask("保存先のファイルがありません", [
      this.#app.store.isOwn ? "「開く」で開いたファイルには、ブラウザーから書き込めません。ダウンロードして、元のファイルと置き換えてください。"
        : "データファイルを開かずに始めたため、保存先がありません。ダウンロードして、取っておいてください。次は「開く」で、そのファイルを開きます。",
    ], [["YAMLでダウンロード", "yaml"], ["JSONでダウンロード", "json"], ["やめる", null]]);
    if (!choice) return;
    const { store } = this.#app;
    const text = JSON.stringify(store.data);
    if (await this.#download(choice)) store.saved(text, store.file, store.version);
  }

  async #download(format) {
    try {
      commit();
      await this.#app.api.download("/api/download", { body: { data: this.#app.store.data, format }, name: `契約データ.${format}` });
      this.#done(`ダウンロードしました（契約データ.${format}）`);
      return true;
    } catch (error) {
      this.#app.fail(error);
      return false;
    }
  }

  async #packet() {
    const { api, store, state } = this.#app;
    commit();
    this.#zip.disabled = true;
    try {
      const { diagnostics } = await this.#app.render();
      const known = diagnostics.filter((one) => one.severity === "error" && (state.mode === "final" || one.code !== "missing-value"));
      if (known.length) return this.#refuse(known);
      await api.download("/api/packet", { body: { data: store.data, vendor: state.vendor, mode: state.mode } });
      this.#done("書類一式をダウンロードしました");
    } catch (error) {
      const found = error.body?.diagnostics?.filter((one) => one.severity === "error");
      if (found?.length) this.#refuse(found);
      else this.#app.fail(error);
    } finally {
      this.#zip.disabled = false;
    }
  }

  /** Tells what stands in the way of a packet. */
  async #refuse(found) {
    const { fields } = this.#app;
    const line = (one) => h("li", {}, one.path ? `${fields.label(one.path)}：` : "", one.code === "missing-value" ? "未記入" : told(one));
    const missing = found.filter((one) => one.code === "missing-value").length;
    const counts = [found.length - missing && `誤り${found.length - missing}件`, missing && `必須項目の未記入${missing}件`].filter(Boolean).join("、");
    const choice = await ask("書類一式を作れません", [`${counts}があります。直してから、もう一度ダウンロードしてください。`,
      h("ul", { class: "reasons" }, ...found.slice(0, 8).map(line), found.length > 8 && h("li", {}, `ほか${found.length - 8}件`))],
    [["最初の項目へ移る", "go"], ["閉じる", null]]);
    const first = found.find((one) => one.path);
    if (choice && first) this.#app.emit("go", { path: first.path });
  }
}
