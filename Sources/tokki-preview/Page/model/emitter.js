/** Calls listeners when an event happens. */
export class Emitter {
  #listeners = new Map();

  /**
   * Calls `f` at every event of this name.
   * @returns {() => void} ends it
   */
  on(event, f) {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event).add(f);
    return () => this.#listeners.get(event).delete(f);
  }

  /** Calls the listeners of an event, in the order of `on`. */
  emit(event, value) {
    for (const f of this.#listeners.get(event) ?? []) f(value);
  }
}
