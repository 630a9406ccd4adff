import { generic, isWithin } from "./fields.js";
import { isUntouched } from "./states.js";
import { isEmpty } from "./store.js";

/** What `prints` has answered, by document: with every key it is asked of every diagnostic. @type {WeakMap<object, Map<string, boolean>>} */
const answers = new WeakMap();

/** Whether a document prints a field, or a part of it. */
function prints(document, path) {
  const plain = generic(path);
  if (!answers.has(document)) answers.set(document, new Map());
  const known = answers.get(document);
  if (!known.has(plain)) known.set(plain, document.fields.some((own) => isWithin(own, plain) || isWithin(plain, own)));
  return known.get(plain);
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

/**
 * With what each document lacks, and what is wrong in it: the one count for the list of documents, the form and 不足書類.
 *
 * What the finished packet goes without lacks nothing.
 *
 * @template {{documents: object[], diagnostics: object[]}} R
 * @param {object} app
 * @param {R} rendered
 * @returns {R} Its documents have `missing` and `wrong`, lists of diagnostics.
 */
export function counted(app, rendered) {
  const errors = rendered.diagnostics.filter(({ severity, path }) => severity === "error" && path);
  const documents = rendered.documents.map((state) => {
    const document = app.document(state.number);
    const own = document ? errors.filter(({ path }) => prints(document, path) || isOfSheet(app, document, path)) : [];
    return { ...state, missing: state.made ? own.filter(isMissing) : [], wrong: own.filter((one) => !isMissing(one)) };
  });
  return { ...rendered, documents };
}

/** Whether a field that no document prints is asked for in each sheet of a document that is made of the items of a list. */
const isOfSheet = (app, document, path) => Boolean(document.repeats) && isWithin(generic(path), document.repeats) && asks(app, document, path);

export const isMissing = ({ code }) => code === "missing-value";

/** The state of a document, as `counted` has it. @param {object | null} rendered @param {number | undefined} number */
export const stateOf = (rendered, number) => rendered?.documents.find((one) => one.number === number) ?? null;

/** What is missing or wrong, and no document of the packet prints: it is refused for it all the same. */
export function errorsBeside({ diagnostics, documents }) {
  const reported = new Set(documents.flatMap(({ missing, wrong }) => [...missing, ...wrong].map(({ path }) => path)));
  return diagnostics.filter((one) => one.severity === "error" && one.path && !reported.has(one.path));
}

/** The first value to be given for a document that is made for the items of a list; null for any other. @returns {string | null} */
export function firstNeeded({ fields }, { repeats }) {
  const needed = repeats && fields.get(repeats).children.find(({ need }) => need);
  return needed ? `${repeats}[1].${needed.name}` : null;
}

/** Whether a path belongs to another sheet of a document that is made several times. */
function isOtherSheet(document, path, instance) {
  if (!document.repeats || !isWithin(path, document.repeats)) return false;
  return !isWithin(path, `${document.repeats}[${instance}]`);
}

/**
 * Where the next missing value is, or one that is wrong: a required one of the sheet that is shown; any of a sheet that nothing was entered in yet;
 * a required one of another sheet or document, or of none; finally what may stay blank.
 * @returns {{path: string, document?: number}|null}
 */
export function nextMissing(app, form, paper) {
  const { rendered, state, store } = app;
  const shown = app.document();
  const own = stateOf(rendered, shown.number);
  if (!own) return null;
  // Of a program that is gone, the answer to the last change never came.
  const needed = [...own.missing.map(({ path }) => path).filter((path) => isEmpty(store.get(path))), ...own.wrong.map(({ path }) => path)];
  const here = needed.filter((path) => !isOtherSheet(shown, path, state.instance));
  const isOpen = (path) => {
    const field = app.fields.get(path);
    return field && !field.hand && field.type !== "photo" && isEmpty(store.get(path)) && store.has(path);
  };
  const isMade = own.instances > 0;
  // A document that is not made yet has no blanks to see: what is only its own comes next.
  const blanks = (isMade ? paper.highlights.blanks() : form.paths.filter((path) => app.fields.get(path)?.prefill === false)).filter(isOpen);
  const isNext = here.length === 0 && (!isMade || isUntouched(own));
  const first = after(form, here) ?? (isNext ? after(form, blanks) : null);
  if (first) return { path: first };
  const other = needed.find((path) => !here.includes(path));
  if (other) return { path: other };
  const index = app.edition.documents.indexOf(shown);
  for (const document of [...app.edition.documents.slice(index + 1), ...app.edition.documents.slice(0, index)]) {
    const { missing = [], wrong = [] } = stateOf(rendered, document.number) ?? {};
    const found = [...missing, ...wrong].find(({ path }) => !needed.includes(path));
    if (found) return { path: found.path, document: document.number };
  }
  const beside = errorsBeside(rendered).find((one) => !isMissing(one) || isEmpty(store.get(one.path)));
  if (beside) return { path: beside.path };
  if (needed.length) return { path: needed[0] };
  // What a form that is handed out to be filled in by hand leaves open, only a finished packet lacks.
  const unmade = state.mode === "final" && app.edition.documents.find((document) => stateOf(rendered, document.number)?.lacking && firstNeeded(app, document));
  if (unmade) return { path: firstNeeded(app, unmade), document: unmade.number };
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
