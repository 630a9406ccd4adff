"""What a build costs in processor time: the first one, and one after a module of the page has changed.

    python Tests/Benchmarks/build.py [REVISION]      HEAD, and the other revision in turn with it

Each tree is a copy of its own with nothing built; only the packages' sources are those that are here already.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

import measuring
from measuring import ROOT

PAGE = "Sources/tokki-preview/Page"


def copy(revision, folder):
    folder.mkdir()
    archive = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
    (folder / ".build").mkdir()
    for name in ("checkouts", "repositories", "workspace-state.json"):
        source = ROOT / ".build" / name
        if source.is_dir():
            shutil.copytree(source, folder / ".build" / name, symlinks=True)
        elif source.exists():
            shutil.copy(source, folder / ".build" / name)
    if (ROOT / "Package.resolved").exists():
        shutil.copy(ROOT / "Package.resolved", folder)
    return folder


def build(folder, product):
    """Processor seconds."""
    return measuring.run(
        ["swift", "build", "--configuration", "release", "-Xswiftc", "-enable-testing", "--product", product], cwd=folder) / 1e9


def after_change(folder):
    module = max((folder / PAGE).rglob("*.js"), key=lambda path: path.stat().st_size)
    module.write_text(module.read_text(encoding="utf-8") + "// Changed.\n", encoding="utf-8")
    return build(folder, "tokki-preview")


def main():
    revisions = ["HEAD", *sys.argv[1:2]]
    with tempfile.TemporaryDirectory() as name:
        trees = {revision: copy(revision, pathlib.Path(name, f"tree-{n}")) for n, revision in enumerate(revisions)}
        steps = {
            "tokki, first build": lambda tree: build(tree, "tokki"),
            "tokki-preview, after it": lambda tree: build(tree, "tokki-preview"),
            "a module of the page changed": after_change,
        }
        measuring.table(
            ["build, processor seconds", *revisions],
            [[step, *(measuring.number(cost(tree)) for tree in trees.values())] for step, cost in steps.items()])


if __name__ == "__main__":
    main()
