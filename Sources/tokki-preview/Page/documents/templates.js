import { button, fill, h } from "../ui/dom.js";

const views = { html: "用紙のHTML", docbook: "DocBook", listing: "プログラム" };

/** ひな形: for those who keep the templates: what a paper consists of. */
export function mount(element, app) {
  let view = "html";
  const document = h("select", { "aria-label": "書類", onchange: () => { app.select(Number(document.value)); } });
  const text = h("pre", { class: "source", tabindex: 0, role: "region", "aria-label": "内容" });
  const copied = h("span", { class: "hint", role: "status" });
  const copy = button("写し取る", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      copied.textContent = "写し取りました。";
    } catch {
      const range = window.document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      copied.textContent = "内容を選びました。Ctrl＋Cで写し取ってください。";
    }
  });
  const choice = h("fieldset", { class: "segments" }, h("legend", { class: "heard" }, "見るもの"), ...Object.entries(views).map(([key, name]) => h("label", {},
    h("input", { type: "radio", name: "source", value: key, checked: key === view, onchange: () => { view = key; renew(); } }), name)));
  const facts = h("p", {});
  element.append(h("div", { class: "page templates" }, h("h2", {}, "ひな形"), facts,
    h("p", {}, "様式と条文のひな形（XMLファイル）を直す人のための画面です。書類を作るだけなら、使いません。空の様式は、「書類」の画面で「未記入様式」を選んで印刷します。"),
    h("p", { class: "hint" }, "ひな形、スタイルシート又はデータのファイルを保存すると、この画面と用紙が直ちに変わります。誤りがあれば画面の上に表示し、最後に正しかった用紙を残します。"),
    h("div", { class: "filters" }, document, choice, copy, copied), text));

  let turn = 0;
  const renew = async () => {
    if (!app.edition || element.hidden) return;
    facts.textContent = `${app.edition.name}（${app.edition.id}）`;
    fill(document, ...app.edition.documents.map((one) => h("option", { value: one.number }, one.title)));
    document.value = String(app.state.document);
    const mine = ++turn;
    try {
      const answer = await app.api.post("api/source", app.request({ view }));
      if (mine !== turn) return;
      copied.textContent = "";
      const { scrollTop, scrollLeft } = text;
      text.textContent = answer.text;
      text.scrollTo(scrollLeft, scrollTop);
    } catch (error) {
      if (mine === turn) text.textContent = error.message;
    }
  };
  for (const event of ["edition", "data", "state", "select", "view"]) app.on(event, renew);
  renew();
}
