"""A batch that is cut off anywhere, or whose disk fails anywhere, leaves whole packets; the next run completes it.

TOKKI_THOROUGH=1 tries many more times and places than `make test` has the time for.
"""

import collections
import errno
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

import batches
from packets import BINARY, SAMPLES, run
from rings import THOROUGH

OPTIONS = ("--jobs", "1", "--no-split")
# What changes a disk, or says that it has been changed.
WRITING = (
    "write", "pwrite64", "openat", "mkdir", "rename", "renameat", "renameat2", "unlink", "rmdir", "fsync", "fdatasync",
    "syncfs", "ftruncate",
)
# Everything on one thread, so that the n-th call is the same call each time.
ONE_THREAD = os.environ | {"LIBDISPATCH_COOPERATIVE_POOL_STRICT": "1"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Work(tmp_path_factory.mktemp("small"), rows=3)


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    return Work(tmp_path_factory.mktemp("big"), rows=400)


class Work:
    """A list, a changed list that came before it, and what an unbroken run makes."""

    def __init__(self, folder, rows):
        self.folder = folder
        self.common = batches.write_common(folder)
        good = [batches.row(n, contract=f"00400{n % 3}") for n in range(rows)]
        bad = batches.row(rows, 契約金額="百万円くらい")
        # An earlier run has one packet with other data, which must be replaced in one step.
        self.before = batches.write_list(folder / "before.csv", [good[0] | {"件名": "前の件名"}])
        self.roster = batches.write_list(folder / "list.csv", good + [bad])
        assert batches.batch(self.common, self.before, self.folder / "start", *OPTIONS).returncode == 0
        whole = self.start("whole")
        result = batches.batch(self.common, self.roster, whole, *OPTIONS)
        assert result.returncode == 65, result.stderr.decode()
        self.expected = batches.tree(whole)
        self.earlier = {
            name: digest for name, digest in batches.tree(self.folder / "start").items() if name.count("/") == 2
        }
        assert not batches.strays(whole)

    def start(self, name):
        out = self.folder / name
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(self.folder / "start", out)
        # Copies are newer than the journal says: they are read instead.
        return out

    def command(self, out):
        return batches.command(self.common, self.roster, out, *OPTIONS)

    def check_whole_packets(self, out, more_rejected=False):
        """Every packet in its place is exactly one of an unbroken run, old or new, never a mixture or a part.

        `more_rejected`: rows whose packets could not be put in place are among the rejects, and not in run.json."""
        found = batches.tree(out)
        folders = collections.defaultdict(dict)
        for name, digest in found.items():
            if name.count("/") == 2:
                folders[name.rsplit("/", 1)[0]][name] = digest
        for folder, files in folders.items():
            new = {n: d for n, d in self.expected.items() if n.startswith(folder + "/")}
            old = {n: d for n, d in self.earlier.items() if n.startswith(folder + "/")}
            assert files in (new, old), f"{folder} is torn"
        for name, digest in found.items():
            if more_rejected and name == "rejects.csv":
                assert set((self.folder / "whole" / name).read_text().splitlines()) <= set((out / name).read_text().splitlines())
            elif more_rejected and name == "run.json":
                json.loads((out / name).read_text())
            elif more_rejected and name == "verify.html":
                assert (out / name).read_text().rstrip().endswith("</html>")
            elif name.count("/") == 0 and name in self.expected:
                known = {self.expected[name], batches.tree(self.folder / "start").get(name)}
                assert digest in known, f"{name} is torn"

    def complete(self, out):
        result = batches.batch(self.common, self.roster, out, *OPTIONS)
        assert result.returncode == 65, result.stderr.decode()
        assert batches.tree(out) == self.expected
        assert not batches.strays(out)


def calls(work):
    """How often an unbroken run makes each call, at most on any one thread."""
    out = work.start("count")
    log = work.folder / "count.log"
    subprocess.run(
        ["strace", "-f", "-qq", "-o", log, "-e", "trace=" + ",".join(WRITING), *work.command(out)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ONE_THREAD, check=False,
    )
    counts = collections.Counter()
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"(\d+)\s+(\w+)\(", line)
        if match and match[2] in WRITING:
            counts[match.groups()] += 1
    most = collections.Counter()
    for (_, name), count in counts.items():
        most[name] = max(most[name], count)
    return most


def inject(work, out, call, what, when, *more):
    return subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={','.join({call, *(m.split(':')[0] for m in more)})}",
         "-e", f"inject={call}:{what}:when={when}", *(f"-einject={m}" for m in more), *work.command(out)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ONE_THREAD, timeout=120,
    )


