"""Every page in every state: axe, the Nu checker, the keyboard, narrow windows and large print."""

import re

import pytest
from batches import common_text
from clerk import APPLICATION
from list_page import ListPage
from packets import SAMPLES
from playwright.sync_api import expect
from rings import daily
from samples import BAD, rows, write_list
from test_html import nu_messages
from test_keeper import BREAKS

KNOWN = [
    # A warning about browsers of long ago, for which the attribute means nothing.
    "The “inputmode” attribute is not supported in all browsers.",
]
ANNEX = "個人情報の取扱いに関する情報セキュリティ特記事項"
TABS = ["契約・委託先一覧", "不足書類", "条文対応表", "ひな形"]


def go(tab):
    def act(clerk):
        clerk.page.get_by_role("link", name=tab, exact=True).click()
        expect(clerk.page.get_by_role("region", name=tab).first).to_be_visible()

    return act


def choose(title):
    return lambda clerk: clerk.choose(title)


def final(clerk):
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.choose(APPLICATION)


def wrong_date(clerk):
    clerk.choose(APPLICATION)
    field = clerk.form.locator("[data-path='contract.date']")
    for name, part in zip("年月日", ["4", "2", "30"]):
        field.get_by_label(name, exact=True).fill(part)
    expect(field.get_by_role("listitem")).to_be_visible()


def all_fields(clerk):
    clerk.form.get_by_role("checkbox", name="全ての項目").check()
    expect(clerk.input("受注者番号")).to_be_visible()


def hidden_by_mode(clerk):
    clerk.choose(APPLICATION)
    clerk.input("再委託する理由").focus()
    expect(clerk.page.get_by_text("「再委託する理由」は、一部印字様式では印字しません。")).to_be_visible()


def law(clerk):
    clerk.choose(APPLICATION)
    clerk.form.get_by_role("button", name=re.compile("^根拠.*（再委託する理由）")).click()
    expect(clerk.page.get_by_role("button", name=f"← {APPLICATION}に戻る")).to_be_visible()


def law_answer(clerk):
    clerk.choose(ANNEX)
    clerk.paper.locator("main [data-requires]").first.press("Enter")
    expect(clerk.page.get_by_text("この語に答える項目：")).to_be_visible()


def nothing_missing(clerk):
    final(clerk)
    clerk.press("F8")
    expect(clerk.banner()).to_contain_text("未記入の必須項目はありません。")


def removing(clerk):
    final(clerk)
    clerk.page.get_by_role("button", name="再委託先（1）を削除する").click()
    expect(clerk.page.get_by_role("dialog")).to_be_visible()


def saving_nowhere(clerk):
    clerk.press("Control+s")
    expect(clerk.page.get_by_role("dialog")).to_be_visible()


def refused(clerk):
    clerk.page.get_by_role("radio", name="提出用").check()
    clerk.settled()
    clerk.page.get_by_role("button", name="書類一式をZIPで").click()
    expect(clerk.page.get_by_role("dialog")).to_be_visible()


def menu(clerk):
    clerk.page.get_by_role("button", name="印刷", exact=True).click()
    expect(clerk.page.get_by_role("button", name="全部を印刷（書類一式）")).to_be_visible()


def broken(clerk):
    BREAKS["a field that nobody knows"][0](clerk.preview.edition)
    expect(clerk.page.get_by_role("region", name="ひな形の誤り")).to_be_visible()


def changed_elsewhere(clerk):
    clerk.choose(APPLICATION)
    clerk.input("件名").fill("書きかけ")
    clerk.preview.data.write_text(clerk.preview.data.read_text() + "\n# x\n")
    expect(clerk.banner()).to_contain_text("変更されました")


def conflict(clerk):
    changed_elsewhere(clerk)
    clerk.press("Control+s")
    expect(clerk.page.get_by_role("dialog")).to_contain_text("変更")


