"""From a list with mistakes to the packets of all its rows, from the page alone."""

import re

import openpyxl
import pytest
from batches import HEADER, common_text, csv_bytes
from list_page import ListPage, made_by_command
from packets import SAMPLES, run
from playwright.sync_api import expect
from rings import daily
from samples import BAD, COUNT, files_of, rows, unzipped, write_list, write_xlsx

KINDS = ["utf-8.csv", "cp932.csv", "xlsx"]


@pytest.fixture
def listed(open_page):
    """Opens a list beside the data that its rows share: `listed(file)`."""
    return lambda file, **options: ListPage(open_page(common_text())).open(file, **options)


@pytest.mark.parametrize("kind", daily(KINDS, "xlsx"))
def test_three_bad_cells_mended_by_hand_give_what_the_command_gives(listed, tmp_path, kind):
    file = write_list(tmp_path, kind, rows())
    page = listed(file)
    page.says("すべて", COUNT)
    page.says("エラー", 3)
    # The list has no workers, and the pledge is a paper that every contract needs.
    page.says("警告", COUNT - 3)
    for number, column, wrong, right in BAD:
        page.mend(right)
    page.says("エラー", 0)
    page.says("修正した行", 3)

    # The corrections come back in the list's own form, and nothing else of it is another.
    download = page.download("修正した一覧をダウンロード")
    assert download.suggested_filename.endswith(file.suffix)
    corrected = tmp_path / "corrected" / file.name
    download.save_as(corrected)
    assert same_list(corrected, write_list_again(tmp_path / "right", kind))
    assert file.read_bytes() == write_list_again(tmp_path / "as-it-was", kind, bad=True).read_bytes() or kind == "xlsx"

    page.make()
    packets = page.packets()
    assert sum(name.endswith("/manifest.json") for name in packets) == COUNT
    assert packets == made_by_command(page, corrected, tmp_path / "out")
    [html] = [content for name, content in packets.items() if name.startswith("0040006/") and name.endswith("packet.html")]
    assert "株式会社髙﨑＆&lt;b&gt;見本&lt;/b&gt;".encode() in html


def write_list_again(folder, kind, bad=False):
    folder.mkdir()
    return write_list(folder, kind, rows(bad=bad))


def same_list(one, other):
    if one.suffix == ".csv":
        # By what they say: CP932 has two codes for 髙, and Python writes another than Windows.
        texts = [file.read_bytes() for file in (one, other)]
        return texts[0] == texts[1] or texts[0].decode("cp932") == texts[1].decode("cp932")
    values = [[[cell.value for cell in line] for line in openpyxl.load_workbook(file)["一覧"].rows] for file in (one, other)]
    return values[0] == values[1]


def test_bad_rows_stay_behind_and_come_back_as_a_list(listed, tmp_path):
    """A run with errors gives the good packets and the rejects; mended, they complete the run."""
    file = write_list(tmp_path, "utf-8.csv", rows())
    page = listed(file)
    page.make("一部を作成しました")
    expect(page.page.get_by_role("definition").nth(2)).to_have_text("3行")
    download = page.download("エラー行一覧（修正・再取込用）")
    out = tmp_path / "out"
    expected = made_by_command(page, file, out)
    rejects = tmp_path / download.suggested_filename
    download.save_as(rejects)
    assert rejects.name == "エラー行一覧.csv" and rejects.read_bytes() == expected["rejects.csv"]
    assert page.packets() == expected

    # In a spreadsheet, without the columns of reasons being touched.
    text = rejects.read_text(encoding="utf-8-sig")
    for number, column, wrong, right in BAD[:2]:
        text = text.replace(wrong, f'"{right}"' if "," in right else right)
    name = f"株式会社見本{BAD[2][0]:05}"
    text = re.sub(rf"(0040006,V00006,(?:[^,]*,){{5}}),", rf"\1{name},", text)
    rejects.write_text(text, encoding="utf-8-sig")
    page.give(rejects, "別の一覧を読み込む")
    page.says("エラー", 0)
    page.make(button="直した行を加える")
    expect(page.page.get_by_role("definition").nth(3)).to_have_text(f"{COUNT}件")
    expected = made_by_command(page, rejects, out)
    # What was to be known of the others still is.
    panel = page.page.get_by_role("tabpanel", name="一括作成")
    for visit in ["the first", "another"]:
        for count in [COUNT - 3, 3]:
            expect(panel).to_contain_text(f"必須の書類「誓約書」を作りません。（特記事項第５条第２項）（{count}行）")
        if visit == "the first":
            page.page.reload()
            page.page.get_by_role("button", name="一括作成へ").click()
    download = page.download("書類一式をZIPで保存")
    assert download.suggested_filename == "書類一式（一覧）.zip"
    packets = unzipped(download.path().read_bytes())
    assert sum(name.endswith("/manifest.json") for name in packets) == COUNT
    assert packets == expected


def test_what_was_typed_last_is_made(listed, tmp_path):
    """However slow the answer to the correction is."""
    page = listed(write_list(tmp_path, "utf-8.csv", rows()[:2]))
    page.page.route("**/api/list/correct", lambda route: (page.page.wait_for_timeout(500), route.continue_()))
    page.clerk.press("F8", "Enter", "Control+a")
    page.clerk.type(BAD[0][3])
    page.clerk.press("Enter")
    page.page.get_by_role("button", name="一括作成へ").click()
    page.start()
    expect(page.page.get_by_role("heading", name="全て作成しました")).to_be_visible(timeout=60_000)


