"""The law beside the form: from a field to the words that ask for it, and from those words back."""

import re

import pytest
from clerk import APPLICATION, paths
from packets import EDITION, run
from playwright.sync_api import expect
from rings import daily
from text import squeeze

ANNEX = "個人情報の取扱いに関する情報セキュリティ特記事項"
DOCUMENTS = ["提出書類一覧表", APPLICATION, "秘密保持等に関する誓約書", "事故報告書", "情報資産受渡票"]

# What stands out on the annex: links that ask for a field, a range of its words, or a whole provision; and whether it is seen.
HIGHLIGHTED = """frame => {
  const paper = frame.contentDocument
  const marked = [...paper.querySelectorAll('.is-law')]
  const ranges = [...(frame.contentWindow.CSS.highlights.get('law') ?? [])]
  const scroller = frame.closest('.paper-scroll').getBoundingClientRect(), own = frame.getBoundingClientRect()
  const scale = own.width / frame.offsetWidth
  const isSeen = part => {
    const box = part.getBoundingClientRect()
    return own.top + box.top * scale < scroller.bottom && own.top + box.bottom * scale > scroller.top
  }
  const parts = marked.length ? marked : ranges
  return { texts: marked.length ? marked.map(one => one.textContent) : ranges.map(String), isWhole: marked.some(one => !one.matches('a')), isSeen: parts.length > 0 && isSeen(parts[0]) }
}"""


def highlighted(clerk):
    frame = clerk.page.get_by_title(f"用紙：{ANNEX}", exact=True)
    expect(frame).to_be_visible()
    clerk.settled()
    return frame.evaluate(HIGHLIGHTED)


@pytest.mark.long
@pytest.mark.parametrize("title", daily(DOCUMENTS, APPLICATION))
def test_each_field_leads_to_the_words_that_ask_for_it(open_page, title):
    clerk = open_page("contract.yaml", reduced_motion="reduce")
    clerk.choose(title)
    clerk.settled()
    official = squeeze((EDITION / "original.txt").read_text())
    grounds = clerk.form.get_by_role("button", name=re.compile("^根拠 .*を見る"))
    names = [one.get_attribute("aria-label") for one in grounds.all() if one.is_visible()]
    assert names
    for name in dict.fromkeys(names):
        provision, phrases, label = re.fullmatch(r"根拠 (.*?)((?:「[^」]*」)*)を見る（(.*)）", name).groups()
        clerk.form.get_by_role("button", name=name, exact=True).first.click()
        expect(clerk.page.get_by_text(f"「{label}」の根拠：{provision}{phrases}", exact=True)).to_be_visible()
        found = highlighted(clerk)
        wanted = re.findall("「([^」]*)」", phrases)
        if wanted:
            assert not found["isWhole"] and set(found["texts"]) <= set(wanted), (name, found)
        # Without words of its own a field's ground is the provision as a whole.
        assert found["texts"] and all(squeeze(text) in official for text in found["texts"] if not found["isWhole"]), name
        assert found["isSeen"], name
        clerk.press("Escape")
        expect(clerk.page.get_by_title(f"用紙：{title}", exact=True)).to_be_visible()


def test_every_basis_of_the_dictionary_is_found_in_the_annex(open_page):
    """Whichever form shows the field: its anchor is there, and its words stand within it."""
    clerk = open_page("contract.yaml")
    clerk.choose(ANNEX)
    clerk.settled()
    edition = clerk.page.evaluate("fetch('api/edition').then(one => one.json())")
    texts = clerk.paper.locator("main").evaluate(
        "main => Object.fromEntries([...main.querySelectorAll('[id]')].map(one => [one.id, one.textContent]))"
    )
    fields = [field for root in edition["fields"] for field in paths(root) if field["basis"]]
    assert len(fields) > 50
    for field in fields:
        basis = field["basis"]
        # A field that has no ground of its own is asked for by words alone.
        anchor = basis["anchor"] or (basis["phrases"] and "annex")
        assert anchor in texts, field["path"]
        for phrase in basis["phrases"]:
            assert phrase in texts[anchor], field["path"]


@pytest.mark.long
def test_the_words_of_the_law_lead_to_the_fields_that_answer(open_page):
    clerk = open_page("contract.yaml", reduced_motion="reduce")
    clerk.choose(ANNEX)
    clerk.settled()
    asked = [
        (one.inner_text(), one.get_attribute("data-requires").split())
        for one in clerk.paper.locator("main [data-requires]").all()
    ]
    assert sum(len(fields) for _, fields in asked) == 23
    for number, (words, fields) in enumerate(asked):
        for index, path in enumerate(fields):
            clerk.paper.locator("main [data-requires]").nth(number).press("Enter")
            answer = clerk.page.get_by_text("この語に答える項目：").locator("..")
            expect(answer.get_by_role("button")).to_have_count(len(fields))
            answer.get_by_role("button").nth(index).click()
            expect(clerk.page.get_by_title(f"用紙：{ANNEX}", exact=True)).to_be_hidden()
            focused = clerk.page.locator(":focus")
            expect(focused).to_be_visible()
            here = focused.evaluate("element => element.closest('[data-path]').dataset.path")
            assert re.sub(r"\[\d+\]", "", here) == path, words
            clerk.choose(ANNEX)


