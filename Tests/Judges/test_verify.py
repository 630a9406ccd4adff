"""`tokki verify` finds every damage to a packet folder."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from packets import BINARY, SAMPLES, make_packet, run


def damages(folder):
    """(what is done, a function that does it to a copy of the folder)."""
    files = sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())

    def write(name, change):
        return lambda copy: (copy / name).write_bytes(change((copy / name).read_bytes()))

    def flip(name, at, mask):
        return write(name, lambda b: b[:at] + bytes([b[at] ^ mask]) + b[at + 1 :])

    def swap(one, other):
        def act(copy):
            (copy / one).rename(copy / "aside")
            (copy / other).rename(copy / one)
            (copy / "aside").rename(copy / other)

        return act

    def link(name):
        def act(copy):
            (copy / name).unlink()
            (copy / name).symlink_to(folder / name)

        return act

    for name in files:
        size = (folder / name).stat().st_size
        # The manifest vouches for all others: it is tried far more closely.
        places = 250 if name == "manifest.json" else 8
        for number in range(places):
            at = min(size - 1, number * size // (places - 1))
            yield f"flip byte {at} of {name}", flip(name, at, 1 << (number % 8))
        yield f"append to {name}", write(name, lambda b: b + b"\n")
        yield f"cut the end of {name}", write(name, lambda b: b[:-1])
        yield f"empty {name}", write(name, lambda b: b"")
        yield f"remove {name}", lambda copy, name=name: (copy / name).unlink()
        yield f"rename {name}", lambda copy, name=name: (copy / name).rename(copy / f"x{name}")
        yield f"a folder instead of {name}", lambda copy, name=name: (
            (copy / name).unlink(),
            (copy / name).mkdir(),
        )
        yield f"a link instead of {name}", link(name)
    for one, other in zip(files, files[1:] + files[:1]):
        yield f"swap {one} and {other}", swap(one, other)
    yield "add a file", lambda copy: (copy / "extra.html").write_text("x")
    yield "add an empty file", lambda copy: (copy / "extra").touch()
    yield "add a hidden file", lambda copy: (copy / ".hidden").write_text("x")
    yield "add a folder", lambda copy: (copy / "extra").mkdir()
    yield "add a link to nothing", lambda copy: (copy / "extra").symlink_to("nowhere")
    yield "twice the manifest's first entry", write("manifest.json", doubled_key)


def doubled_key(manifest):
    """The manifest with its first key written again, which some readers would take."""
    first = next(iter(json.loads(manifest)))
    return manifest.replace(b"{", b'{"%s": "x", ' % first.encode(), 1)


def undetected(folder, scratch, binary=BINARY):
    """Damages after which verify still says that all is good; and how many were tried."""

    def attempt(numbered):
        number, (what, act) = numbered
        copy = scratch / str(number)
        shutil.copytree(folder, copy)
        act(copy)
        result = run("verify", copy, binary=binary)
        shutil.rmtree(copy)
        # A crash is no verdict.
        return None if 0 < result.returncode < 128 else f"{what}: exit {result.returncode}"

    with ThreadPoolExecutor(2) as pool:
        verdicts = list(pool.map(attempt, enumerate(damages(folder))))
    return [verdict for verdict in verdicts if verdict], len(verdicts)


@pytest.mark.parametrize("options", [[], ["--no-split"]], ids=["split", "whole"])
def test_every_damage_is_found(tmp_path, note, options):
    folder = Path(make_packet(SAMPLES / "contract.yaml", tmp_path / "out", *options))
    good = run("verify", folder)
    assert good.returncode == 0, good.stderr.decode()
    missed, tried = undetected(folder, tmp_path)
    note(f"{tried} damages to a packet of {len(list(folder.iterdir()))} files, {len(missed)} not found")
    assert not missed, "\n".join(missed[:20])