def test_a_correction_whose_answer_was_lost(listed, tmp_path):
    """The page shows what the server has of the row."""
    page = listed(write_list(tmp_path, "utf-8.csv", rows(bad=False)[:2]))
    page.page.route("**/api/list/correct", lambda route: (route.fetch(), route.fulfill(status=502, body="")))
    page.grid.get_by_role("rowheader").first.click()
    page.page.get_by_role("button", name="この行を除く").click()
    expect(page.page.get_by_text("処理できませんでした（502）。").first).to_be_visible()
    expect(page.grid.get_by_role("rowheader", name=re.compile("除いた行"))).to_have_count(1)
    assert all("502" in noise for noise in page.clerk.noise)
    page.clerk.noise.clear()


@pytest.mark.long
def test_a_list_that_was_left_is_checked_with_the_contract_that_is_open_now(open_page, tmp_path):
    """A reload brings the program's own data back, and nothing of the contract that had been opened before goes on."""
    clerk = open_page("contract.yaml")
    with clerk.page.expect_file_chooser() as chooser:
        clerk.page.get_by_role("button", name="開く", exact=True).click()
    other = tmp_path / "別の契約.yaml"
    text = (SAMPLES / "contract.yaml").read_text(encoding="utf-8")
    other.write_text(text.replace("見本区役所例示分室", "別の契約の履行場所"), encoding="utf-8")
    chooser.value.set_files(other)
    expect(clerk.page.locator("#subject-more")).to_contain_text("別の契約.yaml")
    page = ListPage(clerk)
    made = [one | {"契約金額": "12345678"} for one in rows(bad=False)[:2]]
    page.open(write_list(tmp_path, "utf-8.csv", made), mode="一部印字様式")
    clerk.page.reload()
    expect(clerk.page.locator("#subject-more")).to_contain_text("contract.yaml")
    expect(page.grid).to_be_visible()
    clerk.settled()
    page.make()
    made = page.packets()
    assert made and not any("別の契約の履行場所".encode() in content for content in made.values())


@pytest.mark.long
@pytest.mark.parametrize("kind", daily(["utf-8.csv", "xlsx"], "utf-8.csv"))
def test_a_row_too_many_is_taken_off_and_put_back(listed, tmp_path, kind):
    made = rows(bad=False)
    made.insert(3, dict(made[0]))
    file = write_list(tmp_path, kind, made)
    page = listed(file)
    expect(page.page.locator("summary", has_text="お知らせ")).to_contain_text(f"{file.name} 契約番号が共通の契約データと異なる{COUNT + 1}行には、")
    page.says("エラー", 2)
    page.clerk.press("F8", "F8")
    expect(page.grid.locator(":focus")).to_have_accessible_name(re.compile("^5.*エラー"))
    page.page.get_by_role("button", name="この行を除く").click()
    page.says("エラー", 0)
    page.says("除いた行", 1)
    page.says("警告", COUNT)
    row = page.grid.get_by_role("row").filter(has=page.page.get_by_role("rowheader", name=re.compile("^5.*除いた行")))
    # One still sees which it was.
    expect(row).to_contain_text(made[3]["受注者番号"])
    page.page.get_by_role("button", name="一括作成へ").click()
    expect(page.page.get_by_role("tabpanel", name="一括作成")).to_contain_text(f"{COUNT}行の書類一式を「提出用」で作ります。うち{COUNT}行には警告がありますが、作成します。除いた1行は作りません。")
    # What may be wrong is said before anything is made: of the whole list, then of its rows.
    cautions = page.page.get_by_role("tabpanel", name="一括作成").get_by_role("listitem")
    expect(cautions.first).to_contain_text(f"契約番号が共通の契約データと異なる{COUNT}行には、共通の契約データの「履行場所」")
    expect(cautions.nth(1)).to_contain_text(re.compile(rf"「誓約書」を作りません.*（{COUNT}行）"))
    page.page.get_by_role("tab", name="行の確認").click()
    # Whichever cell is chosen, the row comes back as a whole.
    row.get_by_role("gridcell").nth(3).click()
    expect(page.page.get_by_role("button", name="元に戻す")).to_be_hidden()
    page.page.get_by_role("button", name="この行を戻す").click()
    page.says("エラー", 2)
    expect(page.count("除いた行")).to_be_hidden()
    page.page.get_by_role("button", name="この行を除く").click()
    page.says("エラー", 0)
    # Taken back in one step, and done again by the keys alone.
    page.grid.locator("[tabindex='0']").focus()
    page.clerk.press("Control+z")
    page.says("エラー", 2)
    # Without its number it is no double any more, and nobody knows whose it is.
    page.clerk.press("Home", "ArrowRight", "Delete", "ArrowRight", "ArrowRight", "Delete")
    page.says("エラー", 1)
    page.clerk.press("Home")
    page.page.get_by_role("button", name="この行を除く").click()
    page.says("エラー", 0)
    page.make()
    saved = page.download("修正した一覧をダウンロード")
    saved.save_as(tmp_path / saved.suggested_filename)
    out = tmp_path / "out"
    made_by_command(page, tmp_path / saved.suggested_filename, out)
    assert page.packets() == files_of(out)
    assert len(list(out.glob("*/*/manifest.json"))) == COUNT


