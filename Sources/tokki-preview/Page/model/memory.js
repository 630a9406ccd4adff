import { modes } from "./modes.js";

/** What stays through a reload, in this tab alone: where one was. Nothing of the data. */
const NAME = "tokki";
/** Whether data was open that only the page had, and that goes with it. */
const OWN = "tokki-own";

/** @param {{occasion: string | null, mode: string, document: number}} state */
export function remember({ occasion, mode, document }) {
  sessionStorage.setItem(NAME, JSON.stringify({ occasion, mode, document }));
}

/** As far as it is of any use: another program may have had this address before. @returns {{occasion?: string | null, mode?: string, document?: number}} */
export function remembered() {
  try {
    const { occasion, mode, document } = JSON.parse(sessionStorage.getItem(NAME));
    return mode in modes && Number.isInteger(document) ? { occasion: typeof occasion === "string" ? occasion : null, mode, document } : {};
  } catch {
    return {};
  }
}

/** @param {boolean} isOwn */
export function rememberOwn(isOwn) {
  if (isOwn) sessionStorage.setItem(OWN, "");
  else sessionStorage.removeItem(OWN);
}

/** Whether there was such data before the page was loaded. */
export const hadOwn = () => sessionStorage.getItem(OWN) !== null;
