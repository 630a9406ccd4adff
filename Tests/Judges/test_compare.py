"""新旧対照表 passes the Nu checker and DocBook's schemas, of two editions as of two texts, and is written over nothing of others."""

import json
import shutil
import xml.etree.ElementTree as ET

import pytest
from packets import EDITION, ROOT, run
from test_docbook import schema_problems
from test_html import nu_messages

CASES = ROOT / "Tests/Cases/comparison"


@pytest.fixture
def amended(tmp_path):
    """The edition with an article more, another number for those behind it, and two words changed."""
    shutil.copytree(ROOT / "Templates/common", tmp_path / "common")
    folder = shutil.copytree(EDITION, tmp_path / "amended")
    annex = folder / "annex.xml"
    text = annex.read_text(encoding="utf-8")
    place = '  <article id="copying">'
    assert text.count(place) == 1 and text.count("必要な措置") > 0
    added = '  <article id="added"><caption>試験</caption><paragraph id="added-duty">受注者は、試験を行う。</paragraph></article>\n'
    annex.write_text(text.replace(place, added + place).replace("必要な措置", "適切な措置", 1), encoding="utf-8")
    return folder


def test_editions(amended, tmp_path):
    made = [tmp_path / name for name in ("table.html", "table.xml")]
    for file in made:
        assert run("compare", EDITION, amended, "--out", file).returncode == 0
    assert nu_messages(made[:1]) == []
    assert schema_problems(made[1:]) == []
    assert ET.parse(made[1]).getroot().tag == "{http://docbook.org/ns/docbook}article"
    result = json.loads(run("compare", EDITION, amended, "--json").stdout)
    kinds = [change["kind"] for change in result["comparison"]["changes"]]
    assert kinds.count("added") == 1 and "renumbered" in kinds and "removed" not in kinds
    assert result["uses"], "nothing rests on the changed provisions"


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_texts(case):
    assert nu_messages([CASES / case / "expected.html"]) == []
    assert schema_problems([CASES / case / "expected.xml"]) == []


def test_nothing_of_others_is_written_over(amended, tmp_path):
    file = tmp_path / "table.html"
    file.write_text("a note of somebody", encoding="utf-8")
    assert run("compare", EDITION, amended, "--out", file).returncode == 73
    assert file.read_text(encoding="utf-8") == "a note of somebody"
    file.unlink()
    for _ in range(2):
        assert run("compare", EDITION, amended, "--out", file).returncode == 0
    assert run("compare", EDITION, EDITION).returncode == 0
    assert run("compare", EDITION, tmp_path / "none").returncode == 65
    assert run("compare", EDITION, amended, "--out", tmp_path / "table.pdf").returncode == 64


def test_lines_are_passed_over(tmp_path):
    text = (EDITION / "original.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    lines[20:20] = ["", "川崎市　第２版", ""]
    file = tmp_path / "original.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert run("check", EDITION, "--against", file).returncode == 65
    for ignored in ("川崎市　第.版", "22"):
        result = run("check", EDITION, "--against", file, "--ignore-lines", ignored, "--json")
        said = json.loads(result.stdout)
        assert result.returncode == 0 and said["differing"] == 0
        assert 22 in said["omitted_lines"]
    assert run("check", EDITION, "--ignore-lines", "(").returncode == 64
