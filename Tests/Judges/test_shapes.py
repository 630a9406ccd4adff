"""Annexes of other shapes than our own edition's: chapters, 第１, 附則, 別表. What is printed of each passes the judges of both
formats, which say the same words, and is whole as a converter of others reads it."""

import json
import shutil

import pytest
from packets import ROOT, make_packet
from test_docbook import conversion_problems, schema_problems
from test_html import nu_messages
from text import annex_of_docbook, annex_of_html

CASES = ROOT / "Tests/Cases"
SHAPES = sorted(
    file.parent for file in (CASES / "language").glob("*/template.xml") if '<annex xmlns="urn:tokki:template:1" id="annex"' in file.read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def shapes(tmp_path_factory):
    """The packet of each shape, with nothing filled in."""
    folder = tmp_path_factory.mktemp("shapes")
    packets = {}
    for shape in SHAPES:
        edition = folder / shape.name / "edition"
        shutil.copytree(CASES / "_base", edition)
        shutil.copyfile(shape / "template.xml", edition / "annex.xml")
        shutil.copyfile(ROOT / "Templates/common/style.css", edition / "style.css")
        data = folder / shape.name / "data.json"
        data.write_text(json.dumps({"contract": {"number": "1"}, "vendor": {"id": "V001"}}))
        packets[shape.name] = make_packet(data, folder / shape.name / "out", "--mode", "blank", "--edition", edition)
    return packets


def test_both_formats_say_the_same(shapes, note):
    assert len(shapes) > 5
    for name, packet in shapes.items():
        html = annex_of_html((packet / "packet.html").read_bytes())
        docbook = annex_of_docbook((packet / "packet.xml").read_bytes())
        assert html, name
        assert html == docbook, name
    note(f"{len(shapes)} shapes of annexes: the same words in HTML and DocBook")


def test_html_is_valid(shapes, tmp_path):
    copies = [shutil.copyfile(packet / "packet.html", tmp_path / f"{name}.html") for name, packet in shapes.items()]
    assert nu_messages(copies) == []


def test_docbook_is_valid(shapes):
    assert schema_problems([packet / "packet.xml" for packet in shapes.values()]) == []


def test_converters_keep_the_words(shapes, tmp_path):
    for name, packet in shapes.items():
        (tmp_path / name).mkdir()
        assert conversion_problems(packet / "packet.xml", tmp_path / name) == [], name
