"""The page as a clerk has it open: reached by keyboard, found by the words on it."""

import re
import time
from urllib.parse import urlsplit

from browser import FIND_OVERFLOW
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

# What is waited for on a machine that is busy with other tests; a person waits for none of it.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)

APPLICATION = "再委託承諾申請書"


class Clerk:
    """A page of a preview, and what it said, asked for and failed to get since it was opened."""

    def __init__(self, context, preview, fragment=""):
        self.preview = preview
        self.context = context
        self.noise = []
        self.waiting = set()
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.listen(self.page)
        self.cdp = context.new_cdp_session(self.page)
        self.page.goto(preview.address, wait_until="load")
        self.home = self.page.url
        if fragment:
            self.page.goto(f"{self.home}#{fragment}")

    def listen(self, page):
        noise = self.noise
        page.on("console", lambda m: noise.append(f"console {m.type}: {m.text[:300]}"))
        page.on("pageerror", lambda e: noise.append(f"script error: {e}"))
        page.on("popup", lambda p: noise.append(f"opened {p.url}"))
        page.on("requestfailed", self.failed)
        page.on("request", self.requested)
        page.on("requestfinished", lambda r: self.waiting.discard(r))
        page.on("requestfailed", lambda r: self.waiting.discard(r))

    def requested(self, request):
        address = urlsplit(request.url)
        if not address.path.endswith("/api/events"):
            self.waiting.add(request)
        if address.scheme == "blob" and request.url.startswith(f"blob:{self.preview.origin}/"):
            return
        if (address.scheme, address.netloc) != ("http", f"127.0.0.1:{self.preview.port}"):
            self.noise.append(f"request elsewhere: {request.url[:200]}")

    def failed(self, request):
        # A page that is left listens no longer.
        if not (request.url.endswith("/api/events") and request.failure == "net::ERR_ABORTED"):
            self.noise.append(f"failed: {request.method} {request.url} {request.failure}")

    # Hands

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        """Key by key; what no key is for comes as from an input method, all at once."""
        for part in re.findall(r"[ -~]+|[^ -~]+", text):
            if part.isascii():
                self.page.keyboard.type(part)
            else:
                self.page.keyboard.insert_text(part)

    def focused(self):
        """(role, name, names of the groups around it) of what has the focus, as a screen reader gets them."""
        # What has just gone, or is hidden, says nothing.
        own, *around = self.heard("document.activeElement") or [("", "")]
        return own[0], own[1], [name for role, name in around if role in ("group", "radiogroup", "form", "navigation", "dialog")]

    def heard(self, expression):
        """(role, name) of an element and of those around it, from the browser's accessibility tree."""
        found = self.cdp.send("Runtime.evaluate", {"expression": expression})["result"]
        nodes = self.cdp.send("Accessibility.getPartialAXTree", {"objectId": found["objectId"]})["nodes"]
        self.cdp.send("Runtime.releaseObject", {"objectId": found["objectId"]})
        return [(n.get("role", {}).get("value"), n.get("name", {}).get("value", "")) for n in nodes if not n.get("ignored")]

    def tab_to(self, name, group=None, role=None, key="Tab", limit=250):
        """Presses Tab until the focus is on what is called so."""
        passed = []
        for _ in range(limit):
            self.press(key)
            here = self.focused()
            if re.fullmatch(name, here[1]) and (role is None or here[0] == role) and (group is None or any(re.search(group, one) for one in here[2])):
                return here
            passed.append(here[1][:24])
        raise AssertionError(f"no {name!r} within {limit} stops: {passed}")

    # Eyes

    @property
    def paper(self):
        """The paper in its frame."""
        return self.page.frame_locator("iframe.paper-frame")

    @property
    def form(self):
        return self.page.get_by_role("form", name="記入欄")

    def input(self, name, role="textbox"):
        """An input of the form, by its label."""
        return self.form.get_by_role(role, name=name, exact=True)

    @property
    def documents(self):
        return self.page.get_by_role("navigation", name="書類の一覧")

    def entry(self, title):
        """A document's button in the list at the left."""
        return self.documents.get_by_role("button", name=re.compile(rf"^{re.escape(title)}(?!.*票$)"))

    def choose(self, title):
        self.entry(title).click()
        expect(self.page.get_by_title(f"用紙：{title}", exact=True)).to_be_visible()

    def values(self, path):
        """The texts of a value on the paper."""
        return self.paper.locator(f"main [data-field='{path}']:not(:has([data-field]))")

    def paper_text(self):
        """What stands on the paper, without what only the screen shows."""
        return self.paper.locator("main").evaluate("main => main.innerText")

    def banner(self):
        return self.page.locator("#banners")

    def settled(self):
        """Waits until the page asks for nothing and changes nothing more."""
        end = time.monotonic() + 60
        while True:
            self.page.evaluate(SETTLE)
            if not self.waiting:
                return
            assert time.monotonic() < end, f"never answered: {[one.url for one in self.waiting]}"

    # Judgement

    def overflow(self):
        return self.page.evaluate(FIND_OVERFLOW)

    def printed(self, ask):
        """What `ask` hands to the printer, once and no other, as the server gave it."""
        self.page.add_init_script("window.print = () => top.prints.push(location.href)")
        self.page.evaluate("window.prints = []")
        with self.page.expect_response(lambda one: "/print/" in one.url) as response:
            ask()
        # The page's policy lets nobody poll in it.
        for _ in range(200):
            if self.page.evaluate("window.prints.length"):
                break
            self.page.wait_for_timeout(50)
        assert self.page.evaluate("window.prints") == [response.value.url]
        return response.value

    def strays(self):
        """What a script wrote by mistake: a text between elements that is a value of none of them."""
        return self.page.evaluate(FIND_STRAYS)

    def source(self):
        """The page as its script has made it, as HTML."""
        return "<!DOCTYPE html>\n" + self.page.evaluate("document.documentElement.outerHTML")

    def accessibility(self):
        """Of the page, and of the papers in it."""
        for frame in self.page.frames:
            if not frame.evaluate("'axe' in window"):
                frame.evaluate(AXE)
        violations = self.page.evaluate(FIND_VIOLATIONS)
        return [
            f"axe {v['id']} ({len(v['nodes'])}×): {v['help']}: {v['nodes'][0]['html'][:200]}" for v in violations
        ]


AXE = Axe().axe_script
# What passes is not described: most of the time goes there.
# The contrast of the watermark is none: it is faint decoration (WCAG 1.4.3), and what it says stands beside the form in words.
FIND_VIOLATIONS = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .map(one => ({ ...one, nodes: one.nodes.filter(({ html }) => one.id !== 'color-contrast' || !html.startsWith('<p class="tokki-water"')) }))
  .filter(one => one.nodes.length)"""

FIND_STRAYS = r"""() => {
  const texts = document.createNodeIterator(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  for (let text; (text = texts.nextNode());) {
    if (/^(0|undefined|null|NaN|true|false|\[object .*\])$/.test(text.data.trim()) && text.parentNode.childElementCount) found.push(`stray text: ${text.data} in ${text.parentNode.outerHTML.slice(0, 200)}`)
  }
  return found
}"""

SETTLE = """async () => {
  let last = performance.now()
  const seen = new MutationObserver(() => { last = performance.now() })
  seen.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  while (performance.now() - last < 120) await new Promise(later => setTimeout(later, 30))
  seen.disconnect()
}"""


def paths(field):
    """A field of the dictionary and all below it."""
    yield field
    for child in field.get("children", []):
        yield from paths(child)
