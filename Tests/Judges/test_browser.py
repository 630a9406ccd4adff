"""Every page in Chromium: on a wide and a narrow screen, and printed."""

import hashlib
import re
import unicodedata
from collections import Counter

import pytest
import rings
from browser import LANDSCAPE, PORTRAIT, chromium
from packets import given

SPLIT = re.compile(r"(?P<order>\d+)-(?P<document>[a-z][a-z0-9-]*?)(-(?P<instance>\d+))?\.html")
LANDSCAPE_DOCUMENTS = {"handover-slip", "submission-list"}
PAGES = {"annex": 4}
# One side for one subcontractor, with values of an ordinary length; with room for a pen it may take more.
ONE_SIDE = {"subcontract-application", "pledge"}
MORE_TO_WRITE_ON = {"subcontract-application"}


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


# One page


def screen_problems(page, axe_at=("1280", "320")):
    problems = []
    for width in ("1280", "320"):
        page.at(int(width))
        found = page.overflow() + (page.accessibility() if width in axe_at else [])
        problems += [f"{width} px: {p}" for p in found]
    return problems


def print_problems(page, folder, width=PORTRAIT, axe_at=("print",)):
    """Problems of the printed page, its pages, and its pages without their margins."""
    page.at(width, media="print")
    found = page.cut() + (page.accessibility() if "print" in axe_at else [])
    problems = [f"print: {p}" for p in found]
    drawn = page.text()
    pages = page.print(folder / "page.pdf")
    problems += [p for number, one in enumerate(pages, 1) for p in placement_problems(number, one)]
    page.without_margin_boxes()
    bare = page.print(folder / "bare.pdf")
    problems += text_problems(drawn, [one.text for one in bare])
    # The annex is to be bound into the contract, under the contract's own numbers.
    short = page.file.name == "packet.html" or "-annex" in page.file.name
    problems += number_problems(pages, bare, short)
    return problems, pages, bare


def placement_problems(number, page):
    """Words beyond the paper's edge or on top of one another.

    The height of a word's box is its font's, often far more than its letters: its middle counts."""
    edge = 8.5  # 3 mm
    problems = []
    for word in page.words:
        if not (
            word.left >= edge
            and word.right <= page.width - edge
            and edge <= word.middle <= page.height - edge
        ):
            problems.append(f"page {number}: at the edge of the paper: {word.text[:20]}")
    words = sorted((w for w in page.words if w.text.strip()), key=lambda w: w.middle)
    for index, one in enumerate(words):
        for other in words[index + 1 :]:
            if other.middle > one.middle + 4:
                break
            # Brackets and stops are set close: their boxes overlap by half a character.
            close = 0.6 * max(one.character, other.character)
            if min(one.right, other.right) - max(one.left, other.left) > close:
                problems.append(f"page {number}: {one.text[:20]} lies on {other.text[:20]}")
    return problems[:6]


def text_problems(drawn, pages):
    """Where the printed text differs from the drawn one; a table's header is to be repeated."""
    text, tables = drawn["text"], drawn["tables"]
    problems, at = [], 0
    for number, page in enumerate(pages, 1):
        for table in tables:
            if number > 1 and table["header"] and table["start"] < at < table["end"]:
                if page.startswith(table["header"]):
                    page = page[len(table["header"]) :]
                else:
                    problems.append(f"page {number} does not repeat: {table['header'][:30]}")
        expected = text[at : at + len(page)]
        if page != expected and Counter(page) != Counter(expected):
            if same_characters(text, tables, pages):
                return problems
            return problems + [f"page {number}: " + parting(expected, page)]
        at += len(page)
    if at != len(text):
        problems.append(f"not printed: {text[at:at + 40]}")
    return problems


def same_characters(text, tables, pages):
    """Is it all there, if in another order, as where a page ends within a row of several long cells?"""
    drawn, printed = Counter(text), Counter("".join(pages))
    repeated = Counter()
    for page in pages[1:]:
        repeated += Counter(max((t["header"] for t in tables if page.startswith(t["header"])), default=""))
    return not drawn - printed and not printed - drawn - repeated


def parting(expected, found):
    at = next((i for i, (a, b) in enumerate(zip(expected, found)) if a != b), 0)
    before = expected[max(0, at - 10) : at]
    return f"…{before}⟦{expected[at:at + 20]}⟧ is printed as ⟦{found[at:at + 20]}⟧"


