import { button, freshId, h } from "./dom.js";

/**
 * Asks a question, and waits for the answer.
 * @param {string} title
 * @param {(string | Node)[]} paragraphs
 * @param {[string, any][]} choices the words of each button and what it answers; the last is what Escape answers
 */
export function ask(title, paragraphs, choices) {
  return new Promise((resolve) => {
    const id = freshId("dialog");
    let answer = choices.at(-1)[1];
    const dialog = h("dialog", { "aria-labelledby": id }, h("h2", { id }, title),
      ...paragraphs.map((one) => (one instanceof Node ? one : h("p", {}, one))),
      h("div", { class: "choices" }, ...choices.map(([text, value], index) => button(text, () => {
        answer = value;
        dialog.close();
      }, { class: index === 0 && choices.length > 1 ? "primary" : null, autofocus: index === choices.length - 1 }))));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** As many reasons as are read. */
const MOST = 8;

/** A list of reasons, the rest of a long one as a number. @param {(string | Node)[]} all */
export const reasons = (all) => h("ul", { class: "reasons" }, ...all.slice(0, MOST).map((one) => h("li", {}, one)), all.length > MOST && h("li", {}, `ほか${all.length - MOST}件`));

/** Says something that must have been read. */
export const inform = (title, paragraphs) => ask(title, paragraphs, [["閉じる", null]]);

/**
 * A button that opens a list of actions.
 * @param {string} label
 * @param {[string, () => void][]} actions
 */
export function menu(label, actions) {
  const id = freshId("menu");
  const list = h("div", { class: "menu", id, popover: "auto" });
  const opener = h("button", { type: "button", popovertarget: id, "aria-haspopup": "true" }, label, h("span", { "aria-hidden": "true" }, "▾"));
  for (const [text, action] of actions) {
    list.append(button(text, () => {
      list.hidePopover();
      action();
    }));
  }
  list.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "open") return;
    const place = opener.getBoundingClientRect();
    list.style.top = `${place.bottom + 4}px`;
    list.style.left = "0px";
    requestAnimationFrame(() => { list.style.left = `${Math.max(8, Math.min(place.left, innerWidth - list.offsetWidth - 8))}px`; });
  });
  list.addEventListener("toggle", (event) => { if (event.newState === "open") list.querySelector("button").focus(); });
  list.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const all = [...list.querySelectorAll("button")];
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length].focus();
  });
  return h("div", {}, opener, list);
}
