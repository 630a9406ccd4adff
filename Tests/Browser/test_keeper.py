"""The template keeper's view: what is saved on the disk is on the screen at once, good or bad."""

import re

import pytest
from batches import common_text
from clerk import APPLICATION
from list_page import ListPage, made_by_command
from packets import make_packet, run
from playwright.sync_api import expect
from rings import daily
from samples import rows, write_list

LEAD = "次のとおり業務の一部を再委託したいので"
OTHER_LEAD = "下記のとおり、業務の一部を再委託したいので"


@pytest.fixture
def clerk(open_page):
    """The application, scrolled down, on a page that would notice a reload."""
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    clerk.settled()
    clerk.page.evaluate("window.wasNeverReloaded = true")
    scroll(clerk, 222)
    yield clerk
    assert clerk.page.evaluate("window.wasNeverReloaded") is True


def scroller(clerk):
    return clerk.page.get_by_role("region", name="用紙")


def scroll(clerk, to):
    scroller(clerk).evaluate("(one, to) => one.scrollTo(0, to)", to)
    assert scroller(clerk).evaluate("one => one.scrollTop") == to


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def form_of(clerk):
    return clerk.preview.edition / "forms/subcontract-application.xml"


def panel(clerk):
    return clerk.page.get_by_role("region", name="ひな形の誤り")


def test_a_template_that_is_saved_changes_the_paper(clerk):
    main = clerk.paper.locator("main")
    expect(main).to_contain_text(LEAD)
    for old, new in [(LEAD, OTHER_LEAD), (OTHER_LEAD, LEAD)]:
        edit(form_of(clerk), old, new)
        expect(main).to_contain_text(new)
        expect(main).not_to_contain_text(old)
        clerk.settled()
        assert scroller(clerk).evaluate("one => one.scrollTop") == 222


def test_editors_that_put_a_new_file_in_place_are_seen_too(clerk):
    file = form_of(clerk)
    text = file.read_text().replace(LEAD, OTHER_LEAD)
    (file.parent / ".4913.swp").write_text("half")
    new = file.parent / "subcontract-application.xml.new"
    new.write_text(text)
    new.replace(file)
    expect(clerk.paper.locator("main")).to_contain_text(OTHER_LEAD)
    expect(panel(clerk)).to_be_hidden()


def test_a_style_sheet_that_is_saved_changes_the_paper(clerk):
    heading = clerk.paper.get_by_role("heading", name=re.compile("再.?委.?託"), level=1).or_(clerk.paper.locator("main h1, main h2")).first
    before = heading.evaluate("one => getComputedStyle(one).color")
    style = clerk.preview.edition / "style.css"
    style.write_text(style.read_text() + "\n.document :is(h1, h2) { color: rgb(1, 2, 3) }\n")
    expect(heading).to_have_css("color", "rgb(1, 2, 3)")
    clerk.settled()
    assert before != "rgb(1, 2, 3)" and scroller(clerk).evaluate("one => one.scrollTop") == 222


def test_a_label_of_the_dictionary_changes_paper_and_form_under_the_cursor(clerk):
    reason = clerk.input("再委託する理由")
    reason.focus()
    clerk.press("End")
    edit(clerk.preview.edition / "dictionary.xml", 'label="再委託予定金額"', 'label="再委託の予定額"')
    expect(clerk.paper.locator("main")).to_contain_text("再委託の予定額")
    expect(clerk.input("再委託の予定額")).to_be_visible()
    # Who was typing goes on typing.
    expect(reason).to_be_focused()
    clerk.type("なお、")
    expect(reason).to_have_value(re.compile("なお、"))


def test_a_data_file_that_is_saved_changes_form_and_paper(clerk):
    edit(clerk.preview.data, "令和４年度見本台帳データ入力業務委託", "令和４年度別件委託")
    expect(clerk.values("contract.title").first).to_have_text("令和４年度別件委託")
    expect(clerk.input("件名")).to_have_value("令和４年度別件委託")
    expect(clerk.page.get_by_role("heading", level=1)).to_have_text("令和４年度別件委託")
    clerk.settled()
    assert scroller(clerk).evaluate("one => one.scrollTop") == 222


