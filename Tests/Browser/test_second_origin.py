"""Pages of another origin, in a browser that was let in: they read nothing, and they change nothing."""

import http.server
import shutil
import threading
from contextlib import contextmanager

import pytest
from browser import launch
from clerk import Clerk
from preview import SAMPLE, Preview, free_port
from rings import daily

# What a page can try. Each attempt gives what it got of us; null is what it should be.
ATTEMPTS = """async ({ base, token, gets, posts }) => {
  const got = {}
  const soon = (promise) => Promise.race([promise, new Promise((done) => setTimeout(done, 3000, null))])
  const attempt = async (name, f) => { got[name] = await soon(Promise.resolve().then(f).catch(() => null)) ?? null }
  const element = (tag, fields) => new Promise((done) => {
    const e = Object.assign(document.createElement(tag), fields)
    e.onload = () => done('loaded')
    e.onerror = () => done(null)
    document.body.append(e)
  })
  const framed = (frame) => { try { return frame.contentDocument?.documentElement.outerHTML ?? null } catch { return null } }
  const all = []
  for (const target of gets) {
    all.push(
      attempt(`fetch ${target}`, async () => (await fetch(base + target, { credentials: 'include' })).text()),
      attempt(`no-cors ${target}`, async () => (await (await fetch(base + target, { credentials: 'include', mode: 'no-cors' })).text()) || null),
      attempt(`frame ${target}`, async () => {
        const frame = document.createElement('iframe')
        frame.src = base + target
        const loaded = new Promise((done) => { frame.onload = done })
        document.body.append(frame)
        await loaded
        return framed(frame)
      }),
      attempt(`script ${target}`, () => element('script', { src: base + target })),
      attempt(`module ${target}`, () => import(base + target).then(() => 'loaded')),
      attempt(`style ${target}`, () => element('link', { rel: 'stylesheet', href: base + target })),
      attempt(`image ${target}`, () => element('img', { src: base + target })),
      attempt(`object ${target}`, () => element('object', { data: base + target }).then((x) => x && framed(document.querySelector('object')))),
    )
  }
  for (const target of posts) {
    for (const [name, headers] of [['plain', {}], ['json', { 'Content-Type': 'application/json' }], ['token', { 'X-Tokki-Token': token }]]) {
      for (const mode of ['cors', 'no-cors']) {
        all.push(attempt(`${name} ${mode} POST ${target}`, async () =>
          (await (await fetch(base + target, { method: 'POST', mode, credentials: 'include', headers, body: '{}' })).text()) || null))
      }
    }
    all.push(attempt(`beacon ${target}`, () => { navigator.sendBeacon(base + target, '{}'); return null }))
    all.push(attempt(`form ${target}`, async () => {
      const frame = Object.assign(document.createElement('iframe'), { name: 'f' + Math.random() })
      const form = Object.assign(document.createElement('form'), { method: 'post', enctype: 'text/plain', action: base + target, target: frame.name })
      document.body.append(frame, form)
      const loaded = new Promise((done) => { frame.onload = done })
      form.submit()
      await loaded
      return framed(frame)?.includes('error') ? framed(frame) : null
    }))
  }
  all.push(
    attempt('events', () => new Promise((done) => {
      const source = new EventSource(base + '/api/events', { withCredentials: true })
      source.onopen = () => done('open')
      source.onerror = () => { source.close(); done(null) }
    })),
    attempt('socket', () => new Promise((done) => {
      const socket = new WebSocket(base.replace('http', 'ws') + '/api/events')
      socket.onopen = () => done('open')
      socket.onerror = () => done(null)
    })),
    attempt('worker', () => new Promise((done) => {
      const worker = new Worker(base + '/assets/shell/app.js')
      worker.onerror = () => done(null)
      setTimeout(done, 1000, null)
    })),
    attempt('window', async () => {
      const opened = open(base + '/')
      // Until it has loaded it holds an empty page of ours.
      for (let tries = 0; tries < 50; tries++) {
        const text = opened.document.documentElement.outerHTML
        if (text !== '<html><head></head><body></body></html>') return text
        await new Promise((done) => setTimeout(done, 50))
      }
    }),
  )
  await Promise.all(all)
  return got
}"""
GETS = ["/", "/api/data", "/api/edition", "/api/list", "/paper/1", "/assets/shell/app.js", "/assets/styles/base.css", "/assets/icon.svg"]
POSTS = ["/api/save", "/api/render", "/api/list/begin"]


@contextmanager
def elsewhere():
    """A server of somebody else on this machine; gives its port, and the cookies that it gets."""
    cookies = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            cookies.extend(self.headers.get_all("Cookie", []))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<!DOCTYPE html><title>elsewhere</title><body>")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, cookies
    finally:
        server.shutdown()


@pytest.fixture(scope="module")
def chromium(playwright):
    browser = launch(
        playwright,
        "--host-resolver-rules=MAP *.test 127.0.0.1",
        # A browser that asks before pages reach this machine is not what we count on.
        "--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessSendPreflights",
    )
    yield browser
    browser.close()


