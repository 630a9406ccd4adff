import { generic, isWithin } from "../model/fields.js";

/** The highlights of a paper: the value whose input has the focus, the one that changed, a phrase of the law. */
export class PaperHighlights {
  #paper;
  #current = null;
  #law = null;

  constructor(paper) {
    this.#paper = paper;
  }

  get #document() {
    return this.#paper.frame.document;
  }

  /** Every value; a table's cell speaks for itself only where it holds none. */
  #values() {
    const all = [...(this.#document?.querySelectorAll("main [data-field]") ?? [])];
    return all.filter((one) => !one.matches("td") || !one.querySelector("[data-field]"));
  }

  /** The paths of the values that nothing was given for. */
  blanks() {
    return [...new Set(this.#values().filter((value) => value.hasAttribute("data-blank") && !value.hasAttribute("data-hand")).map((value) => value.dataset.field))];
  }

  /** The texts of the values by path, to see later what changed. */
  texts() {
    const texts = new Map();
    for (const value of this.#values()) {
      const path = value.dataset.field;
      texts.set(path, (texts.get(path) ?? "") + value.textContent);
    }
    return texts;
  }

  /** After a new body: the highlights again, and what changed. */
  renew(before, changed) {
    if (this.#current) this.#highlight(this.#current);
    if (this.#law) this.showLaw(this.#law, { isQuiet: true });
    if (!before || !changed) return;
    const after = this.texts();
    const isChanged = (path) => isWithin(path, changed) && before.get(path) !== after.get(path);
    const found = this.#values().filter((value) => isChanged(value.dataset.field));
    for (const value of found) value.classList.add("is-changed");
    if (found.length) this.scrollTo(found[0]);
  }

  /** Highlights the value of a path and brings it into view. */
  show(path) {
    this.#current = path;
    const found = this.#highlight(path);
    if (found) this.scrollTo(found);
  }

  #highlight(path) {
    const values = this.#values();
    for (const value of values) value.classList.remove("is-current");
    if (!path) return null;
    const exact = values.filter((value) => value.dataset.field === path);
    const found = exact.length ? exact : values.filter((value) => isWithin(value.dataset.field, path));
    for (const value of found) value.classList.add("is-current");
    return found[0] ?? null;
  }

  /**
   * Highlights a phrase of the law and brings it into view.
   * @param {{anchor: string, phrases?: string[], requires?: string}} place
   */
  showLaw(place, { isQuiet = false } = {}) {
    this.#law = place;
    const paper = this.#document;
    if (!paper) return;
    paper.defaultView.CSS.highlights?.delete("law");
    for (const old of paper.querySelectorAll(".is-law")) old.classList.remove("is-law");
    if (!place) return;
    const target = paper.getElementById(place.anchor);
    const asked = place.requires ? [...paper.querySelectorAll("[data-requires]")].filter((one) => one.dataset.requires.split(" ").includes(generic(place.requires))) : [];
    const within = asked.filter((one) => !target || target.contains(one));
    const links = within.length ? within : asked;
    const ranges = links.length || !target ? [] : (place.phrases ?? []).flatMap((phrase) => find(target, phrase));
    if (links.length) for (const link of links) link.classList.add("is-law");
    else if (ranges.length && paper.defaultView.CSS.highlights) paper.defaultView.CSS.highlights.set("law", new paper.defaultView.Highlight(...ranges));
    else target?.classList.add("is-law");
    const first = links[0] ?? ranges[0] ?? target;
    if (first && !isQuiet) this.scrollTo(first);
  }

  /** Brings a part of the paper into view, if it is not. */
  scrollTo(part) {
    const { scroller, zoom } = this.#paper;
    const box = part.getBoundingClientRect();
    const top = box.top * zoom.scale;
    const bottom = box.bottom * zoom.scale;
    const margin = Math.min(96, scroller.clientHeight / 5);
    const isSeen = top >= scroller.scrollTop + margin / 3 && bottom <= scroller.scrollTop + scroller.clientHeight - margin / 3;
    if (!isSeen) scroller.scrollTo({ top: Math.max(0, top - margin), behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    const left = box.left * zoom.scale;
    if (left < scroller.scrollLeft || box.right * zoom.scale > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = Math.max(0, left - margin);
  }
}

/** The places of a phrase in an element's text, across its parts. */
function find(element, phrase) {
  const paper = element.ownerDocument;
  const walker = paper.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, start: text.length });
    text += walker.currentNode.data;
  }
  const ranges = [];
  const at = (offset) => {
    const { node, start } = nodes.findLast((one) => one.start <= offset);
    return [node, offset - start];
  };
  for (let from = text.indexOf(phrase); from >= 0 && phrase; from = text.indexOf(phrase, from + phrase.length)) {
    const range = paper.createRange();
    range.setStart(...at(from));
    const [node, offset] = at(from + phrase.length - 1);
    range.setEnd(node, offset + 1);
    ranges.push(range);
  }
  return ranges;
}