def test_a_run_is_cancelled_and_goes_on(listed, tmp_path):
    # Enough for a clerk to be quicker.
    count = 2000
    page = listed(write_list(tmp_path, "utf-8.csv", rows(count, bad=False)))
    page.cancel()
    expect(page.page.get_by_role("tabpanel", name="一括作成")).to_contain_text("2,000行のうち")
    stopped = page.page.evaluate("fetch('api/batch').then(one => one.json())")
    assert stopped["state"] == "stopped" and stopped["done"] < count
    # The page may be left and opened again meanwhile.
    page.page.reload()
    page.page.get_by_role("tab", name="一括作成").click()
    page.start("再開")
    expect(page.page.get_by_role("heading", name="全て作成しました")).to_be_visible(timeout=60_000)
    finished = page.page.evaluate("fetch('api/batch').then(one => one.json())")
    assert (finished["state"], finished["made"] + finished["unchanged"], finished["rejected"]) == ("finished", count, 0)


@pytest.mark.long
def test_what_may_be_wrong_is_asked_about_once(listed, tmp_path):
    """The list has no workers: papers that every contract needs would be lacking, and someone has to know."""
    page = listed(write_list(tmp_path, "utf-8.csv", rows(bad=False)[:2]))
    page.page.get_by_role("button", name="一括作成へ").click()
    start = page.page.get_by_role("button", name="一括作成を始める")
    asked = page.page.get_by_role("dialog", name="このまま作成しますか")
    start.click()
    expect(asked).to_contain_text("「誓約書」を作りません")
    asked.get_by_role("button", name="やめる").click()
    expect(start).to_be_visible()
    assert page.page.evaluate("fetch('api/batch').then(one => one.json())")["state"] == "none"
    page.start()
    expect(page.page.get_by_role("heading", name="全て作成しました")).to_be_visible(timeout=60_000)
    panel = page.page.get_by_role("tabpanel", name="一括作成")
    expect(panel).to_contain_text("庁内用の「書類確認表」（07-review-sheet.html）も入ります。委託先には渡さないでください。")
    expect(panel).not_to_contain_text("変更の前に作成したものです")
    panel.get_by_role("button", name="もう一度作成").click()
    expect(panel.get_by_role("definition").nth(1)).to_have_text("2件", timeout=60_000)
    # What was made is of another kind; what may be wrong with it, too.
    page.page.get_by_role("radio", name="一部印字様式").check()
    expect(panel).to_contain_text("保存と印刷は、変更の前に作成したものです。")
    page.start("変わった行を作成")
    expect(panel).not_to_contain_text("変更の前に作成したものです", timeout=60_000)


def test_no_run_begins_with_a_wrong_value_in_what_all_rows_share(listed, tmp_path):
    """Neither a first one nor, after a change, another."""
    page = listed(write_list(tmp_path, "utf-8.csv", rows(bad=False)[:2]))
    page.make()
    page.page.get_by_role("link", name="書類", exact=True).click()
    date = page.clerk.form.locator("[data-path='contract.period_from']")
    date.get_by_label("月", exact=True).fill("2")
    date.get_by_label("日", exact=True).fill("31")
    page.clerk.settled()
    page.page.get_by_role("link", name="契約・委託先一覧").click()
    panel = page.page.get_by_role("tabpanel", name="一括作成")
    expect(panel).to_contain_text("全ての行に関わるエラーがあるので、作成できません。")
    expect(panel.get_by_role("button", name="変わった行を作成")).to_have_count(0)
    notices = page.page.get_by_role("group").filter(has_text="エラー1件")
    expect(notices).to_contain_text("「書類」の画面の契約データ 「履行期間の始期」は暦にない日付です。")


def test_a_double_click_starts_one_run(listed, tmp_path):
    page = listed(write_list(tmp_path, "utf-8.csv", rows(bad=False)))
    page.make()
    asked = []
    page.page.on("request", lambda one: asked.append(one.url) if one.method == "POST" and one.url.endswith("/api/batch") else None)
    # What had to be asked about was answered, so that nothing comes between the clicks.
    page.page.get_by_role("button", name="もう一度作成").dblclick()
    expect(page.page.get_by_role("definition").nth(1)).to_have_text(f"{COUNT}件")
    page.clerk.settled()
    assert len(asked) == 1


BUNDLES = [("vendor", "委託先別に印刷"), ("document", "書類別に印刷")]


@pytest.mark.parametrize("by, words", daily(BUNDLES, BUNDLES[0]))
def test_all_packets_are_printed_together(listed, tmp_path, by, words):
    """What goes to the printer is what `tokki print` writes."""
    file = write_list(tmp_path, "utf-8.csv", rows(bad=False)[:3])
    page = listed(file)
    page.make()
    response = page.clerk.printed(page.page.get_by_role("button", name=words).click)
    assert response.url.endswith(f"/batch/print/{by}")
    out = tmp_path / "out"
    made_by_command(page, file, out)
    assert run("print", out, "--by", by).returncode == 0
    assert response.body() == (out / f"print-{by}.html").read_bytes()
    assert re.search(r"style-src 'sha256-", response.headers["content-security-policy"])