@pytest.mark.long
def test_what_was_saved_while_nobody_listened(open_page):
    """A page whose stream of events was lost, as when the computer slept, learns all of it when the stream is there again."""
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    clerk.page.route("**/api/events", lambda route: route.abort("connectionreset"))
    clerk.page.reload()
    main = clerk.paper.locator("main")
    expect(main).to_contain_text(LEAD)
    edit(form_of(clerk), LEAD, OTHER_LEAD)
    edit(clerk.preview.data, "令和４年度見本台帳", "別の年度の見本台帳")
    clerk.page.wait_for_timeout(800)
    expect(main).to_contain_text(LEAD)
    clerk.page.unroute("**/api/events")
    expect(main).to_contain_text(OTHER_LEAD)
    expect(main).to_contain_text("別の年度の見本台帳")
    # What is edited from now on is heard of as ever.
    edit(form_of(clerk), OTHER_LEAD, LEAD)
    expect(main).to_contain_text(LEAD)
    assert clerk.noise and all("/api/events" in one or "ERR_CONNECTION_RESET" in one for one in clerk.noise), clerk.noise
    clerk.noise.clear()


@pytest.mark.parametrize("slow", daily(["events", "edition"], "edition"))
def test_what_is_saved_while_the_page_loads(open_page, slow):
    """Whichever of its answers is slow: the stream of events, or the edition as it was before."""
    clerk = open_page("contract.yaml")
    clerk.settled()

    def hold(route):
        response = route.fetch() if slow == "edition" else None
        clerk.page.wait_for_timeout(400)
        BREAKS["a field that nobody knows"][0](clerk.preview.edition)
        clerk.page.wait_for_timeout(800)
        if response:
            route.fulfill(response=response)
        else:
            route.continue_()

    clerk.page.route(f"**/api/{slow}", hold, times=1)
    clerk.page.reload()
    expect(clerk.paper.locator("main")).to_be_visible()
    expect(panel(clerk)).to_be_visible()
    clerk.settled()


@pytest.mark.long
def test_what_is_typed_while_a_changed_file_is_read_is_not_lost(clerk):
    clerk.page.route("**/api/data", lambda route: (clerk.page.wait_for_timeout(600), route.continue_()))
    with clerk.page.expect_request("**/api/data"):
        edit(clerk.preview.data, "令和４年度見本台帳データ入力業務委託", "令和４年度別件委託")
    clerk.input("件名").fill("書きかけの件名")
    expect(clerk.banner()).to_contain_text("ほかの画面又はソフトで変更されました")
    expect(clerk.input("件名")).to_have_value("書きかけの件名")


def test_what_was_typed_is_not_lost_to_a_file_that_changed(clerk):
    title = clerk.input("件名")
    title.fill("書きかけの件名")
    edit(clerk.preview.data, "令和４年度見本台帳データ入力業務委託", "令和４年度別件委託")
    expect(clerk.banner()).to_contain_text("ほかの画面又はソフトで変更されました")
    expect(title).to_have_value("書きかけの件名")
    clerk.page.get_by_role("button", name="このまま続ける").click()
    expect(clerk.banner()).not_to_contain_text("変更されました")
    edit(clerk.preview.data, "令和４年度別件委託", "令和４年度第三の委託")
    clerk.page.get_by_role("button", name=re.compile("^ファイルを読み直す")).click()
    expect(title).to_have_value("令和４年度第三の委託")


