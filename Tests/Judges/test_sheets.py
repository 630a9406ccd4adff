"""Papers as they leave the printer: the annex in its official measure, blank forms fit for a pen, boxes and rules where they belong."""

import pytest
from browser import chromium
from packets import ORIGINAL
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