def listing(act, contracts=None):
    """A list is open, and something is done to it."""
    return lambda clerk: act(ListPage(clerk).open(write_list(clerk.preview.folder, "utf-8.csv", contracts or rows())))


def cell_in_error(page):
    page.clerk.press("F8")
    expect(page.grid.locator(":focus")).to_have_accessible_name(re.compile("^エラー"))


def writing_a_cell(page):
    cell_in_error(page)
    page.clerk.press("Enter")
    expect(page.page.locator("input:focus")).to_be_visible()


def paper_of_a_row(page):
    page.grid.get_by_role("gridcell", name="V00002", exact=True).click()
    page.page.get_by_role("tab", name="書類").click()
    expect(page.row_paper.locator("main")).to_contain_text("株式会社見本00002")


def no_row_left(page):
    page.page.get_by_role("searchbox", name="検索").fill("どこにもない")
    expect(page.page.get_by_text("絞り込みに当たる行がありません。").first).to_be_visible()


def asked(page):
    page.page.get_by_role("button", name="一括作成へ").click()
    page.page.get_by_role("button", name="一括作成を始める").click()
    expect(page.page.get_by_role("dialog", name="このまま作成しますか")).to_be_visible()


def running(page):
    page.page.get_by_role("button", name="一括作成へ").click()
    # Until all rows are there.
    expect(page.page.locator(".list-batch")).to_contain_text("「誓約書」を作りません", timeout=60_000)
    page.start()
    expect(page.page.get_by_role("heading", name="作成しています")).to_be_visible()


def made_in_part(page):
    page.make("一部を作成しました")


def mended(page):
    page.mend(BAD[0][3])
    page.page.get_by_role("tab", name="一括作成").click()


def taken_off(page):
    page.grid.get_by_role("rowheader").first.click()
    page.page.get_by_role("button", name="この行を除く").click()
    page.says("除いた行", 1)
    page.page.get_by_text("見出しを直す").click()


def unread(clerk):
    final(clerk)
    clerk.page.get_by_role("link", name="不足書類").click()
    clerk.page.get_by_role("button", name="書類一式をZIPで").click()
    expect(clerk.page.get_by_role("dialog", name="このまま進めますか")).to_be_visible()


def no_list(clerk):
    file = clerk.preview.folder / "見出しなし.csv"
    file.write_text("あ,い,う\r\n1,2,3\r\n", encoding="utf-8")
    ListPage(clerk).choose(file)
    expect(clerk.page.get_by_role("heading", name="を読み込めません")).to_be_visible()


def unknown_headers(clerk):
    file = clerk.preview.folder / "余分な列.csv"
    file.write_text("契約番号,受注者番号,連番,契約けつ日,件名,件名\r\n1,2,3,4,5,6\r\n", encoding="utf-8")
    ListPage(clerk).choose(file)
    expect(clerk.page.get_by_role("form", name="見出しをここで直す")).to_be_visible()
    clerk.page.get_by_label("C1の列は使わない").check()