def places(work):
    for call, count in sorted(calls(work).items()):
        for when in range(1, count + 1):
            yield call, when


@pytest.mark.long
def test_killed_at_every_call(small, note):
    killed = 0
    for call, when in places(small):
        out = small.start("killed")
        result = inject(small, out, call, "signal=KILL", when)
        killed += result.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        small.check_whole_packets(out)
        small.complete(out)
    note(f"killed at {killed} calls, each resumed to the same bytes")
    assert killed > 60


def test_killed_at_any_time(big, note):
    times = random.Random(20221011)
    begin = time.monotonic()
    whole = big.start("timed")
    batches.batch(big.common, big.roster, whole, *OPTIONS)
    duration = time.monotonic() - begin
    killed = 0
    for _ in range(200 if THOROUGH else 8):
        out = big.start("killed")
        for share in (1.0, 0.7):  # the second kill comes while the first is being made good
            process = subprocess.Popen(big.command(out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(times.random() * duration * share)
            process.kill()
            killed += process.wait() == -signal.SIGKILL
            big.check_whole_packets(out)
        big.complete(out)
    note(f"killed {killed} times at random")
    assert killed > 0


# What NTFS, SMB and FUSE answer: two folders cannot be swapped there.
NO_EXCHANGE = "renameat2:error=EINVAL"


@pytest.mark.long
def test_killed_where_folders_cannot_be_swapped(small, note):
    """A packet that is replaced is set aside; the next run puts it back, or finishes."""
    killed = missing = 0
    for call in ("rename", "mkdir", "rmdir", "unlink"):
        for when in range(1, calls(small)[call] + 4):
            out = small.start("killed")
            result = inject(small, out, call, "signal=KILL", when, NO_EXCHANGE)
            if result.returncode not in (-signal.SIGKILL, 128 + signal.SIGKILL):
                break
            killed += 1
            small.check_whole_packets(out)
            aside = [path for path in (out / ".tokki/aside").glob("*/*") if (path / "manifest.json").is_file()]
            missing += any(not (out / path.parent.name / path.name).exists() for path in aside)
            # The next run has no such file system, or has it still.
            if when % 2:
                small.complete(out)
            else:
                assert inject(small, out, "renameat2", "error=EINVAL", "1+").returncode == 65
                assert batches.tree(out) == small.expected
            assert not [path for path in (out / ".tokki/aside").rglob("*") if path.is_file()]
    note(f"killed at {killed} calls without an exchange, {missing} times between the two renames")
    assert killed > 15 and missing > 0


@pytest.mark.parametrize(
    "what", [*(pytest.param(f"error={name}", marks=pytest.mark.long) for name in ("ENOSPC", "EIO", "EMFILE")), "retval=1"]
)
def test_failing_calls(small, what, note):
    """An error at any call: nothing torn, reported with file and errno unless it did no harm, and the next run completes."""
    tried = reported = 0
    for call, when in places(small):
        if what == "retval=1" and call not in ("write", "pwrite64"):
            continue
        if what == "error=EMFILE" and call != "openat":
            continue
        out = small.start("failed")
        result = inject(small, out, call, what, when)
        tried += 1
        small.check_whole_packets(out, more_rejected=b"output-not-written" in result.stderr)
        number = str(getattr(errno, what.removeprefix("error="), errno.EIO))
        if result.returncode == 65 and batches.tree(out) == small.expected:
            pass  # a call that did not matter: of the loader's, of stderr
        else:
            assert result.returncode not in (0, 65) or call == "openat", f"{call} {when}: {result.returncode}"
            reported += f"errno {number}".encode() in result.stderr
        small.complete(out)
    note(f"{what}: {tried} calls, {reported} of them reported with errno")
    assert reported > 0


def test_full_disk(small, tmp_path):
    """A file system that is really full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "none", disk], capture_output=True)
    if mounted.returncode != 0:
        pytest.fail("a tmpfs cannot be mounted here: run the tests as root")
    try:
        out = disk / "out"
        result = batches.batch(small.common, small.roster, out, *OPTIONS)
        assert result.returncode == 74, result.stderr.decode()
        assert f"errno {errno.ENOSPC}".encode() in result.stderr
        small.check_whole_packets(out)
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        assert batches.batch(small.common, small.roster, out, *OPTIONS).returncode == 65
        packets = {name: digest for name, digest in batches.tree(out).items() if name.count("/") == 2}
        assert packets == {name: digest for name, digest in small.expected.items() if name.count("/") == 2}
    finally:
        subprocess.run(["umount", disk], check=False)


# MARK: Order


def order_faults(log):
    """What was given its final name before it was on the disk, by the calls in a strace log."""
    dirty = set()  # staged files with bytes that may not be on the disk
    unsynced_names = set()  # what was renamed into folders that may not be on the disk
    faults = []
    for line in log.splitlines():
        match = re.match(r"\d+\s+(\w+)\((.*)\)\s+= (-?\d+)", line)
        if not match or match[3].startswith("-"):
            continue
        call, arguments = match[1], match[2]
        paths = re.findall(r"<(/[^>]*)>", arguments) + re.findall(r'"(/[^"]*)"', arguments)
        if call == "write" and paths and "/.tokki/staging/" in paths[0]:
            dirty.add(paths[0])
        elif call == "write" and paths and paths[0].endswith("/.tokki/journal"):
            if unsynced_names:
                faults.append(f"journalled before its name was synced: {unsynced_names}")
        elif call in ("fsync", "fdatasync") and paths:
            dirty.discard(paths[0])
            unsynced_names = {name for name in unsynced_names if not name.startswith(paths[0])}
        elif call == "syncfs":
            dirty.clear()
            unsynced_names = set()
        elif call.startswith("rename") and len(paths) >= 2:
            source, target = paths[-2], paths[-1]
            faults += [f"renamed unsynced: {path}" for path in dirty if path == source or path.startswith(source + "/")]
            dirty = {path for path in dirty if not path.startswith(source)}
            unsynced_names.add(target)
    return faults


def test_nothing_is_renamed_before_it_is_synced(small):
    out = small.start("ordered")
    log = small.folder / "order.log"
    subprocess.run(
        ["strace", "-f", "-y", "-qq", "-o", log, "-e", "trace=" + ",".join(WRITING), *small.command(out)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    )
    text = log.read_text(errors="replace")
    assert order_faults(text) == []
    # The lint sees a sync that is missing, whichever it is.
    lines = text.splitlines()
    syncs = [n for n, line in enumerate(lines) if re.search(r"\b(syncfs|fsync|fdatasync)\(", line)]
    assert len(syncs) >= 4
    seen = [n for n in syncs if order_faults("\n".join(lines[:n] + lines[n + 1 :]))]
    assert len(seen) >= 3, "the lint cannot fail"


# MARK: Company


def test_two_runs_in_one_folder(big, note):
    """One works; the other is turned away at once."""
    out = big.start("shared")
    for _ in range(50 if THOROUGH else 8):
        shutil.rmtree(out)
        processes = [
            subprocess.Popen(big.command(out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)
        ]
        begin = time.monotonic()
        while all(process.poll() is None for process in processes):
            time.sleep(0.005)
        waited = time.monotonic() - begin
        codes = [process.wait() for process in processes]
        errors = [process.stderr.read() for process in processes]
        assert sorted(codes) == [65, 75], codes
        assert waited < 1, f"turned away after {waited:.1f} s"
        assert "別の一括作成".encode() in errors[codes.index(75)]
    big.check_whole_packets(out)


# MARK: One packet


@pytest.fixture
def single(tmp_path):
    """A packet that stands, and the data of another of the same contract."""
    text = (SAMPLES / "contract.yaml").read_text(encoding="utf-8")
    for name, amount in (("a", "12345678"), ("b", "12345679")):
        (tmp_path / f"{name}.yaml").write_text(text.replace("12345678", amount), encoding="utf-8")
        assert run("packet", tmp_path / f"{name}.yaml", "--out", tmp_path / name, "--no-split").returncode == 0
    return tmp_path


def packet_command(folder, name):
    return [str(word) for word in (BINARY, "packet", folder / f"{name}.yaml", "--out", folder / "out", "--no-split")]


def test_two_packets_at_once(single):
    """Both are made, one after the other; the last one stays, whole."""
    for _ in range(20 if THOROUGH else 4):
        shutil.rmtree(single / "out", ignore_errors=True)
        both = [subprocess.Popen(packet_command(single, name), stdout=subprocess.DEVNULL) for name in "ab"]
        assert [process.wait() for process in both] == [0, 0]
        assert batches.tree(single / "out") in (batches.tree(single / "a"), batches.tree(single / "b"))


@pytest.mark.long
def test_a_packet_waits_for_no_batch(big, single):
    out = single / "out"
    process = subprocess.Popen(big.command(out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (out / ".tokki/staging").exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGSTOP)
    try:
        assert subprocess.run(packet_command(single, "a"), capture_output=True).returncode == 75
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    "more", [(), pytest.param((f"-einject={NO_EXCHANGE}",), marks=pytest.mark.long)], ids=["exchange", "no-exchange"]
)
def test_a_packet_is_killed(single, more):
    """Whole, old or new, after the next command; nothing of the killed one is left."""
    old, new = (batches.tree(single / name) for name in "ab")
    killed = 0
    for call in ("rename", "renameat2", "mkdir", "unlink", "rmdir", "fsync"):
        for when in range(1, 40):
            shutil.rmtree(single / "out", ignore_errors=True)
            shutil.copytree(single / "a", single / "out")
            kill = f"-einject={call}:signal=KILL:when={when}"
            if more and call == "renameat2":
                continue
            result = subprocess.run(
                ["strace", "-f", "-qq", "-o", "/dev/null", f"-etrace={call},renameat2", kill, *more,
                 *packet_command(single, "b")],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ONE_THREAD,
            )
            if result.returncode not in (-signal.SIGKILL, 128 + signal.SIGKILL):
                break
            killed += 1
            assert batches.tree(single / "out") in (old, new) or more, f"{call} {when}"
            subprocess.run(packet_command(single, "b"), check=True, stdout=subprocess.DEVNULL)
            assert batches.tree(single / "out") == new
            assert not [*(single / "out/.tokki/staging").iterdir()] and not (single / "out/.tokki/aside").exists()
    assert killed > 10


def test_a_packet_is_synced_before_and_after_its_rename(single):
    log = single / "log"
    shutil.copytree(single / "a", single / "out")
    subprocess.run(
        ["strace", "-f", "-y", "-qq", "-o", log, "-e", "trace=" + ",".join(WRITING), *packet_command(single, "b")],
        stdout=subprocess.DEVNULL, check=True,
    )
    lines = log.read_text(errors="replace").splitlines()
    renamed = next(n for n, line in enumerate(lines) if "renameat2(" in line)
    synced = [(n, match[1]) for n, line in enumerate(lines) if (match := re.search(r"fsync\(\d+<(.*?)>", line))]
    before = {path for n, path in synced if n < renamed}
    after = {path for n, path in synced if n > renamed}
    written = {match[1] for line in lines if (match := re.search(r"write\(\d+<(.*?/staging/.*?)>", line))}
    assert len(written) >= 3 and written | {str(single / "out/.tokki/staging/packet")} <= before
    assert str(single / "out/0040012") in after


def test_a_file_that_is_put_into_a_packet_meanwhile_stays(tmp_path):
    common = batches.write_common(tmp_path)
    out = tmp_path / "out"
    for title in ("前", "後"):
        rows = [batches.row(number, 件名=title) for number in range(300)]
        roster = batches.write_list(tmp_path / "list.csv", rows)
        command = batches.command(common, roster, out, *OPTIONS)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        dropped = out / "0040012/V00000/scan.pdf"
        while title == "後" and process.poll() is None:
            if (out / ".tokki/staging/3").exists():
                dropped.write_text("scan")
                break
            time.sleep(0.001)
        said = process.communicate()[1].decode()
        assert process.returncode == 0, said
    assert dropped.read_text() == "scan"
    assert "scan.pdf" in said and "[file-added]" in said
    assert b"file-added" in run("verify", out, "--json").stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE])
def test_signals(big, number):
    times = random.Random(int(number))
    stopped = 0
    for _ in range(50 if THOROUGH else 5):
        out = big.start("signalled")
        process = subprocess.Popen(
            big.command(out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            # Under nohup, or behind an &, a shell has them ignored, and so would the run.
            preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
        )
        # Not before it listens.
        time.sleep(0.05 + times.random() * 0.4)
        process.send_signal(number)
        begin = time.monotonic()
        _, errors = process.communicate(timeout=10)
        assert time.monotonic() - begin < 2
        big.check_whole_packets(out)
        if process.returncode == 65:
            continue
        if process.returncode == -number:
            # Before the run began.
            continue
        assert process.returncode == 128 + number
        assert "同じコマンドで続きから" in errors.decode()
        stopped += 1
        big.complete(out)
    assert stopped > 0
