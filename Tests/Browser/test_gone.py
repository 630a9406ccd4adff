"""The program crashes while a clerk works: whatever she typed is still in her page, and goes with her into the next program."""

import csv
import json
import re

import pytest
from batches import common_text
from list_page import ListPage
from playwright.sync_api import expect
from preview import Preview
from samples import rows, write_list

GONE = "tokkiに接続できません。終了した可能性があります。"


@pytest.fixture
def crash():
    """Ends a clerk's program with SIGKILL; from then on her browser complains that nobody answers."""
    crashed = []

    def crash(clerk):
        clerk.preview.crash()
        crashed.append(clerk)
        expect(clerk.banner().get_by_role("alert")).to_contain_text(GONE)

    yield crash
    for clerk in crashed:
        assert all("ERR_CONNECTION" in one or "ERR_INCOMPLETE" in one or "401" in one for one in clerk.noise), clerk.noise
        clerk.noise.clear()


def taken(clerk, name):
    with clerk.page.expect_download() as download:
        clerk.banner().get_by_role("button", name=name).click()
    return download.value


def test_a_contract_goes_on_in_the_next_program(open_page, crash, tmp_path):
    clerk = open_page("contract.yaml")
    before = clerk.preview.data.read_bytes()
    clerk.input("件名").fill("終了の前に入力した件名")
    clerk.input("件名").press("Tab")
    clerk.settled()
    crash(clerk)
    clerk.input("契約番号").fill("0099001")
    clerk.input("契約番号").press("Tab")
    # What has the cursor in it counts, too.
    clerk.input("商号又は名称").focus()
    clerk.press("Control+a")
    clerk.type("株式会社𠮷田")
    expect(clerk.input("件名")).to_have_value("終了の前に入力した件名")
    file = tmp_path / "taken.json"
    download = taken(clerk, "契約データを保存")
    assert download.suggested_filename == "契約データ.json"
    download.save_as(file)
    saved = json.loads(file.read_text())
    assert saved["contract"]["title"] == "終了の前に入力した件名" and saved["contract"]["number"] == "0099001"
    assert saved["vendors"][0]["name"] == "株式会社𠮷田"
    assert clerk.preview.data.read_bytes() == before

    other = open_page()
    with other.page.expect_file_chooser() as chooser:
        other.page.get_by_role("button", name="開く", exact=True).click()
    chooser.value.set_files(file)
    expect(other.input("件名")).to_have_value("終了の前に入力した件名")
    expect(other.input("契約番号")).to_have_value("0099001")
    expect(other.input("商号又は名称")).to_have_value("株式会社𠮷田")
    expect(other.values("contract.title").first).to_have_text("終了の前に入力した件名")


def test_another_program_on_the_same_port_is_not_taken_for_the_first(open_page, crash, tmp_path):
    clerk = open_page("contract.yaml")
    clerk.settled()
    crash(clerk)
    with Preview(tmp_path / "next", port=clerk.preview.port) as other:
        with clerk.page.expect_response(lambda one: one.status == 401):
            clerk.input("件名").fill("次のプログラムのものではない件名")
        clerk.settled()
        expect(clerk.banner()).to_contain_text(GONE)
        expect(clerk.banner()).not_to_contain_text("ほかのタブ")
        assert "次のプログラム" in taken(clerk, "契約データを保存").path().read_text()
        # The address of the first, as from a bookmark.
        clerk.page.evaluate("onbeforeunload = null")
        clerk.page.goto(clerk.home)
        expect(clerk.page.get_by_role("heading")).to_have_text("このアドレスからは開けません")
        expect(clerk.page.get_by_role("main")).to_contain_text("起動し直してください")
        assert not [line for line in other.log if line.split()[2].startswith("2")]


def test_what_was_corrected_in_a_list_is_taken_away(open_page, crash, tmp_path):
    clerk = open_page(common_text())
    page = ListPage(clerk).open(write_list(tmp_path, "xlsx", rows()))
    first, second = "令和４年４月１日", "1,000,004円"
    page.mend(first)
    clerk.settled()
    crash(clerk)
    clerk.press("F8", "Enter")
    clerk.press("Control+a")
    clerk.type(second)
    clerk.press("Enter")
    expect(page.grid.locator(":focus")).to_have_accessible_name(re.compile(f"{re.escape(second)}.*修正済み|修正済み.*{re.escape(second)}"))
    # The mode has the list checked again, which nobody does now.
    clerk.page.get_by_role("radio", name="白紙").or_(clerk.page.get_by_role("radio", name="未記入様式")).check()
    clerk.settled()
    download = taken(clerk, "一覧の修正内容を保存")
    assert download.suggested_filename == "一覧-修正内容.csv"
    lines = list(csv.reader(download.path().read_text(encoding="utf-8-sig").splitlines()))
    assert lines == [["行", "見出し", "修正後の値"], ["3", "契約締結日", first], ["6", "契約金額", second]]
