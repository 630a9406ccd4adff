"""A city's edition from its official text to a packet, as a keeper makes it: with the commands of the manual and an editor."""

import re
import shutil

import pytest
from editions import OTHERS, ROOT
from packets import run

COMMON = ROOT / "Templates/common"


def said(result):
    return (result.stdout + result.stderr).decode()


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def templates(tmp_path):
    """The common edition in a folder of its own, as it is handed out."""
    shutil.copytree(COMMON, tmp_path / "common")
    shutil.copytree(ROOT / "Templates/schema", tmp_path / "schema")
    return tmp_path


def new(templates, text, *options):
    city = templates / "shiken"
    return city, run("edition", "new", city, "--annex", text, "--base", templates / "common", "--lang", "ja", *options)


@pytest.mark.parametrize("source", OTHERS, ids=lambda source: source.name)
def test_a_keeper_comes_to_a_packet(templates, source):
    before = files(templates / "common")
    city, made = new(templates, source / "original.txt", "--name", "試験市")
    assert made.returncode == 0, said(made)
    # What is left to be filled in is named, one by one, and nothing is printed before.
    left = re.findall(r"\[missing-slot\].*「([a-z_.]+)」", said(made))
    assert set(left) <= {"party.orderer", "party.contractor", "annex.short_name"}
    if left:
        assert run("packet", city / "samples/contract.yaml", "--out", templates / "out").returncode == 65
    edition = city / "edition.xml"
    text = edition.read_text(encoding="utf-8")
    # Editors find the grammar.
    for file in [edition, city / "annex.xml"]:
        assert '\n<?xml-model href="../schema/template.rng"' in file.read_text(encoding="utf-8")
    for slot in left:
        text = text.replace(f'<slot name="{slot}"></slot>', f'<slot name="{slot}">例</slot>')
    # What the annex does not provide for, the keeper says.
    absent = re.search(r"    <!--\n(?:(?!-->).)*?条文に見つからなかった.*?-->\n", text, re.DOTALL)
    assert absent
    edition.write_text(text.replace(absent[0], "".join(f"    {omit}\n" for omit in re.findall(r'<omit [a-z]+="[^"]*"/>', absent[0]))), encoding="utf-8")
    checked = run("check", city, "--against", city / "original.txt", "--lang", "ja")
    assert checked.returncode == 0 and "違う文字数：0\n" in said(checked), said(checked)
    assert "[absent-provision]" not in said(checked)
    # A form is changed in a copy of the city's own.
    (city / "forms").mkdir()
    form = (COMMON / "forms/incident-report.xml").read_text(encoding="utf-8")
    (city / "forms/incident-report.xml").write_text(form.replace("<title>事故報告書", "<title>事故等報告書"), encoding="utf-8")
    printed = run("packet", city / "samples/contract.yaml", "--mode", "final", "--out", templates / "out")
    assert printed.returncode == 0, said(printed)
    html = next((templates / "out").rglob("packet.html")).read_text(encoding="utf-8")
    assert "事故等報告書" in html and "試験市長" in html
    assert files(templates / "common") == before


def test_the_words_of_the_common_edition_are_listed(templates):
    city, made = new(templates, OTHERS[0] / "original.txt", "--name", "試験市")
    assert made.returncode == 0
    listed = said(run("check", city, "--inherited", "--lang", "ja"))
    assert "../common/forms/pledge.xml:" in listed and "秘密保持等に関する誓約書" in listed
    assert "試験市" not in listed.split("エラー")[0]


def test_what_is_there_is_never_changed(templates):
    city = templates / "shiken"
    city.mkdir()
    (city / "annex.xml").write_text("mine")
    _, made = new(templates, OTHERS[0] / "original.txt")
    assert made.returncode == 73 and "既にあります" in said(made)
    assert files(city) == {city / "annex.xml": b"mine"}


def test_a_text_with_duties_of_the_contractor_alone_names_the_orderer(templates):
    (templates / "text.txt").write_text("個人情報の取扱いに関する特約\n（秘密の保持）\n第１条　乙は、甲の承諾なく、個人情報を漏らしてはならない。\n")
    city, made = new(templates, templates / "text.txt", "--name", "試験市")
    assert made.returncode == 0 and "[missing-slot]" not in said(made)
    slots = re.findall(r'<slot name="(?:party|annex)[a-z._]*">(.*)</slot>', (city / "edition.xml").read_text(encoding="utf-8"))
    assert slots == ["甲", "乙", "特約"]


def test_a_text_without_provisions_makes_nothing(templates):
    (templates / "text.txt").write_text("ただの文です。\n")
    city, made = new(templates, templates / "text.txt")
    assert made.returncode == 65 and "[no-provisions]" in said(made)
    assert not city.exists()
