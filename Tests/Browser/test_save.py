"""What leaves the page: the data in its file, as a download, and the packet as a ZIP."""

import io
import json
import re
import subprocess
import zipfile
from contextlib import contextmanager

import pytest
from batches import row, write_list
from clerk import APPLICATION
from list_page import ListPage
from packets import MODES, SAMPLES, make_packet
from playwright.sync_api import expect
from rings import daily

NAMES = dict(zip(MODES, ["未記入様式", "一部印字様式", "提出用"]))


def saved(clerk):
    return clerk.page.get_by_text(re.compile("^保存しました"))


def test_saving_changes_the_line_that_was_changed_and_no_other(open_page):
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    before = clerk.preview.data.read_text().splitlines()
    clerk.input("再委託先の名称").fill("有限会社＜見本＞ & 髙﨑印刷")
    # Nothing is written until it is asked for.
    clerk.settled()
    assert clerk.preview.data.read_text().splitlines() == before
    clerk.press("Control+s")
    expect(saved(clerk)).to_be_visible()
    after = clerk.preview.data.read_text().splitlines()
    changed = [(a, b) for a, b in zip(before, after) if a != b]
    assert len(before) == len(after) and [a for a, _ in changed] == ["      - name: 有限会社れいじ印刷製本所"]
    assert "有限会社＜見本＞ & 髙﨑印刷" in changed[0][1]
    # The page knows its own change from another's.
    clerk.settled()
    expect(clerk.banner()).to_be_empty()
    expect(clerk.input("再委託先の名称")).to_have_value("有限会社＜見本＞ & 髙﨑印刷")


def test_a_change_by_another_is_not_overwritten(open_page):
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    clerk.input("件名").fill("この画面の件名")
    # The other's change and the clerk's order come at once.
    text = clerk.preview.data.read_text().replace("令和４年度見本台帳データ入力業務委託", "ほかの人の件名")
    clerk.preview.data.write_text(text)
    clerk.press("Control+s")
    dialog = clerk.page.get_by_role("dialog", name="保存していません")
    expect(dialog).to_be_visible()
    assert clerk.preview.data.read_text() == text
    with clerk.page.expect_download() as download:
        dialog.get_by_role("button", name="この画面の内容をダウンロードする").click()
    assert "この画面の件名" in download.value.path().read_text()
    assert clerk.preview.data.read_text() == text


def open_file(clerk, file):
    with clerk.page.expect_file_chooser() as chooser:
        clerk.page.get_by_role("button", name="開く", exact=True).click()
    chooser.value.set_files(file)


