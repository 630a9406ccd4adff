"""Chromium, as the judges use it: one browser for a whole run."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import sync_playwright
from rings import THOROUGH
from text import squeeze

# The printable width of a page with margins of 25 mm and 20 mm, in CSS pixels.
PORTRAIT, LANDSCAPE = 623, 950

READ_TEXT = """() => {
  // The text that is drawn, in document order, without white space; and where in it each table's
  // rows lie, with the header that continued pages must repeat.
  let text = ''
  const tables = []
  const add = s => { text += s.replace(/[\\s\\u3000\\u200b\\ufeff]+/gu, '') }
  const generated = (element, which) => {
    const content = getComputedStyle(element, which).content
    if (content.startsWith('"')) add(content.slice(1, -1))
  }
  const visit = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (getComputedStyle(node.parentElement).visibility !== 'hidden') add(node.data)
      return
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return
    const style = getComputedStyle(node)
    if (style.display === 'none' || ['SCRIPT', 'STYLE', 'TITLE'].includes(node.tagName)) return
    // Heard, not seen: a box of one pixel, clipped away.
    if (style.clipPath === 'inset(50%)' && node.offsetWidth <= 1 && node.offsetHeight <= 1) return
    const start = text.length
    generated(node, '::before')
    node.childNodes.forEach(visit)
    generated(node, '::after')
    if (node.tagName === 'TABLE' && node.tHead) {
      const before = text
      text = ''
      visit(node.tHead)
      const header = text
      text = before
      const at = text.indexOf(header, start)
      tables.push({ header, start: at + header.length, end: text.length })
    }
  }
  visit(document.body)
  // Places count characters, not the halves of one beyond U+FFFF.
  const place = index => [...text.slice(0, index)].length
  return { text, tables: tables.map(t => ({ ...t, start: place(t.start), end: place(t.end) })) }
}"""

FIND_OVERFLOW = """() => {
  const root = document.scrollingElement, found = []
  if (root.scrollWidth > root.clientWidth) {
    found.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth} px`)
    for (const e of document.body.querySelectorAll('*')) {
      const right = e.getBoundingClientRect().right
      if (right > root.clientWidth + 0.5 && found.length < 5) found.push(`${e.tagName}#${e.id}.${e.className} ends at ${right}`)
    }
  }
  return found
}"""

FIND_CUT = """() => {
  // Boxes that hide a part of what they hold, and text that leaves its table cell.
  const found = [], name = e => `${e.tagName.toLowerCase()}${e.id && '#' + e.id}.${e.className}`
  for (const e of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(e)
    if (style.display === 'none' || style.display === 'inline') continue
    const hides = v => v !== 'visible'
    const visuallyHidden = e.clientWidth <= 1 && e.clientHeight <= 1
    if (!visuallyHidden && hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
      found.push(`${name(e)}: ${e.scrollWidth} px of content in a width of ${e.clientWidth}`)
    if (!visuallyHidden && hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1)
      found.push(`${name(e)}: ${e.scrollHeight} px of content in a height of ${e.clientHeight}`)
    if (style.textOverflow === 'ellipsis') found.push(`${name(e)}: text-overflow`)
    if (/^t[dh]$/i.test(e.tagName)) {
      const box = e.getBoundingClientRect(), range = document.createRange()
      const leaves = r => r.width >= 1 && r.height >= 1 && (r.left < box.left - 1 || r.right > box.right + 1
        || r.top < box.top - 3 || r.bottom > box.bottom + 3)
      range.selectNodeContents(e)
      if (![...range.getClientRects()].some(leaves)) continue
      // A closer look: a space at the end of a line may hang.
      const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT)
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const at = [...text.data.matchAll(/\\S/gu)].find(({ index, 0: character }) => {
          range.setStart(text, index)
          range.setEnd(text, index + character.length)
          return [...range.getClientRects()].some(leaves)
        })
        if (at) { found.push(`${name(e)}: text leaves the cell at ${text.data.slice(at.index, at.index + 12)}`); break }
      }
    }
  }
  return found.slice(0, 8)
}"""

MARGIN_BOXES = [
    f"{side}-{place}"
    for side, places in {
        "top": ["left-corner", "left", "center", "right", "right-corner"],
        "bottom": ["left-corner", "left", "center", "right", "right-corner"],
        "left": ["top", "middle", "bottom"],
        "right": ["top", "middle", "bottom"],
    }.items()
    for place in places
]
WITHOUT_MARGIN_BOXES = (
    "@page { " + " ".join(f"@{box} {{ content: none !important }}" for box in MARGIN_BOXES) + " }"
)


@dataclass
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self):
        return (self.top + self.bottom) / 2

    @property
    def place(self):
        return self.text, round(self.left), round(self.top)

    @property
    def character(self):
        """The width of one."""
        return (self.right - self.left) / len(self.text)


@dataclass
class PrintedPage:
    width: float
    height: float
    words: list

    @property
    def text(self):
        return squeeze("".join(word.text for word in self.words))

    @property
    def landscape(self):
        return self.width > self.height


def read_pdf(file):
    """The pages of a PDF with their words, in the order in which they were drawn."""
    said = subprocess.run(
        ["pdftotext", "-raw", "-bbox", file, "-"], capture_output=True, timeout=120, check=True
    )
    # lxml's HTML parser would read the names in lower case; the words are what matters.
    document = html.fromstring(said.stdout, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    return [
        PrintedPage(
            float(page.get("width")),
            float(page.get("height")),
            [
                Word(w.text or "", *(float(w.get(k)) for k in ("xmin", "ymin", "xmax", "ymax")))
                for w in page.iter("word")
            ],
        )
        for page in document.iter("page")
    ]


class Page:
    """An open file, and what it said and asked for since it was opened."""

    def __init__(self, page, file):
        self.page = page
        self.file = file
        self.noise = []
        address = Path(file).resolve().as_uri()
        page.on("console", lambda m: self.noise.append(f"console {m.type}: {m.text[:200]}"))
        page.on("pageerror", lambda e: self.noise.append(f"script error: {e}"))
        page.on("dialog", lambda d: (self.noise.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("popup", lambda p: self.noise.append(f"opened {p.url}"))
        page.on(
            "request",
            lambda r: r.url == address or self.noise.append(f"request: {r.url[:200]}"),
        )
        page.goto(address, wait_until="load")

    def at(self, width, media="screen"):
        self.page.emulate_media(media=media)
        self.page.set_viewport_size({"width": width, "height": 900})

    def overflow(self):
        return self.page.evaluate(FIND_OVERFLOW)

    def cut(self):
        return self.page.evaluate(FIND_CUT)

    def text(self):
        return self.page.evaluate(READ_TEXT)

    def accessibility(self):
        violations = Axe().run(self.page).response["violations"]
        return [
            f"axe {v['id']} ({len(v['nodes'])}×): {v['help']}: {v['nodes'][0]['html'][:160]}"
            for v in violations
        ]

    def print(self, file):
        self.page.pdf(path=str(file), prefer_css_page_size=True, print_background=True)
        return read_pdf(file)

    def without_margin_boxes(self):
        self.page.add_style_tag(content=WITHOUT_MARGIN_BOXES)


def launch(playwright, *options):
    """Chromium; but for `make test-long` the build of it that never has a window, which takes 0.6 of the processor time."""
    program = "chromium" if THOROUGH else "chromium-headless-shell"
    # Chromium's own sandbox does not start for root.
    options += ("--no-sandbox",) if os.geteuid() == 0 else ()
    return playwright.chromium.launch(executable_path=shutil.which(program), args=list(options))


class Browser:
    def __init__(self, playwright):
        self.chromium = launch(playwright)

    @contextmanager
    def open(self, file, width=1280):
        context = self.chromium.new_context(
            viewport={"width": width, "height": 900}, locale="ja-JP", timezone_id="Asia/Tokyo"
        )
        try:
            yield Page(context.new_page(), file)
        finally:
            context.close()


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = Browser(playwright)
        try:
            yield browser
        finally:
            browser.chromium.close()
