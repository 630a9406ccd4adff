/**
 * Makes an element. Properties that begin with "on" are listeners, `dataset` is an object, true and false
 * set and leave out an attribute, everything else is an attribute. Text is never read as markup.
 * @param {string} name
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node | string | number | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "dataset") Object.assign(element.dataset, value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  put(element, ...children);
  return element;
}

/** Appends what is not null, undefined or false. */
function put(parent, ...children) {
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) parent.append(child instanceof Node ? child : String(child));
  }
}

/** Puts other children in the place of those that an element has. */
export function fill(parent, ...children) {
  parent.replaceChildren();
  put(parent, ...children);
}

/** The element of an id. */
export const at = (id) => document.getElementById(id);

let count = 0;
/** An id that no other element has. */
export const freshId = (prefix = "x") => `${prefix}-${++count}`;

/** A button that does something. */
export function button(text, action, properties = {}) {
  return h("button", { type: "button", onclick: action, ...properties }, text);
}

/** Writes text only where it changes, so that nothing is laid out or read out twice. @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Announces a text to screen readers, without moving the focus. @param {string} text */
export function announce(text) {
  const live = at("live");
  live.textContent = "";
  // A change in the next frame is announced even if the words are the same.
  requestAnimationFrame(() => { live.textContent = text; });
}
