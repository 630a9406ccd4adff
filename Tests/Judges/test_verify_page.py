"""`verify.html`: what a layman reads who drops a packet on it, in Chromium and without a network."""

import base64
import hashlib
import json
import re
import shutil

import pytest
from browser import chromium
from runs import make_run

SAME, DIFFERENT = "一致", "不一致"
FOREIGN = "この一括作成の書類一式ではありません"
UNKNOWN = "確認できません"
KINDS = {"変えられた": "changed", "足りない": "missing", "加えられた": "added", "属さない": "stray"}

READ = """() => [...document.querySelectorAll('.result')].map(section => ({
  heading: section.querySelector('h2').textContent,
  size: parseFloat(getComputedStyle(section.querySelector('h2')).fontSize),
  text: section.innerText,
  lists: Object.fromEntries([...section.querySelectorAll('h3')].map(
    h3 => [h3.textContent, [...h3.nextElementSibling.children].map(li => li.textContent)])),
}))"""

LISTEN = """name => document.getElementById(name).addEventListener('click', event => {
  window.clicked = name
  event.preventDefault()
})"""

WAIT = """async () => {
  while (document.getElementById('summary').textContent.startsWith('確かめています'))
    await new Promise(later => setTimeout(later, 10))
}"""

# Files as a drop from the desktop gives them; a tree of [path, bytes in base 64, or null for an empty folder].
DROP = """async files => {
  const entry = (name, file, children) => ({
    name, isFile: !!file, isDirectory: !file,
    file: done => done(file),
    createReader: () => {
      const rest = [...children]
      return { readEntries: done => done(rest.splice(0, 2)) }
    },
  })
  const folder = () => ({ folders: new Map(), files: [] })
  const root = folder()
  for (const [path, content] of files) {
    const names = path.split('/'), last = names.pop()
    let place = root
    for (const name of names) {
      if (!place.folders.has(name)) place.folders.set(name, folder())
      place = place.folders.get(name)
    }
    if (content === null) place.folders.set(last, folder())
    else place.files.push(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], last))
  }
  const tree = node => [
    ...node.files.map(file => entry(file.name, file, [])),
    ...[...node.folders].map(([name, inside]) => entry(name, null, tree(inside))),
  ]
  const event = new Event('drop', { bubbles: true, cancelable: true })
  const entries = tree(root)
  event.dataTransfer = { files: [], items: entries.map(e => ({ webkitGetAsEntry: () => e })) }
  document.getElementById('place').dispatchEvent(event)
  return event.defaultPrevented
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return make_run(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    return make_run(tmp_path_factory.mktemp("foreign"), "--mode", "blank")


def answer(page):
    page.page.evaluate(WAIT)
    results = page.page.evaluate(READ)
    for result in results:
        # Large letters.
        assert result["size"] >= 24
        result["found"] = {
            next(kind for word, kind in KINDS.items() if word in title): names
            for title, names in result.pop("lists").items()
        }
    return results


def pick(page, folder):
    page.page.set_input_files("#folder", str(folder))
    return answer(page)


def drop(page, folder, name=None):
    name = name or folder.name
    files = [
        [
            f"{name}/{file.relative_to(folder)}",
            None if file.is_dir() else base64.b64encode(file.read_bytes()).decode(),
        ]
        for file in sorted(folder.rglob("*"))
        if file.is_file() or not any(file.iterdir())
    ]
    assert page.page.evaluate(DROP, files)
    return answer(page)


GIVE = [pick, drop]


@pytest.fixture
def copy(run, tmp_path):
    """A packet of the run, to be damaged; in a folder of its own name."""
    packet = run.packets[0]
    return shutil.copytree(run.out / packet["path"], tmp_path / packet["path"].split("/")[1])


def flip(file, at=-1):
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


DAMAGES = {
    "nothing": (lambda f: None, {}),
    "a byte": (lambda f: flip(f / "packet.html", 5000), {"changed": ["packet.html"]}),
    "a longer file": (
        lambda f: (f / "packet.xml").write_bytes((f / "packet.xml").read_bytes() + b"\n"),
        {"changed": ["packet.xml"]},
    ),
    "a file gone": (lambda f: (f / "packet.xml").unlink(), {"missing": ["packet.xml"]}),
    "a file more": (lambda f: (f / "<b>memo.txt").write_text("x"), {"added": ["<b>memo.txt"]}),
    "a file in a folder": (
        lambda f: ((f / "old").mkdir(), (f / "old/packet.html").write_text("x")),
        {"added": ["old/packet.html"]},
    ),
    "another name": (
        lambda f: (f / "packet.html").rename(f / "Packet.html"),
        {"missing": ["packet.html"], "added": ["Packet.html"]},
    ),
    "two files swapped": (
        lambda f: (
            (f / "packet.html").rename(f / "x"),
            (f / "packet.xml").rename(f / "packet.html"),
            (f / "x").rename(f / "packet.xml"),
        ),
        {"changed": ["packet.html", "packet.xml"]},
    ),
    "the manifest's end": (
        lambda f: (f / "manifest.json").write_bytes((f / "manifest.json").read_bytes() + b"\n"),
        {"changed": ["manifest.json"]},
    ),
    "a digest in the manifest": (
        lambda f: (
            flip(f / "packet.html", 5000),
            (f / "manifest.json").write_text(resealed(f / "manifest.json", f / "packet.html")),
        ),
        {"changed": ["manifest.json"]},
    ),
}


def resealed(manifest, changed):
    """A forger's manifest, whose root is right, around a changed file."""
    content = json.loads(manifest.read_text())
    for file in content["files"]:
        if file["name"] == changed.name:
            file["sha256"] = hashlib.sha256(changed.read_bytes()).hexdigest()
    del content["root"]
    body = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    root = hashlib.sha256(body.encode()).hexdigest()
    return body[:-3] + f',\n  "root": "{root}"\n}}\n'


