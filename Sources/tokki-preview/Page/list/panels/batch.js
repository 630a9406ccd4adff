import { inLine } from "./notices.js";
import { modes } from "../../model/modes.js";
import { officeNote } from "../../model/states.js";
import { printPage } from "../../paper/print.js";
import { ask, reasons } from "../../ui/dialogs.js";
import { button, fill, h } from "../../ui/dom.js";
import { duration, items, rows } from "../../ui/words.js";

/** 一括作成: what will be made, how far it is, and what came of it. */
export class BatchPanel {
  #begun = null;
  #isStarting = false;
  /** What was gone on with in spite of, so that it is asked once. */
  #accepted = "";

  /** @param {object} app @param {{onstate: (batch: object) => void, onerrors: () => void, onwarnings: () => void, whenSettled: () => Promise<void>}} owner */
  constructor(app, owner) {
    this.app = app;
    this.owner = owner;
    this.batch = { state: "none" };
    this.summary = null;
    this.list = null;
    this.bar = h("progress", { "aria-label": "一括作成の進み具合" });
    this.counts = h("p", {});
    this.rate = h("p", { class: "hint" });
    this.progress = h("div", { class: "list-progress" }, this.bar, this.counts, this.rate);
    this.element = h("div", { class: "list-batch" });
  }

  /**
   * Takes over what there is to make.
   *
   * @param {object} summary The list's counts.
   * @param {{isBlocked: boolean, isRejects: boolean, sheetErrors: boolean, cautions: string[]}} kind Whether the list as a whole has
   *   an error, with which no batch begins; whether it is the rejected rows of the batch before; whether a sheet beside it has errors;
   *   what is to be known of its papers.
   */
  know(summary, kind) {
    Object.assign(this, { summary, ...kind });
    if (this.batch.state !== "running") this.#draw();
  }

  /** Takes over where the batch is. @param {object} batch */
  take(batch) {
    if (batch.order < this.batch.order) return;
    const before = this.batch.state;
    this.batch = batch;
    if (batch.state === "running") this.#count();
    if (batch.state !== before || batch.state !== "running") this.#draw();
    if (batch.state !== before && before !== "none") this.#announce();
    this.owner.onstate(batch);
  }

  /** Takes over what the server says by itself; only when it is asked it says, too, whether a batch would make anything else now. */
  hear(batch) {
    if (batch.state === "running") this.take(batch);
    else this.ask().catch((error) => this.app.fail(error));
  }

  /** Where the batch is, from the server. */
  async ask() {
    this.take(await this.app.api.get("api/batch"));
  }