def test_sorting_filtering_and_stepping(listed, tmp_path):
    made = rows()
    made[2]["契約金額"] = "500"
    page = listed(write_list(tmp_path, "utf-8.csv", made))
    numbers = page.column("契約番号")
    assert len(numbers) == COUNT and numbers == sorted(numbers)
    # By the header's own key, there and back.
    page.grid.get_by_role("columnheader", name="契約番号").click()
    expect(page.grid.get_by_role("columnheader", name="契約番号")).to_have_attribute("aria-sort", "ascending")
    page.clerk.press("Enter")
    expect(page.grid.get_by_role("columnheader", name="契約番号")).to_have_attribute("aria-sort", "descending")
    expect(page.grid.get_by_role("gridcell", name="0040007", exact=True)).to_be_visible()
    assert page.column("契約番号") == numbers[::-1]
    page.clerk.press("Enter")
    # Amounts sort as amounts.
    page.grid.get_by_role("columnheader", name="契約金額").focus()
    page.clerk.press("Enter")
    page.clerk.settled()
    assert page.column("契約番号")[0] == "0040002"
    page.clerk.press("Enter", "Enter")

    page.count("エラー").check()
    expect(page.page.get_by_text("8行中 3行")).to_be_visible()
    page.clerk.settled()
    assert page.column("契約番号") == ["0040001", "0040004", "0040006"]
    page.count("すべて").check()
    page.page.get_by_role("searchbox", name="検索").fill("ｖ０００５ 見本")
    expect(page.page.get_by_text("絞り込みに当たる行がありません。").first).to_be_visible()
    page.page.get_by_role("searchbox", name="検索").fill("Ｖ００００５")
    expect(page.page.get_by_text("8行中 1行")).to_be_visible()
    page.page.get_by_role("button", name="絞り込み解除").click()
    page.page.get_by_label("委託先で絞り込む").select_option("V00003")
    expect(page.page.get_by_text("8行中 1行")).to_be_visible()
    page.page.get_by_role("button", name="絞り込み解除").click()
    expect(page.page.get_by_text("全8行")).to_be_visible()

    # From vendor to vendor, by their papers.
    page.grid.get_by_role("gridcell", name="V00002", exact=True).click()
    page.page.get_by_role("tab", name="書類").click()
    paper = page.row_paper
    expect(paper.locator("main")).to_contain_text("株式会社見本00002")
    page.page.get_by_role("button", name="次の委託先").click()
    expect(paper.locator("main")).to_contain_text("株式会社見本00003")
    expect(paper.locator("main")).not_to_contain_text("株式会社見本00002")
    page.page.get_by_role("button", name="前の委託先").click()
    expect(paper.locator("main")).to_contain_text("株式会社見本00002")
    # A value leads to its cell.
    paper.locator("[data-field='contract.title']").first.click()
    expect(page.grid.locator(":focus")).to_have_text("見本業務0040002委託")


def test_vendors_beyond_a_menu_are_found_by_searching(listed, tmp_path):
    page = listed(write_list(tmp_path, "utf-8.csv", rows(200)))
    menu = page.page.get_by_label("委託先で絞り込む")
    expect(menu.locator("option")).to_have_count(201)
    expect(menu).to_be_visible()
    menu.select_option("V00199")
    expect(page.page.get_by_text("200行中 1行")).to_be_visible()
    page = listed(write_list(tmp_path, "utf-8.csv", rows(201)))
    expect(page.page.get_by_text("全201行")).to_be_visible()
    expect(page.page.get_by_label("委託先で絞り込む")).to_be_hidden()
    page.page.get_by_role("searchbox", name="検索").fill("V00200")
    expect(page.page.get_by_text("201行中 1行")).to_be_visible()


def test_a_correction_is_taken_back(listed, tmp_path):
    page = listed(write_list(tmp_path, "utf-8.csv", rows()))
    page.mend(BAD[0][3])
    page.says("エラー", 2)
    page.clerk.press("Control+z")
    page.says("エラー", 3)
    expect(page.grid.locator(":focus")).to_have_accessible_name(re.compile("平成34年４月１日"))
    page.mend(BAD[0][3])
    page.page.get_by_role("button", name="元に戻す").click()
    page.says("エラー", 3)
    page.says("修正した行", 0)
    # Escape leaves a cell as it was.
    page.clerk.press("F8", "Shift+F8")
    page.clerk.press("Enter")
    page.clerk.type("x")
    page.clerk.press("Escape")
    page.clerk.settled()
    page.says("修正した行", 0)


def test_corrections_that_were_taken_away_are_not_asked_about(listed, tmp_path):
    page = listed(write_list(tmp_path, "utf-8.csv", rows()))
    other = write_list(tmp_path, "xlsx", rows(bad=False))
    question = page.page.get_by_role("dialog", name="別の一覧を読み込みますか")
    page.mend(BAD[0][3])
    page.says("エラー", 2)
    page.download("修正した一覧をダウンロード")
    # What was corrected since then is asked about.
    page.mend(BAD[1][3])
    page.says("エラー", 1)
    page.choose(other, "別の一覧を読み込む")
    question.get_by_role("button", name="やめる").click()
    page.download("修正した一覧をダウンロード")
    page.give(other, "別の一覧を読み込む")
    page.says("エラー", 0)