MISREAD = (SAMPLES / "contract.yaml").read_text().replace("  place: 川崎市見本区", "  plaec: 川崎市見本区")
UNREAD = (SAMPLES / "contract.yaml").read_text().replace("contract:\n", "contract:\n  決裁番号: 庁内限り\n", 1)
# What is opened, and what is done then.
STATES = {
    "sample": ("contract.yaml", lambda clerk: None),
    "empty": ("", choose(APPLICATION)),
    "no file": (None, choose("提出書類一覧表")),
    "annex": ("contract.yaml", choose(ANNEX)),
    "several sheets": ("contract.yaml", choose("秘密保持等に関する誓約書")),
    "check boxes": ("contract.yaml", choose("事故報告書")),
    "slips, final": ("contract.yaml", lambda clerk: (final(clerk), clerk.choose("情報資産受渡票"))),
    "final, all missing": ("", final),
    "a wrong date": ("", wrong_date),
    "all fields": ("contract.yaml", all_fields),
    "hidden by the mode": ("contract.yaml", hidden_by_mode),
    "law": ("contract.yaml", law),
    "an answer to the law": ("contract.yaml", law_answer),
    "nothing missing": ("contract.yaml", nothing_missing),
    "removing": ("contract.yaml", removing),
    "saving nowhere": (None, saving_nowhere),
    "refused": ("", refused),
    "menu": ("contract.yaml", menu),
    "broken": ("contract.yaml", broken),
    "changed elsewhere": ("contract.yaml", changed_elsewhere),
    "a conflict": ("contract.yaml", conflict),
    "file with a mistake": (MISREAD, choose(APPLICATION)),
    "a packet that lacks something": (UNREAD, unread),
    "gaps": ("", go("不足書類")),
    "no gaps": ("contract.yaml", go("不足書類")),
    "coverage": ("contract.yaml", go("条文対応表")),
    "templates": ("contract.yaml", go("ひな形")),
    "no list yet": (common_text(), go("契約・委託先一覧")),
    "no list": (common_text(), no_list),
    "headers": (common_text(), unknown_headers),
    "list": (common_text(), listing(lambda page: None)),
    "a cell in error": (common_text(), listing(cell_in_error)),
    "writing a cell": (common_text(), listing(writing_a_cell)),
    "the paper of a row": (common_text(), listing(paper_of_a_row)),
    "no row left": (common_text(), listing(no_row_left)),
    "before a batch": (common_text(), listing(mended)),
    "a question before a batch": (common_text(), listing(asked, rows(bad=False))),
    "a batch under way": (common_text(), listing(running, rows(20_000, bad=False))),
    "a cancelled batch": (common_text(), listing(ListPage.cancel, rows(5000))),
    "a row taken off": (common_text(), listing(taken_off)),
    "made in part": (common_text(), listing(made_in_part)),
}  # fmt: skip


# Of each kind of screen one: a paper, all fields wrong and missing, a dialog, each view, the list and what goes on beside it.
EACH_DAY = [
    "annex", "final, all missing", "law", "removing", "broken", "gaps", "coverage", "templates",
    "headers", "writing a cell", "the paper of a row", "made in part",
]  # fmt: skip


@pytest.fixture(params=daily(STATES, *EACH_DAY))
def state(request, open_page):
    data, act = STATES[request.param]
    clerk = open_page(data)
    expect(clerk.page.get_by_text("読み込んでいます。")).to_be_hidden()
    act(clerk)
    clerk.settled()
    return clerk


def faults(clerk):
    """What is wrong on the screen as it stands."""
    return clerk.accessibility() + clerk.overflow() + clerk.strays()


def panes(clerk):
    """On a narrow screen, each part in turn; else the page as it is."""
    switch = clerk.page.get_by_role("group", name="表示する部分")
    if clerk.page.get_by_role("dialog").is_visible() or not switch.is_visible():
        yield "page"
        return
    for name in ["書類の一覧", "用紙", "記入欄"]:
        switch.get_by_role("button", name=name).click()
        clerk.settled()
        yield name


def test_axe_finds_nothing_at_any_width(state):
    found = {"1280": faults(state)}
    state.page.set_viewport_size({"width": 320, "height": 720})
    state.settled()
    for pane in panes(state):
        found[f"320 {pane}"] = faults(state)
    assert {where: what for where, what in found.items() if what} == {}


def test_axe_finds_nothing_where_no_paper_can_be_shown(open_page, start):
    """An edition that is broken from the start."""
    clerk = open_page(of=start("contract.yaml", damage=BREAKS["a field that answers the law"][0]))
    expect(clerk.page.get_by_role("region", name="ひな形の誤り")).to_be_visible()
    clerk.settled()
    assert faults(clerk) == []
    clerk.page.set_viewport_size({"width": 320, "height": 720})
    clerk.settled()
    assert faults(clerk) == []


