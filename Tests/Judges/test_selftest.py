"""Each judge can fail: broken papers and false tools, and what the judge must say to them."""

from pathlib import Path

import hostile
import pytest
import test_browser
import test_determinism
import test_docbook
import test_fuzz500
import test_hostile
import test_html
import test_verify
from browser import PrintedPage, Word, chromium
from text import annex_of_docbook, annex_of_html, difference, lost, lost_in_order, official


# The judges change seldom, and what they say of broken papers with them.
pytestmark = pytest.mark.long


def stub(folder, script):
    """A false tokki."""
    file = Path(folder) / "tokki-stub"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


# DocBook

BOOK = """<?xml version="1.0" encoding="UTF-8"?>
<book xmlns="http://docbook.org/ns/docbook" version="5.0" xml:lang="ja"><info><title>書類一式</title></info>
<chapter xml:id="annex"><title>特記事項</title><section><title>（趣旨）</title>
<para>本文<link linkend="annex">前項</link></para></section></chapter></book>
"""


def book(folder, change=lambda text: text):
    file = folder / "packet.xml"
    file.write_text(change(BOOK))
    return file


def test_docbook_good(tmp_path):
    assert not test_docbook.schema_problems([book(tmp_path)])
    assert not test_docbook.conversion_problems(book(tmp_path), tmp_path)


def test_docbook_schemas(tmp_path):
    broken = {
        "dangling-link": ('linkend="annex"', 'linkend="nowhere"', ["jing"]),
        "doubled-id": ("<section>", '<section xml:id="annex">', ["jing"]),
        "unknown-element": ("<para>", "<paragraph/><para>", ["xmllint", "jing"]),
        "no-version": (' version="5.0"', "", ["Schematron"]),
    }
    for name, (old, new, judges) in broken.items():
        file = book(tmp_path, lambda text: text.replace(old, new, 1))
        for judge in judges:
            schemas = {judge: test_docbook.SCHEMAS[judge]}
            problems = test_docbook.schema_problems([file], schemas)
            assert [p.split(",")[0] for p in problems] == [judge], (name, problems)
    # Of several files the one at fault is named.
    (tmp_path / "other").mkdir()
    other = book(tmp_path / "other")
    problems = test_docbook.schema_problems([other, file], {"jing": test_docbook.SCHEMAS["Schematron"]})
    assert len(problems) == 1 and str(file) in problems[0] and str(other) not in problems[0]


def test_docbook_conversion_loses_text(tmp_path):
    # pandoc takes the inner title for the book's.
    def inner_info(text):
        return text.replace("<title>特記事項</title>", "<info><title>特記事項</title></info>")

    problems = test_docbook.conversion_problems(book(tmp_path, inner_info), tmp_path)
    assert any(p.startswith("docx: lost") for p in problems), problems


def test_text_comparison():
    assert lost_in_order("前項ただし書", "１前項（ただし書）") is None
    assert "前項⟦ただし書⟧" in lost_in_order("前項ただし書", "前ただし書項")
    assert lost("ああ", "あ") and not lost("あい", "いあ")


# Fidelity


def test_fidelity():
    assert official("題名 \n\n（趣旨）\n第１条  この\n\n別記\n特記") == "別記題名（趣旨）第１条この特記"
    page = '<!doctype html><section id="annex"><p>別記</p><style>x</style><p>第１条　こ\nの</section>'
    assert annex_of_html(page) == "別記第１条この"
    assert annex_of_html("<!doctype html><p>別記") is None
    marked = BOOK.replace("<section>", '<para role="annex-mark">別記</para><section>')
    assert annex_of_docbook(marked.encode()) == "別記特記事項（趣旨）本文前項"
    assert difference("別記第１条", "別記第１条") is None
    assert "character 3" in difference("別記第１条", "別記第2条")
    assert difference("別記第１条", "別記第１") and difference("別記", None)


# HTML

