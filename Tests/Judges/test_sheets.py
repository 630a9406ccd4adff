"""Papers as they leave the printer: the annex in its official measure, blank forms fit for a pen, boxes and rules where they belong."""

import copy
import json
import random
import re

import pytest
import yaml
from browser import LANDSCAPE, PORTRAIT, chromium
from lxml import etree
from packets import ORIGINAL, ROOT, SAMPLES, make_packet, walk
from raster import pictures
from rings import THOROUGH
from text import squeeze


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


def lines_of(page):
    """The lines of a printed page, from its top: each all that stands at one height."""
    lines = []
    for word in sorted(page.words, key=lambda word: word.middle):
        if not lines or word.middle - lines[-1][-1].middle > 4:
            lines.append([])
        lines[-1].append(word)
    return [squeeze("".join(w.text for w in sorted(line, key=lambda w: w.left))) for line in lines]


# The annex


def line_ends(lines):
    """Where lines end, as places in the text without its white space."""
    at, ends = 0, set()
    for line in lines:
        at += len(line)
        ends.add(at)
    return ends


def without_mark(lines):
    return [line for line in lines if line not in ("", "別記")]


def test_the_annex_breaks_its_lines_as_the_official_text_does(browser, packets, tmp_path, note):
    file = next(file for file in packets.packet("contract-blank").html if "-annex" in file.name)
    with browser.open(file) as page:
        page.without_margin_boxes()
        pages = page.print(tmp_path / "annex.pdf")
    printed = [lines_of(one) for one in pages]
    assert [len(lines) for lines in printed[:-1]] == [40] * 3, "not four sheets of 40 lines"
    expected = without_mark([squeeze(line) for line in ORIGINAL.read_text().splitlines()])
    found = without_mark([line for lines in printed for line in lines])
    assert "".join(found) == "".join(expected)
    equal = line_ends(expected) & line_ends(found)
    share = len(equal) / len(expected)
    note(f"{len(equal)} of {len(expected)} lines of the annex end where those of the official text do")
    assert share >= 0.95, f"only {share:.1%} of the lines end where those of the official text do"


# Blank forms

# What is longer than a line, by the labels of its fields.
DICTIONARY = etree.parse(str(ROOT / "Templates/common/dictionary.xml"))
LONG = set(DICTIONARY.xpath("//*[@type='multiline' or @of='multiline']/@label"))
# What an accident asks most of.
LONGEST = {"状況", "原因", "再発防止策"}

EMPTY_CELLS = """() => [...document.querySelectorAll('.form td')]
  .filter(cell => !cell.textContent.trim() && !cell.closest('.office') && cell.checkVisibility())
  .map(cell => ({
    label: cell.closest('tr').cells[0] === cell ? '' : (cell.closest('.grid') ? '' : cell.closest('tr').cells[0].textContent.trim()),
    isLong: [...cell.classList].some(name => name.startsWith('lines-')),
    height: cell.getBoundingClientRect().height * 25.4 / 96,
  }))"""

# Dates and numbers, part by part: a time may stand below its day.
FIND_TORN = """selector => {
  const range = document.createRange()
  const torn = unit => {
    const texts = document.createTreeWalker(unit, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      for (const part of text.data.matchAll(unit.querySelector('.spaced') ? /.+/g : /[^\\s\\u3000]+/g)) {
        range.setStart(text, part.index)
        range.setEnd(text, part.index + part[0].length)
        const tops = [...range.getClientRects()].filter(r => r.width > 0).map(r => Math.round(r.top))
        if (new Set(tops).size > 1) return true
      }
    return unit.matches('.blank') && unit.getClientRects().length > 1
  }
  return [...document.querySelectorAll(`${selector} .unit, ${selector} .blank`)].filter(torn)
    .map(unit => `${unit.textContent} in ${(unit.closest('td, p, dd') ?? unit).textContent.trim().slice(0, 40)}`)
}"""


def torn_problems(page, file):
    """Each form at the width of its sheet."""
    across = re.findall(r"@page ([\w-]+)\{size:A4 landscape", file.read_text())
    upright = "".join(f":not(.page-{name})" for name in across)
    problems = []
    for width, selectors in [(PORTRAIT, [f".form{upright}"]), (LANDSCAPE, [f".page-{name}" for name in across])]:
        page.at(width, media="print")
        problems += [f"torn: {one}" for selector in selectors for one in page.page.evaluate(FIND_TORN, selector)]
    return problems


def forms(packet):
    """The split files that are forms."""
    return [file for file in packet.html if file.name != "packet.html" and "-annex" not in file.name]


def width_of(file):
    return LANDSCAPE if "size:A4 landscape" in file.read_text() else PORTRAIT


