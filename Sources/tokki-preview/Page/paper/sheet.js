/** The measures of a sheet, read from a document's own @page rules. */

const sizes = { a3: [297, 420], a4: [210, 297], a5: [148, 210], b4: [257, 364], b5: [182, 257] };
const perUnit = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72, px: 25.4 / 96 };

/** Pixels of CSS to a millimetre. */
export const pixels = (mm) => (mm * 96) / 25.4;

function millimetres(text) {
  const [, number, unit] = /^(-?[\d.]+)(\w+)$/.exec(text) ?? [];
  return number === undefined ? null : parseFloat(number) * (perUnit[unit] ?? 0);
}

function sizeOf(text) {
  const words = text.toLowerCase().split(/\s+/);
  const lengths = words.map(millimetres).filter((length) => length !== null);
  if (lengths.length) return [lengths[0], lengths[1] ?? lengths[0]];
  const named = words.map((word) => sizes[word]).find(Boolean) ?? sizes.a4;
  return words.includes("landscape") ? [named[1], named[0]] : named;
}

/**
 * The sheet of an element's page, in millimetres: width, height, top, right, bottom, left; and the names of the margin boxes that are filled.
 * @param {Document} paper
 * @param {Element} element an element with a `page`
 */
export function sheetOf(paper, element) {
  const name = paper.defaultView.getComputedStyle(element).page;
  const sheet = { width: 210, height: 297, top: 20, right: 20, bottom: 20, left: 20 };
  const rules = [...paper.styleSheets].flatMap((style) => [...style.cssRules]).filter((rule) => rule instanceof paper.defaultView.CSSPageRule);
  for (const rule of rules) {
    const selector = rule.selectorText.trim();
    if (selector && selector !== name) continue;
    const size = rule.style.getPropertyValue("size");
    if (size) [sheet.width, sheet.height] = sizeOf(size);
    for (const side of ["top", "right", "bottom", "left"]) {
      const margin = millimetres(rule.style.getPropertyValue(`margin-${side}`));
      if (margin !== null) sheet[side] = margin;
    }
  }
  return sheet;
}
