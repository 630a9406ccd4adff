"""`tokki print`: the joined page prints as its packets do, each document on a fresh sheet."""

import json
import re
import time
from collections import Counter

import pytest
from batches import batch, row, write_common, write_list
from browser import chromium
from lxml import html
from packets import run as tokki
from runs import Run, make_run

ORDERS = ["vendor", "document"]
NUMBER = r"照合番号[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return make_run(tmp_path_factory.mktemp("run"))


def join(run, order, *options):
    result = tokki("print", run.out, "--by", order, *options, "--lang", "en")
    assert result.returncode == 0, result.stderr.decode()
    return run.out / f"print-{order}.html"


def printed(browser, file, pdf):
    """(text, is landscape) of each page; without the total of pages, which only a packet alone can know."""
    with browser.open(file) as page:
        pages = page.print(pdf)
        assert page.noise == []
    return [(re.sub(rf"^({NUMBER}\d+)/\d+", r"\1", p.text), p.landscape) for p in pages]


def titles(file):
    return html.parse(str(file)).xpath("//header//a/text()")


@pytest.mark.parametrize("order", ORDERS)
def test_it_prints_what_the_packets_print(browser, run, tmp_path, order):
    expected = []
    for packet in run.packets:
        file = run.out / packet["path"] / "packet.html"
        names = [re.sub(r"\s", "", title) for title in titles(file)]
        for page in printed(browser, file, tmp_path / "packet.pdf"):
            kind = next(n for n, name in enumerate(names) if re.match(rf"({NUMBER})?\d+{name}", page[0]))
            expected.append((kind if order == "document" else 0, page))
    expected = [page for _, page in sorted(expected, key=lambda one: one[0])]
    pages = printed(browser, join(run, order), tmp_path / "joined.pdf")
    assert len({landscape for _, landscape in pages}) == 2
    assert len(pages) == len(expected)
    for number, (page, one) in enumerate(zip(pages, expected), 1):
        assert page == one, f"sheet {number}"


def test_the_contracts_of_one_vendor_stand_together(tmp_path):
    rows = [row(vendor, contract=f"000000{number}") for number, vendor in enumerate([1, 0, 1, 0], 1)]
    roster = write_list(tmp_path / "list.csv", rows)
    assert batch(write_common(tmp_path), roster, tmp_path / "out").returncode == 0
    packets = Run(tmp_path / "out").packets
    by_vendor = sorted((one["path"] for one in packets), key=lambda path: path.split("/")[::-1])
    assert by_vendor != [one["path"] for one in packets]
    for order, paths in [("vendor", by_vendor), ("document", [one["path"] for one in packets])]:
        page = html.parse(str(join(Run(tmp_path / "out"), order)))
        assert page.xpath("//nav//a/text()") == paths


@pytest.mark.parametrize("order", ["vendor", pytest.param("document", marks=pytest.mark.long)])
def test_ids_and_links_stay_with_their_packet(browser, run, order):
    file = join(run, order)
    page = html.parse(str(file))
    ids = page.xpath("//@id")
    assert max(Counter(ids).values()) == 1
    targets = {reference[1:] for reference in page.xpath("//main//@href")}
    assert targets and targets <= set(ids)
    for article in page.xpath("//article"):
        prefix = article.get("id").split("-")[0] + "-"
        for attribute in ("id", "aria-labelledby", "href"):
            for value in article.xpath(f".//@{attribute}"):
                assert value.removeprefix("#").startswith(prefix), value
    assert "review-sheet" not in file.read_text()
    with browser.open(file) as opened:
        for width in (1280, 320):
            opened.at(width)
            assert opened.overflow() + opened.accessibility() == []


def test_links_to_what_is_left_out_are_none(run):
    file = join(run, "document", "--documents", "submission-list,pledge")
    page = html.parse(str(file))
    assert {re.sub(r"^p\d+-|-\d+$", "", i) for i in page.xpath("//article/@id")} == {"submission-list", "pledge"}
    assert {reference[1:] for reference in page.xpath("//@href")} <= set(page.xpath("//@id"))
    result = tokki("print", run.out, "--by", "document", "--documents", "pledges", "--json")
    assert result.returncode == 65
    assert [d["code"] for d in json.loads(result.stdout)["diagnostics"]] == ["unknown-document"]


@pytest.mark.parametrize("order", ORDERS)
def test_the_same_run_gives_the_same_bytes(run, tmp_path, order):
    file = join(run, order)
    tokki("print", run.out, "--by", order, "--out", tmp_path / "other.html")
    assert (tmp_path / "other.html").read_bytes() == file.read_bytes()
    # Known to the run, and no part of it.
    assert tokki("verify", run.out).returncode == 0


def test_a_packet_that_is_not_as_it_was_made_is_not_printed(tmp_path):
    run = make_run(tmp_path)
    for packet in run.packets[1:]:
        with (run.out / packet["path"] / "packet.xml").open("a") as file:
            file.write("\n")
    result = tokki("print", run.out, "--by", "vendor", "--json")
    assert result.returncode == 65
    found = [(d["code"], d["file"]) for d in json.loads(result.stdout)["diagnostics"]]
    assert found == [("file-changed", f"{run.out}/{p['path']}/packet.xml") for p in run.packets[1:]]
    assert not (run.out / "print-vendor.html").exists()
