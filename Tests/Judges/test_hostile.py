"""Hostile XML in every place that XML is read from: refused, quickly, quietly, and nothing else opened."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import hostile
import pytest
from editions import whole
from packets import BINARY
from rings import THOROUGH

TARGETS = ["annex.xml", "dictionary.xml", "edition.xml", "forms/subcontract-application.xml"]
DATA_ERROR = 65
LIMIT = 0.1  # seconds of processor time beyond a normal check
LONGEST_OUTPUT = 256 * 1024


@dataclass
class Verdict:
    status: int
    out: bytes
    err: bytes
    seconds: float


def check(edition, *options, binary=BINARY, prefix=()):
    """Runs `tokki check` with the processor time that it took."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            [*prefix, str(binary), "check", str(edition), *options],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        guard = threading.Timer(30, process.kill)
        guard.start()
        _, status, usage = os.wait4(process.pid, 0)
        guard.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        return Verdict(
            process.returncode, out.read(), err.read(), usage.ru_utime + usage.ru_stime
        )


def diagnostics(text):
    """Everything with a code in what --json printed, be it one document or one a line."""
    try:
        documents = [json.loads(text)]
    except ValueError:
        documents = [json.loads(line) for line in text.splitlines() if line.strip()]

    def within(node):
        if isinstance(node, dict):
            if "code" in node:
                yield node
            node = list(node.values())
        for child in node if isinstance(node, list) else ():
            yield from within(child)

    return [found for document in documents for found in within(document)]


def json_problem(verdict, target, secret):
    """What is wrong with the answer of `check --json` to a hostile document, or None."""
    if verdict.status != DATA_ERROR:
        return f"exit {verdict.status}"
    try:
        found = diagnostics(verdict.out)
    except ValueError:
        return f"no JSON: {verdict.out[:80]!r}"
    if not any(d.get("severity", "error") == "error" for d in found):
        return "no error among its diagnostics"
    if not any(target in json.dumps(d, ensure_ascii=False) for d in found):
        return "no diagnostic names the file"
    if verdict.err:
        return f"says on stderr: {verdict.err[:80]!r}"
    if secret in verdict.out:
        return "shows what is in another file"
    if len(verdict.out) > LONGEST_OUTPUT:
        return f"prints {len(verdict.out)} bytes"
    return None


def text_problem(verdict, secret):
    """What is wrong with the answer of `check` as text: the excerpt is all of the input it may show."""
    if verdict.status != DATA_ERROR:
        return f"exit {verdict.status}"
    said = verdict.out + verdict.err
    if not said.strip():
        return "says nothing"
    if re.search(rb"parser error :|^Entity: line|namespace error :|I/O (error|warning)", said, re.M):
        return "libxml2 speaks for itself"
    if secret in said:
        return "shows what is in another file"
    if len(said) > LONGEST_OUTPUT:
        return f"prints {len(said)} bytes"
    return None


