"""`tokki pipe` makes the packets that `tokki batch` makes, and stores them whole whoever else stores the same."""

import concurrent.futures
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import batches
import pytest
from pipes import PAPERS, line, packets_root, pipe, poison, start, text


@pytest.fixture(scope="module")
def common(tmp_path_factory):
    return batches.write_common(tmp_path_factory.mktemp("pipe"))


@pytest.fixture(scope="module")
def run(common, tmp_path_factory):
    """A batch and a list of lines, two of them bad."""
    folder = tmp_path_factory.mktemp("run")
    lines = [line(n, contract=f"00400{n % 3}") for n in range(12)]
    lines[3:3] = [poison("no number")[0], poison("not JSON")[0]]
    (folder / "list.ndjson").write_bytes(text(lines))
    result = batches.batch(common, folder / "list.ndjson", folder / "out", *PAPERS)
    assert result.returncode == 65, result.stderr.decode()
    return text(lines), folder / "out"


def files(out):
    return {
        str(path.relative_to(out)): path.read_bytes() for path in Path(out).rglob("*")
        if path.is_file() and len(path.relative_to(out).parts) == 3 and path.relative_to(out).parts[0] != ".tokki"
    }


def check_files(answers, out, content):
    """The files of the answers are those of a batch, byte for byte."""
    found = {}
    for item in answers.items:
        for file in item.get("files", []):
            data = content(file)
            assert (len(data), hashlib.sha256(data).hexdigest()) == (file["size"], file["sha256"])
            found[f"{item['path']}/{file['name']}"] = data
    assert found == files(out)
    manifest = json.loads((out / "run.json").read_text())
    assert packets_root(answers) == manifest["packets_root"]
    assert {(p["path"], p["root"], p["check_number"]) for p in manifest["packets"]} == {
        (item["path"], item["root"], item["check_number"]) for item in answers.items if item["outcome"] == "made"
    }


def test_inline_packets_are_those_of_a_batch(common, run):
    lines, out = run
    check_files(pipe(common, lines), out, lambda file: file["content"].encode())


def stored(store):
    def content(file):
        return (store / file["sha256"][:2] / file["sha256"][2:]).read_bytes()

    return content


def test_stored_packets_are_those_of_a_batch(common, run, tmp_path):
    lines, out = run
    store = tmp_path / "new/store"
    answers = pipe(common, lines, "--store", store)
    assert all("content" not in file for item in answers.items for file in item.get("files", []))
    check_files(answers, out, stored(store))
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()}
    assert pipe(common, lines, "--store", store).lines == answers.lines
    assert before == {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()}
    # What a crash cut short is put right.
    victim = next(iter(before))
    victim.write_bytes(b"")
    assert pipe(common, lines, "--store", store).lines == answers.lines
    check_files(answers, out, stored(store))


def test_twins_store_the_same(common, run, tmp_path):
    lines, out = run
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        twins = list(pool.map(lambda _: pipe(common, lines, "--store", tmp_path / "store"), range(6)))
    assert all(twin.lines == twins[0].lines for twin in twins)
    check_files(twins[0], out, stored(tmp_path / "store"))
    assert not list((tmp_path / "store/staging").iterdir())


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], capture_output=True)
    if mounted.returncode != 0:
        pytest.fail("a tmpfs cannot be mounted here: run the tests as root")
    yield disk
    subprocess.run(["umount", disk], check=False)


def test_a_full_store_ends_the_run(common, run, small_disk):
    """What is there is whole, and with room the run completes."""
    lines, out = run
    result = start(common, lines, "--store", small_disk / "store")
    assert result.returncode == 74 and b"errno 28" in result.stderr and b"--store" in result.stderr
    answered = result.stdout.count(b"\n")
    stored_files = [path for path in (small_disk / "store").rglob("*") if path.is_file()]
    assert stored_files and answered
    for path in stored_files:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.parent.name + path.name
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    answers = pipe(common, lines, "--store", small_disk / "store")
    assert text(answers.lines[:answered]) == result.stdout
    check_files(answers, out, stored(small_disk / "store"))


def test_a_store_that_cannot_be_written_ends_the_run(common, run, small_disk, tmp_path):
    (tmp_path / "file").touch()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for store in [tmp_path / "file", tmp_path / "file/store", small_disk / "store"]:
        result = start(common, run[0], "--store", store)
        assert (result.returncode, result.stdout) == (74, b"") and b"errno" in result.stderr
    # A copy of a whole store that can only be read needs nothing written.
    pipe(common, run[0], "--store", tmp_path / "store")
    subprocess.run(["mount", "-o", "remount,rw,size=64m", small_disk], check=True)
    shutil.copytree(tmp_path / "store", small_disk / "store")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert len(pipe(common, run[0], "--store", small_disk / "store").lines) == run[0].count(b"\n")


def test_only_new_is_that_of_a_batch(common, tmp_path):
    """Rows with a worker who has given a pledge, one who has not, both, and none."""
    old, new = {"name": "見本　花子", "pledge_date": "2022-04-01"}, {"name": "見本　太郎"}
    lines = []
    for number, workers in enumerate([[old], [new], [old, new], []]):
        row = batches.row(number)
        lines.append(json.dumps(row | {"vendor.workers": workers}, ensure_ascii=False).encode())
    options = ["--only", "pledge", "--only-new"]
    answers = pipe(common, text(lines), *options)
    assert answers.outcomes == ["nothing-new", "made", "made", "nothing-new"]
    assert all("root" not in item and item["path"] for item in answers.items if item["outcome"] == "nothing-new")
    (tmp_path / "list.ndjson").write_bytes(text(lines))
    result = batches.batch(common, tmp_path / "list.ndjson", tmp_path / "out", *PAPERS, *options)
    assert result.returncode == 0, result.stderr.decode()
    check_files(answers, tmp_path / "out", lambda file: file["content"].encode())
    assert "見本　花子" not in "".join(file["content"] for item in answers.items for file in item.get("files", []))