  async #start(more = {}) {
    // Some press every button twice.
    if (this.#isStarting) return;
    this.#isStarting = true;
    this.#begun = null;
    // What was typed last is part of the list, and rows that are still to come have their say.
    await this.owner.whenSettled();
    if (await this.#mayStart()) {
      await this.#try(async () => {
        await this.app.api.post("api/batch", { list: this.list, occasion: this.app.state.occasion, mode: this.app.state.mode, ...more });
        await this.ask();
      });
    }
    this.#isStarting = false;
    if (this.batch.state === "running") this.element.querySelector("button")?.focus();
  }

  /** Asks before papers are made that may be wrong. @returns {Promise<boolean>} */
  async #mayStart() {
    const all = this.cautions;
    const shown = `${this.list} ${all.join("\n")}`;
    if (!all.length || shown === this.#accepted) return true;
    const goesOn = await ask("このまま作成しますか", ["次のことが、作る書類に関わります。", reasons(all)], [["このまま作成する", true], ["やめる", false]]);
    if (goesOn) this.#accepted = shown;
    return goesOn;
  }

  async #cancel() {
    await this.#try(() => this.app.api.post("api/batch/cancel"));
  }

  async #try(action) {
    try {
      await action();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error) {
    fill(this.problem, h("p", {}, error.message), error.hint ? h("p", { class: "list-hint" }, error.hint) : null);
    this.problem.hidden = false;
  }

  #count() {
    const { total, done, made, unchanged, rejected, secondsLeft } = this.batch;
    if (!total) {
      this.bar.removeAttribute("value");
      this.counts.textContent = "準備しています。";
      this.rate.textContent = "";
      return;
    }
    this.bar.max = total;
    this.bar.value = done;
    this.counts.textContent = `${done.toLocaleString("ja-JP")}／${rows(total)}　作成${items(made)}${unchanged ? `・作成済み${items(unchanged)}` : ""}・エラー${rows(rejected)}`;
    this.#begun ??= { at: performance.now(), done };
    const seconds = (performance.now() - this.#begun.at) / 1000;
    // The first rows say little of the others.
    const isKnown = seconds > 1 && done - this.#begun.done >= 20;
    const rate = isKnown ? Math.round((done - this.#begun.done) / seconds) : 0;
    this.rate.textContent = [rate ? `毎秒${rows(rate)}` : "", isKnown && Number.isFinite(secondsLeft) ? `残り${duration(secondsLeft)}` : ""].filter(Boolean).join("　");
  }

  #draw() {
    const { state } = this.batch;
    const hadFocus = this.element.contains(document.activeElement);
    this.problem = h("div", { class: "note error", hidden: true });
    const part = { none: () => this.#before(), running: () => this.#running(), stopped: () => this.#stopped(), finished: () => this.#finished(), failed: () => this.#failed() }[state];
    fill(this.element, this.problem, part());
    if (hadFocus) this.element.querySelector("h3")?.focus();
  }

  #heading(text) {
    return h("h3", { tabindex: "-1" }, text);
  }

  /** With an error of the list as a whole, or of what all rows share, no batch begins. */
  #startButton(text) {
    if (!this.isBlocked) return button(text, () => this.#start(), { class: "primary" });
    return h("div", { class: "note error" }, h("p", {}, "全ての行に関わるエラーがあるので、作成できません。一覧の名前の下に出ているエラーを、一覧のファイル又は「書類」の画面で直してください。"));
  }

  #before() {
    const { good = 0, warnings = 0, errors = 0, excluded = 0 } = this.summary ?? {};
    const fit = good + warnings;
    if (this.isBlocked) return [this.#heading("書類一式の一括作成"), this.#startButton()];
    return [
      this.#heading("書類一式の一括作成"),
      fit
        ? h("p", {}, `${rows(fit)}の${this.app.occasion ? `「${this.app.occasion.name}」の` : ""}書類一式を「${modes[this.app.state.mode]}」で作ります。`, warnings ? `うち${rows(warnings)}には警告がありますが、作成します。` : "", excluded ? `除いた${rows(excluded)}は作りません。` : "")
        : h("p", {}, "作成できる行がありません。先にエラーを直してください。"),
      fit ? this.#cautions("作る前に、次のことを確かめてください。", this.cautions) : null,
      errors ? h("div", { class: "note warning" }, h("p", {}, `エラーのある${rows(errors)}は作らずに、エラー行一覧（修正・再取込用）に残します。`), button("エラーの行を見る", this.owner.onerrors, { class: "link" })) : null,
      fit ? h("div", { class: "list-do" }, this.#startButton("一括作成を始める")) : null,
      h("p", { class: "hint" }, "様式の種類は、画面の右上で選びます。作っている間も一覧を見ることができ、中止しても続きから再開できます。"),
    ];
  }

  /** What may be wrong on papers that are made all the same. */
  #cautions(words, all) {
    if (!all.length) return null;
    return h("div", { class: "note warning" }, h("p", {}, words), reasons(all),
      this.summary?.warnings ? button("警告の行を見る", this.owner.onwarnings, { class: "link" }) : null);
  }

  #running() {
    return [this.#heading("作成しています"), this.progress, h("div", { class: "list-do" }, button("中止", ({ detail }) => detail < 2 && this.#cancel()))];
  }

  #stopped() {
    const { done, total, made } = this.batch;
    return [
      this.#heading("中止しました"),
      h("p", {}, `${rows(total)}のうち${rows(done)}まで進み、${items(made)}を作成しました。再開すると、続きから作ります。`),
      h("div", { class: "list-do" }, this.#startButton("再開")),
    ];
  }

  #failed() {
    return [
      this.#heading("作成できませんでした"),
      h("div", { class: "note error" }, h("p", {}, this.batch.message ?? "途中で続けられなくなりました。"), this.batch.hint ? h("p", { class: "list-hint" }, this.batch.hint) : null),
      h("p", {}, "できた分は残っています。もう一度始めると、続きから作ります。"),
      h("div", { class: "list-do" }, this.#startButton("もう一度始める")),
    ];
  }

  #finished() {
    const { made, unchanged, rejected, packets, message } = this.batch;
    const isAdded = packets > made + unchanged;
    const cautions = this.#cautions("渡す前に、次のことを確かめてください。", this.batch.cautions.map(inLine));
    return [
      this.#heading(`${this.batch.changed && this.isRejects ? "前の一括作成：" : ""}${rejected ? "一部を作成しました" : "全て作成しました"}${cautions ? "。確かめることがあります" : ""}`),
      h("dl", { class: "list-result-counts" }, h("dt", {}, "作成"), h("dd", {}, items(made)), h("dt", {}, "作成済み（変更なし）"), h("dd", {}, items(unchanged)), h("dt", {}, "エラー"), h("dd", {}, rows(rejected)), isAdded ? [h("dt", {}, "前の作成と合わせて"), h("dd", {}, items(packets))] : null),
      message ? h("p", { class: "note" }, message) : null,
      cautions,
      this.batch.changed ? this.#changes() : null,
      ...(packets ? this.#takeaway() : []),
      rejected ? this.#rejects(rejected) : null,
      this.batch.changed ? null : h("div", { class: "list-do" }, button("もう一度作成", () => this.#start())),
    ];
  }

  #changes() {
    const words = this.isRejects
      ? [`「${this.batch.list}」のエラー行一覧とみなします。作成すると、その一括作成でできた書類一式に加わります。別の一覧のエラー行なら、この一覧だけで作成してください。`, "直した行を加える"]
      : ["作成の後に、一覧、共通の値又は様式の種類が変わりました。もう一度作成すると、変わった行だけを作り直します。", "変わった行を作成"];
    return h("div", { class: "note warning" }, h("p", {}, words[0]), h("div", { class: "list-do" }, this.#startButton(words[1]), this.isRejects && !this.isBlocked ? button("この一覧だけで作成", () => this.#start({ alone: true })) : null));
  }

  #takeaway() {
    const note = officeNote(this.app.edition);
    const print = (by, words) => h("li", {}, button(words, (event) => this.#print(by, event.currentTarget)), h("a", { href: `batch/print/${by}`, target: "_blank", rel: "noopener" }, "新しいタブで開く", h("span", { class: "heard" }, `（${words}）`)));
    return [
      this.batch.changed && !this.isRejects ? h("p", { class: "note warning" }, "保存と印刷は、変更の前に作成したものです。") : null,
      h("section", {}, h("h4", {}, "保存"), this.isRejects ? h("p", { class: "hint" }, "前に作成した書類一式も一緒に保存し、印刷します。") : null, h("div", { class: "list-do" }, h("a", { class: "button", href: "api/batch/packets", download: true }, "書類一式をZIPで保存")), note ? h("p", { class: "hint" }, note) : null),
      this.batch.printable === false
        ? h("section", {}, h("h4", {}, "まとめて印刷"), h("p", {}, "書類一式が多すぎるので、まとめて印刷できません。ZIPで保存して分けて印刷するか、一覧を分けて作成してください。"))
        : h("section", {}, h("h4", {}, "まとめて印刷"), h("ul", { class: "list-prints" }, print("vendor", "委託先別に印刷"), print("document", "書類別に印刷")), h("p", { class: "hint" }, "片面で印刷してください。書類ごとに新しい紙から始まります。")),
    ];
  }

  #rejects(rejected) {
    return h(
      "section",
      { class: "note warning" },
      h("h4", {}, `${rows(rejected)}は作成していません`),
      h("p", {}, "続け方は二通りあります。"),
      h("ol", { class: "list-ways" },
        h("li", {}, "この画面で直し、ここでもう一度作成する。できている書類は作り直しません。", this.sheetErrors ? "別のシートにあるエラーは、Excelで直してください。" : "", h("br"), button("エラーの行を見る", this.owner.onerrors, { class: "link" })),
        h("li", {}, "Excelで直し、この画面に置く。エラー理由・項目・根拠条項の列は消さないでください。", h("br"),
          h("a", { href: "api/batch/rejects", download: true }, "エラー行一覧（修正・再取込用）"))),
    );
  }

  async #print(by, pressed) {
    pressed.disabled = true;
    this.app.announce("印刷の準備をしています。");
    const address = `batch/print/${by}`;
    await this.#try(async () => {
      try {
        await printPage(address);
      } catch (error) {
        // Asked once more, the server says why.
        await this.app.api.request(address);
        throw error;
      }
    });
    pressed.disabled = false;
    pressed.focus();
  }

  #announce() {
    const { state, made, rejected } = this.batch;
    const said = { running: "一括作成を始めました。", stopped: "一括作成を中止しました。", failed: "一括作成ができませんでした。", finished: `一括作成が終わりました。作成${made}件、エラー${rejected}行。` }[state];
    if (said) this.app.announce(said);
  }
}
