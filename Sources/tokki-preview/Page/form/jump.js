import { generic, isWithin } from "../model/fields.js";

/**
 * Opens and focuses the field of a path in a form, at an option if one is meant; makes the items that are on the way.
 * @returns {boolean} whether the form has such a field
 */
export function jump(form, wanted, option = null) {
  const path = form.app.store.within(wanted);
  let row = form.row(path);
  if (!row && addItems(form, path)) row = form.row(path);
  const element = row?.element ?? placeOf(form, path) ?? nearest(form, path);
  if (!element) return false;
  // What stays at the top of the form is as high as what it says.
  form.element.style.scrollPaddingTop = `${form.top.offsetHeight + 8}px`;
  for (let outer = element; outer; outer = outer.parentElement.closest("details")) if (outer.matches("details")) outer.open = true;
  if (row) row.focus(option);
  else focusFirst(element);
  return true;
}

const placeOf = (form, path) => form.element.querySelector(`[data-path="${CSS.escape(path)}"]`);

function focusFirst(element) {
  const item = element.querySelector("details");
  if (item) item.open = true;
  const inputs = [...element.querySelectorAll("input, select, textarea")];
  const target = inputs.find((one) => !one.disabled && one.checkVisibility()) ?? element.querySelector("summary, button") ?? element;
  target.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

/** What comes closest: the list or record around the path, or a field within it. */
function nearest(form, path) {
  for (let outer = path; outer.includes("."); outer = outer.replace(/(\[\d+\]|\.[^.[]+)$/, "")) {
    if (placeOf(form, outer)) return placeOf(form, outer);
  }
  const first = form.paths.find((one) => isWithin(generic(one), generic(path)));
  return first ? form.row(first).element : null;
}

/** Adds the items that a path names and that are not there yet; the first of a list is always shown. */
function addItems(form, path) {
  const { store, fields } = form.app;
  let isAdded = false;
  for (const match of path.matchAll(/\[(\d+)\]/g)) {
    const list = path.slice(0, match.index);
    const field = fields.get(list);
    const number = Number(match[1]);
    if (!field || !placeOf(form, list) || number > (field.maximum ?? 1000)) break;
    while (number > 1 && store.count(list) < number) {
      store.add(list, field.children?.length ? {} : "");
      isAdded = true;
    }
  }
  if (isAdded) form.build();
  return isAdded;
}