def test_blank_cells_have_room_for_a_pen(browser, packets, note):
    problems, heights = [], []
    for file in forms(packets.packet("contract-blank")):
        with browser.open(file) as page:
            problems += [f"{file.name}: {one}" for one in torn_problems(page, file)]
            page.at(width_of(file), media="print")
            cells = page.page.evaluate(EMPTY_CELLS)
        for cell in cells:
            height = cell["height"]
            least = 35 if cell["label"] in LONGEST else 18 if cell["isLong"] or cell["label"] in LONG else 7.9
            if height < least:
                problems.append(f"{file.name}: {cell['label'] or 'a cell'} has {height:.1f} mm, not {least}")
            if cell["label"] in LONGEST:
                heights.append(height)
    assert len(heights) >= len(LONGEST), "the accident's longest answers are nowhere asked for"
    note(f"blank cells of free text have at least 18 mm, the accident's {min(heights):.0f} mm")
    assert not problems, "\n".join(problems)


def sheets_of(page, file):
    """The printed pages as words and as pictures, without what stands in their margins."""
    page.without_margin_boxes()
    return page.print(file), pictures(file)


def test_blank_forms_fill_their_sheets(browser, packets, tmp_path, note):
    problems, emptiest = [], 0
    for file in forms(packets.packet("contract-blank")):
        with browser.open(file) as page:
            _, sheets = sheets_of(page, tmp_path / "blank.pdf")
        for number, sheet in enumerate(sheets[:-1], 1):
            height = sheet.height * 25.4 / 100
            # The margin at the foot is that at the head, to a few millimetres.
            foot = sheet.last_ink - min(sheet.first_ink, 15)
            empty = foot / (height - 30)
            emptiest = max(emptiest, empty)
            if empty > 0.25:
                problems.append(f"{file.name}: {empty:.0%} of sheet {number} of {len(sheets)} is empty")
    note(f"the emptiest sheet of a blank form, the last one apart, has {emptiest:.0%} of it left")
    assert not problems, "\n".join(problems)


# Whatever the names are

SYLLABLES = ["見本", "例示", "架空", "情報", "処理", "データ", "サービス", "ソリューションズ", "東日本", "川崎", "第二事業所", "ＡＢＣ", "Data 9 Labs"]
NAMED = {"name", "address", "title", "rep_name", "rep_title", "branch", "dept", "org_name", "member", "place", "carrier"}


def long_words(chance):
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.choice([1, 2, 3, 5, 8, 12])))


def with_random_names(data, chance):
    """The record with names of any length, and its lists longer or shorter."""
    data = copy.deepcopy(data)
    for mapping in walk(data):
        for key, value in mapping.items():
            if key in NAMED and isinstance(value, str) and chance.random() < 0.5:
                mapping[key] = long_words(chance)
            if key in {"items", "assets", "subcontractors", "safety_measures", "timeline"} and isinstance(value, list) and value:
                mapping[key] = [copy.deepcopy(chance.choice(value)) for _ in range(chance.choice([1, 1, 2, 3, 6]))]
    return data


def sheet_problems(words, pictures):
    problems = []
    for number, (page, picture) in enumerate(zip(words, pictures), 1):
        if re.match(r"(（担当）.*)?(収受印|発注者記入欄)", page.text):
            problems.append(f"the office's box is alone on sheet {number}")
        if loose := picture.loose_ends():
            problems.append(f"sheet {number}: a table lacks a rule at {loose[0]}")
        if double := picture.double_rules():
            problems.append(f"sheet {number}: two rules between tables at {double[0]}")
    return problems


SEEDS = range(500 if THOROUGH else 24)
FORMS = "subcontract-application,pledge,incident-report,handover-slip"


def read_yaml(file):
    return json.loads(json.dumps(yaml.safe_load(file.read_text()), default=str))


def test_long_names_leave_papers_whole(browser, tmp_path, note):
    samples = [json.loads((SAMPLES / "contract.json").read_text())]
    samples += [read_yaml(SAMPLES / f"contract-{kind}.yaml") for kind in ("agent", "consortium", "individual")]
    problems, sheets = [], 0
    for seed in SEEDS:
        chance = random.Random(seed)
        mode = ["prefilled", "prefilled", "final", "blank"][seed // len(samples) % 4]
        data = tmp_path / f"{seed}.json"
        data.write_text(json.dumps(with_random_names(samples[seed % len(samples)], chance), ensure_ascii=False))
        folder = make_packet(data, tmp_path / str(seed), "--mode", mode, "--documents", FORMS, "--no-split", "--format", "html")
        with browser.open(folder / "packet.html") as page:
            found = torn_problems(page, folder / "packet.html")
            words, printed = sheets_of(page, tmp_path / "packet.pdf")
            found += sheet_problems(words, printed)
        sheets += len(printed)
        problems += [f"seed {seed}, {mode}: {one}" for one in found]
    note(f"{sheets} sheets of {len(SEEDS)} records with names of any length: no box alone, no blank torn, no rule missing or doubled")
    assert not problems, "\n".join(problems[:40])