def test_another_contract_is_opened_from_the_page(open_page, tmp_path):
    """Its file is the browser's: it is read there, and given back as a download; the program's own file is nobody's business."""
    clerk = open_page("contract.yaml")
    before = clerk.preview.data.read_bytes()
    clerk.input("所管課").fill("変えた課")
    open_file(clerk, SAMPLES / "contract-individual.yaml")
    dialog = clerk.page.get_by_role("dialog", name="別の契約データを開きますか")
    dialog.get_by_role("button", name="やめる").click()
    expect(clerk.input("所管課")).to_have_value("変えた課")
    open_file(clerk, SAMPLES / "contract-individual.yaml")
    dialog.get_by_role("button", name="開く").click()
    expect(clerk.page.locator("#subject-more")).to_contain_text("contract-individual.yaml")
    clerk.settled()
    assert "変えた課" not in clerk.paper_text()
    for mode in MODES:
        clerk.page.get_by_role("radio", name=NAMES[mode]).check()
        clerk.settled()
        packet = make_packet(SAMPLES / "contract-individual.yaml", tmp_path / mode, "--mode", mode, "--edition", clerk.preview.edition)
        with clerk.page.expect_download() as download:
            clerk.page.get_by_role("button", name="書類一式をZIPで").click()
        archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
        made = {name.split("/")[-1]: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
        assert made == {file.name: file.read_bytes() for file in packet.iterdir()}
    expect(clerk.banner()).to_contain_text("庁内用")
    clerk.banner().get_by_role("button", name="閉じる").click()
    clerk.input("所管課").fill("別の課")
    clerk.press("Control+s")
    nowhere = clerk.page.get_by_role("dialog", name="保存先のファイルがありません")
    with clerk.page.expect_download() as download:
        nowhere.get_by_role("button", name="YAMLでダウンロード").click()
    # As it was but for the line that was changed, so that it can take the file's place.
    assert download.value.suggested_filename == "contract-individual.yaml"
    lines = [file.read_text(encoding="utf-8").splitlines() for file in (SAMPLES / "contract-individual.yaml", download.value.path())]
    [(_, changed)] = [pair for pair in zip(*lines, strict=True) if pair[0] != pair[1]]
    assert "別の課" in changed
    expect(clerk.page.get_by_text("保存していない変更があります")).to_be_hidden()
    assert clerk.preview.data.read_bytes() == before
    # What happens to the program's file is not this page's.
    clerk.preview.data.write_bytes(before.replace("見本局".encode(), "別の局".encode()))
    clerk.page.wait_for_timeout(700)
    clerk.settled()
    expect(clerk.banner()).to_be_empty()
    expect(clerk.input("所管課")).to_have_value("別の課")


@pytest.mark.parametrize("name, content, words", [
    ("壊れた.yaml", "contract:\n  title: [見本\n", "契約データとして読めません"),
    ("一覧.csv", "契約番号\n1\n", "は開けません"),
    ("空.json", "", "は開けません"),
    ("空.yaml", "# 注\n\n", "は開けません"),
    ("空き.json", "{ }\n", "は開けません"),
], ids=["broken", "a list", "nothing", "nothing but a comment", "an empty object"])
def test_what_is_no_contract_is_not_opened(open_page, tmp_path, name, content, words):
    clerk = open_page("contract.yaml")
    (tmp_path / name).write_text(content)
    open_file(clerk, tmp_path / name)
    dialog = clerk.page.get_by_role("dialog", name=re.compile(words))
    expect(dialog).to_contain_text(name)
    assert "/tmp" not in dialog.inner_text()
    dialog.get_by_role("button", name="閉じる").click()
    expect(clerk.input("件名")).to_have_value("令和４年度見本台帳データ入力業務委託")


def test_a_contract_is_dropped_on_the_papers(open_page):
    clerk = open_page("")
    text = (SAMPLES / "contract.yaml").read_text(encoding="utf-8")
    transfer = clerk.page.evaluate_handle(
        "text => { const all = new DataTransfer(); all.items.add(new File([text], '契約.yaml')); return all }", text
    )
    for event in ["dragenter", "dragover", "drop"]:
        clerk.page.get_by_role("region", name="書類", exact=True).dispatch_event(event, {"dataTransfer": transfer})
    expect(clerk.page.get_by_role("heading", name="令和４年度見本台帳データ入力業務委託")).to_be_visible()
    expect(clerk.page.locator("#subject-more")).to_contain_text("契約.yaml")


WITH_FAULTS = (SAMPLES / "contract.yaml").read_text(encoding="utf-8").replace("contract:\n", "contract:\n  決裁番号: 庁内限り\n", 1)


def test_what_the_file_says_is_reported_again_after_a_save(open_page):
    """A save moves lines; a banner that was closed or not, the places reported are those of the file as it is now."""
    clerk = open_page((SAMPLES / "contract.yaml").read_text(encoding="utf-8").rstrip() + "\n余分な項目: 庁内限り\n")
    line = lambda: next(n for n, text in enumerate(clerk.preview.data.read_text(encoding="utf-8").splitlines(), 1) if "余分" in text)
    before = line()
    expect(clerk.banner()).to_contain_text(f"{before}行目")
    clerk.choose(APPLICATION)
    clerk.form.get_by_role("textbox", name=re.compile(r"対策（\d+）$")).last.focus()
    clerk.press("Enter")
    clerk.type("録画を三月保存する。")
    clerk.press("Control+s")
    expect(clerk.page.get_by_text("保存しました（data.yaml）")).to_be_visible()
    assert line() > before
    expect(clerk.banner()).to_contain_text(f"{line()}行目")
    clerk.page.get_by_role("link", name="不足書類").click()
    expect(clerk.page.get_by_role("region", name="不足書類")).to_contain_text(f"data.yaml {line()}行目")


def test_what_the_file_says_and_no_paper_does(open_page, tmp_path):
    """It is reported as long as the file says it, and papers leave only when someone knows."""
    clerk = open_page("contract.yaml")
    (tmp_path / "余分.yaml").write_text(WITH_FAULTS, encoding="utf-8")
    open_file(clerk, tmp_path / "余分.yaml")
    clerk.banner().get_by_role("button", name="閉じる").click()
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.settled()
    clerk.page.get_by_role("link", name="不足書類").click()
    expect(clerk.page.get_by_role("region", name="不足書類")).to_contain_text("データファイルの読み取れない記載：1件")
    expect(clerk.page.get_by_role("region", name="不足書類")).to_contain_text("余分.yaml 18行目")
    leave = clerk.page.get_by_role("dialog", name="このまま進めますか")
    clerk.page.get_by_role("button", name="書類一式をZIPで").click()
    expect(leave).to_contain_text("余分.yaml 18行目")
    leave.get_by_role("button", name="やめる").click()
    clerk.page.get_by_role("button", name="書類一式をZIPで").click()
    with clerk.page.expect_download() as download:
        leave.get_by_role("button", name="このまま進める").click()
    assert download.value.suggested_filename == "書類一式_0040012_V001.zip"
    expect(clerk.banner()).to_contain_text("庁内用の「書類確認表」（07-review-sheet.html）も入ります。委託先には渡さないでください。")
    clerk.page.get_by_role("button", name="印刷", exact=True).click()
    clerk.page.get_by_role("button", name="全部を印刷").click()
    leave.get_by_role("button", name="やめる").click()
    # What nobody asks about stays in the file.
    clerk.page.get_by_role("link", name="書類", exact=True).click()
    clerk.input("件名").fill("別の件名")
    clerk.page.get_by_role("button", name="ダウンロード").click()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name="YAML形式").click()
    assert "  決裁番号: 庁内限り\n" in download.value.path().read_text(encoding="utf-8")
    clerk.settled()
    # What the browser opened is saved when it was taken away: nobody is asked.
    open_file(clerk, SAMPLES / "contract.yaml")
    clerk.page.get_by_role("link", name="不足書類").click()
    expect(clerk.page.get_by_text("必須項目の未記入はありません。")).to_be_visible()
    with clerk.page.expect_download():
        clerk.page.get_by_role("button", name="書類一式をZIPで").click()


