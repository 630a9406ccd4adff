/** A path without the numbers of its items: vendor.workers[2].name → vendor.workers.name. */
export const generic = (path) => path.replace(/\[\d+\]/g, "");

/** The steps of a path: names, and numbers from 0. */
export function steps(path) {
  const found = [];
  for (const part of path.split(".")) {
    const [name, ...numbers] = part.split("[");
    found.push(name, ...numbers.map((number) => parseInt(number, 10) - 1));
  }
  return found;
}

/** Whether a path lies at or below another. */
export const isWithin = (path, outer) => path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);

/** The dictionary of an edition, looked up by path. */
export class Fields {
  #byPath = new Map();

  /** @param {object[]} roots Edition.fields */
  constructor(roots) {
    this.roots = roots;
    const visit = (field, parent) => {
      this.#byPath.set(field.path, { field, parent });
      for (const child of field.children ?? []) visit(child, field);
    };
    for (const root of roots) visit(root, null);
  }

  /** The names of all that has a value, each once. */
  get labels() {
    return [...new Set([...this.#byPath.values()].filter(({ field }) => !field.children?.length).map(({ field }) => field.label))];
  }

  /** The field of a path, with or without numbers. */
  get(path) {
    return this.#byPath.get(generic(path))?.field ?? null;
  }

  /** A path with the number of an item for each list on the way that has none: the first, but for one list an item of its own. */
  concrete(path, list = null, item = 1) {
    const parts = path.split(".");
    let found = "";
    parts.forEach((part, index) => {
      found += `${found && "."}${part}`;
      const field = this.get(found);
      const isOpen = index < parts.length - 1 && field?.shape === "list" && !part.endsWith("]");
      if (isOpen) found += `[${field.path === list ? item : 1}]`;
    });
    return found;
  }

  /** The name on screen, with the number of the item in each list on the way: 従事者２ 従事者の氏名. */
  label(path) {
    const own = this.get(path)?.label ?? path;
    const items = [];
    for (const match of path.matchAll(/\[(\d+)\]/g)) {
      const list = this.get(path.slice(0, match.index));
      if (list) items.push(`${list.label}（${match[1]}）`);
    }
    // The last number of a list of values is the value's own.
    if (/\]$/.test(path)) return items.join(" ");
    return [...items, own].join(" ");
  }
}
