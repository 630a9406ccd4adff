import { button, fill, h } from "../ui/dom.js";
import { items } from "../ui/words.js";

/** 条文対応表: which field of which document answers which words of the law. */
export function mount(element, app) {
  const filter = h("input", { type: "search", id: "coverage-filter", placeholder: "条・語・書類・項目", oninput: () => renew() });
  const open = h("input", { type: "checkbox", onchange: () => renew() });
  const count = h("p", { class: "hint", role: "status" });
  const body = h("tbody", {});
  const column = (text) => h("th", { scope: "col" }, text);
  element.append(h("div", { class: "page" }, h("h2", {}, "条文対応表"), h("p", {}, "条文が求める事項と、それに答える様式の項目です。条を選ぶと条文に、項目を選ぶと記入欄に移ります。"),
    h("div", { class: "filters" }, h("label", { for: "coverage-filter" }, "絞り込み"), filter, h("label", { class: "check" }, open, "答えのない事項だけ"), count),
    h("div", { class: "table-place", tabindex: 0, role: "region", "aria-label": "事項と項目の表" }, h("table", { class: "table" }, h("thead", {}, h("tr", {}, ...["条文", "求める事項", "書類", "答える項目"].map(column))), body))));

  const renew = () => {
    if (!app.edition || element.hidden) return;
    const words = filter.value.normalize("NFKC").split(/\s+/).filter(Boolean);
    const rows = app.edition.coverage.filter((one) => {
      const text = [one.provision, one.phrase, one.documentTitle, one.label].join(" ").normalize("NFKC");
      return words.every((word) => text.includes(word)) && (!open.checked || !one.answered);
    });
    count.textContent = `${items(rows.length)}／全${items(app.edition.coverage.length)}`;
    fill(body, ...rows.map((one) => row(app, one)));
    if (!rows.length) body.append(h("tr", {}, h("td", { colspan: 4 }, "当てはまるものはありません。")));
  };
  for (const event of ["edition", "view"]) app.on(event, renew);
  renew();
}

function row(app, { provision, phrase, document, documentTitle, field, label, answered }) {
  const basis = app.fields.get(field)?.basis;
  const law = () => {
    if (document) app.select(document);
    app.emit("law", { ...basis, words: provision, phrases: phrase ? [phrase] : basis.phrases, requires: field, label });
  };
  return h("tr", {},
    h("td", {}, basis ? button(provision, law, { class: "link" }) : provision),
    h("td", {}, phrase ? `「${phrase}」` : "（条文全体）"),
    h("td", {}, documentTitle ?? "—"),
    h("td", {}, answered ? button(label, () => app.emit("go", { path: field, document }), { class: "link" }) : h("span", { class: "badge error" }, "答える項目がありません")));
}
