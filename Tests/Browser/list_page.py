"""契約・委託先一覧 as a clerk has it open."""

import re

from packets import run
from playwright.sync_api import expect
from samples import files_of, unzipped


class ListPage:
    def __init__(self, clerk):
        self.clerk, self.page = clerk, clerk.page
        self.page.get_by_role("link", name="契約・委託先一覧").click()

    def open(self, file, mode="提出用"):
        self.give(file)
        self.page.get_by_role("radio", name=mode).check()
        self.clerk.settled()
        return self

    def give(self, file, button="ファイルを選ぶ"):
        self.choose(file, button)
        expect(self.page.get_by_role("heading", name=file.name)).to_be_visible()
        self.clerk.settled()

    def choose(self, file, button="ファイルを選ぶ"):
        if file.is_dir() and button == "ファイルを選ぶ":
            button = "フォルダーを選ぶ"
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name=button).click()
        chooser.value.set_files(file)

    @property
    def grid(self):
        return self.page.get_by_role("grid", name="契約・委託先一覧")

    @property
    def row_paper(self):
        """The paper of the row that is chosen, in its frame."""
        return self.page.get_by_role("region", name="選択中の行の用紙").frame_locator("iframe.paper-frame")

    def count(self, state):
        """How many rows the filter offers of a state."""
        return self.page.get_by_role("radio", name=re.compile(f"^{state}"))

    def says(self, state, count):
        expect(self.count(state)).to_have_accessible_name(re.compile(rf"^{state}\s*{count}行$"))

    def column(self, header):
        """The texts of a column, as far as it is drawn."""
        headers = self.grid.get_by_role("columnheader").all_inner_texts()
        number = 1 + next(n for n, text in enumerate(headers) if header in text.split("\n"))
        cells = self.grid.locator(f"[role=gridcell][aria-colindex='{number}']")
        return [text.strip() for text in cells.all_inner_texts()]

    def mend(self, right):
        """Goes to the next error by F8 and writes what is right over it."""
        self.clerk.press("F8")
        expect(self.grid.locator(":focus")).to_have_accessible_name(re.compile("^エラー"))
        self.clerk.press("Enter")
        expect(self.page.locator("input:focus")).to_be_visible()
        self.clerk.press("Control+a")
        self.clerk.type(right)
        self.clerk.press("Enter")
        expect(self.grid.locator(":focus")).to_have_accessible_name(re.compile("修正済み"))

    def make(self, title="全て作成しました", button="一括作成を始める"):
        """Makes the packets and waits until they are there."""
        self.page.get_by_role("button", name="一括作成へ").click()
        self.start(button)
        expect(self.page.get_by_role("heading", name=title)).to_be_visible(timeout=60_000)

    def start(self, button="一括作成を始める"):
        """Begins a run, in spite of what may be wrong with its papers."""
        asked = self.page.get_by_role("dialog", name="このまま作成しますか")
        self.page.add_locator_handler(asked, lambda: asked.get_by_role("button", name="このまま作成する").click(), times=1)
        self.page.get_by_role("button", name=button, exact=True).click()

    def cancel(self):
        """Begins a run of so many rows that it is not over before it is cancelled."""
        self.page.get_by_role("button", name="一括作成へ").click()
        self.start()
        self.page.get_by_role("button", name="中止").click()
        expect(self.page.get_by_role("heading", name="中止しました")).to_be_visible()

    def download(self, name, role="link"):
        with self.page.expect_download() as download:
            self.page.get_by_role(role, name=name).click()
        return download.value

    def packets(self):
        return unzipped(self.download("書類一式をZIPで保存").path().read_bytes())


def made_by_command(page, file, out, *options):
    """The run of the command over a list, with the data and the edition of the page's preview."""
    desk = page.clerk.preview
    result = run("batch", desk.data, file, "--out", out, "--edition", desk.edition, "--mode", "final", *options, timeout=300)
    assert result.returncode in (0, 65), result.stderr.decode()
    return files_of(out)