@pytest.fixture
def visited(chromium, tmp_path):
    """A server with data, and a browser in which its page is open."""
    data = tmp_path / "contract.yaml"
    shutil.copy(SAMPLE, data)
    with Preview(tmp_path, str(data), "--edition", str(SAMPLE.parents[1])) as preview:
        context = chromium.new_context(locale="ja-JP")
        # What the page itself asks for is asked before the others come.
        clerk = Clerk(context, preview)
        clerk.settled()
        preview.home = clerk.home.removeprefix(preview.origin).rstrip("/")
        yield preview, context, data
        context.close()


def attack(page, preview, token):
    return page.evaluate(ATTEMPTS, {"base": preview.origin + preview.home, "token": token, "gets": GETS, "posts": POSTS})


def token(context):
    return context.pages[0].evaluate("document.querySelector('meta[name=tokki-token]').content")


@pytest.mark.parametrize("where", daily(["127.0.0.1", "localhost", "elsewhere.test", "sandbox", "rebound.test"], "127.0.0.1", "rebound.test"))
def test_pages_from_elsewhere(visited, where, note):
    preview, context, data = visited
    before, secret = data.read_bytes(), token(context)
    context.pages[0].close()
    seen = len(preview.requests())
    page = context.new_page()
    # Even where it has learnt the path.
    with elsewhere() as (port, _):
        match where:
            case "sandbox":
                # The origin of a document in a sandbox is null.
                page.goto(f"http://127.0.0.1:{port}/")
                page.evaluate("""() => new Promise((done) => {
                  const frame = Object.assign(document.createElement('iframe'), { srcdoc: '<body>', onload: done })
                  frame.sandbox = 'allow-scripts allow-forms allow-popups'
                  document.body.append(frame)
                })""")
                attacker = page.frames[1]
                assert attacker.evaluate("origin") == "null"
                base = preview.origin + preview.home
            case "rebound.test":
                # A name of the attacker's that suddenly leads here: to the browser we are his own server.
                name = f"http://rebound.test:{preview.port}"
                page.route(f"{name}/start", lambda route: route.fulfill(body="<!DOCTYPE html><body>", content_type="text/html"))
                page.goto(f"{name}/start")
                attacker, base = page, name + preview.home
            case _:
                page.goto(f"http://{where}:{port}/")
                attacker, base = page, preview.origin + preview.home
        got = attacker.evaluate(ATTEMPTS, {"base": base, "token": secret, "gets": GETS, "posts": POSTS})
    read = {name: text for name, text in got.items() if text is not None}
    entries = preview.requests(since=seen)
    let_in = [entry for entry in entries if entry[2] != "403"]
    note(f"{where}: {len(got)} attempts, {len(entries)} reached the server, all refused")
    if where == "rebound.test":
        # It may read what its own server says. Ours says who may come in, and nothing else.
        read = {name: text for name, text in read.items() if "このアドレスからは開けません" not in text}
    assert read == {}
    assert let_in == []
    assert len(entries) > 50
    assert data.read_bytes() == before


def test_another_port_gets_no_cookie(visited, note):
    """Browsers send cookies to every port of a host; ours is bound to a path that nobody else can guess."""
    preview, context, _ = visited
    [cookie] = context.cookies()
    assert (cookie["path"], cookie["httpOnly"], cookie["sameSite"]) == (f"{preview.home}/", True, "Strict")
    page = context.new_page()
    with elsewhere() as (port, cookies):
        # That it would get one of another path.
        context.add_cookies([{"name": "of-the-host", "value": "1", "domain": "127.0.0.1", "path": "/"}])
        for target in ("", *GETS, "/?token=1", preview.home[:-1] + "/"):
            page.goto(f"http://127.0.0.1:{port}{target}")
            page.evaluate("target => fetch(target, { credentials: 'include' })", target or "/")
        assert len(cookies) > 2 * len(GETS) and set(cookies) == {"of-the-host=1"}
    # One who had the cookie all the same, by whatever means, does not have the path.
    stolen = f"{cookie['name']}={cookie['value']}"
    for target in GETS:
        assert preview.get(target, home="", cookie=stolen).status == 401, target
        assert preview.get(target, cookie=stolen).status == 200, target
    note(f"{len(cookies)} requests of a browser that was let in, on another port: none with the cookie")


def test_our_own_page_may(visited):
    """The same attempts from the page itself, so that the others are known to fail for the right reason."""
    preview, context, _ = visited
    page = context.pages[0]
    got = attack(page, preview, token(context))
    for target in GETS:
        assert got[f"fetch {target}"], target
    for name in ("style /assets/styles/base.css", "image /assets/icon.svg", "module /assets/shell/app.js", "frame /paper/1", "events"):
        assert got[name], name
    for target in POSTS:
        assert got[f"token cors POST {target}"] is not None
        assert "受け付けられません" in got[f"json cors POST {target}"]
