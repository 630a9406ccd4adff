"""Packets by occasion: a choice on the page, with the papers and the gaps of that occasion."""

from playwright.sync_api import expect


def choose(clerk, occasion):
    clerk.page.get_by_label("作成時期").select_option(label=occasion)
    clerk.settled()


def test_each_occasion_has_papers_of_its_own(open_page):
    clerk = open_page("contract.yaml")
    expect(clerk.page.get_by_label("作成時期")).to_have_value("start")
    expect(clerk.documents).to_contain_text("情報資産受渡票")
    choose(clerk, "事故発生時")
    expect(clerk.documents).not_to_contain_text("情報資産受渡票")
    clerk.choose("事故報告書")
    clerk.settled()
    expect(clerk.paper.locator("main")).to_contain_text("事故報告書")
    # The ground of what it asks stands in the annex, which this packet does not have.
    clerk.form.get_by_role("button", name="根拠 特記事項第17条第１項", exact=False).first.click()
    clerk.settled()
    expect(clerk.paper.locator("main")).to_contain_text("第17条")


def test_the_occasion_stays_through_a_reload(open_page):
    clerk = open_page("contract.yaml")
    choose(clerk, "契約終了時")
    clerk.page.reload()
    clerk.settled()
    expect(clerk.page.get_by_label("作成時期")).to_have_value("end")
    expect(clerk.documents).to_contain_text("情報資産受渡票")
    expect(clerk.documents).not_to_contain_text("再委託承諾申請書")
    # An occasion that the edition does not have is none.
    clerk.page.evaluate("""sessionStorage.setItem('tokki', '{"occasion": "never", "mode": "final", "document": 1}')""")
    clerk.page.reload()
    clerk.settled()
    expect(clerk.page.get_by_label("作成時期")).to_have_value("start")


def test_a_packet_of_an_occasion_is_taken_away(open_page):
    clerk = open_page("contract.yaml")
    choose(clerk, "情報資産の受渡し時")
    with clerk.page.expect_download() as waiting:
        clerk.page.get_by_role("button", name="書類一式をZIPで").click()
    assert waiting.value.suggested_filename.endswith("V001@handover.zip")