def test_a_packet_without_a_required_paper_is_asked_about(open_page):
    text = (SAMPLES / "contract.yaml").read_text(encoding="utf-8")
    clerk = open_page(re.sub(r"  workers:\n.*?(?=\n  # 再委託承諾申請)", "", text, flags=re.DOTALL))
    clerk.settled()
    # A form to be filled in by hand lacks nothing.
    with clerk.page.expect_download():
        clerk.page.get_by_role("button", name="書類一式をZIPで").click()
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.settled()
    clerk.page.get_by_role("button", name="書類一式をZIPで").click()
    leave = clerk.page.get_by_role("dialog", name="このまま進めますか")
    expect(leave).to_contain_text("秘密保持等に関する誓約書")
    with clerk.page.expect_download():
        leave.get_by_role("button", name="このまま進める").click()


def test_a_reload_says_that_the_file_is_closed(open_page):
    clerk = open_page("contract.yaml")
    open_file(clerk, SAMPLES / "contract-individual.yaml")
    expect(clerk.page.locator("#subject-more")).to_contain_text("contract-individual.yaml")
    clerk.settled()
    clerk.page.reload()
    expect(clerk.banner()).to_contain_text("再読み込みで閉じました")
    with clerk.page.expect_file_chooser() as chooser:
        clerk.banner().get_by_role("button", name="開く").click()
    chooser.value.set_files(SAMPLES / "contract-individual.yaml")
    expect(clerk.page.locator("#subject-more")).to_contain_text("contract-individual.yaml")
    expect(clerk.banner()).to_be_empty()
    assert clerk.page.evaluate("JSON.stringify({ ...sessionStorage })").count("見本") == 0


def test_a_long_file_gets_nothing_of_another_of_its_name(open_page, tmp_path):
    """The program's own file has the same name, and is another contract's."""
    clerk = open_page("contract.yaml")
    secret = "# 庁内のほかの契約の注釈\n"
    clerk.preview.data.write_text(secret + clerk.preview.data.read_text(encoding="utf-8"), encoding="utf-8")
    clerk.page.wait_for_timeout(700)
    text = (SAMPLES / "contract-individual.yaml").read_text(encoding="utf-8") + "# 長い注釈\n" * 60_000
    (tmp_path / "contract.yaml").write_text(text, encoding="utf-8")
    open_file(clerk, tmp_path / "contract.yaml")
    expect(clerk.page.get_by_role("heading", name="令和４年度見本台帳データ入力業務委託")).to_have_count(0)
    clerk.page.get_by_role("button", name="ダウンロード").click()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name="YAML形式").click()
    assert download.value.suggested_filename == "contract-2.yaml"
    assert secret not in download.value.path().read_text(encoding="utf-8")


