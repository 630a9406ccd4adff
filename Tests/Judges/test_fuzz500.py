"""One wrong character anywhere in the annex's text is found, and the article is named."""

import random
import re
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from editions import flat
from packets import BINARY, EDITION, ORIGINAL, run
from rings import THOROUGH

EDITS = 500 if THOROUGH else 100
TOKEN = re.compile(r"<!--.*?-->|<\?.*?\?>|<[^>]*>|[^<]+", re.S)
HOLE_OR_REFERENCE = re.compile(r"\{[^{}]*\}|&[^;]*;")
# Near misses first: other digits, brackets and commas, kana of another size, look-alikes.
CHARACTERS = "のをにがはへべぺー一ニ二エ工力カロ口１1，､。．（(）)「」〔〕者条項等又及若並発受甲乙x𠮷\ufe00"


def places(annex):
    """(offset, number of the article or None) of each character of text outside markup and holes."""
    found, article = [], 0
    within = None
    for token in TOKEN.finditer(annex):
        if re.match(r"<article\b", token[0]):
            article += 1
            within = article
        elif token[0].startswith("</article"):
            within = None
        elif not token[0].startswith("<"):
            taken = {
                i for hole in HOLE_OR_REFERENCE.finditer(token[0]) for i in range(*hole.span())
            }
            found += [
                (token.start() + i, within)
                for i, character in enumerate(token[0])
                if i not in taken and not character.isspace()
            ]
    return found


def edits(annex, count, seed=1985):
    """`count` different (description, article, spoiled text)."""
    chance = random.Random(seed)
    seen = set()
    spots = places(annex)
    while len(seen) < count:
        at, article = chance.choice(spots)
        kind = chance.choice(["replace", "insert", "delete"])
        new = "" if kind == "delete" else chance.choice(CHARACTERS)
        if new == annex[at] or (at, kind, new) in seen:
            continue
        seen.add((at, kind, new))
        # Inserted beside the same character it is the same text as behind it: no matter, it is longer.
        spoiled = annex[:at] + new + annex[at if kind == "insert" else at + 1 :]
        yield f"{kind} at {at} ({annex[at]} → {new})", article, spoiled


def article_name(number):
    """第６条, 第10条: the official text's digits."""
    digits = str(number)
    return f"第{chr(ord('０') + number) if number < 10 else digits}条"


def missed(scratch, count, binary=BINARY):
    annex = (EDITION / "annex.xml").read_text()
    local = threading.local()

    def attempt(edit):
        what, article, spoiled = edit
        if not hasattr(local, "edition"):
            local.edition = Path(tempfile.mkdtemp(dir=scratch)) / "edition"
            flat(local.edition)
        (local.edition / "annex.xml").write_text(spoiled)
        result = run("check", local.edition, "--against", ORIGINAL, "--lang", "ja", binary=binary)
        said = (result.stdout + result.stderr).decode(errors="replace")
        if not 0 < result.returncode < 128:
            return f"{what}: exit {result.returncode}"
        named = set(re.findall(r"第[０-９0-9]+条(?:の[０-９0-9]+)*", said))
        if article and article_name(article) not in named:
            return f"{what}: {article_name(article)} is not named, but {sorted(named)}"
        if len(named) > 3:
            return f"{what}: names {len(named)} articles"
        return None

    with ThreadPoolExecutor(2) as pool:
        return [problem for problem in pool.map(attempt, edits(annex, count)) if problem]


@pytest.fixture
def good(tmp_path):
    result = run("check", EDITION, "--against", ORIGINAL)
    assert result.returncode == 0, (result.stdout + result.stderr).decode()[:2000]


def test_every_edit_is_found(good, tmp_path, note):
    problems = missed(tmp_path, EDITS)
    note(f"{EDITS} edits of one character, {EDITS - len(problems)} found with their article named")
    assert not problems, f"{len(problems)} of {EDITS}:\n" + "\n".join(problems[:30])
