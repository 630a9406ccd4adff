"""How long a clerk waits for her page, measured in Chromium: no test, for it means something only on a machine that does nothing else.

    make benchmark-preview
"""

import pathlib
import shutil
import statistics
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Tests/Browser"), str(ROOT / "Tests/Judges")]

from batches import common_text  # noqa: E402
from clerk import APPLICATION, Clerk  # noqa: E402
from desk import running  # noqa: E402
from list_page import ListPage  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402
from samples import rows, write_list  # noqa: E402

KEYS = 60
ROWS = 5_000

# When each key went down, and when the value on the paper had been painted again, by the same clock.
NOTE_KEYS = "() => { window.pressed = []; addEventListener('keydown', event => pressed.push(performance.timeOrigin + event.timeStamp), true) }"
NOTE_PAINTS = """path => {
  const value = () => [...document.querySelectorAll(`main [data-field='${path}']`)].map(one => one.textContent).join()
  const channel = new MessageChannel()
  window.painted = []
  channel.port1.onmessage = () => painted.push(performance.timeOrigin + performance.now())
  let last = value()
  new MutationObserver(() => {
    if (value() === last) return
    last = value()
    requestAnimationFrame(() => channel.port2.postMessage(0))
  }).observe(document, { subtree: true, childList: true, characterData: true })
}"""

# The time between frames, and every frame that the browser itself calls long.
NOTE_FRAMES = """() => {
  window.frameTimes = []
  window.longFrames = []
  let last
  const tick = now => {
    if (last) frameTimes.push(now - last)
    last = now
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  new PerformanceObserver(list => longFrames.push(...list.getEntries().map(one => one.duration))).observe({ type: 'long-animation-frame' })
}"""


def typed(clerk, path, label):
    """Milliseconds from each key to the changed paper."""
    clerk.choose(APPLICATION)
    clerk.page.get_by_role("radio", name="提出用").check()
    field = clerk.input(label)
    field.focus()
    clerk.press("End")
    clerk.settled()
    paper = clerk.page.locator("iframe.paper-frame").element_handle().content_frame()
    clerk.page.evaluate(NOTE_KEYS)
    paper.evaluate(NOTE_PAINTS, path)
    for count in range(1, KEYS + 1):
        clerk.press("abcdefghij"[count % 10])
        paper.wait_for_function("count => painted.length >= count", arg=count)
        clerk.page.wait_for_timeout(60)
    pressed, painted = clerk.page.evaluate("pressed"), paper.evaluate("painted")
    return [end - begin for begin, end in zip(pressed[-KEYS:], painted, strict=True)]


def frames(page, act):
    """Milliseconds of every frame while something is done, and of the long ones."""
    page.evaluate("() => { frameTimes.length = longFrames.length = 0 }")
    act()
    page.wait_for_timeout(400)
    return page.evaluate("[frameTimes, longFrames]")


def scroll(page, grid):
    box = grid.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for step in [120] * 60 + [1_500] * 60 + [-20_000] * 8 + [40_000] * 8:
        page.mouse.wheel(0, step)
        page.wait_for_timeout(16)


def narrow(page):
    search = page.get_by_role("searchbox", name="検索")
    search.focus()
    for key in "V0432":
        page.keyboard.press(key)
        page.wait_for_timeout(150)
    for _ in range(5):
        page.keyboard.press("Backspace")
        page.wait_for_timeout(150)


def sort(page, grid):
    for name in ["契約番号", "契約金額", "商号又は名称"]:
        grid.get_by_role("columnheader", name=name).click()
        page.wait_for_timeout(300)


def report(name, values, limit):
    values = sorted(values)
    print(f"{name}: median {statistics.median(values):.1f} ms, 95 % {values[int(len(values) * 0.95)]:.1f} ms, worst {values[-1]:.1f} ms (at most {limit})")


def main():
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = pathlib.Path(name)
        # Chromium's own sandbox does not start for root.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])

        def opened(desk):
            return Clerk(browser.new_context(viewport={"width": 1280, "height": 720}, locale="ja-JP"), desk)

        (folder / "sample").mkdir()
        with running(folder / "sample", "contract.yaml") as desk:
            clerk = opened(desk)
            report("from key to paper", typed(clerk, "vendor.subcontract_application.subcontractors[1].reason", "再委託する理由"), "a median of 100")
            clerk.context.close()

        (folder / "list").mkdir()
        with running(folder / "list", common_text()) as desk:
            clerk = opened(desk)
            page = ListPage(clerk)
            clerk.page.get_by_role("radio", name="提出用").check()
            clerk.settled()
            page.choose(write_list(folder, "utf-8.csv", rows(ROWS)))
            # From the first rows on, with all that is done when the last ones are there.
            expect(page.grid).to_have_attribute("aria-rowcount", str(ROWS + 1))
            clerk.page.evaluate(NOTE_FRAMES)
            for what, act in {
                "arriving": lambda: (expect(clerk.page.get_by_text(f"全{ROWS:,}行")).to_be_visible(), clerk.settled()),
                "scrolling": lambda: scroll(clerk.page, page.grid),
                "filtering": lambda: narrow(clerk.page),
                "sorting": lambda: sort(clerk.page, page.grid),
            }.items():
                times, long = frames(clerk.page, act)
                report(f"{ROWS:,} rows, {what}: frames", times, "50 each")
                if long:
                    print(f"  called long by the browser: {', '.join(f'{one:.0f}' for one in long)} ms")
            clerk.context.close()
        browser.close()


if __name__ == "__main__":
    main()