@pytest.fixture
def keep(tmp_path, note):
    """Keeps the page's HTML for the Nu checker, which then finds nothing."""
    files = []

    def keep(name, source):
        files.append(tmp_path / f"{len(files):02}-{name}.html")
        files[-1].write_text(source, encoding="utf-8")

    yield keep
    problems = [one for one in nu_messages(files) if not any(known in one for known in KNOWN)]
    note(f"{len(files)} states of the page read by the Nu checker, {len(problems)} errors and warnings")
    assert problems == []


def served(clerk):
    return clerk.page.evaluate("fetch('./').then(one => one.text())")


def test_the_nu_checker_finds_nothing(open_page, keep):
    """Neither in the page as it is served nor in what the script makes of it."""
    clerk = open_page("contract.yaml")
    keep("served", served(clerk))
    hidden_by_mode(clerk)
    clerk.settled()
    keep("documents", clerk.source())


@pytest.mark.long
def test_the_nu_checker_finds_nothing_in_any_state(open_page, keep, tmp_path):
    clerk = open_page("contract.yaml")
    for title in [APPLICATION, "事故報告書", ANNEX]:
        clerk.choose(title)
        clerk.settled()
        keep("documents", clerk.source())
    for act in [law, hidden_by_mode, nothing_missing, wrong_date, removing]:
        act(clerk)
        clerk.settled()
        keep(act.__name__, clerk.source())
    clerk.press("Escape")
    for tab in TABS:
        go(tab)(clerk)
        clerk.settled()
        keep(tab, clerk.source())
    broken(clerk)
    clerk.settled()
    keep("broken", clerk.source())
    clerk = open_page(common_text())
    no_list(clerk)
    keep("no_list", clerk.source())
    page = ListPage(clerk)
    page.give(write_list(tmp_path, "utf-8.csv", rows()))
    for act in [cell_in_error, writing_a_cell, paper_of_a_row, made_in_part]:
        act(page)
        clerk.settled()
        keep(act.__name__, clerk.source())


def test_nothing_inline_is_served_and_nothing_unsafe_allowed(open_page):
    clerk = open_page("contract.yaml")
    clerk.settled()
    answers = clerk.page.evaluate("""async () => Object.fromEntries(await Promise.all(['./', './paper/1', './paper/3', './nothing'].map(async path => {
      const answer = await fetch(path)
      return [path, { policy: answer.headers.get('content-security-policy'), text: await answer.text() }]
    })))""")
    clerk.noise.clear()  # of what is not there
    for path, answer in answers.items():
        assert "default-src 'none'" in answer["policy"] and "unsafe" not in answer["policy"], path
        assert not re.search(r"<[^>]+\s(style|on\w+)\s*=", answer["text"]), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", answer["text"]), path
        assert not re.search(r"https?://(?!127\.0\.0\.1)", answer["text"]), path


# Whether what has the focus can be seen: not outside the window, not under something else.
SEEN = """() => {
  const element = document.activeElement
  if (element === document.body || element.matches('iframe')) return true
  const target = element.closest('label') ?? element
  const boxes = [...target.getClientRects()].filter(one => one.width && one.height)
  return boxes.some(box => [0.25, 0.5, 0.75].some(part => {
    const left = Math.max(0, box.left), right = Math.min(innerWidth, box.right)
    const top = Math.max(0, box.top), bottom = Math.min(innerHeight, box.bottom)
    const x = left + (right - left) * part, y = (top + bottom) / 2
    const hit = document.elementFromPoint(x, y)
    return hit && (target.contains(hit) || hit.contains(target) && hit.matches('label'))
  }))
}"""

