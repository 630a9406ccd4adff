"""The annex says the official text, character for character, in both formats."""

import pytest
from text import annex_of_docbook, annex_of_html, difference


def test_whole_packet(packet, note):
    expected = packet.official
    readers = [(packet.whole, annex_of_html), (packet.docbook, annex_of_docbook)]
    if "annex" not in packet.facts.get("only", ["annex"]):
        pytest.skip("made without the annex")
    compared = 0
    for file, read in readers:
        if file is None:
            continue
        problem = difference(expected, read(file.read_bytes()))
        assert problem is None, f"{packet.name}/{file.name}: {problem}"
        compared += 1
    assert compared, "neither packet.html nor packet.xml"
    note(f"{len(expected):,} characters of the official text compared in each file, 0 differ")


def test_split_annex(packet):
    expected = packet.official
    for file in packet.html:
        if "-annex" in file.name:
            problem = difference(expected, annex_of_html(file.read_bytes()))
            assert problem is None, f"{packet.name}/{file.name}: {problem}"