def test_of_two_files_the_later_is_open(open_page):
    """However late the first one's answer comes; and what is typed meanwhile is not lost without a word."""
    clerk = open_page("contract.yaml")
    clerk.page.route("**/api/data/open", lambda route: (clerk.page.wait_for_timeout(600), route.continue_()), times=1)
    open_file(clerk, SAMPLES / "contract-individual.yaml")
    open_file(clerk, SAMPLES / "contract-agent.yaml")
    expect(clerk.page.locator("#subject-more")).to_contain_text("contract-agent.yaml")
    clerk.page.wait_for_timeout(900)
    expect(clerk.page.locator("#subject-more")).to_contain_text("contract-agent.yaml")
    clerk.page.route("**/api/data/open", lambda route: (clerk.page.wait_for_timeout(600), route.continue_()), times=1)
    open_file(clerk, SAMPLES / "contract-individual.yaml")
    clerk.input("件名").fill("その間に書いた件名")
    dialog = clerk.page.get_by_role("dialog", name="別の契約データを開きますか")
    dialog.get_by_role("button", name="やめる").click()
    expect(clerk.input("件名")).to_have_value("その間に書いた件名")


def test_another_contract_under_an_open_list_is_asked_about(open_page, tmp_path):
    clerk = open_page("contract.yaml")
    page = ListPage(clerk)
    page.give(write_list(tmp_path / "一覧.csv", [row(number) for number in range(3)]))
    open_file(clerk, SAMPLES / "contract-agent.yaml")
    dialog = clerk.page.get_by_role("dialog", name="別の契約データを開きますか")
    expect(dialog).to_contain_text("一覧「一覧.csv」")
    dialog.get_by_role("button", name="開く").click()
    expect(clerk.page.locator("#subject-more")).to_contain_text("contract-agent.yaml")


@contextmanager
def troubled(preview, call, what):
    """While the disk fails whatever `call` would do to the data file, or to the new one that shall take its place."""
    new = preview.data.parent / f".{preview.data.name}.{preview.pid}.tokki"
    paths = [word for path in (preview.data, new, preview.data.parent) for word in ("-P", str(path))]
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(preview.pid), "-o", preview.temporary / "trace", *paths, "-e", f"trace={call}", "-e", f"inject={call}:{what}"],
        stderr=subprocess.PIPE, text=True,
    )
    try:
        assert "attached" in tracer.stderr.readline()
        yield
    finally:
        tracer.terminate()
        tracer.wait()
    assert "(INJECTED)" in (preview.temporary / "trace").read_text(errors="replace") or "KILL" in what


def files(folder):
    return {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}


FAULTS = [
    ("openat", "error=ENOSPC:when=2+"), ("write", "error=ENOSPC"), ("write", "error=EIO"), ("fchmod", "error=EIO"), ("fsync", "error=EIO:when=1"),
    ("rename", "error=ENOSPC"), ("rename", "error=EROFS"),
]


@pytest.mark.parametrize("call, what", daily(FAULTS, FAULTS[0]))
def test_what_the_disk_refuses_is_said_and_nothing_is_half_saved(open_page, call, what):
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    before = files(clerk.preview.folder)
    clerk.input("件名").fill("この画面の件名")
    with troubled(clerk.preview, call, what):
        clerk.press("Control+s")
        expect(clerk.banner()).to_contain_text(re.compile("^(保存|書き込み|読み取り)できません"))
        assert files(clerk.preview.folder) == before
    clerk.noise.clear()
    # It is not lost, and can be saved when there is room.
    clerk.press("Control+s")
    expect(saved(clerk)).to_be_visible()
    assert "この画面の件名" in clerk.preview.data.read_text() and len(files(clerk.preview.folder)) == len(before)


def test_a_save_that_the_disk_did_not_confirm_is_no_conflict(open_page):
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    clerk.input("件名").fill("この画面の件名")
    with troubled(clerk.preview, "fsync", "error=EIO:when=2"):
        clerk.press("Control+s")
        expect(clerk.banner()).to_contain_text("保存できません")
    clerk.noise.clear()
    clerk.press("Control+s")
    expect(clerk.page.get_by_text("変更はありません")).to_be_visible()
    assert "この画面の件名" in clerk.preview.data.read_text()


def test_saves_that_overtake_one_another_are_no_conflict(open_page):
    clerk = open_page("contract.yaml")
    clerk.choose(APPLICATION)
    clerk.page.route("**/api/save", lambda route: (clerk.page.wait_for_timeout(300), route.continue_()))
    for text in ("一", "一二", "一二三"):
        clerk.input("件名").fill(text)
        clerk.press("Control+s")
    expect(saved(clerk)).to_be_visible()
    clerk.page.wait_for_timeout(1500)
    assert "title: 一二三" in clerk.preview.data.read_text()
    expect(clerk.page.get_by_role("dialog")).to_be_hidden()