# Everything that can be used on the screen as it stands; a group of radio buttons is one stop.
USABLE = """() => {
  const all = [...document.querySelectorAll('button, a[href], input, select, textarea, summary, [tabindex="0"]')]
  const groups = new Set()
  window.usable = all.filter(one => {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) return false
    if (one.type !== 'radio') return true
    if (groups.has(one.name)) return false
    groups.add(one.name)
    return true
  })
  window.visited = new Set()
  return window.usable.length
}"""
VISIT = """() => {
  const one = document.activeElement
  const own = one.type === 'radio' ? window.usable.find(other => other.name === one.name) : one
  const isNew = window.usable.includes(own) && !window.visited.has(own)
  if (isNew) window.visited.add(own)
  return isNew
}"""
LEFT = "() => window.usable.filter(one => !window.visited.has(one)).map(one => one.outerHTML.slice(0, 120))"


def walk(clerk, key="Tab"):
    """Round the page by keyboard: what could not be reached, and what had the focus out of sight."""
    count = clerk.page.evaluate(USABLE)
    unseen, idle = [], 0
    clerk.page.evaluate("document.activeElement.blur()")
    while idle < 60 and len(unseen) < 5:
        clerk.press(key)
        idle = 0 if clerk.page.evaluate(VISIT) else idle + 1
        if not clerk.page.evaluate(SEEN):
            unseen.append(clerk.focused())
        if idle == 1 and not clerk.page.evaluate(LEFT):
            break
    return count, clerk.page.evaluate(LEFT), unseen


WALKS = {
    "documents": ("contract.yaml", choose(APPLICATION)),
    "all missing": ("", final),
    "law": ("contract.yaml", law),
    "broken": ("contract.yaml", broken),
    "gaps": ("", go("不足書類")),
    "coverage": ("contract.yaml", go("条文対応表")),
    "templates": ("contract.yaml", go("ひな形")),
    "list": ("contract.yaml", go("契約・委託先一覧")),
}


@pytest.mark.parametrize("name", daily(WALKS, "documents", "gaps", "list"))
def test_everything_is_reached_by_keyboard_and_seen(open_page, name):
    data, act = WALKS[name]
    clerk = open_page(data, reduced_motion="reduce")
    act(clerk)
    clerk.settled()
    count, left, unseen = walk(clerk)
    assert count >= 10 and left == [] and unseen == []


@pytest.mark.parametrize("name", daily(["documents", "gaps", "list"], "gaps"))
def test_everything_is_reached_at_400_percent(open_page, name):
    """1280 × 720 enlarged four times leaves 320 × 180."""
    data, act = WALKS[name]
    clerk = open_page(data, reduced_motion="reduce")
    act(clerk)
    clerk.page.set_viewport_size({"width": 320, "height": 180})
    clerk.settled()
    for pane in panes(clerk):
        assert clerk.overflow() == [], pane
        count, left, unseen = walk(clerk)
        assert count >= 5 and left == [] and unseen == [], pane


def test_a_dialog_keeps_the_focus_and_gives_it_back(open_page):
    clerk = open_page("contract.yaml")
    final(clerk)
    remove = clerk.page.get_by_role("button", name="再委託先（1）を削除する")
    remove.focus()
    clerk.press("Enter")
    dialog = clerk.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(4):
        assert clerk.page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
        clerk.press("Tab")
    clerk.press("Escape")
    expect(dialog).to_be_hidden()
    expect(remove).to_be_focused()


def test_who_wants_no_motion_gets_none(open_page):
    clerk = open_page("contract.yaml", reduced_motion="reduce")
    final(clerk)
    clerk.input("再委託する理由").fill("別の理由")
    changed = clerk.paper.locator(".is-changed")
    expect(changed.first).to_be_visible()
    moving = """() => [...document.querySelectorAll('*')].filter(one => {
      const style = getComputedStyle(one)
      return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => time !== '0s') || style.scrollBehavior === 'smooth'
    }).map(one => one.outerHTML.slice(0, 100))"""
    assert clerk.page.evaluate(moving) == []
    assert changed.first.evaluate("one => getComputedStyle(one).animationName") == "none"
