"""Filling in papers by hand: what is typed, chosen, added and moved stands on the paper as it will print."""

import re

import pytest
from clerk import APPLICATION
from lxml import html
from packets import SAMPLES, make_packet
from playwright.sync_api import expect
from rings import daily
from text import squeeze

RARE = "髙﨑𠮷葛\U000e0100"
HOSTILE = f"{RARE} & <b>AT&amp;T</b> > \"'"
SUB = "vendor.subcontract_application.subcontractors[1]"

# In the order in which the Tab key comes by: (the name of the input, in which group, what is done there).
APPLICATION_BY_TAB = [
    ("件名", "契約", f"令和４年度{RARE}台帳入力業務委託"),
    ("契約番号", "契約", "0040012"),
    ("年", "契約締結日", "4"), ("月", "契約締結日", "4"), ("日", "契約締結日", "1"),
    ("年", "履行期間の始期", "4"), ("月", "履行期間の始期", "4"), ("日", "履行期間の始期", "1"),
    ("年", "履行期間の終期", "5"), ("月", "履行期間の終期", "3"), ("日", "履行期間の終期", "31"),
    ("年", "申請年月日", "4"), ("月", "申請年月日", "4"), ("日", "申請年月日", "15"),
    ("新規", "区分", ["Space"]),
    ("再委託先の名称", None, f"有限会社{HOSTILE}製本所"),
    ("再委託する理由", None, "専用の機械設備を要し、自社で保有していないため。"),
    ("再委託して処理する内容", None, "通知書8,000通の印刷、封入及び封緘"),
    ("情報の名称", None, "発送用あて名データ"),
    ("項目（1）", None, ["氏名", "Enter"]),
    ("項目（2）", None, "住所"),
    ("人数", None, "8000"),
    ("再委託先における安全性及び信頼性を確保する対策（1）", None, ["入退室を管理する。", "Enter", "録画する。"]),
    ("再委託先に対する管理及び監督の方法（1）", None, "週１回報告を受ける。"),
    ("主要な部分に該当しないことの説明", None, "印刷・封入のみである。"),
    ("無", "再々委託の有無", ["ArrowRight", "ArrowLeft"]),
    ("商号又は名称", None, "株式会社みほん情報処理"),
    ("所在地", None, "神奈川県川崎市見本区例示町二丁目３番４号"),
    ("代表者職名", None, "代表取締役"),
    ("代表者氏名", None, f"{RARE}　太郎"),
    ("担当者氏名", None, "例示　花子"),
    ("担当者電話", None, "044-000-0001"),
]  # fmt: skip
KEYS = {"Enter", "Space", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"}


def do(clerk, what):
    for one in [what] if isinstance(what, str) else what:
        clerk.press(one) if one in KEYS else clerk.type(one)


def fill_in_application(clerk):
    """The whole way by keyboard, from the top of the page."""
    clerk.tab_to(f"{APPLICATION}.*", group="書類の一覧")
    clerk.press("Enter")
    expect(clerk.page.get_by_title(f"用紙：{APPLICATION}")).to_be_visible()
    for name, group, what in APPLICATION_BY_TAB:
        clerk.tab_to(re.escape(name), group)
        do(clerk, what)


def choose_final(clerk):
    """提出用, by keyboard."""
    clerk.tab_to("一部印字様式", role="radio", key="Shift+Tab")
    clerk.press("ArrowRight")
    expect(clerk.page.get_by_role("radio", name="提出用")).to_be_checked()


def shown(clerk):
    return squeeze(clerk.paper.locator("main").evaluate("main => main.textContent"))


def words_of(file):
    [main] = html.parse(str(file), html.HTMLParser(encoding="utf-8")).xpath("//main")
    return squeeze(main.text_content())


@pytest.mark.long
def test_from_an_empty_file_to_a_finished_paper_by_keyboard(open_page, tmp_path):
    clerk = open_page("")
    state = clerk.entry(APPLICATION)
    expect(state).to_contain_text(re.compile(r"未記入 \d+件"))
    fill_in_application(clerk)
    expect(state).to_contain_text("記入済み")

    # What other papers lack: F8 leads there.
    for name, text in [("提出先の課", "見本局サンプル課"), ("提出先の電話", "044-000-0009"), ("受注者番号", "V001")]:
        clerk.press("F8")
        expect(clerk.input(name)).to_be_focused()
        clerk.type(text)
        clerk.settled()
    clerk.press("F8")
    expect(clerk.banner()).to_contain_text("未記入の必須項目はありません。")

    choose_final(clerk)
    clerk.tab_to(f"{APPLICATION}.*", group="書類の一覧")
    clerk.press("Enter")
    expect(clerk.values(f"{SUB}.name")).to_have_text(f"有限会社{HOSTILE}製本所")
    on_screen = shown(clerk)
    assert squeeze(f"有限会社{HOSTILE}製本所") in on_screen and "入退室を管理する。録画する。" in on_screen

    expect(clerk.page.get_by_text("保存していない変更があります")).to_be_visible()
    clerk.tab_to("保存", key="Shift+Tab")
    clerk.press("Enter")
    expect(clerk.page.get_by_text("保存しました（data.yaml）")).to_be_visible()
    expect(clerk.page.get_by_text("保存していない変更があります")).to_be_hidden()
    packet = make_packet(clerk.preview.data, tmp_path / "out", "--mode", "final", "--edition", clerk.preview.edition)
    [file] = packet.glob("*-subcontract-application.html")
    assert words_of(file) == on_screen


def test_how_far_each_paper_is_filled_in(open_page):
    """A paper in which nothing was entered is not called finished."""
    clerk = open_page("")
    expect(clerk.entry("提出書類一覧表")).to_contain_text("必須項目の未記入 7件")
    # And beside the form the same.
    clerk.choose("提出書類一覧表")
    expect(clerk.form.locator("summary", has_text="必須項目の未記入 14件")).to_contain_text("（この書類 7件）")
    expect(clerk.documents).not_to_contain_text("記入済み")
    clerk = open_page("contract.yaml")
    for title in [APPLICATION, "提出書類一覧表", "秘密保持等に関する誓約書", "事故報告書", "情報資産受渡票"]:
        expect(clerk.entry(title)).to_contain_text("記入済み")
    expect(clerk.documents).not_to_contain_text("必須")


def test_a_sheet_lacks_what_its_item_lacks(open_page):
    """Even what no paper prints: the packet is not made without it."""
    sample = (SAMPLES / "contract.yaml").read_text()
    clerk = open_page(sample.replace("      org: 受注者\n", "", 1))
    expect(clerk.entry("秘密保持等に関する誓約書")).to_contain_text("必須項目の未記入 1件")
    expect(clerk.entry(APPLICATION)).to_contain_text("記入済み")
    clerk.page.get_by_role("link", name="不足書類").click()
    gaps = clerk.page.get_by_role("region", name="不足書類").first
    expect(gaps).to_contain_text("記入の足りない書類：1件、必須項目の未記入：1件")
    expect(gaps).not_to_contain_text("書類に印字しない項目")
    gaps.get_by_role("button", name="所属の区分").click()
    expect(clerk.page.locator("[data-path='vendor.workers[1].org']").locator(":focus")).to_be_visible()


def test_what_is_wrong_is_not_filled_in(open_page):
    """A value that cannot be read is blank on the paper: the paper is not finished, and says so."""
    clerk = open_page("contract.yaml")
    clerk.choose("情報資産受渡票")
    expect(clerk.entry("情報資産受渡票")).to_contain_text("記入済み")
    expect(clerk.paper.get_by_text("未記入あり")).to_have_count(0)
    clerk.page.locator("[data-path='vendor.handover_slips[1].items[1].record_count'] input").fill("三千")
    expect(clerk.entry("情報資産受渡票")).to_contain_text("誤り 1件")
    expect(clerk.entry("情報資産受渡票")).not_to_contain_text("記入済み")
    expect(clerk.paper.get_by_text("未記入あり").first).to_be_visible()
    expect(clerk.entry("秘密保持等に関する誓約書")).to_contain_text("記入済み")
    # The page does not say that nothing is to be done.
    clerk.choose("提出書類一覧表")
    clerk.press("F8")
    expect(clerk.page.locator("[data-path='vendor.handover_slips[1].items[1].record_count'] input:focus")).to_be_visible()
    clerk.press("F8")
    expect(clerk.banner()).to_be_empty()
    clerk.page.get_by_role("link", name="不足書類").click()
    gaps = clerk.page.get_by_role("region", name="不足書類").first
    expect(gaps).to_contain_text("誤り：1件")
    expect(gaps.get_by_role("row").nth(1)).to_contain_text("誤り")


def test_what_is_wrong_on_no_paper_keeps_the_packet_back_and_is_reported(open_page):
    clerk = open_page("contract.yaml")
    clerk.form.get_by_role("checkbox", name="全ての項目").check()
    clerk.page.locator("[data-path='vendor.postal'] input").fill("不明")
    clerk.settled()
    clerk.form.get_by_role("checkbox", name="全ての項目").uncheck()
    clerk.choose(APPLICATION)
    clerk.press("F8")
    expect(clerk.page.locator("[data-path='vendor.postal'] input:focus")).to_be_visible()
    clerk.page.get_by_role("link", name="不足書類").click()
    gaps = clerk.page.get_by_role("region", name="不足書類").first
    expect(gaps).to_contain_text("誤り：1件")
    expect(gaps.get_by_role("region", name="書類に印字しない項目")).to_contain_text("郵便番号")


def test_a_worker_that_is_added_is_named_first(open_page):
    clerk = open_page("contract.yaml")
    clerk.choose("秘密保持等に関する誓約書")
    clerk.page.get_by_role("button", name="＋ 従事者を追加").click()
    expect(clerk.page.locator("[data-path='vendor.workers[4].name'] input:focus")).to_be_visible()
    clerk.type("新任　太郎")
    # The paper is the new one's.
    expect(clerk.paper.locator("main")).to_contain_text("新任　太郎")


def test_the_mode_says_what_it_leaves_blank(open_page):
    clerk = open_page("contract.yaml")
    notice = clerk.page.get_by_text("一部印字様式では、記入した値の一部を印字せず、手で書く欄にします。")
    clerk.choose("提出書類一覧表")
    clerk.settled()
    expect(notice).to_be_hidden()
    clerk.choose(APPLICATION)
    expect(notice).to_be_visible()
    clerk.page.get_by_role("radio", name="未記入様式").check()
    expect(clerk.page.get_by_text("未記入様式では、記入した値を印字せず、手で書く欄にします。")).to_be_visible()
    clerk.page.get_by_role("button", name="提出用で見る").click()
    expect(notice).to_be_hidden()
    expect(clerk.page.get_by_role("radio", name="提出用")).to_be_checked()


def test_a_required_paper_that_is_not_made(open_page):
    """Without a worker there is no pledge, and every contract needs one."""
    text = (SAMPLES / "contract.yaml").read_text(encoding="utf-8")
    clerk = open_page(re.sub(r"  workers:\n.*?(?=\n  # 再委託承諾申請)", "", text, flags=re.DOTALL))
    pledge = "秘密保持等に関する誓約書"
    clerk.page.get_by_text("提出用", exact=True).click()
    expect(clerk.entry(pledge)).to_contain_text("未作成（必須の書類）")
    expect(clerk.entry("事故報告書")).not_to_contain_text("必須の書類")
    clerk.press("F8")
    expect(clerk.page.locator(":focus")).to_have_accessible_name("従事者の氏名")
    clerk.page.get_by_role("link", name="不足書類").click()
    view = clerk.page.get_by_role("region", name="不足書類")
    expect(view).to_contain_text("作成されない必須の書類：1件")
    view.get_by_role("button", name="「従事者」を記入する").click()
    expect(clerk.page.locator(":focus")).to_have_accessible_name("従事者の氏名")
    expect(clerk.page.get_by_title(f"用紙：{pledge}", exact=True)).to_be_visible()
    expect(clerk.page.get_by_text("どの契約にも要る書類なので")).to_be_visible()
    # What the pledge needs and does not print is asked for beside the rest.
    clerk.page.locator("[data-path='vendor.workers[1].org']").get_by_label("受注者").check()
    clerk.input("従事者の氏名").fill("見本　太郎")
    expect(clerk.entry(pledge)).not_to_contain_text("未作成")
    clerk.page.get_by_role("link", name="不足書類").click()
    expect(view).to_contain_text("必須項目の未記入はありません。")
    expect(view.get_by_role("heading", name="全ての書類")).to_be_visible()


ERAS = [
    ("平成", ("31", "4", "30"), "平成31年４月30日", "2019-04-30"),
    ("令和", ("元", "5", "1"), "令和元年５月１日", "2019-05-01"),
    ("昭和", ("64", "1", "7"), "昭和64年１月７日", "1989-01-07"),
    ("西暦", ("2022", "4", "1"), "令和４年４月１日", "2022-04-01"),
]


@pytest.mark.parametrize("era, parts, printed, iso", daily(ERAS, ERAS[1]), ids=[one[0] for one in ERAS])
def test_a_date_in_an_era(open_page, era, parts, printed, iso):
    clerk = open_page("")
    clerk.choose(APPLICATION)
    box = clerk.form.get_by_role("group", name="契約締結日")
    clerk.tab_to("元号", "契約締結日")
    order = ["令和", "平成", "昭和", "西暦"]
    clerk.press(*["ArrowDown"] * order.index(era))
    expect(box.get_by_label("元号")).to_have_value(era)
    for name, part in zip("年月日", parts):
        clerk.tab_to(name)
        clerk.type(part)
    expect(clerk.values("contract.date").first).to_have_text(printed)
    # In another reckoning it is the same day.
    box.get_by_label("元号").select_option("西暦")
    expect(box.get_by_label("年", exact=True)).to_have_value(iso[:4])
    expect(clerk.values("contract.date").first).to_have_text(printed)


@pytest.mark.parametrize("text", daily(["R4.4.1", "2022/4/1", "令和４年４月１日", "20220401", "令和四年四月一日"], "R4.4.1"))
def test_a_whole_date_typed_or_pasted_into_a_box(open_page, text):
    clerk = open_page("")
    clerk.choose(APPLICATION)
    box = clerk.form.get_by_role("group", name="契約締結日")
    box.get_by_label("年", exact=True).focus()
    clerk.type(text)
    expect(clerk.values("contract.date").first).to_have_text("令和４年４月１日")
    clerk.press("Tab", "Tab", "Tab")
    assert [box.get_by_label(name, exact=True).input_value() for name in ["元号", "年", "月", "日"]] == ["令和", "4", "4", "1"]


def test_a_day_that_cannot_be_is_reported_at_its_field(open_page):
    clerk = open_page("")
    clerk.choose(APPLICATION)
    field = clerk.form.locator("[data-path='contract.date']")
    for name, part in zip("年月日", ["4", "2", "30"]):
        field.get_by_label(name, exact=True).fill(part)
    expect(field.get_by_label("年", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(field.get_by_role("listitem")).to_contain_text("誤り")
    # A screen reader hears it with the input.
    described = field.get_by_label("年", exact=True).get_attribute("aria-describedby").split()
    assert any("日付" in clerk.page.locator(f"[id='{one}']").inner_text() for one in described)
    field.get_by_label("月", exact=True).fill("3")
    expect(field.get_by_label("年", exact=True)).not_to_have_attribute("aria-invalid", "true")
    expect(clerk.values("contract.date").first).to_have_text("令和４年３月30日")


def items(clerk, path):
    return clerk.values(f"{path}[1]"), clerk.values(f"{path}[2]"), clerk.values(f"{path}[3]")


def test_items_of_a_list_added_moved_and_removed_by_keyboard(open_page):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.choose(APPLICATION)
    name = "再委託先に対する管理及び監督の方法"
    first, second, third = items(clerk, f"{SUB}.supervision_methods")
    expect(second).to_have_text("従事者全員の誓約書の写しを作業開始前に徴する。")
    clerk.tab_to(f"＋ {name}を追加")
    clerk.press("Enter")
    assert clerk.focused()[:2] == ("textbox", f"{name}（3）")
    clerk.type("抜き打ちで検査する。")
    expect(third).to_have_text("抜き打ちで検査する。")
    clerk.tab_to(re.escape(f"{name}（3）を前へ移す"))
    clerk.press("Enter")
    expect(second).to_have_text("抜き打ちで検査する。")
    expect(third).to_have_text("従事者全員の誓約書の写しを作業開始前に徴する。")
    assert clerk.focused()[1] == f"{name}（2）を前へ移す"
    clerk.press("Space")
    expect(first).to_have_text("抜き打ちで検査する。")
    # The first has no place before it; the focus stays with the item.
    assert clerk.focused()[1] == f"{name}（1）を後へ移す"
    clerk.tab_to(re.escape(f"{name}（1）を削除する"))
    clerk.press("Enter")
    expect(clerk.page.get_by_role("dialog")).to_contain_text("抜き打ちで検査する。")
    # The safe answer has the focus.
    assert clerk.focused()[1] == "やめる"
    clerk.press("Escape")
    expect(first).to_have_text("抜き打ちで検査する。")
    clerk.tab_to(re.escape(f"{name}（1）を削除する"))
    clerk.press("Enter", "Shift+Tab", "Enter")
    expect(third).to_have_count(0)
    expect(second).to_have_text("従事者全員の誓約書の写しを作業開始前に徴する。")
    assert clerk.focused()[1].startswith(f"{name}（1）")


@pytest.mark.long
def test_records_of_a_list_added_moved_and_removed_by_keyboard(open_page):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.choose(APPLICATION)
    names = [clerk.values(f"vendor.subcontract_application.subcontractors[{n}].name") for n in (1, 2)]
    clerk.tab_to("＋ 再委託先を追加")
    clerk.press("Enter")
    assert clerk.focused()[:2] == ("textbox", "再委託先の名称")
    clerk.type(HOSTILE)
    expect(names[1]).to_have_text(HOSTILE)
    expect(clerk.paper.get_by_text("再委託先（１）")).to_be_visible()
    clerk.tab_to(re.escape("再委託先（2）を前へ移す"), key="Shift+Tab")
    clerk.press("Enter")
    expect(names[0]).to_have_text(HOSTILE)
    expect(names[1]).to_have_text("有限会社れいじ印刷製本所")
    clerk.tab_to(re.escape("再委託先（1）を削除する"))
    clerk.press("Enter")
    expect(clerk.page.get_by_role("dialog")).to_contain_text(HOSTILE)
    clerk.tab_to("削除する")
    clerk.press("Enter")
    expect(names[1]).to_have_count(0)
    expect(names[0]).to_have_text("有限会社れいじ印刷製本所")


def test_another_choice_than_those_offered(open_page):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.choose("情報資産受渡票")
    medium = "vendor.handover_slips[1].items[1].media"
    clerk.tab_to("媒体", role="combobox")
    clerk.press(*["ArrowDown"] * 6)
    expect(clerk.form.get_by_label("媒体：その他の内容").first).to_be_focused()
    clerk.type("光磁気ディスク")
    expect(clerk.values(medium).first).to_contain_text("光磁気ディスク")
    # Of several, with words of one's own.
    clerk.choose("事故報告書")
    kinds = clerk.form.get_by_role("group", name="事故の種別")
    kinds.get_by_label("その他", exact=True).focus()
    clerk.press("Space")
    clerk.tab_to("事故の種別：その他の内容")
    clerk.type(HOSTILE)
    expect(clerk.paper.locator("main")).to_contain_text(f"その他（{HOSTILE}）")
    # And radio buttons.
    clerk.choose("情報資産受渡票")
    carrier = clerk.form.get_by_role("radiogroup", name="搬送者").first
    carrier.get_by_role("radio", name="受注者").focus()
    clerk.press("ArrowLeft")
    expect(carrier.get_by_role("radio", name="その他")).to_be_checked()
    clerk.tab_to("搬送者：その他の内容")
    clerk.type("運送業者")
    expect(clerk.values("vendor.handover_slips[1].transport.carrier").first).to_contain_text("運送業者")


def test_what_is_written_by_hand_is_not_asked_for(open_page):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.choose("情報資産受渡票")
    row = clerk.form.locator("[data-path='vendor.handover_slips[1].handed_at']")
    expect(row).to_contain_text("手書き欄")
    expect(row.locator("input, select, textarea")).to_have_count(0)
    stop, by_hand = "data-hand", clerk.paper.locator("main [data-hand]")
    assert by_hand.count() > 0 and clerk.paper.locator(f"main [{stop}][data-blank]").count() == 0
    # The file says when; the paper leaves it to the pen.
    assert "令和４年４月11日" not in shown(clerk)
    clerk.choose("秘密保持等に関する誓約書")
    expect(clerk.form.locator("[data-path='vendor.workers[1].pledge_date'] input")).to_have_count(0)


def test_to_the_next_missing_value(open_page):
    """By button or F8: first what the paper at hand lacks, then what others do, until nothing is lacking."""
    data = (SAMPLES / "contract.yaml").read_text()
    for line in ["  id: V001", "  title: 令和４年度見本台帳データ入力業務委託", "      name: 濵田　試", "        reason: 封入封緘に専用の機械設備を要し、自社で保有していないため。", '    tel: "044-000-0009"']:
        assert f"{line}\n" in data
        data = data.replace(f"{line}\n", "", 1)
    clerk = open_page(data)
    clerk.choose(APPLICATION)
    expect(clerk.entry(APPLICATION)).to_contain_text("必須項目の未記入 2件")
    lacking = [
        ("件名", APPLICATION, "件名"), ("再委託する理由", APPLICATION, "理由"),
        ("従事者の氏名", "秘密保持等に関する誓約書", "濵田　試"), ("提出先の電話", "提出書類一覧表", "044-000-0009"), ("受注者番号", "提出書類一覧表", "V001"),
    ]  # fmt: skip
    for number, (name, document, text) in enumerate(lacking):
        if number % 2:
            clerk.press("F8")
        else:
            clerk.page.get_by_role("button", name="次の未記入へ").click()
        expect(clerk.page.locator(":focus")).to_have_accessible_name(name)
        expect(clerk.page.get_by_title(f"用紙：{document}", exact=True)).to_be_visible()
        expect(clerk.page.locator(":focus")).to_be_in_viewport()
        clerk.type(text)
        clerk.settled()
    clerk.press("F8")
    expect(clerk.banner()).to_contain_text("未記入の必須項目はありません。")
    clerk.page.get_by_role("link", name="不足書類").click()
    expect(clerk.page.get_by_text("必須項目の未記入はありません。")).to_be_visible()


def test_to_the_next_missing_value_of_the_mode_that_was_just_chosen(open_page):
    """Not of the one before, whose paper is still seen."""
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    clerk.settled()
    clerk.page.route("**/api/render", lambda route: (clerk.page.wait_for_timeout(300), route.continue_()))
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.press("F8")
    expect(clerk.banner()).to_contain_text("未記入の必須項目はありません。")


def test_from_the_paper_to_the_form_and_back(open_page):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.choose(APPLICATION)
    reason = clerk.input("再委託する理由")
    clerk.values(f"{SUB}.reason").click()
    expect(reason).to_be_focused()
    expect(clerk.values(f"{SUB}.reason")).to_have_class(re.compile("is-current"))
    # An option leads to its own button; a blank to its input.
    clerk.paper.locator(f"[data-field='{SUB}.re_subcontract'][data-option='1']").click()
    expect(clerk.form.get_by_role("radio", name="有", exact=True)).to_be_focused()
    clerk.values(f"{SUB}.reason").scroll_into_view_if_needed()
    # The other way round: what has the cursor stands out, and comes into view.
    clerk.input("担当者電子メール").focus()
    mark = clerk.paper.locator(".is-current")
    expect(mark).to_have_text("keiyaku@mihon.example.co.jp")
    expect(mark).to_be_in_viewport()
    clerk.form.get_by_role("group", name="申請年月日").get_by_label("年", exact=True).focus()
    expect(mark).to_have_text("令和４年４月15日")
    expect(mark).to_be_in_viewport()


def test_what_is_typed_is_marked_and_in_view(open_page):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.choose(APPLICATION)
    other = clerk.input("その他参考となる事項")
    other.focus()
    clerk.page.get_by_role("region", name="用紙").evaluate("scroller => scroller.scrollTo(0, 0)")
    clerk.type(HOSTILE)
    value = clerk.values(f"{SUB}.other_matters")
    expect(value).to_have_text(f"特になし{HOSTILE}")
    expect(value).to_have_class(re.compile("is-changed"))
    expect(value).to_be_in_viewport()
    assert clerk.paper.locator("main b").count() == 0


def test_where_one_was_stays_through_a_reload(open_page):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.choose(APPLICATION)
    clerk.page.reload()
    clerk.settled()
    expect(clerk.page.get_by_role("radio", name="提出用")).to_be_checked()
    expect(clerk.paper.locator("main")).to_contain_text("再委託承諾申請書")
    expect(clerk.paper.locator("main")).to_contain_text("有限会社れいじ印刷製本所")
    # Whatever another program may have left under this address.
    for left in ("{", "null", '{"mode": "x", "document": 1}', '{"mode": "final", "document": 99}'):
        clerk.page.evaluate("(left) => sessionStorage.setItem('tokki', left)", left)
        clerk.page.reload()
        clerk.settled()
        expect(clerk.paper.locator("main")).to_contain_text("提出書類一覧表")


def test_the_three_modes(open_page):
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    expected = {"未記入様式": (False, False), "一部印字様式": (True, False), "提出用": (True, True)}
    states = set()
    for mode, printed in expected.items():
        clerk.page.get_by_role("radio", name=mode).check()
        clerk.settled()
        text = shown(clerk)
        assert ("令和４年度見本台帳データ入力業務委託" in text, "封入封緘に専用の機械設備を要し" in text) == printed, mode
        states.add(clerk.documents.inner_text())
    # How far a paper is filled in is no matter of the mode.
    assert len(states) == 1