@pytest.mark.parametrize("give", GIVE)
@pytest.mark.parametrize("damage", DAMAGES)
def test_the_verdict_is_right(browser, run, copy, damage, give):
    act, expected = DAMAGES[damage]
    act(copy)
    with browser.open(run.out / "verify.html") as page:
        [result] = give(page, copy)
        assert result["heading"] == (DIFFERENT if expected else SAME)
        assert result["found"] == expected
        assert run.packets[0]["path"] in result["text"]
        assert run.packets[0]["check_number"] in result["text"]
        assert page.noise == []


def test_an_empty_folder_is_seen_when_dropped(browser, run, copy):
    (copy / "empty").mkdir()
    with browser.open(run.out / "verify.html") as page:
        [result] = drop(page, copy)
    assert (result["heading"], result["found"]) == (DIFFERENT, {"added": ["empty"]})


@pytest.mark.parametrize("give", GIVE)
def test_a_packet_of_another_run_is_distinguished(browser, run, foreign, tmp_path, give):
    known = {packet["check_number"] for packet in run.packets}
    packet = next(p for p in foreign.packets if p["check_number"] not in known)
    away = shutil.copytree(foreign.out / packet["path"], tmp_path / "elsewhere")
    with browser.open(run.out / "verify.html") as page:
        [result] = give(page, away)
    assert result["heading"] == FOREIGN


@pytest.mark.parametrize("give", GIVE)
def test_files_without_their_manifest_are_not_vouched_for(browser, run, copy, give):
    (copy / "manifest.json").unlink()
    with browser.open(run.out / "verify.html") as page:
        [result] = give(page, copy)
    assert result["heading"] == UNKNOWN and FOREIGN in result["text"]
    assert "packet.html" in " ".join(result["found"]["stray"])


def test_files_may_be_picked_without_their_folder(browser, run, copy):
    with browser.open(run.out / "verify.html") as page:
        page.page.set_input_files("#files", [str(f) for f in sorted(copy.iterdir())])
        [result] = answer(page)
        assert result["heading"] == SAME
        page.page.set_input_files("#files", [str(copy / "packet.html")])
        [result] = answer(page)
        assert result["heading"] == UNKNOWN


def test_a_packet_in_a_folder_of_another_name_is_pointed_out(browser, run, copy):
    with browser.open(run.out / "verify.html") as page:
        [result] = drop(page, copy, name="V999")
    assert result["heading"] == SAME and "V999" in result["text"] and "異なります" in result["text"]


@pytest.mark.parametrize("give", GIVE)
def test_a_whole_run_is_checked_at_once(browser, run, tmp_path, give):
    out = shutil.copytree(run.out, tmp_path / "out")
    flip(out / run.packets[1]["path"] / "packet.html", 3000)
    (out / "memo.txt").write_text("x")
    with browser.open(out / "verify.html") as page:
        results = give(page, out)
    headings = {r["text"].split("書類一式\n")[-1].split("\n")[0]: r["heading"] for r in results}
    assert sum(r["heading"] == SAME for r in results) == len(run.packets) - 1, headings
    assert sum(r["heading"] == DIFFERENT for r in results) == 1, headings
    # The run's own files are not held against it, but a stranger beside them is.
    stray = [r["found"] for r in results if r["heading"] == UNKNOWN]
    assert stray == ([{"stray": ["out/memo.txt"]}])


def test_the_page_is_sound(browser, run, copy):
    """Accessible, asks for nothing, allows nothing inline but its own script and style."""
    source = (run.out / "verify.html").read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', source)[1]
    for element in ("script", "style"):
        [text] = re.findall(rf"<{element}>(.*?)</{element}>", source, re.S)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "http:" not in source and "https:" not in source
    with browser.open(run.out / "verify.html") as page:
        # The buttons open the choosers, by keyboard. (Chromium's own shows up only in the first page of a browser.)
        for name in ("folder", "files"):
            page.page.evaluate(LISTEN, name)
            page.page.focus(f"#pick-{name}")
            page.page.keyboard.press("Enter")
            assert page.page.evaluate("window.clicked") == name
        flip(copy / "packet.html")
        for results in ([], pick(page, copy)):
            for width in (1280, 320):
                page.at(width)
                assert page.overflow() + page.accessibility() == []
        assert page.page.get_attribute("#summary", "role") == "status"
        assert page.noise == []


def test_it_opens_with_many_packets(browser, run, tmp_path, note):
    """100,000 packets, of which the first is the one that is dropped."""
    packets = "".join(
        f"{1_000_000 + n}/V{n}\t{hashlib.sha256(b'%d' % n).hexdigest()}\t0ABC-12YZ-7QRS\n"
        for n in range(100_000)
    )
    source = (run.out / "verify.html").read_text()
    page_file = tmp_path / "verify.html"
    marker = '<script type="text/plain" id="packets">\n'
    assert marker in source
    page_file.write_text(source.replace(marker, marker + packets))
    with browser.open(page_file) as page:
        [result] = pick(page, run.out / run.packets[0]["path"])
        spent = page.page.evaluate("performance.now()")
        note(f"a page of 100,000 packets, {page_file.stat().st_size >> 20} MiB, answers within {spent / 1000:.1f} s")
        assert result["heading"] == SAME and page.noise == []
