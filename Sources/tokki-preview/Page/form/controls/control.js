import { ChoiceControl, ManyControl } from "./choice.js";
import { DateControl } from "./date.js";
import { TextControl } from "./text.js";

/** What is being written in a field counts, finished or not. */
export const commit = () => document.activeElement?.dispatchEvent(new CustomEvent("commit", { bubbles: true }));

/** Whether a field's control consists of several inputs, which its label names as a group. */
export function isGroup(field) {
  return ["date", "datetime", "choice", "boolean"].includes(field.type);
}

/**
 * The control of a field: `element`, `input` that a label and a jump lead to, all `focusable` inputs, `set(value)`, perhaps `option(n)`.
 * @param {object} field
 * @param {{id: string, label: string, name?: string, labelledBy?: string, change: (value: any) => void}} options
 */
export function makeControl(field, options) {
  if (field.shape === "list") return new ManyControl(field, options);
  if (field.type === "date" || field.type === "datetime") return new DateControl(field, options);
  if (field.type === "choice" || field.type === "boolean") return new ChoiceControl(field, options);
  return new TextControl(field, options);
}
