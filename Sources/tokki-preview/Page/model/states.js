/** Whether a document counts as filled in: nothing required is missing, nothing is wrong, and what is left blank is so by choice. */
export const isFilledIn = (state) => state.missing.length === 0 && state.wrong.length === 0 && (state.blank === 0 || state.given > 0);

/** Whether nothing was entered yet in a document that may stay away. */
export const isUntouched = (state) => state.missing.length === 0 && state.blank > 0 && state.given === 0;

/**
 * What a document's state is called on screen, with the kind of each word.
 * @param {{instances: number, blank: number, missing: object[], wrong: object[], given: number, lacking: boolean}} state
 * @returns {["good"|"warning"|"error"|"", string][]}
 */
export function stateWords(state) {
  const { instances, blank, lacking } = state;
  const [wrong, needed] = [state.wrong.length, state.missing.length];
  if (instances === 0) return [lacking ? ["warning", "未作成（必須の書類）"] : ["", "該当なし"]];
  if (wrong || needed) return [...(wrong ? [["error", `誤り ${wrong}件`]] : []), ...(needed ? [["warning", `必須項目の未記入 ${needed}件`]] : [])];
  if (!isFilledIn(state)) return [["", `未記入 ${blank}件`]];
  return [["good", "記入済み"], ...(blank ? [["", `任意の未記入 ${blank}件`]] : [])];
}

/** What a ZIP holds beside the vendor's papers, and must not be handed over; empty if nothing. @param {{documents: object[]}} edition @returns {string} */
export function officeNote({ documents }) {
  const own = documents.filter(({ officeOnly }) => officeOnly).map(({ number, id, title }) => `「${title}」（${String(number).padStart(2, "0")}-${id}.html）`).join("");
  return own && `ZIPには庁内用の${own}も入ります。委託先には渡さないでください。委託先の分は、packet.html に全てまとまっています。`;
}