class Ground:
    """Copies of the edition to spoil, one for each thread."""

    def __init__(self, folder, source=None):
        self.folder = Path(folder)
        self.source = source or whole()
        self.secret_text = b"himitsu-4d1c"
        self.secret = self.folder / "secret.txt"
        self.secret.write_bytes(self.secret_text)
        self.local = threading.local()

    @property
    def edition(self):
        if not hasattr(self.local, "edition"):
            self.local.edition = Path(tempfile.mkdtemp(dir=self.folder)) / "edition"
            shutil.copytree(self.source, self.local.edition)
        return self.local.edition

    def spoiled(self, target, change, act):
        """act(edition) with `target` of the edition changed; afterwards it is whole again."""
        file = self.edition / target
        good = file.read_bytes()
        file.write_bytes(change(good))
        try:
            return act(self.edition)
        finally:
            file.write_bytes(good)


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    return Ground(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def normal(ground):
    """The processor time of a check of the good edition."""
    verdicts = [check(ground.edition, "--json") for _ in range(5)]
    assert verdicts[0].status == 0, verdicts[0].out[:2000] + verdicts[0].err[:2000]
    return min(v.seconds for v in verdicts)


def applicable(target, documents):
    # Holes are text to those files that have none.
    holes = target == "annex.xml" or target.startswith("forms/")
    return {name: d for name, d in documents.items() if holes or not name.startswith("hole-")}


def refusals(ground, normal, target, binary=BINARY):
    """Documents that are not refused as they should be, how many were tried, the slowest."""
    documents = applicable(target, hostile.documents(ground.secret))
    if not THOROUGH:
        documents = dict(list(documents.items())[::5])

    def attempt(entry):
        name, change = entry

        def judge(edition):
            verdict = check(edition, "--json", binary=binary)
            problem = json_problem(verdict, target, ground.secret_text)
            over = verdict.seconds - normal
            for _ in range(4):
                if problem is None and over > LIMIT:
                    # Beside a normal check of the same moment, for the machine may be slow just now.
                    slowness = max(1, check(ground.source, "--json").seconds / normal)
                    again = check(edition, "--json", binary=binary)
                    over = min(over, again.seconds / slowness - normal)
            if problem is None and over > LIMIT:
                problem = f"takes {over * 1000:.0f} ms more than a normal check"
            return f"{target} {name}: {problem}" if problem else None, over

        return ground.spoiled(target, change, judge)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(attempt, documents.items()))
    return [p for p, _ in answers if p], len(answers), max(over for _, over in answers)


@pytest.mark.parametrize("target", TARGETS)
def test_refused_in_time(ground, normal, target, note):
    problems, tried, slowest = refusals(ground, normal, target)
    note(f"{target}: {tried} hostile documents, the slowest {slowest * 1000:+.0f} ms")
    assert tried >= (200 if THOROUGH else 40)
    assert not problems, f"{len(problems)} of {tried}:\n" + "\n".join(problems[:60])


@pytest.mark.parametrize("target", TARGETS)
def test_text_shows_no_more_than_the_excerpt(ground, target):
    documents = applicable(target, hostile.documents(ground.secret))
    problems = []
    for name, change in list(documents.items())[:: 7 if THOROUGH else 35]:
        verdict = ground.spoiled(target, change, check)
        if problem := text_problem(verdict, ground.secret_text):
            problems.append(f"{target} {name}: {problem}")
    assert not problems, "\n".join(problems[:60])


# Files and sockets


def opened(ground, log, binary=BINARY):
    """Paths that a traced check looks at outside the edition, and its network calls."""

    def act(edition):
        check(
            edition, "--json", binary=binary,
            prefix=["strace", "-f", "-qq", "-e", "trace=%file,%network", "-o", str(log)],
        )  # fmt: skip
        found = set()
        for line in log.read_text(errors="replace").splitlines():
            call = re.match(r"\d+ +(\w+)\((.*)", line)
            if not call:
                continue
            path = re.search(r'"((?:[^"\\]|\\.)*)"', call[2])
            if call[1] in ("socket", "connect", "sendto", "bind", "socketpair"):
                found.add(f"{call[1]}({call[2][:60]}")
            # The thread pool looks now and then at the state of its own threads.
            elif path and not path[1].startswith(str(edition)) and not re.fullmatch(r"/proc/\d+/stat", path[1]):
                found.add(path[1])
        return found

    return act


def traced(ground, folder, target, names, binary=BINARY):
    """What checks of hostile documents open beyond what a check of the good edition does."""
    documents = hostile.documents(ground.secret)
    log = folder / "trace"
    trace = opened(ground, log, binary)
    usual = trace(ground.edition) | trace(ground.edition)
    return {
        f"{target} {name}: {path}"
        for name in names
        for path in ground.spoiled(target, documents[name], trace) - usual
    }


REACHING = ("external-subset", "xxe", "xinclude", "notation", "unparsed", "pi-", "xml-base", "schema-location", "xlink")


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_else_is_opened(ground, tmp_path, target, note):
    names = [n for n in hostile.documents(ground.secret) if n.startswith(REACHING)]
    if target != "annex.xml" or not THOROUGH:
        names = names[::6]
    found = traced(ground, tmp_path, target, names)
    note(f"{target}: {len(names)} checks traced, {len(found)} files or sockets beyond the usual")
    assert not found, "\n".join(sorted(found)[:20])
