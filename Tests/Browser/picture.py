"""Makes the picture of README.md again, after a change to the page: `make picture`, or `picture.py FILE`."""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Judges"))

from browser import launch
from clerk import APPLICATION, Clerk
from playwright.sync_api import sync_playwright
from preview import SAMPLE, Preview


def picture(file):
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        with Preview(folder, SAMPLE) as preview:
            clerk = Clerk(browser.new_context(viewport={"width": 1120, "height": 640}, locale="ja-JP"), preview)
            clerk.page.get_by_role("radio", name="提出用").check()
            clerk.choose(APPLICATION)
            clerk.settled()
            clerk.page.screenshot(path=file)
        browser.close()
    # A few shades will do.
    subprocess.run(["pngquant", "--strip", "--force", "--output", file, "64", file], check=True)


if __name__ == "__main__":
    picture(sys.argv[1])
