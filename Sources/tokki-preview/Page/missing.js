import { generic, isWithin } from "./fields.js";

/** Whether a document prints a field, or a part of it. */
export function prints(document, path) {
  const plain = generic(path);
  return document.fields.some((own) => isWithin(own, plain) || isWithin(plain, own));
}

/** What a document lacks: the diagnostics of required values that it prints. */
export function missingOf(document, rendered) {
  return rendered.diagnostics.filter((one) => one.code === "missing-value" && one.path && prints(document, one.path));
}

/** Whether a path belongs to another sheet of a document that is made several times. */
function isOtherSheet(document, path, instance) {
  if (!document.repeats || !isWithin(path, document.repeats)) return false;
  return !isWithin(path, `${document.repeats}[${instance}]`);
}

/**
 * Where the next missing value is: a required one of the sheet that is shown, else a blank of it, else one of another sheet or document.
 * @returns {{path: string, document?: number, instance?: number}|null}
 */
export function nextMissing(app, form, paper) {
  const { rendered, state } = app;
  const shown = app.document();
  if (!rendered || !shown) return null;
  const needed = missingOf(shown, rendered).map((one) => one.path);
  const here = needed.filter((path) => !isOtherSheet(shown, path, state.instance));
  const blanks = paper.marks.blanks().filter((path) => app.fields.get(path) && !app.fields.get(path).hand && app.fields.get(path).type !== "photo");
  const path = after(form, here) ?? (here.length ? null : after(form, blanks));
  if (path) return { path };
  for (const other of needed.filter((one) => !here.includes(one))) return { path: other };
  const index = app.edition.documents.indexOf(shown);
  const others = [...app.edition.documents.slice(index + 1), ...app.edition.documents.slice(0, index)];
  for (const document of others) {
    const found = rendered.documents.find((one) => one.number === document.number)?.instances ? missingOf(document, rendered) : [];
    if (found.length) return { path: found[0].path, document: document.number };
  }
  return null;
}

/** The first of some paths after the one that has the cursor, in the form's order, round the end. */
function after(form, paths) {
  if (!paths.length) return null;
  const order = form.paths;
  const rank = (path) => {
    const exact = order.indexOf(path);
    return exact >= 0 ? exact : order.findIndex((one) => isWithin(one, path));
  };
  const current = form.current ? rank(form.current) : -1;
  const sorted = [...new Set(paths)].map((path) => ({ path, rank: rank(path) })).sort((a, b) => a.rank - b.rank);
  return (sorted.find((one) => one.rank > current) ?? sorted.find((one) => one.path !== form.current))?.path ?? null;
}
