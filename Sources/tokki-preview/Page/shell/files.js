import { commit } from "../form/controls/control.js";
import { counted, isMissing, stateOf } from "../model/missing.js";
import { officeNote } from "../model/states.js";
import { print } from "../paper/print.js";
import { ask, inform, menu, reasons } from "../ui/dialogs.js";
import { at, button, h } from "../ui/dom.js";
import { acceptDrops, fileInput, isOfKind } from "../ui/files.js";
import { messageText, placedMessageText } from "../ui/words.js";

/** What a contract's data can come as. */
const KINDS = ".yaml,.yml,.json";

/** How long a file may be that is sent back with the data, in UTF-16 units. */
const LONGEST = 300_000;

/** A file's name without its ending. */
const stem = (name) => name?.replace(/\.[^.]*$/u, "") ?? "";

/** Opening, saving, downloading, the packet as ZIP, printing: the buttons of the top bar. */
export class Files {
  #app;
  #state = h("span", { class: "save-state", role: "status" });
  #save;
  #saving = Promise.resolve();
  /** Counts the files that were chosen: of two the later one counts. */
  #opening = 0;
  #zip;

  constructor(app, element) {
    this.#app = app;
    this.#save = button("保存", () => this.save(), { title: "Ctrl＋S", "aria-keyshortcuts": "Control+S" });
    this.#zip = button("書類一式をZIPで", () => this.#packet());
    const downloads = menu("ダウンロード", [
      ["YAML形式（.yaml）", () => this.#download("yaml")],
      ["JSON形式（.json）", () => this.#download("json")],
    ]);
    const prints = menu("印刷", [
      ["この書類だけ印刷", () => this.#printPaper()],
      ["全部を印刷（書類一式）", () => this.#printAll()],
    ]);
    const chosen = fileInput({ accept: KINDS }, ([one]) => this.#open(one.file));
    app.on("open-file", () => chosen.click());
    app.on("print", () => this.#printPaper());
    acceptDrops(at("view-documents"), ([one]) => this.#open(one.file));
    element.append(this.#state, chosen, button("開く", () => chosen.click()), this.#save, downloads, this.#zip, prints);
    // The list has its own ways to print and to take away.
    app.on("view", (view) => { this.#zip.hidden = prints.hidden = view === "list"; });
    app.on("dirty", (isDirty) => this.#show(isDirty));
    // Before there is any data, none can be saved or taken away.
    element.inert = true;
    app.on("data", () => {
      element.inert = false;
      this.#show(false);
      app.banners.hide("office");
    });
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
    if (!isOfKind(file.name, KINDS)) {
      return inform(`「${file.name}」は開けません`, ["ここで開くのは、契約データ（YAML又はJSON）のファイルです。一覧（CSV、Excel）は、「契約・委託先一覧」の画面に置いてください。"]);
    }
    const mine = (this.#opening += 1);
    const isLast = () => mine === this.#opening;
    try {
      const given = await this.#mayOpen(file.name);
      if (given === null || !isLast()) return;
      const original = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.arrayBuffer());
      if (/^(---|\{\s*\}|\[\s*\]|null|~)?$/u.test(original.replace(/^\s*#.*$/gmu, "").trim())) return await inform(`「${file.name}」は開けません`, ["何も書かれていないファイルです。"]);
      const opened = await api.send("api/data/open", file);
      if (!isLast()) return;
      if (!opened.data) return await this.#unreadable(file.name, opened.diagnostics);
      // What was typed while the answer was on its way is asked for, too.
      commit();
      if (given !== JSON.stringify(store.data) && (await this.#mayOpen(file.name)) === null) return;
      if (!isLast()) return;
      this.#app.takeData({ ...opened, original });
      this.#app.announce(`「${file.name}」を開きました。`);
    } catch (error) {
      this.#app.fail(error);
    }
  }

  /** Asks where another contract's data would change more than the papers. @returns {Promise<string | null>} The data that may go; null: none. */
  async #mayOpen(name) {
    const { store, openList } = this.#app;
    commit();
    const loss = [
      store.isDirty && `保存していない変更があります。「${name}」を開くと、その変更は失われます。`,
      openList && `一覧「${openList}」の行は、今の契約データで補われています。「${name}」を開くと、その内容で全ての行を調べ直します。`,
    ].filter(Boolean);
    const isWanted = !loss.length || (await ask("別の契約データを開きますか", loss, [["開く", true], ["やめる", null]]));
    return isWanted ? JSON.stringify(store.data) : null;
  }

  async #unreadable(name, found) {
    await inform(`「${name}」は、契約データとして読めません`, ["次のところを直して、もう一度開いてください。", reasons(found.map((one) => placedMessageText(one)))]);
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
      const { outcome, file, version } = await api.post("api/save", { data: store.data, version: store.version });
      if (outcome === "conflict") return await this.#conflict();
      if (outcome === "nowhere") return await this.#nowhere();
      store.saved(text, file, version);
      if (outcome === "beside") await this.#beside(file);
      else this.#done(outcome === "saved" ? `保存しました（${file}）` : "変更はありません");
      if (outcome !== "unchanged") await this.#app.renewFaults();
    } catch (error) {
      this.#app.fail(error);
    }
  }

  #done(text) {
    const shown = this.#app.store.isDirty ? `${text}。保存していない変更があります` : text;
    this.#state.textContent = shown;
    setTimeout(() => { if (this.#state.textContent === shown) this.#show(this.#app.store.isDirty); }, 8000);
  }

  async #beside(file) {
    await inform("別のファイルに保存しました", [
      `元のファイルには、書き方を崩さずに変更を入れることができないため、隣に新しいファイル「${file}」を作りました。元のファイルは、そのまま残っています。`,
      "この画面は、これからは新しいファイルに保存します。次に開くときも、新しいファイルを使ってください。",
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
      this.#app.store.isOwn ? "「開く」で開いたファイルには、ブラウザーから書き込めません。ダウンロードして、元のファイルと置き換えてください。注釈などは、元のまま残ります。"
        : "データファイルを開かずに始めたため、保存先がありません。ダウンロードして、取っておいてください。次は「開く」で、そのファイルを開きます。",
    ], [["YAMLでダウンロード", "yaml"], ["JSONでダウンロード", "json"], ["やめる", null]]);
    if (choice) await this.#download(choice);
  }

  async #download(format) {
    const { store, api } = this.#app;
    try {
      commit();
      // Together with the data it must not be more than the server takes.
      const original = store.isOwn ? (store.original.length < LONGEST ? store.original : null) : undefined;
      const text = JSON.stringify(store.data);
      const name = await api.download("api/download", { data: store.data, format, file: store.file, original });
      // There is no other place where it could be saved.
      if (store.isOwn || !store.file) store.saved(text, store.file, store.version);
      this.#done(`ダウンロードしました（${name}）`);
      if (name === `${stem(store.file)}-2.${format}`) await this.#rewritten(name);
    } catch (error) {
      this.#app.fail(error);
    }
  }

  async #rewritten(name) {
    await inform("別の名前でダウンロードしました", [
      `元のファイルには、書き方を崩さずに変更を入れることができないため、新しく書いた「${name}」をダウンロードしました。元のファイルの注釈などは入っていません。`,
    ]);
  }

  /** Prints the paper that is shown, unless a packet would be refused for it. */
  async #printPaper() {
    const app = this.#app;
    commit();
    try {
      const own = stateOf(counted(app, await app.render()), app.state.document);
      const known = this.#obstacles([...(own?.wrong ?? []), ...(own?.missing ?? [])]);
      if (known.length) return await this.#refuse(known, "この書類を印刷できません", "印刷");
      await print(app, app.request());
    } catch (error) {
      app.fail(error);
    }
  }

  async #printAll() {
    const app = this.#app;
    commit();
    try {
      const rendered = await app.render();
      const known = this.#obstacles(rendered.diagnostics);
      if (known.length) return await this.#refuse(known, "書類一式を印刷できません", "印刷");
      if (await this.#mayLeave(rendered)) await print(app, app.request({ document: null }));
    } catch (error) {
      app.fail(error);
    }
  }

  /** What no paper may leave with: anything wrong and, of a finished packet, anything missing; nothing where no value is printed. */
  #obstacles(diagnostics) {
    const { mode } = this.#app.state;
    return diagnostics.filter((one) => one.severity === "error" && mode !== "blank" && (mode === "final" || !isMissing(one)));
  }

  /** Asks before papers leave without something that belongs to them. @returns {Promise<boolean>} */
  async #mayLeave({ documents }) {
    const { fileFaults, state } = this.#app;
    const unmade = state.mode === "final" ? documents.filter(({ lacking }) => lacking).map(({ number }) => this.#app.document(number).title) : [];
    if (!fileFaults.length && !unmade.length) return true;
    return Boolean(await ask("このまま進めますか", [
      unmade.length > 0 && "どの契約にも要る書類ですが、記入がないため、作られません。", unmade.length > 0 && reasons(unmade),
      fileFaults.length > 0 && "データファイルの次の記載は読み取れないため、書類に入りません。", fileFaults.length > 0 && reasons(fileFaults.map((one) => placedMessageText(one))),
    ].filter(Boolean), [["このまま進める", true], ["やめる", false]]));
  }

  async #packet() {
    const { api, store, state } = this.#app;
    const refuse = (known) => this.#refuse(known, "書類一式を作れません", "ダウンロード");
    commit();
    this.#zip.disabled = true;
    try {
      const rendered = await this.#app.render();
      const known = this.#obstacles(rendered.diagnostics);
      if (known.length) return refuse(known);
      if (!(await this.#mayLeave(rendered))) return;
      await api.download("api/packet", { data: store.data, vendor: state.vendor, occasion: state.occasion, mode: state.mode });
      this.#done("書類一式をダウンロードしました");
      const office = officeNote(this.#app.edition);
      if (office) this.#app.banners.show("office", { text: office, canClose: true });
    } catch (error) {
      const found = error.body?.diagnostics?.filter((one) => one.severity === "error");
      if (found?.length) refuse(found);
      else this.#app.fail(error);
    } finally {
      this.#zip.disabled = false;
    }
  }

  /** Shows what prevents a packet, or a paper. */
  async #refuse(found, title, deed) {
    const { fields } = this.#app;
    const line = (one) => `${one.path ? `${fields.label(one.path)}：` : ""}${isMissing(one) ? "未記入" : messageText(one)}`;
    const missing = found.filter(isMissing).length;
    const counts = [found.length - missing && `誤り${found.length - missing}件`, missing && `必須項目の未記入${missing}件`].filter(Boolean).join("、");
    const choice = await ask(title, [`${counts}があります。直してから、もう一度${deed}してください。`,
      reasons(found.map(line))],
    [["最初の項目へ移る", "go"], ["閉じる", null]]);
    const first = found.find((one) => one.path);
    if (choice && first) this.#app.emit("go", { path: first.path });
  }
}
