"""`tokki verify OUT` finds every damage to a batch's folder, and says what it is."""

import hashlib
import json
import shutil

import pytest
from packets import run as tokki
from runs import make_run


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_run(tmp_path_factory.mktemp("run"), "--no-split", count=4)


def findings(out):
    result = tokki("verify", out, "--json")
    answer = json.loads(result.stdout)
    assert (result.returncode, answer["intact"]) in [(0, True), (65, False)]
    return {(d["code"], d["file"].removeprefix(f"{out}/")) for d in answer["diagnostics"]}


def flip(file, at=-2):
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def swap(one, other):
    one.rename(one.parent.parent / "aside.tmp")
    other.rename(one)
    (one.parent.parent / "aside.tmp").rename(other)


def link(path, target):
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(target)


FIRST, SECOND = "0040000/V00000", "0040001/V00001"
DAMAGES = {
    "nothing": (lambda out: None, set()),
    "a byte of a file": (lambda out: flip(out / FIRST / "packet.html"), {("file-changed", f"{FIRST}/packet.html")}),
    "files of two packets": (
        lambda out: (flip(out / FIRST / "packet.xml"), (out / SECOND / "packet.html").unlink()),
        {("file-changed", f"{FIRST}/packet.xml"), ("file-removed", f"{SECOND}/packet.html")},
    ),
    "a file more": (lambda out: (out / FIRST / "x.html").touch(), {("file-added", f"{FIRST}/x.html")}),
    "a manifest": (lambda out: flip(out / FIRST / "manifest.json"), {("manifest-damaged", f"{FIRST}/manifest.json")}),
    "no manifest": (
        lambda out: (out / FIRST / "manifest.json").unlink(),
        {("file-unreadable", f"{FIRST}/manifest.json")},
    ),
    "a packet gone": (lambda out: shutil.rmtree(out / FIRST), {("packet-removed", FIRST)}),
    "a contract gone": (lambda out: shutil.rmtree(out / "0040000"), {("packet-removed", FIRST)}),
    "a packet more": (
        lambda out: shutil.copytree(out / FIRST, out / "0040000/V9"),
        {("packet-added", "0040000/V9")},
    ),
    "a contract more": (
        lambda out: shutil.copytree(out / "0040000", out / "0050000"),
        {("packet-added", "0050000/V00000")},
    ),
    "a packet beside the contracts": (
        lambda out: shutil.copytree(out / FIRST, out / "V9"),
        {("packet-added", "V9")},
    ),
    "two packets swapped": (
        lambda out: swap(out / FIRST, out / SECOND),
        {("packet-changed", FIRST), ("packet-changed", SECOND)},
    ),
    "a packet behind a link": (
        lambda out: (shutil.copytree(out / FIRST, out / ".tokki/x"), link(out / FIRST, out / ".tokki/x")),
        {("packet-removed", FIRST)},
    ),
    "a file beside the contracts": (lambda out: (out / "memo.txt").touch(), {("file-added", "memo.txt")}),
    "a file beside the packets": (lambda out: (out / "0040000/memo.txt").touch(), {("file-added", "0040000/memo.txt")}),
    "an empty folder": (lambda out: (out / "0050000").mkdir(), {("file-added", "0050000")}),
    "the page": (lambda out: flip(out / "verify.html"), {("file-changed", "verify.html")}),
    "no page": (lambda out: (out / "verify.html").unlink(), {("file-removed", "verify.html")}),
    "another run's page": (
        lambda out: (out / "verify.html").write_text(
            (out / "verify.html").read_text().replace("0040000/V00000", "0040000/V00009")
        ),
        {("file-changed", "verify.html")},
    ),
    "the run's manifest": (lambda out: flip(out / "run.json", 300), {("manifest-damaged", "run.json")}),
    "the run's manifest cut": (
        lambda out: (out / "run.json").write_bytes((out / "run.json").read_bytes()[:-1]),
        {("manifest-damaged", "run.json")},
    ),
    "what the tool leaves itself": (
        lambda out: (
            (out / "rejects.csv").write_text("x"),
            (out / "print-vendor.html").write_text("x"),
            (out / ".tokki/x").write_text("x"),
        ),
        set(),
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_is_found(made, tmp_path, damage):
    act, expected = DAMAGES[damage]
    out = shutil.copytree(made.out, tmp_path / "out")
    act(out)
    assert findings(out) == expected


def test_every_byte_of_the_manifest_counts(made, tmp_path):
    out = shutil.copytree(made.out, tmp_path / "out")
    content = (out / "run.json").read_bytes()
    for at in range(0, len(content), 37):
        (out / "run.json").write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
        assert findings(out) == {("manifest-damaged", "run.json")}, at


def test_the_roots_are_as_documented(made):
    """By another program, from the files alone."""
    text = (made.out / "run.json").read_text()
    manifest = made.manifest
    lines = "".join(f"{p['path']}\0{p['root']}\n" for p in sorted(manifest["packets"], key=lambda p: p["path"].encode()))
    assert hashlib.sha256(lines.encode()).hexdigest() == manifest["packets_root"]
    body, _, seal = text.rpartition(",\n  \"root\": ")
    assert hashlib.sha256((body + "\n}\n").encode()).hexdigest() == manifest["root"] == seal.split('"')[1]
    for packet in manifest["packets"]:
        assert json.loads((made.out / packet["path"] / "manifest.json").read_text())["root"] == packet["root"]