BREAKS = {
    "a tag left open": (
        lambda edition: edit(edition / "forms/subcontract-application.xml", '<field path="sub.name"/>', '<field path="sub.name">'),
        "subcontract-application.xml", "sub",
    ),
    "a field that answers the law": (
        lambda edition: edit(edition / "forms/subcontract-application.xml", '      <field path="sub.reason"/>\n', ""),
        "annex.xml:88:85", "（第６条第２項）条文の「再委託する理由」に対応する項目",
    ),
    "a field that nobody knows": (
        lambda edition: edit(edition / "forms/subcontract-application.xml", '<field path="sub.name"/>', '<field path="sub.nmae"/>'),
        "subcontract-application.xml", "nmae",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", daily(BREAKS, "a field that answers the law"))
def test_a_broken_template_is_explained_while_the_last_good_paper_stays(clerk, name, tmp_path):
    damage, place, sentence = BREAKS[name]
    edition = clerk.preview.edition
    good = {file: file.read_bytes() for file in edition.rglob("*") if file.is_file()}
    damage(edition)
    faults = panel(clerk)
    expect(faults).to_be_visible()
    messages = faults.get_by_role("listitem")
    expect(messages.last).to_contain_text(place)
    expect(faults).to_contain_text(sentence)
    expect(faults.get_by_role("heading")).to_contain_text(f"ひな形に誤りがあります（{messages.count()}件）")
    expect(faults.locator("pre")).to_have_count(messages.count())
    # The line as it stands in the file, and below it a caret.
    for excerpt in faults.locator("pre").all_inner_texts():
        source = "".join(file.read_text() for file in edition.rglob("*.xml"))
        line, caret = (part.split("│", 1)[1] for part in excerpt.splitlines())
        assert line.strip() in source and caret.strip().startswith("^") and len(caret) <= len(line) * 2, excerpt
    # The papers are those of the last good edition, and live.
    clerk.page.get_by_role("radio", name="提出用").check()
    reason = clerk.values("vendor.subcontract_application.subcontractors[1].reason")
    expect(reason).to_contain_text("封入封緘に専用の機械設備を要し")
    clerk.input("再委託する理由").fill("誤りの間に書いた理由")
    expect(reason).to_have_text("誤りの間に書いた理由")
    # A page that opens later shows it, too.
    other = clerk.context.new_page()
    other.goto(clerk.home)
    expect(other.get_by_role("region", name="ひな形の誤り")).to_be_visible()
    other.close()

    for file, content in good.items():
        file.write_bytes(content)
    expect(faults).to_be_hidden()
    expect(reason).to_have_text("誤りの間に書いた理由")
    expect(clerk.page.get_by_role("status").filter(has_text="ひな形が新しくなりました。")).to_be_attached()


def test_a_batch_is_of_the_edition_that_was_checked(open_page, tmp_path):
    """A template is saved after a list was checked, and the page has not read it yet when 一括作成 begins."""
    file = write_list(tmp_path, "utf-8.csv", rows(bad=False))
    page = ListPage(open_page(common_text())).open(file)
    checked = made_by_command(page, file, tmp_path / "checked")
    held = []
    page.page.route("**/api/edition", lambda route: held.append(route), times=1)
    with page.page.expect_request("**/api/edition"):
        edit(form_of(page.clerk), LEAD, OTHER_LEAD)
    page.page.get_by_role("button", name="一括作成へ").click()
    page.start()
    expect(page.page.get_by_role("heading", name=re.compile("^(作成しています|全て作成しました)"))).to_be_visible()
    held[0].continue_()
    expect(page.page.get_by_role("heading", name="全て作成しました")).to_be_visible(timeout=60_000)
    assert page.packets() == checked
    # Checked again, the list is to be made again.
    page.start("変わった行を作成")
    expect(page.page.get_by_role("button", name="もう一度作成")).to_be_visible(timeout=60_000)
    saved = made_by_command(page, file, tmp_path / "saved")
    assert page.packets() == saved != checked


@pytest.mark.long
def test_a_warning_is_shown_beside_the_papers(clerk):
    """With its place, while the papers are those of the edition; and gone when it is mended."""
    annex = clerk.preview.edition / "annex.xml"
    words = ["必要な事項を定める", "必要な事項（以下「<term>例示事項</term>」という。）を定める"]
    edit(annex, *words)
    told = clerk.page.get_by_role("region", name="ひな形の警告")
    expect(told.get_by_role("heading")).to_contain_text("ひな形に警告があります（1件）")
    expect(told.get_by_role("listitem")).to_contain_text("annex.xml:9:")
    expect(told).to_contain_text("定義語「例示事項」は、定義の後で使われていません。")
    # Who comes later reads it, too.
    other = clerk.context.new_page()
    other.goto(clerk.home)
    expect(other.get_by_role("region", name="ひな形の警告")).to_be_visible()
    other.close()
    edit(form_of(clerk), LEAD, OTHER_LEAD)
    expect(clerk.paper.locator("main")).to_contain_text(OTHER_LEAD)
    edit(annex, *reversed(words))
    expect(told).to_be_hidden()


@pytest.mark.long
def test_the_panel_folds(clerk):
    BREAKS["a field that nobody knows"][0](clerk.preview.edition)
    item = panel(clerk).get_by_role("listitem").first
    expect(item).to_be_visible()
    panel(clerk).get_by_role("button", name="たたむ").press("Enter")
    expect(item).to_be_hidden()
    panel(clerk).get_by_role("button", name="開く").press("Enter")
    expect(item).to_be_visible()


@pytest.mark.long
def test_a_preview_of_a_broken_edition_begins_when_it_is_mended(open_page, start):
    one = start("contract.yaml", damage=BREAKS["a field that answers the law"][0])
    clerk = open_page(of=one)
    expect(panel(clerk)).to_contain_text("annex.xml:88:85")
    edit(one.edition / "forms/subcontract-application.xml", '<field path="sub.processing_content"/>', '<field path="sub.reason"/>\n      <field path="sub.processing_content"/>')
    expect(clerk.entry(APPLICATION)).to_be_visible()
    expect(panel(clerk)).to_be_hidden()
    clerk.choose(APPLICATION)
    expect(clerk.values("contract.title").first).to_have_text("令和４年度見本台帳データ入力業務委託")


def test_what_a_paper_is_made_of(open_page, tmp_path):
    """The HTML is the packet's file, the DocBook what `packet.xml` has of it, the listing the compiled program."""
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.choose(APPLICATION)
    clerk.page.get_by_role("link", name="ひな形").click()
    view = clerk.page.get_by_role("region", name="ひな形")
    content = view.get_by_role("region", name="内容")
    packet = make_packet(clerk.preview.data, tmp_path / "out", "--mode", "final", "--edition", clerk.preview.edition)
    [file] = packet.glob("*-subcontract-application.html")
    expect(content).to_contain_text("<!DOCTYPE html>")
    assert content.evaluate("one => one.textContent") == file.read_text()
    view.get_by_role("radio", name="用紙のHTML").focus()
    clerk.press("ArrowRight")
    expect(content).to_contain_text("xml:id=")
    docbook = content.evaluate("one => one.textContent").strip()
    assert docbook in (packet / "packet.xml").read_text()
    clerk.press("ArrowRight")
    expect(content).not_to_contain_text("xml:id=")
    listing = run("check", clerk.preview.edition, "--listing").stdout.decode()
    # There its instructions are counted through all papers.
    numbers = re.compile(r"\b\d{4}\b")
    shown = content.evaluate("one => one.textContent").strip()
    assert numbers.sub("0000", shown) in numbers.sub("0000", listing)
    # Another document, and a change on the disk.
    view.get_by_role("radio", name="用紙のHTML").check()
    view.get_by_label("書類", exact=True).select_option("事故報告書")
    expect(content).to_contain_text("保管庫を封鎖し")
    edit(clerk.preview.edition / "forms/incident-report.xml", "<title>事故報告書</title>", "<title>事故の報告書</title>")
    expect(content).to_contain_text("事故の報告書")