def test_from_a_phrase_to_its_field_by_keyboard(open_page):
    clerk = open_page("contract.yaml")
    clerk.choose(ANNEX)
    clerk.settled()
    clerk.page.get_by_role("region", name="用紙").focus()
    for _ in range(100):
        clerk.press("Tab")
        link = clerk.paper.locator("a:focus")
        if link.count() and link.get_attribute("data-requires") and "reason" in link.get_attribute("data-requires"):
            break
    expect(link).to_have_text("再委託する理由")
    expect(link).to_be_in_viewport()
    clerk.press("Enter")
    expect(clerk.page.locator(":focus")).to_have_text(f"{APPLICATION} 「再委託する理由」")
    clerk.press("Enter")
    expect(clerk.input("再委託する理由")).to_be_focused()
    expect(clerk.page.get_by_title(f"用紙：{APPLICATION}", exact=True)).to_be_visible()


@pytest.mark.long
def test_back_from_the_law_to_where_the_paper_stood(open_page):
    clerk = open_page("contract.yaml", reduced_motion="reduce")
    clerk.choose(APPLICATION)
    clerk.page.get_by_role("radio", name="提出用").check()
    field = clerk.input("その他参考となる事項")
    field.focus()
    clerk.settled()
    scroller = clerk.page.get_by_role("region", name="用紙")
    before = scroller.evaluate("one => one.scrollTop")
    assert before > 0
    clerk.form.get_by_role("button", name=re.compile("（その他参考となる事項）")).click()
    assert highlighted(clerk)["texts"] == ["等"]
    clerk.page.get_by_role("button", name=f"← {APPLICATION}に戻る").click()
    expect(clerk.page.get_by_title(f"用紙：{APPLICATION}", exact=True)).to_be_visible()
    clerk.settled()
    assert abs(scroller.evaluate("one => one.scrollTop") - before) < 2


def test_missing_papers(open_page):
    """不足書類: the page's count, and its links to fields and to the law."""
    clerk = open_page("")
    clerk.page.get_by_role("link", name="不足書類").click()
    view = clerk.page.get_by_role("region", name="不足書類")
    expect(view).to_contain_text("必須項目の未記入：14件")
    expect(view.get_by_role("region", name="書類に印字しない項目").get_by_role("button", name="受注者番号")).to_be_visible()
    # Of each paper as many as beside its name on the left; one that the packet goes without lacks nothing.
    for title, count in [("提出書類一覧表", 7), (APPLICATION, 0)]:
        expect(view.get_by_role("region", name=title).get_by_role("row")).to_have_count(count and 1 + count)
    table = view.get_by_role("region", name="提出書類一覧表")
    row = table.get_by_role("row", name=re.compile("^件名"))
    expect(row).to_contain_text("特記事項第５条第２項「業務」")
    row.get_by_role("button", name="件名", exact=True).click()
    expect(clerk.input("件名")).to_be_focused()
    clerk.type("台帳入力業務委託")
    expect(clerk.values("contract.title").first).to_have_text("台帳入力業務委託")
    clerk.page.go_back()
    expect(view).to_contain_text("必須項目の未記入：13件")
    view.get_by_role("button", name="受注者番号").click()
    expect(clerk.input("受注者番号")).to_be_focused()


def test_the_table_of_what_the_law_asks_for(open_page):
    """条文対応表 says what `tokki check --coverage` says, and leads both ways."""
    said = run("check", EDITION, "--coverage", "--lang", "ja").stdout.decode()
    expected = [line.split("\t") for line in said.splitlines() if "\t" in line]
    clerk = open_page("contract.yaml", reduced_motion="reduce")
    clerk.page.get_by_role("link", name="条文対応表").click()
    view = clerk.page.get_by_role("region", name="条文対応表").first
    rows = view.get_by_role("row")
    expect(rows).to_have_count(1 + len(expected))
    cells = [[cell.strip() for cell in row.get_by_role("cell").all_inner_texts()] for row in rows.all()[1:]]
    assert [(one[0], one[1].strip("「」")) for one in cells] == [(one[0], one[1]) for one in expected]
    expect(view).to_contain_text("23件／全23件")
    view.get_by_role("searchbox").fill("第６条 対策")
    expect(rows).to_have_count(2)
    expect(view).to_contain_text("1件／全23件")
    rows.nth(1).get_by_role("button", name="特記事項第６条第２項").click()
    assert highlighted(clerk)["texts"] == ["再委託先における安全性及び信頼性を確保する対策"]
    clerk.page.go_back()
    rows.nth(1).get_by_role("button", name="再委託先における安全性及び信頼性を確保する対策").click()
    expect(clerk.page.locator(":focus")).to_have_accessible_name(re.compile("再委託先における安全性及び信頼性を確保する対策"))
    clerk.page.go_back()
    view.get_by_role("searchbox").fill("")
    view.get_by_role("checkbox", name="答えのない事項だけ").check()
    expect(view).to_contain_text("当てはまるものはありません。")