def test_another_tab_has_another_list(listed, tmp_path):
    """What is typed into the list that is gone goes nowhere; the one that is open comes in its place."""
    page = listed(write_list(tmp_path, "utf-8.csv", rows()))
    other = tmp_path / "別の一覧.csv"
    other.write_bytes((tmp_path / "一覧.csv").read_bytes())
    tab = page.page.context.new_page()
    tab.goto(page.clerk.home + "#list")
    with tab.expect_file_chooser() as chooser:
        tab.get_by_role("button", name="別の一覧を読み込む").click()
    chooser.value.set_files(other)
    expect(tab.get_by_role("heading", name="別の一覧.csv")).to_be_visible()
    page.clerk.press("F8", "Enter", "Control+a")
    page.clerk.type(BAD[0][3])
    page.clerk.press("Enter")
    expect(page.page.get_by_role("heading", name="別の一覧.csv")).to_be_visible()
    expect(page.clerk.banner()).to_contain_text("ほかの一覧に替わりました")
    page.clerk.settled()
    page.says("エラー", 3)
    page.says("修正した行", 0)
    # From where she was it is the second.
    page.mend(BAD[1][3])
    page.says("エラー", 2)
    page.clerk.noise.clear()


def test_headers_are_mended_in_the_list_that_was_seen(open_page, tmp_path):
    """Another tab's list comes in its place, and nothing is written over its headers."""
    clerk = open_page(common_text())
    (tmp_path / "余分な列.csv").write_text("契約番号,受注者番号,連番\r\n1,2,3\r\n", encoding="utf-8")
    ListPage(clerk).choose(tmp_path / "余分な列.csv")
    clerk.page.get_by_label("C1の列は使わない").check()
    tab = clerk.page.context.new_page()
    tab.goto(clerk.home + "#list")
    with tab.expect_file_chooser() as chooser:
        tab.get_by_role("button", name="ファイルを選ぶ").click()
    chooser.value.set_files(write_list(tmp_path, "utf-8.csv", rows(bad=False)))
    expect(tab.get_by_role("grid")).to_be_visible()
    clerk.page.get_by_role("button", name="この見出しで読み込む").click()
    expect(clerk.page.get_by_role("heading", name="一覧.csv")).to_be_visible()
    expect(clerk.page.get_by_role("columnheader", name="件名")).to_be_visible()
    expect(clerk.page.get_by_role("columnheader", name="使わない")).to_have_count(0)
    clerk.noise.clear()


WATCH = """panel => {
  window.seen = []
  const look = () => {
    const [line] = /V\\d{5}/.exec(panel.querySelector('.list-whose').textContent) ?? ['']
    const paper = panel.querySelector('iframe.paper-frame')?.contentDocument?.body?.textContent ?? ''
    window.seen.push([line, panel.dataset.state, /株式会社見本\\d{5}/.exec(paper)?.[0] ?? ''])
  }
  new MutationObserver(look).observe(panel, { attributes: true, subtree: true, childList: true, characterData: true })
}"""


def test_no_row_has_the_paper_of_another(listed, tmp_path):
    page = listed(write_list(tmp_path, "utf-8.csv", rows(bad=False)))
    page.grid.get_by_role("gridcell", name="V00002", exact=True).click()
    page.page.get_by_role("tab", name="書類").click()
    expect(page.row_paper.locator("main")).to_contain_text("株式会社見本00002")
    panel = page.page.locator(".list-paper")
    panel.evaluate(WATCH)
    # Answers are slow, and one is still on its way when the next row is chosen.
    page.page.route("**/api/list/render", lambda route: (page.page.wait_for_timeout(400), route.continue_()))
    for number in (3, 4, 5):
        page.grid.get_by_role("gridcell", name=f"V0000{number}", exact=True).click()
        page.page.wait_for_timeout(250)
    expect(page.row_paper.locator("main")).to_contain_text("株式会社見本00005")
    expect(panel).to_have_attribute("data-state", "shown")
    seen = page.page.evaluate("window.seen")
    assert {"busy", "shown"} <= {state for _, state, _ in seen} and {line for line, _, _ in seen} >= {"V00003", "V00004", "V00005"}
    assert [one for one in seen if one[1] == "shown" and one[0][-5:] != one[2][-5:]] == []


def test_a_list_stays_through_a_reload_of_the_page(listed, tmp_path):
    page = listed(write_list(tmp_path, "utf-8.csv", rows()))
    page.mend(BAD[0][3])
    page.says("エラー", 2)
    page.page.reload()
    page.page.get_by_role("radio", name="提出用").check()
    page.says("エラー", 2)
    page.says("修正した行", 1)


def test_shared_values_come_from_the_contract_at_hand(listed, tmp_path):
    """What the packet view changes is in all rows at once."""
    page = listed(write_list(tmp_path, "utf-8.csv", rows(bad=False)))
    page.says("エラー", 0)
    page.page.get_by_role("link", name="書類", exact=True).click()
    page.clerk.input("提出先の電話").fill("")
    page.page.get_by_role("link", name="契約・委託先一覧").click()
    page.says("エラー", COUNT)
    page.page.get_by_role("link", name="書類", exact=True).click()
    page.clerk.input("提出先の電話").fill("044-000-0010")
    page.page.get_by_role("link", name="契約・委託先一覧").click()
    page.says("エラー", 0)


