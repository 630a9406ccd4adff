"""The manual's tasks are true: each edit and command of Templates/README.md is done, in the order of the page.

A `diff` block edits a file of a copy of Templates (`---`), or makes one (`+++`); a `sh` block is run there, and the `text` block behind
it is all that it prints. Without one the command ends well. Each heading begins with a fresh copy. UPDATE_GOLDEN=1 writes what is
printed into the page, and fails.
"""

import os
import re
import shutil
import subprocess

import pytest
from packets import BINARY, ROOT

PAGE = ROOT / "Templates/README.md"
HEADING = re.compile(r"(?m)^##+ (.+)$")
BLOCK = re.compile(r"(?ms)^```(diff|sh|text)\n(.*?)^```$")
# Classes with a number or an id in them stand on the page as `w-…`.
FAMILIES = {"page", "w"}


def tasks():
    """Headings of the page with blocks to be done, and where in the page their blocks are."""
    text = PAGE.read_text(encoding="utf-8")
    heads = list(HEADING.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    found = {head[1]: list(BLOCK.finditer(text, head.end(), end)) for head, end in zip(heads, ends, strict=True)}
    return {name: blocks for name, blocks in found.items() if blocks}


def edit(folder, diff):
    """Does what a diff block says; what it takes out or stands by is in the file once."""
    (mark, path), *lines = [(line[:1], line[1:]) for line in diff.splitlines()]
    path = folder / path[2:].strip()
    assert path.resolve().is_relative_to(folder.resolve()), path
    if mark == "+":
        assert not path.exists(), path
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for _, line in lines), encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    hunks = [[]]
    for sign, line in lines:
        assert sign in "-+ @", line
        if sign == "@":
            hunks.append([])
        else:
            hunks[-1].append((sign, line))
    for hunk in hunks:
        before = "".join(f"{line}\n" for sign, line in hunk if sign != "+")
        after = "".join(f"{line}\n" for sign, line in hunk if sign != "-")
        assert text.count(before) == 1, (path.name, text.count(before), before)
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def printed(folder, commands):
    """All that the commands print, and how the last one ends."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    if not (programs / "tokki").exists():
        (programs / "tokki").symlink_to(BINARY.resolve())
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}
    result = subprocess.run(
        ["sh", "-ec", commands], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )
    return result.stdout + result.stderr, result.returncode


@pytest.mark.parametrize("name", tasks())
def test_a_task_goes_as_the_manual_says(name, tmp_path):
    shutil.copytree(ROOT / "Templates", tmp_path / "Templates")
    blocks = tasks()[name]
    update = os.environ.get("UPDATE_GOLDEN") == "1"
    renewed = []
    for block, behind in zip(blocks, [*blocks[1:], None], strict=True):
        match block[1]:
            case "diff":
                edit(tmp_path, block[2])
            case "sh":
                shown, code = printed(tmp_path, block[2])
                if behind is None or behind[1] != "text":
                    assert code == 0, shown
                elif update:
                    renewed.append((behind.span(2), shown))
                else:
                    assert behind[2] == shown
    if renewed:
        text = PAGE.read_text(encoding="utf-8")
        for (start, end), shown in reversed(renewed):
            text = text[:start] + shown + text[end:]
        PAGE.write_text(text, encoding="utf-8")
        pytest.fail("recorded")


def test_every_class_is_in_the_manual(packets):
    """Whatever class a printed element has stands in the table, so that a style sheet can name it."""
    text = PAGE.read_text(encoding="utf-8")
    section = text.split("\n## スタイルシート\n")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)*)(?:-…)?`", "".join(cells)))
    pages = [*ROOT.glob("Tests/Cases/language/*/*.html"), *packets.packet("contract-final").html]
    assert len(pages) > 30
    printed_classes = {
        one
        for page in pages
        for words in re.findall(r'<[a-z0-9]+ class="([^"]*)"', page.read_text(encoding="utf-8"))
        for one in words.split()
    }
    for one in printed_classes:
        family, _, rest = one.partition("-")
        assert (family if family in FAMILIES or rest.isdigit() else one) in named, one
