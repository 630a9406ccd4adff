import { h } from "../ui/dom.js";

let frame = null;

/** Prints what POST /api/print prepares: exactly the packet's file, in an invisible frame. */
export async function print(app, { data, vendor, occasion, mode, document, instance }) {
  try {
    const { print } = await app.api.post("api/print", { data, vendor, occasion, mode, document, instance });
    await printPage(`print/${print}`);
  } catch (error) {
    app.fail(error);
  }
}

/**
 * Prints a page of this server; large ones take a while to load.
 * @param {string} address
 * @returns {Promise<void>} done when it was handed to the printer's dialog
 */
export function printPage(address) {
  frame?.remove();
  frame = h("iframe", { class: "heard", src: address, title: "印刷する書類", "aria-hidden": "true", tabindex: -1 });
  const mine = frame;
  const printed = new Promise((resolve, reject) => {
    mine.addEventListener("load", () => {
      // What the server says instead of papers is not to be printed.
      if (!mine.contentDocument?.querySelector("main, article")) return reject(new Error("印刷する書類を開けませんでした。"));
      mine.contentWindow.print();
      resolve();
    }, { once: true });
  });
  document.body.append(mine);
  return printed;
}
