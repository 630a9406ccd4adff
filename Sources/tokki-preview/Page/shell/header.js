import { steps } from "../model/fields.js";
import { modes } from "../model/modes.js";
import { Files } from "./files.js";
import { at, fill, h } from "../ui/dom.js";

/** What the modes are for. */
const purposes = {
  blank: "どの欄も空けて印刷し、手で書く様式", prefilled: "契約と委託先を印字し、ほかの欄は手で書く様式", final: "記入した値を全て印字し、必須の項目がそろっているかを調べる様式",
};

/** The top bar: whose packet this is, what can be done with it, which mode and vendor are shown. */
export class Header {
  #app;
  #occasion;
  #vendor;

  constructor(app) {
    this.#app = app;
    new Files(app, at("actions"));
    this.#vendor = h("select", { id: "vendor", onchange: () => app.setState({ vendor: this.#vendor.selectedIndex }) });
    this.#occasion = h("select", { id: "occasion", onchange: () => this.#choose(this.#occasion.value) });
    at("switches").append(h("div", { class: "vendor-switch", hidden: true }, h("label", { for: "occasion" }, "作成時期"), this.#occasion), this.#modes(), h("div", { class: "vendor-switch", hidden: true }, h("label", { for: "vendor" }, "受注者"), this.#vendor));
    for (const event of ["data", "change", "edition", "saved"]) app.on(event, () => this.#renew());
    app.on("state", () => this.#chosen());
  }

  async #choose(occasion) {
    try {
      await this.#app.setOccasion(occasion);
    } catch (error) {
      this.#app.fail(error);
    }
  }

  #modes() {
    const choose = (event) => this.#app.setState({ mode: event.target.value });
    return h("fieldset", { class: "segments" }, h("legend", { class: "heard" }, "様式の種類"),
      ...Object.entries(modes).map(([mode, name]) => h("label", { title: purposes[mode] },
        h("input", { type: "radio", name: "mode", value: mode, checked: mode === this.#app.state.mode, onchange: choose }), name)));
  }

  #chosen() {
    for (const input of at("switches").querySelectorAll("[name=mode]")) input.checked = input.value === this.#app.state.mode;
  }

  #renew() {
    const { store, state, edition } = this.#app;
    if (!edition) return;
    const { contract, vendor, occasions } = edition;
    this.#occasion.parentElement.hidden = occasions.length < 2;
    fill(this.#occasion, ...occasions.map(({ id, name }) => h("option", { value: id }, name)));
    this.#occasion.value = edition.occasion ?? "";
    const text = (path) => (path ? store.text(path) : "");
    const title = text(contract.title) || "（件名は未記入）";
    at("subject").textContent = title;
    document.title = `${title}｜書類一式`;
    const facts = [text(contract.key) && `契約番号 ${text(contract.key)}`, text(vendor.title), store.file];
    at("subject-more").textContent = facts.filter(Boolean).join("　");
    const { vendors } = store.data;
    this.#vendor.parentElement.hidden = vendors.length < 2;
    const own = (one, path) => path && one?.[steps(path).at(-1)];
    const names = vendors.map((one, index) => own(one, vendor.title) || own(one, vendor.key) || `受注者${index + 1}`);
    if (names.join("\n") !== [...this.#vendor.options].map((option) => option.text).join("\n")) {
      fill(this.#vendor, ...names.map((name) => h("option", {}, name)));
    }
    this.#vendor.selectedIndex = state.vendor;
  }
}
