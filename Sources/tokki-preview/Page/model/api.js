import { h } from "../ui/dom.js";

/** The server said no: a sentence for the clerk, what to do, and the whole answer. */
export class ApiError extends Error {
  constructor(status, body) {
    super(body?.error?.message ?? `処理できませんでした（${status}）。`);
    this.status = status;
    this.hint = body?.error?.hint ?? null;
    this.body = body;
  }
}

/** The program was ended: there is no answer, or another that has its port now and does not know this page. */
export class ServerGone extends Error {
  constructor() {
    super("tokkiに接続できません。");
  }
}

/** The server's routes, below the page's own path: JSON in, JSON out; the token of the page goes with all that changes anything. */
export class Api {
  #token = document.querySelector('meta[name="tokki-token"]').content;
  /** Called with true when the server does not answer, with false when it does. */
  whenGone = () => {};
  /** Called when the list that was meant is not open any more. */
  whenOther = () => {};

  /** @returns {Promise<any>} the JSON of a GET */
  async get(path) {
    return (await this.request(path)).json();
  }

  /** @returns {Promise<any>} the JSON that a POST of JSON is answered with */
  async post(path, body = {}) {
    return (await this.#postJSON(path, body)).json();
  }

  /** POSTs a file. @param {string} path @param {File} file */
  async send(path, file) {
    const headers = { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name.normalize("NFC")) };
    return (await this.request(path, { method: "POST", headers, body: file })).json();
  }

  /** Saves what a POST of JSON is answered with as a file. @returns {Promise<string>} the name that the server gave it */
  async download(path, body) {
    const response = await this.#postJSON(path, body);
    const name = decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition"))[1]);
    keep(await response.blob(), name);
    return name;
  }

  #postJSON(path, body) {
    return this.request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  }

  /** The answer itself, if it is a good one. */
  async request(path, options = {}) {
    if (options.method === "POST") options.headers = { ...options.headers, "X-Tokki-Token": this.#token };
    const response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options }).catch(() => null);
    if (!response || response.status === 401) {
      // Read to its end, so that its connection is free.
      await response?.text().catch(() => {});
      this.whenGone(true);
      throw new ServerGone();
    }
    this.whenGone(false);
    if (response.ok) return response;
    if (response.status === 410) this.whenOther();
    throw new ApiError(response.status, await response.json().catch(() => null));
  }
}

/** Saves bytes as a file of the clerk's own, without asking the server. */
export function keep(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
