"""Editions to spoil: each stands alone, for what a city takes from the common edition could not be changed in a copy of the city's."""

import functools
import re
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KAWASAKI = ROOT / "Templates/kawasaki-1985"
# Cities' editions that are made up.
OTHERS = [ROOT / "Templates/kaku-shi", ROOT / "Templates/mihon-shi"]

SLOT = re.compile(r'<slot name="([^"]+)".*?(?:/>|</slot>)', re.DOTALL)
FRAGMENT = re.compile(r'(<fragment id="([^"]+)"(?:/>|>.*?</fragment>))', re.DOTALL)
EXTENDS = re.compile(r'\s+extends="([^"]+)"')


def flat(target, source=KAWASAKI, samples=True):
    """Writes an edition and the one that it extends into `target`, as one edition; one without changes."""
    own = (source / "edition.xml").read_text(encoding="utf-8")
    base = (source / EXTENDS.search(own)[1]).resolve()
    below = (base / "edition.xml").read_text(encoding="utf-8")
    assert "<changes>" not in own
    shutil.copytree(base, target, ignore=shutil.ignore_patterns("samples"))
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=None if samples else shutil.ignore_patterns("samples"))
    named = {match[1] for match in SLOT.finditer(own)}
    slots = [match[0] for match in SLOT.finditer(below) if match[1] not in named]
    fragments = [FRAGMENT.findall(path.read_text(encoding="utf-8")) for path in (source / "fragments.xml", base / "fragments.xml") if path.exists()]
    if len(fragments) == 2:
        # Those of the city take the place of those of the same id.
        text = (base / "fragments.xml").read_text(encoding="utf-8")
        for whole_fragment, name in fragments[0]:
            text = next((text.replace(old, whole_fragment) for old, other in fragments[1] if other == name), text)
        (target / "fragments.xml").write_text(text, encoding="utf-8")
    own = EXTENDS.sub("", own, count=1).replace("</slots>", "\n    ".join(["", *slots]) + "\n  </slots>")
    parts = [re.search(rf"<{part}\b.*?(?:/>|</{part}>)" if part == "style" else rf"<{part}>.*?</{part}>", below, re.DOTALL)[0] for part in ("style", "register", "packet")]
    (target / "edition.xml").write_text(own.replace("</edition>", "\n  ".join(["", *parts]) + "\n</edition>"), encoding="utf-8")
    return target


@functools.cache
def whole():
    """The Kawasaki edition as one that stands alone, to be read."""
    place = tempfile.TemporaryDirectory(prefix="tokki-edition-")
    whole.place = place
    return flat(Path(place.name) / "edition")