def test_a_folder_of_lists(listed, tmp_path):
    folder = tmp_path / "一覧フォルダー"
    folder.mkdir()
    write_list(folder, "utf-8.csv", rows(bad=False)[:2])
    workers = "契約番号,受注者番号,従事者の氏名,所属の区分\r\n0040000,V00000,髙﨑　例子,受注者\r\n0040000,V00000,濵田　試,受注者\r\n0040001,V00001,見本　太郎,受注者\r\n"
    (folder / "従事者.csv").write_text(workers, encoding="utf-8-sig", newline="")
    page = listed(folder)
    page.says("エラー", 0)
    page.make()
    packets = page.packets()
    assert packets == made_by_command(page, folder, tmp_path / "out")
    assert sum("-pledge" in name for name in packets) == 3


def workers_of(contracts, header="契約番号,受注者番号,従事者の氏名,所属の区分"):
    lines = [f"{contract},V0000{contract[-1]},見本　太郎,受注者".split(",")[: header.count(",") + 1] for contract in contracts]
    return "\r\n".join([header, *map(",".join, lines), ""]).encode()


def folder_of(tmp_path, made, workers):
    folder = tmp_path / "一覧フォルダー"
    folder.mkdir()
    write_list(folder, "utf-8.csv", made)
    (folder / "従事者.csv").write_bytes(workers)
    return folder


def test_a_worker_of_no_row_is_reported_until_the_row_is_right(listed, tmp_path):
    made = rows(bad=False)[:2]
    made[1]["契約番号"] = "0049991"
    page = listed(folder_of(tmp_path, made, workers_of(["0040000", "0040001"])), mode="一部印字様式")
    notice = page.page.get_by_text("この行の契約番号と受注者番号の行が、一覧にありません").first
    expect(notice).to_be_visible()
    page.grid.get_by_role("gridcell", name="0049991").click()
    page.clerk.type("0040001")
    page.clerk.press("Enter")
    expect(notice).to_have_count(0)
    page.grid.get_by_role("gridcell", name="0040001").first.click()
    page.clerk.press("Delete")
    expect(notice).to_be_visible()


def test_another_contracts_title_is_no_title(listed, tmp_path):
    """A row without a title of its own is not finished with that of the contract that happens to be open."""
    made = rows(bad=False)[:2]
    made[1]["件名"] = ""
    page = listed(write_list(tmp_path, "utf-8.csv", made))
    page.says("エラー", 1)
    page.clerk.press("F8")
    note = page.page.get_by_role("tabpanel", name="行の確認")
    expect(note).to_contain_text("必須項目「件名」が未記入です。")
    page.page.get_by_role("radio", name="一部印字様式").check()
    page.clerk.settled()
    page.says("エラー", 1)


def test_what_is_another_contracts_is_in_all_rows_without_its_number(listed, tmp_path):
    """Where the list has no column for it, the clerk reads what to do, and that is enough."""
    header = [name for name in HEADER if name not in ("件名", "契約締結日")]
    page = listed(write_list(tmp_path, "utf-8.csv", rows(bad=False)[:2], header=header))
    title = re.search(r"^  title: (.+)$", common_text(), re.M)[1].strip('"')
    page.says("エラー", 2)
    expect(page.page.get_by_text("ほとんどの行に、「件名」「契約締結日」がありません。")).to_be_visible()
    expect(page.page.get_by_text("一覧に、その項目の列を加えてください。", exact=True).first).to_be_visible()
    page.page.locator("summary", has_text="お知らせ").click()
    expect(page.page.get_by_role("group").filter(has_text="お知らせ")).to_contain_text("契約番号を空欄にすると、全ての行に使用します")
    page.page.get_by_role("link", name="書類", exact=True).click()
    page.clerk.input("契約番号").fill("")
    page.page.get_by_role("link", name="契約・委託先一覧").click()
    page.says("エラー", 0)
    page.make()
    made = [content.decode() for name, content in page.packets().items() if name.endswith("/packet.html")]
    assert len(made) == 2 and all(title in content for content in made)


def test_a_run_is_of_the_mode_that_was_checked(listed, tmp_path):
    """The mode is chosen while the list is not checked anew yet."""
    page = listed(write_list(tmp_path, "utf-8.csv", rows(bad=False)[:2]))
    page.page.get_by_role("button", name="一括作成へ").click()
    held = []
    page.page.route("**/api/list/open", lambda route: held.append(route), times=1)
    with page.page.expect_request("**/api/list/open"):
        page.page.get_by_role("radio", name="一部印字様式").check()
    page.start()
    panel = page.page.get_by_role("tabpanel", name="一括作成")
    expect(panel).to_contain_text("様式の種類が、一覧をチェックしたときと異なるため、作成できません。")
    assert page.page.evaluate("fetch('api/batch').then(one => one.json())")["state"] == "none"
    assert page.clerk.noise and all("409" in noise for noise in page.clerk.noise)
    page.clerk.noise.clear()
    held[0].continue_()
    page.clerk.settled()
    page.make()
    assert b'"mode":"prefilled"' in page.packets()["run.json"].replace(b" ", b"")


