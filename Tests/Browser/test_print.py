"""Printing from the page prints the packet's file, and nothing of what only the screen shows."""

import re
import subprocess

import pytest
from clerk import APPLICATION
from packets import make_packet
from playwright.sync_api import expect
from rings import daily
from text import squeeze

MODES = {"未記入様式": "blank", "一部印字様式": "prefilled", "提出用": "final"}
ON_SCREEN_ONLY = ["data-field", "data-blank", "data-hand", "data-requires", "未記入あり", "is-current", "is-changed", "tokki-"]
ANNEX = "個人情報の取扱いに関する情報セキュリティ特記事項"
WHOLE = "全部を印刷（書類一式）"


@pytest.fixture
def packets(tmp_path):
    """The packet of a preview's data, as the command writes it."""
    return lambda clerk, mode: make_packet(clerk.preview.data, tmp_path / mode, "--mode", mode, "--edition", clerk.preview.edition)


def pdf_text(page, file):
    page.pdf(path=str(file), prefer_css_page_size=True, print_background=True)
    said = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, timeout=60, check=True)
    return said.stdout.decode()


def from_menu(clerk, name):
    clerk.page.get_by_role("button", name="印刷", exact=True).click()
    clerk.page.get_by_role("button", name=name).last.click()


CASES = [
    ("提出用", APPLICATION, 1, "*-subcontract-application.html"),
    ("一部印字様式", APPLICATION, 1, "*-subcontract-application.html"),
    ("未記入様式", "事故報告書", 1, "*-incident-report.html"),
    ("提出用", "情報資産受渡票", 2, "*-handover-slip-2.html"),
    ("提出用", "秘密保持等に関する誓約書", 3, "*-pledge-3.html"),
    ("提出用", "書類確認表", 1, "*-review-sheet.html"),
    ("提出用", WHOLE, 1, "packet.html"),
]


@pytest.mark.parametrize("mode, title, instance, name", daily(CASES, CASES[0], CASES[-1]), ids=[f"{one[0]}-{one[1]}" for one in CASES])
def test_what_is_printed_is_the_packets_file(open_page, packets, tmp_path, mode, title, instance, name):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name=mode).check()
    if title == WHOLE:
        response = clerk.printed(lambda: from_menu(clerk, WHOLE))
    else:
        clerk.choose(title)
        if instance > 1:
            clerk.documents.get_by_role("list", name=f"{title}の各票").get_by_role("button", name=re.compile(f"^{instance}")).click()
        clerk.settled()
        response = clerk.printed(clerk.page.get_by_role("button", name="この書類だけ印刷").first.click)
    [file] = packets(clerk, MODES[mode]).glob(name)
    assert response.body() == file.read_bytes()
    source = response.text()
    assert [mark for mark in ON_SCREEN_ONLY if mark in source] == []

    # The paper's own policy lets its style through, and nothing else.
    policy = response.headers["content-security-policy"]
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/=]+'", policy) and "default-src 'none'" in policy
    assert "unsafe" not in policy and "script-src" not in policy
    pages = []
    for address in [response.url, file.as_uri()]:
        page = clerk.context.new_page()
        if address == response.url:
            clerk.listen(page)
        page.goto(address)
        pages.append(pdf_text(page, tmp_path / f"{len(pages)}.pdf"))
        page.close()
    assert pages[0] == pages[1]
    words = "".join(title.split()) if title != WHOLE else "再委託承諾申請書"
    assert words in squeeze(pages[0]) and pages[0].count("\f") >= 1
    # On the sheet that it prints on, not as an unstyled page.
    assert re.search(r"照合番号", pages[0])


def test_the_frame_on_screen_prints_no_more_than_the_file(open_page):
    """Whoever prints the frame by the browser's own menu gets no watermark and no marks either."""
    clerk = open_page("")
    clerk.choose(APPLICATION)
    clerk.input("件名").fill("台帳入力業務委託")
    clerk.input("契約番号").focus()
    clerk.settled()
    water = clerk.paper.get_by_text("未記入あり").first
    expect(water).to_be_visible()
    clerk.page.emulate_media(media="print")
    expect(water).to_be_hidden()
    for mark in [".is-current", ".is-changed", "[data-blank]"]:
        for one in clerk.paper.locator(f"main {mark}").all()[:5]:
            assert one.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)", mark
            assert one.evaluate("one => getComputedStyle(one).outlineStyle") == "none", mark


def test_the_browsers_own_key_for_printing_prints_the_paper(open_page):
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    for focus in [clerk.input("件名"), clerk.paper.locator("a").first]:
        focus.focus()
        response = clerk.printed(lambda: clerk.press("Control+p"))
        assert "再委託承諾申請書" in response.text()


@pytest.mark.parametrize("mode, field, value, why", [
    ("提出用", "件名", "", "件名：未記入"),
    ("一部印字様式", "契約締結日", "30", "「契約締結日」は暦にない日付です"),
])  # fmt: skip
def test_nothing_is_printed_that_a_packet_is_refused_for(open_page, mode, field, value, why):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name=mode).check()
    clerk.choose(APPLICATION)
    if field == "件名":
        clerk.input(field).fill(value)
    else:
        date = clerk.form.locator("[data-path='contract.date']")
        date.get_by_label("月", exact=True).fill("2")
        date.get_by_label("日", exact=True).fill(value)
    asked = []
    clerk.page.on("request", lambda request: asked.append(request.url) if "/print" in request.url else None)
    dialog = clerk.page.get_by_role("dialog")
    for act, title in [
        (lambda: clerk.page.get_by_role("button", name="この書類だけ印刷").first.click(), "この書類を印刷できません"),
        (lambda: clerk.press("Control+p"), "この書類を印刷できません"),
        (lambda: from_menu(clerk, WHOLE), "書類一式を印刷できません"),
    ]:
        act()
        expect(dialog.get_by_role("heading", name=title)).to_be_visible()
        expect(dialog).to_contain_text(why)
        dialog.get_by_role("button", name="閉じる").click()
    assert asked == []
    # A paper that has nothing to do with it is printed all the same.
    clerk.choose(ANNEX)
    clerk.settled()
    assert "特記事項" in clerk.printed(clerk.page.get_by_role("button", name="この書類だけ印刷").first.click).text()
