"""Rendering on equal bytes against other engines, and compile time against the size of an edition."""

import os
import re
import shutil
import subprocess
import sys

import measuring

sys.path.append(str(measuring.ROOT / "Tests/Judges"))
import editions  # noqa: E402
from measuring import BENCHMARKS, HERE, Peer

CASES = ("row", "sample", "large")
FORMATS = ("html", "docbook")
SECONDS = 0.1


def paths():
    return [f"{case}.{form}" for case in CASES for form in FORMATS]


def build_flat(folder):
    subprocess.run([sys.executable, HERE / "Peers/flat.py", folder, *paths()], check=True)
    subprocess.run(["cc", "-O2", "-I", folder, HERE / "Peers/flat.c", "-o", folder / "flat"], check=True)
    return folder / "flat"


def build_quicktemplate(folder):
    """None where Debian's packages are not installed."""
    if not shutil.which("go") or not os.path.exists("/usr/share/gocode/src/github.com/valyala/quicktemplate"):
        return None
    # qtc calls the package as the folder is called.
    target = folder / "main"
    target.mkdir()
    shutil.copy(HERE / "Peers/quick.go", target)
    environment = os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(folder / "go-cache")}

    def go(*words):
        done = subprocess.run([str(word) for word in words], cwd=target, env=environment, text=True, stderr=subprocess.PIPE)
        if done.returncode:
            sys.exit(done.stderr)

    subprocess.run([sys.executable, HERE / "Peers/quick.py", folder, target, *paths()], check=True)
    go("go", "build", "-o", folder / "qtc", "github.com/valyala/quicktemplate/qtc")
    go(folder / "qtc", "-file=packets.qtpl")
    go("go", "build", "-o", folder / "quicktemplate", ".")
    return folder / "quicktemplate"


def engines(folder):
    """Each engine's name, its process, and how it names a path."""
    tokki = Peer([BENCHMARKS, folder, "turns"])
    flat = Peer([build_flat(folder), folder])
    peers = {
        "tokki": (tokki, lambda case, form: f"render/{case}/{form}"),
        "tokki folded": (tokki, lambda case, form: f"render/{case}/{form}/folded"),
        "C flat": (flat, lambda case, form: f"flat/{case}.{form}"),
        "C straight": (flat, lambda case, form: f"straight/{case}.{form}"),
        "memcpy": (flat, lambda case, form: f"memcpy/{case}.{form}"),
    }
    if quicktemplate := build_quicktemplate(folder):
        peers["quicktemplate"] = (Peer([quicktemplate, folder]), lambda case, form: f"{case}.{form}")
    for name, engine in (("MiniJinja", "minijinja"), ("Jinja2", "jinja2"), ("Mako", "mako"), ("lxml XSLT", "xslt")):
        peers[name] = (Peer([sys.executable, HERE / "Peers/engines.py", engine, folder]), lambda case, form: f"{case}.{form}")
    return peers


def rendering(folder, rounds):
    peers = engines(folder)
    for case in CASES:
        for form in FORMATS:
            turns = {
                name: lambda peer=peer, path=path(case, form): peer.turn(path, SECONDS) for name, (peer, path) in peers.items()}
            costs = measuring.interleaved(turns, rounds)
            print(f"### {case}, {form}: {(folder / f'{case}.{form}').stat().st_size:,} bytes")
            measuring.table(
                ["engine", "µs", "× C flat", "× memcpy", "× MiniJinja"],
                [[name, measuring.spread([cost / 1e3 for cost in costs[name]])]
                 + [measuring.spread(measuring.ratios(costs, name, base)) for base in ("C flat", "memcpy", "MiniJinja")]
                 for name in peers])
    for peer, _ in peers.values():
        peer.close()


# A hundred copies of the first two would make a packet that is larger than tokki takes; the last names every document, so that copies
# of it make a packet that grows with their square.
NOT_COPIED = ("handover-slip", "review-sheet", "submission-list")


def edition_with_copies(folder, copies):
    """The sample edition with its forms, but those that are not copied, `copies` times, under ids of their own."""
    target = folder / f"edition-{copies}"
    editions.flat(target, samples=False)
    edition = (target / "edition.xml").read_text(encoding="utf-8")
    more = []
    for path in sorted(target.glob("forms/*.xml")):
        if path.stem in NOT_COPIED:
            continue
        text = path.read_text(encoding="utf-8")
        document = re.search(rf'<document form="{path.stem}"[^>]*/>', edition).group()
        for copy in range(2, copies + 1):
            form = f"{path.stem}-{copy}"
            (target / f"forms/{form}.xml").write_text(text.replace(f'id="{path.stem}"', f'id="{form}"', 1), encoding="utf-8")
            more.append(document.replace(f'form="{path.stem}"', f'form="{form}"'))
    (target / "edition.xml").write_text(edition.replace("</packet>", "\n".join(more) + "</packet>"), encoding="utf-8")
    return target


def compiling(folder, rounds):
    sizes = {copies: edition_with_copies(folder, copies) for copies in (1, 10, 100)}
    tokki = Peer([BENCHMARKS, folder, "turns"])
    costs = measuring.interleaved(
        {copies: lambda path=path: tokki.turn(f"compile/{path}", SECONDS) for copies, path in sizes.items()}, rounds)
    tokki.close()

    def size(path):
        return sum(file.stat().st_size for file in path.rglob("*.xml"))

    def more(copies):
        """Milliseconds for each copy beyond the first."""
        return [(cost - one) / (copies - 1) / 1e6 for cost, one in zip(costs[copies], costs[1])]

    print("### Compile time")
    measuring.table(
        ["copies of the forms", "kB of XML", "ms", "ms for each copy more"],
        [[str(copies), f"{size(path) / 1e3:.0f}", measuring.spread([cost / 1e6 for cost in costs[copies]]),
          measuring.spread(more(copies)) if copies > 1 else ""] for copies, path in sizes.items()])
