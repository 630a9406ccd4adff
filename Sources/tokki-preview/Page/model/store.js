import { isWithin, steps } from "./fields.js";

/** Whether there is nothing in a part of the data. */
export function isEmpty(value) {
  if (value === undefined || value === null || value === "") return true;
  if (typeof value === "object") return Object.values(value).every(isEmpty);
  return false;
}

/** The contract's data: the one place where it is held and changed, by paths. */
export class Store {
  #app;
  #saved;

  constructor(app) {
    this.#app = app;
    this.data = { vendors: [{}] };
    this.#saved = JSON.stringify(this.data);
    this.file = null;
    this.version = null;
    /** What the file said, if the browser opened it itself: it can read it, and not write it. */
    this.original = null;
  }

  /** Takes over what GET /api/data answered, or POST /api/data/open. */
  open({ data, file, version, original = null }) {
    this.data = data ?? {};
    if (!Array.isArray(this.data.vendors) || !this.data.vendors.length) this.data.vendors = [{}];
    this.file = file;
    this.version = version;
    this.original = original;
    this.#saved = JSON.stringify(this.data);
    this.#app.emit("dirty", false);
  }

  /** Whether the browser opened the file itself. */
  get isOwn() {
    return this.original !== null;
  }

  /** Whether there is something to save. */
  get isDirty() {
    return JSON.stringify(this.data) !== this.#saved;
  }

  /** What was sent is safe in a file, which may be another than before, under this version. */
  saved(text, file, version) {
    this.#saved = text;
    Object.assign(this, { file, version });
    this.#app.emit("dirty", this.isDirty);
    this.#app.emit("saved");
  }

  /** The value at a path, undefined if there is none. */
  get(path) {
    let here = this.data;
    for (const step of this.#steps(path)) here = here?.[step];
    return here ?? undefined;
  }

  /** Text at a path, "" if there is none. */
  text(path) {
    const value = this.get(path);
    return typeof value === "string" ? value : "";
  }

  /** The number of items of a list. */
  count(path) {
    const value = this.get(path);
    return Array.isArray(value) ? value.length : 0;
  }

  /** Whether there is anything at a path without numbers, in any item of its lists. */
  holds(path) {
    const [root, ...names] = path.split(".");
    const reach = (value, rest) => {
      if (Array.isArray(value)) return value.some((one) => reach(one, rest));
      return rest.length ? reach(value?.[rest[0]], rest.slice(1)) : !isEmpty(value);
    };
    return reach(this.get(root), names);
  }

  /** Whether each item that a path names is there, or is the first of its list, which always may be. */
  has(path) {
    return [...path.matchAll(/\[(\d+)\]/g)].every((match) => Number(match[1]) <= Math.max(1, this.count(path.slice(0, match.index))));
  }

  /** A path that names no item further than the next: a blank row of a paper stands for the next item. */
  within(path) {
    let found = "";
    for (const part of path.split(/(?=\[)|(?<=\])/)) {
      const number = /^\[(\d+)\]$/.exec(part)?.[1];
      found += number ? `[${Math.min(Number(number), this.count(found) + 1)}]` : part;
    }
    return found;
  }

  /** Changes a value; an empty one is removed, and what it leaves empty above it, but for the items of lists. */
  set(path, value) {
    const way = this.#steps(path);
    const last = way.pop();
    const above = [];
    let here = this.data;
    way.forEach((step, index) => {
      above.push([here, step]);
      here = here[step] ??= typeof (way[index + 1] ?? last) === "number" ? [] : {};
    });
    if (value !== "" && value !== null && value !== undefined) here[last] = value;
    else if (Array.isArray(here)) here[last] = null;
    else delete here[last];
    for (const [outer, step] of above.reverse()) {
      if (Array.isArray(outer) || Array.isArray(outer[step]) || Object.keys(outer[step]).length) break;
      delete outer[step];
    }
    this.#changed(path);
  }

  /** Puts the whole list of a path in place; an empty one is removed. */
  setList(path, values) {
    this.set(path, values.length ? values : null);
  }

  /** Adds an item at the end of a list. */
  add(path, item) {
    this.setList(path, [...(this.get(path) ?? []), item]);
  }

  /** Removes an item, by its number from 0. */
  remove(path, index) {
    this.setList(path, (this.get(path) ?? []).toSpliced(index, 1));
  }

  /** Moves an item to another place. */
  move(path, from, to) {
    const list = [...(this.get(path) ?? [])];
    list.splice(to, 0, ...list.splice(from, 1));
    this.setList(path, list);
  }

  #steps(path) {
    const way = steps(path);
    return isWithin(path, this.#app.edition.vendor.record) ? ["vendors", this.#app.state.vendor, ...way.slice(1)] : way;
  }

  #changed(path) {
    this.#app.emit("dirty", this.isDirty);
    this.#app.emit("change", path);
  }
}
