/** The styles that a paper has on screen only: the edges of its pages, the highlights of its values. */

/** Between two pages, and around them, in pixels. */
export const gutter = 14;

const highlights = `
@media screen {
  html { overflow: hidden }
  [data-field]:not([data-hand]), [data-requires] { cursor: pointer }
  span[data-field], [data-requires] { border-radius: 2px }
  span[data-field]:not([data-hand]):hover, td[data-field]:not([data-hand], :has([data-field])):hover { background: #e5edf7; outline: 1px solid #8aa9d2 }
  [data-blank]:not(.option) { background: #f1f5fa }
  .is-current { background: #fff0b3 !important; outline: 2px solid #d0a000 }
  td.is-current { outline-offset: -2px }
  .is-changed { animation: tokki-changed 1.8s ease-out }
  [data-requires] { background: #e9f0fa }
  .is-law { background: #fff0b3 !important; outline: 2px solid #d0a000; outline-offset: 1px }
  ::highlight(law) { background: #ffe27a }
  .tokki-page { position: absolute; left: 0; right: 0; pointer-events: none; overflow: hidden; font: 8pt serif; color: #444 }
  .tokki-page p { position: absolute }
  .tokki-water { inset: 0; display: grid; place-items: center; font: 700 64pt/1 sans-serif; letter-spacing: .1em; color: rgb(163 22 26 / 7%); transform: rotate(-28deg); white-space: nowrap }
}
@media print { .tokki-pages { display: none } }
@keyframes tokki-changed { from { background: #ffd54a; outline: 3px solid #ffd54a } to { background: transparent; outline: 3px solid transparent } }
@media (prefers-reduced-motion: reduce) { .is-changed { animation: none; background: #fff0b3 } }
`;

const pages = `
@media screen and (min-width: 721px) {
  html, body { background: #d9dee4 }
  body { position: relative }
  main { padding: ${gutter}px }
  .document, .document.annex {
    width: var(--tokki-w); max-width: none; margin: 0 auto; box-shadow: none;
    padding: var(--tokki-t) var(--tokki-r) var(--tokki-b) var(--tokki-l);
    background: repeating-linear-gradient(#fff 0 var(--tokki-h), #d9dee4 var(--tokki-h) calc(var(--tokki-h) + ${gutter}px));
    min-height: var(--tokki-h);
  }
  @supports (column-wrap: wrap) {
    /* Columns of a page's height, one below the other, break where the printed pages do. */
    .document, .document.annex {
      columns: 1; column-fill: auto; column-wrap: wrap;
      column-height: calc(var(--tokki-h) - var(--tokki-t) - var(--tokki-b));
      row-gap: calc(var(--tokki-t) + var(--tokki-b) + ${gutter}px);
    }
    .copy + .copy { break-before: column; margin-top: 0 }
  }
}
@media screen and (max-width: 720px) {
  html, body { background: #fff }
  .document, .document.annex { box-shadow: none; margin: 0 }
}
`;

/** The style sheet of a paper on such a sheet; text for `replaceSync` in the paper's own window. */
export function look(sheet) {
  const mm = (name, length) => `--tokki-${name}: ${length}mm;`;
  return `html { ${mm("w", sheet.width)} ${mm("h", sheet.height)} ${mm("t", sheet.top)} ${mm("r", sheet.right)} ${mm("b", sheet.bottom)} ${mm("l", sheet.left)} }${pages}${highlights}`;
}