def test_a_file_that_cannot_be_edited_gets_one_beside_it(open_page):
    text = "contract: {number: 1\n# 読めない"
    clerk = open_page(text)
    clerk.choose(APPLICATION)
    clerk.input("件名").fill("台帳入力業務委託")
    clerk.press("Control+s")
    dialog = clerk.page.get_by_role("dialog", name="別のファイルに保存しました")
    expect(dialog).to_contain_text("data-2.yaml")
    dialog.get_by_role("button").last.click()
    # That is the one that she works on from now on.
    expect(clerk.page.locator("#subject-more")).to_contain_text("data-2.yaml")
    clerk.input("件名").fill("別の業務委託")
    clerk.press("Control+s")
    expect(saved(clerk)).to_contain_text("data-2.yaml")
    assert clerk.preview.data.read_text() == text
    assert "title: 別の業務委託" in (clerk.preview.folder / "data-2.yaml").read_text()


def test_without_a_file_there_is_a_download(open_page):
    clerk = open_page()
    clerk.choose(APPLICATION)
    clerk.input("件名").fill("台帳入力業務委託")
    clerk.press("Control+s")
    dialog = clerk.page.get_by_role("dialog", name="保存先のファイルがありません")
    with clerk.page.expect_download() as download:
        dialog.get_by_role("button", name="YAMLでダウンロード").click()
    assert download.value.suggested_filename == "契約データ.yaml"
    assert "title: 台帳入力業務委託" in download.value.path().read_text()


@pytest.mark.parametrize("format", daily(["yaml", "json"], "yaml"))
def test_a_download_gives_the_same_packet(open_page, tmp_path, format):
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("button", name="ダウンロード").click()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name=re.compile(f"^{format.upper()}")).click()
    assert download.value.suggested_filename == f"contract.{format}"
    file = tmp_path / f"data.{format}"
    download.value.save_as(file)
    if format == "json":
        assert json.loads(file.read_text())["contract"]["number"] == "0040012"
    one = make_packet(file, tmp_path / "one", "--mode", "final", "--edition", clerk.preview.edition)
    other = make_packet(SAMPLES / "contract.yaml", tmp_path / "other", "--mode", "final", "--edition", clerk.preview.edition)
    assert (one / "manifest.json").read_bytes() == (other / "manifest.json").read_bytes()


@pytest.mark.parametrize("mode", daily(MODES, "final"))
def test_the_zip_holds_the_packet(open_page, tmp_path, mode):
    """The same files, byte for byte, as `tokki packet` writes."""
    clerk = open_page("contract.yaml")
    clerk.page.get_by_role("radio", name=NAMES[mode]).check()
    clerk.settled()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name="書類一式をZIPで").click()
    content = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert content.testzip() is None
    packet = make_packet(clerk.preview.data, tmp_path / mode, "--mode", mode, "--edition", clerk.preview.edition)
    inside = {name.split("/")[-1]: content.read(name) for name in content.namelist() if not name.endswith("/")}
    assert inside == {file.name: file.read_bytes() for file in packet.iterdir()}
    for name, file in inside.items():
        assert [mark for mark in (b"data-field", b"data-blank", b"data-requires") if mark in file] == [], name


def test_a_packet_with_mistakes_is_refused_with_the_way_to_them(open_page):
    clerk = open_page((SAMPLES / "contract.yaml").read_text().replace("  id: V001\n", "", 1))
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.settled()
    clerk.page.get_by_role("button", name="書類一式をZIPで").click()
    dialog = clerk.page.get_by_role("dialog", name="書類一式を作れません")
    expect(dialog).to_contain_text("受注者番号：未記入")
    dialog.get_by_role("button", name="最初の項目へ移る").click()
    expect(clerk.input("受注者番号")).to_be_focused()


def test_without_a_file_a_download_is_the_way_to_save(open_page):
    clerk = open_page(None)
    clerk.input("提出先の課").fill("見本課")
    expect(clerk.page.get_by_text("保存していない変更があります")).to_be_visible()
    clerk.page.get_by_role("button", name="ダウンロード").click()
    with clerk.page.expect_download():
        clerk.page.get_by_role("button", name="YAML形式").click()
    expect(clerk.page.get_by_text("ダウンロードしました（契約データ.yaml）")).to_be_visible()
    expect(clerk.page.get_by_text("保存していない変更があります")).to_be_hidden()
    clerk.page.reload()
    expect(clerk.banner()).to_contain_text("再読み込みで閉じました")
    expect(clerk.input("提出先の課")).to_have_value("")
