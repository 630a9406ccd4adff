"""Lines for `tokki pipe`, good and bad, and its answers."""

import hashlib
import json
import subprocess

import batches
from packets import BINARY, EDITION

PAPERS = ["--documents", "submission-list", "--format", "html", "--no-split"]
LIMIT = 8 << 20
# What no packet can be made of: the line, or what is wrong in a good row, and the code that says so.
POISON = {
    "not JSON": (b"{", "data-syntax"),
    "two values": (b"{} {}", "data-syntax"),
    "an empty line": (b"", "data-syntax"),
    "blanks": (b" \t ", "data-syntax"),
    "no object": (b"[1]", "wrong-type"),
    "null": (b"null", "wrong-type"),
    "no key": (b"{}", "key-missing"),
    "no UTF-8": ('{"件名":"髙"}'.encode("cp932"), "invalid-encoding"),
    "UTF-16": ("\ufeff{}".encode("utf-16-le"), "invalid-encoding"),
    "a NUL": (b'{"a":"\0"}', "data-syntax"),
    "half a pair": (rb'{"\ud800":1}', "forbidden-character"),
    "deep": (b'{"contract":' + b"[" * 100 + b"]" * 100 + b"}", "nesting-too-deep"),
    "too long": (b'{"x":"' + b"a" * LIMIT + b'"}', "file-too-large"),
    "unknown header": ({"不明": "x"}, "unknown-header"),
    "no number": ({"契約金額": "百万円"}, "wrong-type"),
    "no day": ({"契約締結日": "2022-13-01"}, "impossible-date"),
    "a control character": ({"件名": "\a"}, "forbidden-character"),
    "a false check digit": ({"法人番号": "1234567890123"}, "wrong-check-digit"),
    "an id too long": ({"受注者番号": "V" * 300}, "folder-name"),
}


def line(number, **changes):
    return json.dumps(batches.row(number, **changes), ensure_ascii=False).encode()


def poison(name):
    content, code = POISON[name]
    return (line(99, **content) if isinstance(content, dict) else content), code


class Answers:
    def __init__(self, output):
        assert not output or output.endswith(b"\n")
        self.lines = output.split(b"\n")[:-1]
        self.items = [json.loads(text) for text in self.lines]
        assert all(set(item) >= {"line", "outcome", "path", "diagnostics"} for item in self.items)

    @property
    def outcomes(self):
        return [item["outcome"] for item in self.items]


def start(common, text, *options, edition=EDITION, **run_options):
    command = [BINARY, "pipe", common, "--edition", edition, *PAPERS, *options]
    return subprocess.run(
        [str(word) for word in command], input=text, stdout=run_options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE, timeout=300, **run_options,
    )


def pipe(common, text, *options):
    """The answers; the exit code is 0 whatever the lines say, and standard error is silent."""
    result = start(common, text, *options)
    assert (result.returncode, result.stderr) == (0, b"")
    return Answers(result.stdout)


def text(lines):
    return b"".join(item + b"\n" for item in lines)


def packets_root(answers):
    """As README.md says, from the answers alone."""
    made = {item["path"]: item["root"] for item in answers.items if item["outcome"] == "made"}
    lines = "".join(f"{path}\0{made[path]}\n" for path in sorted(made, key=str.encode))
    return hashlib.sha256(lines.encode()).hexdigest()