@pytest.mark.long
def test_what_numbered_columns_lack(listed, tmp_path):
    """The header to add is named as it is to be written, once; and the words that may stand below it."""
    made = [one | {"従事者氏名1": "見本　一", "従事者氏名2": "見本　二"} for one in rows(bad=False)[:3]]
    page = listed(write_list(tmp_path, "utf-8.csv", made, header=[*HEADER, "従事者氏名1", "従事者氏名2"]))
    page.says("エラー", 3)
    expect(page.page.get_by_text("ほとんどの行に、「従事者1.所属の区分」がありません。")).to_be_visible()
    page.clerk.press("F8")
    expect(page.page.get_by_role("tabpanel", name="行の確認")).to_contain_text("書ける言葉：受注者、")
    made = [one | {"従事者1.所属の区分": "受注者", "従事者2.所属の区分": "受注者"} for one in made]
    header = [*HEADER, "従事者氏名1", "従事者氏名2", "従事者1.所属の区分", "従事者2.所属の区分"]
    page.give(write_list(tmp_path, "utf-8.csv", made, header=header), "別の一覧を読み込む")
    page.says("エラー", 0)


def test_what_a_column_was_read_as(listed, tmp_path):
    made = [one | {"担当者": "契約課　見本"} for one in rows(bad=False)[:2]]
    page = listed(write_list(tmp_path, "utf-8.csv", made, [*(name for name in HEADER if name != "担当者氏名"), "担当者"]))
    expect(page.page.get_by_text("見出しを直す（「担当者」は「担当者氏名」として読みました）")).to_be_visible()


@pytest.mark.long
def test_a_column_that_a_sheet_lacks_is_reported_once(listed, tmp_path):
    workers = workers_of(["0040000", "0040001", "0040002"], "契約番号,受注者番号,従事者の氏名")
    page = listed(folder_of(tmp_path, rows(bad=False)[:3], workers))
    page.says("エラー", 3)
    expect(page.page.get_by_text("ほとんどの行に、「従事者.csv」の「所属の区分」がありません。")).to_be_visible()
    expect(page.page.get_by_text("そのシートに、その項目の列を加えて記入してください")).to_be_visible()
    page.page.get_by_role("button", name="一括作成へ").click()
    expect(page.page.get_by_text("作成できる行がありません。")).to_be_visible()


@pytest.mark.long
def test_of_two_columns_of_the_same_either_is_kept(open_page, tmp_path):
    made = rows(bad=False)[:2]
    text = csv_bytes(made, encoding="utf-8-sig").decode("utf-8-sig").splitlines()
    text = ["契約番号," + text[0], *("まちがい," + line for line in text[1:])]
    file = tmp_path / "一覧.csv"
    file.write_text("\r\n".join([*text, ""]), encoding="utf-8-sig")
    page = ListPage(open_page(common_text()))
    page.choose(file)
    form = page.page.get_by_role("form", name="見出しをここで直す")
    second = openpyxl.utils.get_column_letter(2 + HEADER.index("契約番号"))
    expect(form.get_by_label(f"{second}1の列は使わない")).to_be_visible()
    # What the list has already is no choice.
    choices = form.locator("datalist option").evaluate_all("all => all.map((one) => one.value)")
    assert "契約番号" not in choices and "従事者の氏名" in choices
    form.get_by_label("A1の列は使わない").check()
    form.get_by_role("button", name="この見出しで読み込む").click()
    page.says("すべて", 2)
    expect(page.grid.get_by_role("gridcell", name="0040001", exact=True)).to_be_visible()


def test_dropped_files_are_taken(open_page, tmp_path):
    clerk = open_page(common_text())
    clerk.page.get_by_role("link", name="契約・委託先一覧").click()
    place = clerk.page.get_by_text("一覧のファイルを、ここに置いてください")
    content = write_list(tmp_path, "utf-8.csv", rows()).read_text(encoding="utf-8-sig")
    transfer = clerk.page.evaluate_handle(
        "content => { const all = new DataTransfer(); all.items.add(new File([content], '落とした一覧.csv')); return all }", content
    )
    for event in ["dragenter", "dragover", "drop"]:
        place.dispatch_event(event, {"dataTransfer": transfer})
    expect(clerk.page.get_by_role("heading", name="落とした一覧.csv")).to_be_visible()
    expect(clerk.page.get_by_role("grid")).to_be_visible()


def test_a_header_below_a_title_is_found_or_chosen(listed, tmp_path):
    file = write_xlsx(tmp_path / "表題付き.xlsx", rows(bad=False), title="令和４年度 契約一覧")
    page = listed(file)
    page.says("すべて", COUNT)
    page.says("エラー", 0)
    # It can be chosen again, and wrongly, with a way back.
    page.page.get_by_text("お知らせ").click()
    page.page.get_by_label("見出しの行", exact=True).fill("3")
    page.page.get_by_role("button", name="この行を見出しにして読み直す").click()
    expect(page.page.get_by_role("heading", name="を読み込めません")).to_be_focused()
    title_rows = page.page.get_by_role("button", name="2行目が見出し")
    title_rows.or_(page.page.get_by_role("button", name="行目が見出し").nth(1)).first.click()
    page.says("すべて", COUNT)
    page.says("エラー", 0)