def number_problems(pages, bare, short):
    """The margins of page n of m say n, then m; where `short`, n will do."""
    problems = []
    for number, (page, content) in enumerate(zip(pages, bare), 1):
        inside = {word.place for word in content.words}
        margin = " ".join(word.text for word in page.words if word.place not in inside)
        numbers = re.findall(r"\d+", unicodedata.normalize("NFKC", margin))
        if not (
            (str(number), str(len(pages))) in zip(numbers, numbers[1:])
            or (short and str(number) in numbers)
        ):
            problems.append(f"page {number} of {len(pages)}: its margin says {margin[:80]!r}")
    if len(pages) != len(bare):
        problems.append(f"{len(pages)} pages, {len(bare)} without margin boxes")
    return problems


def count_problems(document, pages, facts):
    """Page counts and the way the paper lies."""
    ordinary = not facts.get("variant", "").startswith(("long", "unbroken", "subcontractors"))
    if facts.get("mode") != "final" and document in MORE_TO_WRITE_ON:
        ordinary = False
    expected = PAGES.get(document) or (1 if document in ONE_SIDE and ordinary else None)
    problems = []
    if expected and len(pages) != expected:
        problems.append(f"{len(pages)} pages, not {expected}")
    for number, page in enumerate(pages, 1):
        if page.landscape != (document in LANDSCAPE_DOCUMENTS):
            problems.append(f"page {number} lies {'across' if page.landscape else 'upright'}")
    return problems


def annex_problems(bare, official_text, pages=PAGES["annex"]):
    """Within the whole packet the annex fills four pages that hold nothing else; another city's, as many as it takes."""
    texts = [page.text for page in bare]
    first = next((n for n, text in enumerate(texts) if text.startswith(official_text[:20])), None)
    if first is None:
        return ["no page begins with the annex"]
    counts = [pages] if pages else range(1, len(texts) - first + 1)
    if all("".join(texts[first : first + count]) != official_text for count in counts):
        return [f"the annex does not fill the {pages or ''} pages from page {first + 1} on"]
    return []


# All pages


EVERYWHERE = ("1280", "320", "print")
# Whole packets with all that a document can hold: axe reads these everywhere, the others once.
COMPLETE = {"contract-blank", "contract-prefilled", "contract-final", "contract-consortium-final", "long"}
# Made for other judges: the same pages as others, or the same sheet many times.
WITHOUT_AXE = {"dated", "html-only", "no-split", "workers-45-prefilled"}


def chosen(packet):
    """(file, document or None, where axe looks at it) of the pages worth the time.

    A document's split page holds what the whole packet holds: for all but the samples' final papers
    its page is only counted there."""
    for file in packet.html:
        name = SPLIT.fullmatch(file.name)
        if name is None:
            axe_at = EVERYWHERE if given() or packet.name in COMPLETE else ("1280",)
            yield file, None, () if packet.name in WITHOUT_AXE else axe_at
        # Of a document repeated for many the first two say it all.
        elif not (name["instance"] and int(name["instance"]) > 2) and (given() or "sample" in packet.facts):
            if given() or packet.facts["mode"] == "final" or packet.facts["sample"] == "contract":
                alone = packet.name == "contract-final" and rings.THOROUGH
                yield file, name["document"], EVERYWHERE if alone else ()


judged = {}


def test_packet(browser, packet, tmp_path):
    problems = []
    for file, document, axe_at in chosen(packet):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if judged.get(digest, -1) >= len(axe_at):
            continue
        judged[digest] = len(axe_at)
        with browser.open(file) as page:
            found = screen_problems(page, axe_at)
            width = LANDSCAPE if document in LANDSCAPE_DOCUMENTS else PORTRAIT
            printed, pages, bare = print_problems(page, tmp_path, width, axe_at)
            found += printed + page.noise
        if document:
            found += count_problems(document, pages, packet.facts)
        elif "annex" in packet.facts.get("only", ["annex"]):
            found += annex_problems(bare, packet.official, None if "city" in packet.facts else PAGES["annex"])
        problems += [f"{file.name}: {p}" for p in dict.fromkeys(found)]
    assert not problems, f"{packet.name}:\n" + "\n".join(problems[:40])