PAGE = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>申請書</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
@page { size: A4; margin: 25mm 20mm 20mm 25mm; @bottom-center { content: counter(page) " / " counter(pages) } }
body { font-family: serif } table { border-collapse: collapse } td { border: 1px solid; overflow-wrap: anywhere }
</style></head>
<body><main><h1>申請書</h1><p id="one">髙﨑　𠮷野</p></main></body></html>
"""


def page_with(extra, head=""):
    return PAGE.replace("</p></main>", f"</p>{extra}</main>").replace("</head>", f"{head}</head>")


def test_nu_checker(tmp_path):
    pages = {
        "good": PAGE,
        "doubled-id": page_with('<p id="one">二</p>'),
        "no-language": PAGE.replace(' lang="ja"', ""),  # a warning
        "misnested": page_with("<p><div>x</div></p>"),
        "ragged": page_with('<table><tr><td colspan="2">x</td></tr><tr><td>x</td></tr></table>'),
    }
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_text(page)
    problems = test_html.nu_messages(sorted(tmp_path.glob("*.html")))
    assert {p.split(".html")[0] for p in problems} == set(pages) - {"good"}, problems


# Browser


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


def browser_problems(browser, folder, source):
    file = folder / "page.html"
    file.write_text(source)
    with browser.open(file) as page:
        problems = test_browser.screen_problems(page)
        printed, _, _ = test_browser.print_problems(page, folder)
        return problems + printed + page.noise


ROWS = "".join(f"<tr><td>項目{n}</td></tr>" for n in range(120))
HEADER = '<table><thead><tr><th scope="col">名称</th></tr></thead><tbody>' + ROWS + "</tbody></table>"


def test_good_page(browser, tmp_path):
    assert browser_problems(browser, tmp_path, PAGE) == []
    assert browser_problems(browser, tmp_path, page_with(HEADER)) == []


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("console log", page_with("<script>console.log('x')</script>")),
        ("script error", page_with("<script>nothing.at.all</script>")),
        ("request: file:", page_with('<img src="other.png" alt="図">')),
        ("request: http", page_with('<img src="http://127.0.0.1:9/x.png" alt="図">')),
        ("320 px: the page is", page_with('<p style="width: 600px">二</p>')),
        ("1280 px: the page is", page_with('<p style="width: 1600px">二</p>')),
        ("320 px: the page is", page_with(f"<p>{'x' * 200}</p>")),
        ("1280 px: axe image-alt", page_with('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')),
        ("print: axe color-contrast", page_with("<p>淡い</p>", "<style>@media print { p { color: #ccc } }</style>")),
        ("px of content in a height of 20", page_with(f'<p style="height: 20px; overflow: hidden">{"長い文。" * 200}</p>')),
        ("text leaves the cell", page_with(
            '<table><tr><td><div style="width: 40px; white-space: nowrap">とても長い値が切れる</div></td>'
            "<td>二</td></tr></table>",
            "<style>table { table-layout: fixed; width: 80px }</style>")),
        ("does not repeat: 名称", page_with(HEADER, "<style>thead { display: table-row-group }</style>")),
        ("lies on", page_with('<p>本文の一行目です</p><p style="margin-top: -40px">重なる行</p>')),
        ("not printed", page_with('<p style="margin-left: -24mm">端の文字</p>')),
        ("its margin says", page_with(HEADER).replace(' " / " counter(pages)', "")),
        ("not printed", page_with('<p style="transform: translateX(-3000px)">消える</p>')),
    ],
)  # fmt: skip
def test_broken_page(browser, tmp_path, said, broken):
    problems = browser_problems(browser, tmp_path, broken)
    assert any(said in problem for problem in problems), problems


def test_printed_text():
    table = {"header": "名称", "start": 4, "end": 8}
    drawn = {"text": "題名名称ああいい終", "tables": [dict(table, start=4, end=8)]}
    assert test_browser.text_problems(drawn, ["題名名称ああ", "名称いい終"]) == []
    assert "does not repeat" in test_browser.text_problems(drawn, ["題名名称ああ", "いい終"])[0]
    assert "printed as" in test_browser.text_problems(drawn, ["題名名称ああ", "名称いう終"])[0]
    assert "not printed" in test_browser.text_problems(drawn, ["題名名称ああ"])[0]
    # A row of two long cells over two pages
    drawn = {"text": "名左一左二右一右二", "tables": [{"header": "名", "start": 1, "end": 9}]}
    assert test_browser.text_problems(drawn, ["名左一右一", "名左二右二"]) == []
    assert "printed as" in test_browser.text_problems(drawn, ["名左一右一", "名左二右"])[0]
    assert "printed as" in test_browser.text_problems(drawn, ["名左一右一", "名左二右二二"])[0]


def test_page_counts(browser, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    with browser.open(tmp_path / "page.html") as page:
        pages = page.print(tmp_path / "page.pdf")
    assert test_browser.count_problems("annex", pages, {}) == ["1 pages, not 4"]
    assert test_browser.count_problems("handover-slip", pages, {}) == ["page 1 lies upright"]
    assert test_browser.count_problems("subcontract-application", pages * 2, {}) == ["2 pages, not 1"]
    assert not test_browser.count_problems("subcontract-application", pages * 2, {"variant": "long"})


def test_placement():
    def problems(*words):
        page = PrintedPage(595, 842, [Word(t, x, y, x + 10 * len(t), y + 10) for t, x, y in words])
        return test_browser.placement_problems(1, page)

    assert problems(("一行目", 70, 70), ("二行目", 70, 82), ("右", 110, 70)) == []
    for edge in [("左", 5, 70), ("右", 580, 70), ("上", 70, -2), ("下", 70, 830)]:
        assert "at the edge" in problems(edge)[0]
    assert "lies on" in problems(("一行目", 70, 70), ("右", 92, 71))[0]


def test_annex_pages():
    assert test_browser.annex_problems([], "別記") == ["no page begins with the annex"]
    official = "別記" + "一" * 20 + "二三四"
    pages = [PrintedPage(595, 842, [Word(t, 0, 0, 1, 1)]) for t in ("表", official[:22], "二", "三", "四", "次")]
    assert test_browser.annex_problems(pages, official) == []
    assert "does not fill" in test_browser.annex_problems(pages[:-2], official)[0]
    assert "does not fill" in test_browser.annex_problems(pages[:4] + pages[5:], official)[0]


# The tool's own promises


def test_determinism_sees_a_difference():
    assert test_determinism.differing([{"a": "1"}, {"a": "1"}]) == []
    assert test_determinism.differing([{"a": "1"}, {"a": "2"}]) == ["a"]
    assert test_determinism.differing([{"a": "1"}, {"a": "1", "b": "1"}]) == ["b"]


def test_verify_by_a_false_tool(tmp_path):
    packet = tmp_path / "packet"
    packet.mkdir()
    (packet / "manifest.json").write_text('{"files": []}')
    (packet / "packet.html").write_text(PAGE)
    missed, tried = test_verify.undetected(packet, tmp_path, stub(tmp_path, "exit 0"))
    assert len(missed) == tried > 250
    missed, _ = test_verify.undetected(packet, tmp_path, stub(tmp_path, "kill -SEGV $$"))
    assert len(missed) == tried
    assert not test_verify.undetected(packet, tmp_path, stub(tmp_path, "exit 65"))[0]


ANNEX = """<?xml version="1.0" encoding="UTF-8"?>
<annex xmlns="urn:tokki:template:1" id="annex" mark="別記"><title>題名</title></annex>
"""
REFUSES = """echo '{"diagnostics": [{"code": "x", "severity": "error", "file": "annex.xml"}]}'; exit 65"""


@pytest.fixture
def ground(tmp_path):
    edition = tmp_path / "edition"
    edition.mkdir()
    (edition / "annex.xml").write_text(ANNEX)
    return test_hostile.Ground(tmp_path, edition)


def test_hostile_documents_differ(ground):
    changes = hostile.documents(ground.secret)
    spoiled = {name: change(ANNEX.encode()) for name, change in changes.items()}
    assert len(set(spoiled.values())) > len(spoiled) - 8
    assert ANNEX.encode() not in spoiled.values()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 0", "exit 0"),
        ("exit 70", "exit 70"),
        ("kill -SEGV $$", "exit -11"),
        ("echo '{\"diagnostics\": []}'; exit 65", "no error"),
        ("exit 65", "no error"),
        ("echo refused; exit 65", "no JSON"),
        (REFUSES.replace("annex.xml", "other.xml"), "names the file"),
        ("echo canary >&2; " + REFUSES, "on stderr"),
        (REFUSES.replace('"x"', "\"'$(cat $2/../../secret.txt)'\""), "in another file"),
        ("i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; " + REFUSES, "ms more"),
    ],
)
def test_hostile_by_a_false_tool(ground, tmp_path, script, said, monkeypatch):
    few = dict(list(hostile.documents(ground.secret).items())[:4])
    monkeypatch.setattr(hostile, "documents", lambda secret: few)
    problems, tried, _ = test_hostile.refusals(ground, 0.02, "annex.xml", stub(tmp_path, script))
    assert len(problems) == tried == 4 and all(said in p for p in problems), problems


def test_hostile_by_a_tool_that_refuses(ground, tmp_path):
    problems, tried, _ = test_hostile.refusals(ground, 0.02, "annex.xml", stub(tmp_path, REFUSES))
    assert tried >= 200 and not problems


def test_hostile_text_by_a_false_tool(ground, tmp_path):
    def said(script):
        verdict = test_hostile.check(ground.edition, binary=stub(tmp_path, script))
        return test_hostile.text_problem(verdict, ground.secret_text)

    assert said("echo 'annex.xml:1:1: refused' >&2; exit 65") is None
    assert said("exit 65") == "says nothing"
    assert "libxml2" in said("echo 'Entity: line 1: parser error : Start tag expected'; exit 65")
    assert "another file" in said(f"cat {ground.secret}; exit 65")


def test_traces_see_a_file_that_is_opened(ground, tmp_path):
    reads = stub(tmp_path, f'grep -q SYSTEM "$2/annex.xml" && : < {ground.secret}; {REFUSES}')
    found = test_hostile.traced(ground, tmp_path, "annex.xml", ["xxe-file-secret"], reads)
    assert any(str(ground.secret) in one for one in found), found
    quiet = stub(tmp_path, REFUSES)
    assert not test_hostile.traced(ground, tmp_path, "annex.xml", ["xxe-file-secret"], quiet)


def test_fuzz_by_a_false_tool(tmp_path):
    assert len(test_fuzz500.missed(tmp_path, 5, stub(tmp_path, "exit 0"))) == 5
    unnamed = test_fuzz500.missed(tmp_path, 5, stub(tmp_path, "echo 第99条; exit 65"))
    assert len(unnamed) == 5


def test_fuzz_places():
    annex = "<annex><title>題</title><!-- 註 --><article id='a'>\n <caption>趣</caption>{x.y}は&amp;</article></annex>"
    found = [(annex[at], article) for at, article in test_fuzz500.places(annex)]
    assert found == [("題", None), ("趣", 1), ("は", 1)]
    assert [test_fuzz500.article_name(n) for n in (6, 10)] == ["第６条", "第10条"]
