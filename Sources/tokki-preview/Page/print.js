import { h } from "./dom.js";

let frame = null;

/** Prints what POST /api/print prepares: exactly the packet's file, in a frame that nobody sees. */
export async function print(app, { data, vendor, mode, document, instance }) {
  try {
    const { print } = await app.api.post("/api/print", { data, vendor, mode, document, instance });
    printPage(`/print/${print}`);
  } catch (error) {
    app.fail(error);
  }
}

/** Prints a page of this server. */
export function printPage(address) {
  frame?.remove();
  frame = h("iframe", { class: "heard", src: address, title: "印刷する書類", "aria-hidden": "true", tabindex: -1 });
  const mine = frame;
  mine.addEventListener("load", () => mine.contentWindow.print(), { once: true });
  document.body.append(mine);
}