@pytest.mark.parametrize("kind", daily(["cp932.csv", "xlsx"], "cp932.csv"))
def test_headers_that_nobody_knows_are_mended_on_the_page(listed, open_page, tmp_path, kind):
    """One that is misspelt, and a column of the office's own: as if the list had been right."""
    names = {"契約締結日": "契約けつ日"}
    made = [{names.get(name, name): text for name, text in one.items()} | {"備考": "庁内" if index else "="} for index, one in enumerate(rows(bad=False))]
    right = [one | {"（使わない）備考": "庁内" if index else "="} for index, one in enumerate(rows(bad=False))]
    file = write_list(tmp_path, kind, made, ["備考", *(names.get(name, name) for name in HEADER)])
    clerk = open_page(common_text())
    page = ListPage(clerk)
    page.choose(file)
    expect(clerk.page.get_by_role("heading", name="を読み込めません")).to_be_focused()
    form = clerk.page.get_by_role("form", name="見出しをここで直す")
    expect(form.get_by_label("A1の見出し")).to_have_value("備考")
    form.get_by_label("A1の列は使わない").check()
    column = 1 + 1 + HEADER.index("契約締結日")
    letter = openpyxl.utils.get_column_letter(column)
    form.get_by_label(f"{letter}1の見出し").fill("")
    read = form.get_by_role("button", name="この見出しで読み込む")
    read.click()
    # Nothing is no header; and what was typed before stays where another is still wrong.
    expect(clerk.page.locator("input:invalid")).to_be_focused()
    form.get_by_label(f"{letter}1の見出し").fill("契約の日")
    read.click()
    expect(form.get_by_label(f"{letter}1の見出し")).to_have_value("契約の日")
    expect(form.get_by_label("A1の見出し")).to_have_count(0)
    form.get_by_label(f"{letter}1の見出し").fill("履行場所")
    read.click()
    expect(clerk.page.get_by_role("heading", name=file.name, exact=True)).to_be_visible()
    # A header that was chosen wrongly is chosen again.
    clerk.page.get_by_text("見出しを直す", exact=True).click()
    expect(form.get_by_label("A1の列は使わない")).to_be_checked()
    form.get_by_label(f"{letter}1の見出し").fill("契約締結日")
    read.click()
    page.says("すべて", COUNT)
    page.says("エラー", 0)
    # Read as was asked, they leave the room to the table.
    expect(form).to_be_hidden()
    # They stay where the mode, the data or a cell is another.
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.settled()
    page.says("すべて", COUNT)
    page.make()
    (tmp_path / "right").mkdir()
    out = tmp_path / "out"
    made_by_command(page, write_list(tmp_path / "right", kind, right, ["（使わない）備考", *HEADER]), out)
    packets = page.packets()
    assert {name: body for name, body in packets.items() if name != "run.json"} == {
        name: body for name, body in files_of(out).items() if name != "run.json"
    }
    saved = page.download("修正した一覧をダウンロード")
    saved.save_as(tmp_path / saved.suggested_filename)
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(tmp_path / saved.suggested_filename).active
        header = [cell.value for cell in sheet[1]]
    else:
        header = (tmp_path / saved.suggested_filename).read_text("cp932").splitlines()[0].split(",")
    assert header == ["（使わない）備考", *HEADER]


REFUSED = {
    "昔の一覧.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xlsx"),
    "写真.png": (b"\x89PNG\r\n\x1a\n" + bytes(100), None),
    "余分な列.csv": ("契約番号,受注者番号,連番\r\n1,2,3\r\n".encode(), "セルC1「連番」"),
    "見出しなし.csv": ("あ,い,う\r\n1,2,3\r\n".encode(), "見出し"),
    "空.csv": (b"", None),
}


@pytest.mark.parametrize("name", daily(REFUSED, "昔の一覧.xls", "余分な列.csv"))
def test_what_is_no_list_is_refused_with_a_way_on(open_page, tmp_path, name):
    content, word = REFUSED[name]
    file = tmp_path / name
    file.write_bytes(content)
    clerk = open_page(common_text())
    page = ListPage(clerk)
    page.choose(file)
    heading = clerk.page.get_by_role("heading", name="を読み込めません")
    expect(heading).to_be_focused()
    view = clerk.page.get_by_role("region", name="契約・委託先一覧").first
    if word:
        expect(view).to_contain_text(word)
    assert "/" not in view.inner_text() and "--" not in view.inner_text()
    # The next file is taken from here.
    page.give(write_list(tmp_path, "utf-8.csv", rows()))


@pytest.mark.parametrize("count", daily([600, 5000], 600))
def test_thousands_of_rows_are_there_to_be_scrolled_through(listed, tmp_path, count):
    page = listed(write_list(tmp_path, "utf-8.csv", rows(count, bad=False)), mode="一部印字様式")
    page.says("すべて", f"{count:,}")
    expect(page.grid).to_have_attribute("aria-rowcount", str(count + 1))
    assert page.grid.get_by_role("row").count() < 100
    page.grid.get_by_role("gridcell").first.click()
    page.clerk.press("Control+End")
    expect(page.grid.locator(":focus")).to_be_visible()
    expect(page.grid.get_by_role("gridcell", name=f"{39999 + count:07}", exact=True)).to_be_visible()
    page.clerk.press("Control+Home", "PageDown")
    expect(page.grid.locator(":focus")).to_be_visible()
    page.page.get_by_role("searchbox", name="検索").fill("V00321")
    expect(page.page.get_by_text(f"{count:,}行中 1行")).to_be_visible()
    expect(page.grid.get_by_role("gridcell", name="0040321", exact=True)).to_be_visible()
