import { errorsBeside, firstNeeded, isMissing, stateOf } from "../model/missing.js";
import { stateWords } from "../model/states.js";
import { button, fill, h } from "../ui/dom.js";
import { messageText, placedMessageText, quoted } from "../ui/words.js";

/** 不足書類: what each document still lacks, why it is asked for, and the way to its field. */
export function mount(element, app) {
  const body = h("div");
  const count = h("p", { class: "gaps-count" });
  element.append(h("div", { class: "page" }, h("h2", {}, "不足書類"), h("p", {}, "提出用に要る項目のうち、まだ記入のないものと、誤りのあるものです。項目を選ぶと、記入欄に移ります。"), count, body));
  const renew = () => {
    if (!app.rendered || element.hidden) return;
    const documents = app.edition.documents.map((document) => ({ document, state: stateOf(app.rendered, document.number) }));
    const unmade = documents.filter(({ state }) => state?.lacking);
    const lacking = documents.filter(({ state }) => state?.missing.length);
    const faulty = documents.filter(({ state }) => state?.missing.length || state?.wrong.length);
    const all = errorsBeside(app.rendered);
    const beside = { missing: all.filter(isMissing), wrong: all.filter((one) => !isMissing(one)) };
    const pathsOf = (found) => new Set(found.map(({ path }) => path));
    const wrong = pathsOf([...documents.flatMap(({ state }) => state?.wrong ?? []), ...beside.wrong]);
    const paths = pathsOf([...lacking.flatMap(({ state }) => state.missing), ...beside.missing]);
    const counts = [
      app.fileFaults.length && `データファイルの読み取れない記載：${app.fileFaults.length}件`,
      wrong.size && `誤り：${wrong.size}件`,
      unmade.length && `作成されない必須の書類：${unmade.length}件`,
      paths.size && `記入の足りない書類：${lacking.length}件、必須項目の未記入：${paths.size}件`,
    ].filter(Boolean);
    count.textContent = counts.join("、") || "必須項目の未記入はありません。";
    count.classList.toggle("good", !counts.length);
    fill(body, app.fileFaults.length > 0 && unread(app.fileFaults), ...unmade.map((one) => absent(app, one)), ...faulty.map((one) => lack(app, one)), all.length > 0 && lack(app, { document: null, state: beside }), rest(app, documents.filter((one) => !faulty.includes(one) && !unmade.includes(one)), counts.length > 0));
  };
  for (const event of ["rendered", "view", "faults"]) app.on(event, renew);
  renew();
}

/** What the data file says and no paper does. */
function unread(faults) {
  const line = (one) => h("li", {}, placedMessageText(one));
  return h("section", { class: "gap" }, h("h3", {}, "データファイルの読み取れない記載", h("span", { class: "badge error" }, `${faults.length}件`)),
    h("p", {}, "次の記載は書類に入っていません。データファイルを直して、開き直してください。"), h("ul", {}, ...faults.slice(0, 100).map(line)));
}

/** A document that every contract needs, and that nothing was entered for. */
function absent(app, { document }) {
  const list = document.repeats && app.fields.label(document.repeats);
  const path = firstNeeded(app, document) ?? document.repeats;
  const go = () => (path ? app.emit("go", { path, document: document.number }) : app.select(document.number));
  return h("section", { class: "gap" }, h("h3", {}, document.title, h("span", { class: "badge warning" }, "未作成")),
    h("p", {}, "どの契約にも要る書類ですが、", list ? `「${list}」の記入がないので、提出用では作られません。 ` : "記入がないので、提出用では作られません。 ", button(list ? `「${list}」を記入する` : "記入する", go, { class: "link" })));
}

/** `document` is null for what no paper prints. */
function lack(app, { document, state: { missing, wrong } }) {
  const title = document?.title ?? "書類に印字しない項目";
  const rows = [...wrong, ...missing].map((one) => {
    const { path } = one;
    const { basis, need } = app.fields.get(path) ?? {};
    return h("tr", {},
      h("th", { scope: "row" }, button(app.fields.label(path), () => app.emit("go", { path, document: document?.number }), { class: "link" })),
      h("td", {}, wrong.includes(one) ? h("span", { class: "badge error" }, "誤り") : null, wrong.includes(one) ? ` ${messageText(one)}` : need ?? "必須"),
      h("td", {}, basis ? button(`${basis.words}${quoted(basis.phrases)}`, () => {
        if (document) app.select(document.number);
        app.emit("law", { ...basis, requires: path, label: app.fields.get(path).label });
      }, { class: "link" }) : "—"));
  });
  return h("section", { class: "gap" }, h("h3", {}, title, h("span", { class: "badge warning" }, `${rows.length}件`)),
    h("div", { class: "table-place", tabindex: 0, role: "region", "aria-label": title }, h("table", { class: "table" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "項目"), h("th", { scope: "col" }, "要るとき・誤り"), h("th", { scope: "col" }, "根拠"))), h("tbody", {}, ...rows))));
}

function rest(app, documents, isRest) {
  if (!documents.length) return null;
  return h("section", { class: "gap" }, h("h3", {}, isRest ? "その他の書類" : "全ての書類"), h("ul", { class: "rest" }, ...documents.map(({ document, state }) => h("li", {},
    button(document.title, () => { app.select(document.number); app.router.go("documents"); }, { class: "link" }),
    document.kind === "annex" ? " 条文" : state ? h("span", { class: "state-inline" }, stateWords(state).map(([, text]) => text).join("、")) : ""))));
}
