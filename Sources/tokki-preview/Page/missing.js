import { generic, isWithin } from "./fields.js";
import { isUntouched } from "./states.js";
import { isEmpty } from "./store.js";

/** Whether a document prints a field, or a part of it. */
export function prints(document, path) {
  const plain = generic(path);
  return document.fields.some((own) => isWithin(own, plain) || isWithin(plain, own));
}

/**
 * Whether the form of a document asks for a field: the document prints it, or prints others of its record or list, and no document
 * prints this one, which is needed all the same.
 */
export function asks(app, document, path) {
  if (prints(document, path)) return true;
  const plain = generic(path);
  const around = plain.slice(0, plain.lastIndexOf("."));
  return Boolean(app.fields.get(plain)?.need) && prints(document, around) && !app.edition.documents.some((one) => prints(one, plain));
}

/** What a document lacks: the diagnostics of required values that it prints. */
export function missingOf(document, rendered) {
  return rendered.diagnostics.filter((one) => one.code === "missing-value" && one.path && prints(document, one.path));
}

/** Required values that are missing, and that no document of the packet prints: it needs them all the same. */
export function missingBeside({ edition, rendered }) {
  const documents = edition.documents.filter(({ number }) => rendered.documents.find((one) => one.number === number)?.instances);
  return rendered.diagnostics.filter((one) => one.code === "missing-value" && one.path && !documents.some((document) => prints(document, one.path)));
}

/** Whether a path belongs to another sheet of a document that is made several times. */
function isOtherSheet(document, path, instance) {
  if (!document.repeats || !isWithin(path, document.repeats)) return false;
  return !isWithin(path, `${document.repeats}[${instance}]`);
}

/**
 * Where the next missing value is: a required one of the sheet that is shown; any of a sheet that nothing was entered in yet;
 * a required one of another sheet or document, or of none; at last what may stay blank.
 * @returns {{path: string, document?: number}|null}
 */
export function nextMissing(app, form, paper) {
  const { rendered, state, store } = app;
  const shown = app.document();
  if (!rendered || !shown) return null;
  // The answer to the last change may still be on its way.
  const needed = missingOf(shown, rendered).map((one) => one.path).filter((path) => isEmpty(store.get(path)));
  const here = needed.filter((path) => !isOtherSheet(shown, path, state.instance));
  const isOpen = (path) => {
    const field = app.fields.get(path);
    return field && !field.hand && field.type !== "photo" && isEmpty(store.get(path)) && store.has(path);
  };
  const own = rendered.documents.find((one) => one.number === shown.number);
  const isMade = own?.instances > 0;
  // A document that is not made yet has no blanks to see: what is only its own comes next.
  const blanks = (isMade ? paper.marks.blanks() : form.paths.filter((path) => app.fields.get(path)?.prefill === false)).filter(isOpen);
  const isNext = here.length === 0 && own && (!isMade || isUntouched(own));
  const first = after(form, here) ?? (isNext ? after(form, blanks) : null);
  if (first) return { path: first };
  const other = needed.find((path) => !here.includes(path));
  if (other) return { path: other };
  const index = app.edition.documents.indexOf(shown);
  for (const document of [...app.edition.documents.slice(index + 1), ...app.edition.documents.slice(0, index)]) {
    const isPrinted = rendered.documents.find((one) => one.number === document.number)?.instances;
    const found = isPrinted ? missingOf(document, rendered) : [];
    if (found.length) return { path: found[0].path, document: document.number };
  }
  const beside = missingBeside(app).find(({ path }) => isEmpty(store.get(path)));
  if (beside) return { path: beside.path };
  const last = after(form, blanks);
  return last ? { path: last } : null;
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
