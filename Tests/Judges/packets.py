"""The packets that are judged: the release binary run over modes, samples and made-up data.

TOKKI          the binary; default: the release build of this checkout
TOKKI_PACKETS  packet folders to judge instead of made ones, separated by ':'
"""

import copy
import functools
import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from rings import THOROUGH
from text import official

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("TOKKI", ROOT / ".build/release/tokki"))
EDITION = ROOT / "Templates/kawasaki-1985"
SAMPLES = EDITION / "samples"
ORIGINAL = EDITION / "original.txt"
# Editions of cities that do not exist: other numbers, words and seals.
CITIES = ["kaku-shi", "mihon-shi"]
MODES = ["blank", "prefilled", "final"]


def run(*arguments, binary=BINARY, timeout=60, **options):
    """Runs tokki to its end; output as bytes, no input."""
    return subprocess.run(
        [str(binary), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=timeout,
        **options,
    )


def find_packet(out):
    """The one packet folder somewhere under `out`."""
    found = [manifest.parent for manifest in Path(out).rglob("manifest.json")]
    assert len(found) == 1, f"{len(found)} packets under {out}"
    return found[0]


def make_packet(data, out, *options, **run_options):
    result = run("packet", data, "--out", out, *options, **run_options)
    if result.returncode != 0:
        shown = (result.stderr or result.stdout).decode(errors="replace")[:2000]
        raise AssertionError(f"tokki packet {data} {options}: exit {result.returncode}\n{shown}")
    return find_packet(Path(run_options.get("cwd", ".")) / out)


@dataclass
class Packet:
    name: str
    folder: Path | None = None
    failure: str | None = None
    # What the run asked for, which a judge may lean on.
    facts: dict = field(default_factory=dict)

    def files(self, suffix):
        if self.failure:
            raise AssertionError(self.failure)
        return sorted(self.folder.glob(f"*{suffix}"))

    @property
    def official(self):
        """The official text of its edition, as the annex prints it."""
        city = self.facts.get("city")
        if not city:
            return official(ORIGINAL.read_text())
        text = (ROOT / "Templates" / city / "original.txt").read_text()
        return official(text, mark=text.splitlines()[0])

    @property
    def html(self):
        return self.files(".html")

    @property
    def whole(self):
        return next((file for file in self.html if file.name == "packet.html"), None)

    @property
    def docbook(self):
        return next(iter(self.files(".xml")), None)


# Data


def walk(node):
    """Every mapping within a data tree."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


def lists_named(data, name):
    return [(m, m[name]) for m in walk(data) if isinstance(m.get(name), list)]


def with_workers(data, count):
    names = ["髙﨑　例子", "濵田　試", "見本　ジョン太", "𠮷野　見本", "渡邉󠄇　例介", "神　福𣘺"]
    for owner, workers in lists_named(data, "workers"):
        owner["workers"] = [
            dict(copy.deepcopy(workers[i % len(workers)]), name=f"{names[i % len(names)]}{i + 1}")
            for i in range(count)
        ]
        for number, worker in enumerate(owner["workers"], 1):
            if "seq" in worker:
                worker["seq"] = type(worker["seq"])(number)
    return data


def with_subcontractors(data, count):
    for owner, subcontractors in lists_named(data, "subcontractors"):
        owner["subcontractors"] = [
            dict(copy.deepcopy(subcontractors[0]), name=f"{subcontractors[0]['name']}第{i + 1}工場")
            for i in range(count)
        ]
    return data


PROSE = "保管庫の定期点検において、台帳の所在を確認し、入退室記録（第７冊）及び録画を照合した。"


def with_long_values(data, text):
    """Values of 2,000 characters wherever a person writes freely."""
    free = {
        "reason", "processing_content", "not_main_part", "situation", "cause", "prevention",
        "place", "remarks", "information_name", "content", "event",
    }  # fmt: skip
    for mapping in walk(data):
        for key, value in mapping.items():
            if isinstance(value, str) and key in free:
                mapping[key] = text
            if isinstance(value, list) and key in {"safety_measures", "supervision_methods"}:
                mapping[key] = [text] + value
    return data


def with_long_names(data, text):
    for mapping in walk(data):
        for key, value in mapping.items():
            if isinstance(value, str) and key in {"name", "address", "title", "rep_name"}:
                mapping[key] = text
    return data


LONG = (PROSE * 60)[:2000]
UNBROKEN = ("Kyoutsuu_Bangou-0123456789" * 80)[:2000]
VARIANTS = {
    "workers-0": lambda data: with_workers(data, 0),
    "workers-1": lambda data: with_workers(data, 1),
    "workers-45": lambda data: with_workers(data, 45),
    "subcontractors-3": lambda data: with_subcontractors(data, 3),
    "long": lambda data: with_long_values(data, LONG),
    "unbroken": lambda data: with_long_values(data, UNBROKEN),
    "long-names": lambda data: with_long_names(data, LONG),
}


# The matrix


def matrix():
    """Name -> (data: sample's name or variant's, options, facts)."""
    rows = {}
    for sample in ["contract", "contract-consortium", "contract-individual", "contract-agent"]:
        for mode in MODES:
            rows[f"{sample}-{mode}"] = (sample, ["--mode", mode], {"mode": mode, "sample": sample})
    for city in CITIES:
        for mode in MODES:
            rows[f"{city}-{mode}"] = (f"{city}/samples/contract", ["--mode", mode], {"mode": mode, "city": city})
    for variant in VARIANTS:
        rows[variant] = (variant, ["--mode", "final"], {"mode": "final", "variant": variant})
    rows["workers-45-prefilled"] = ("workers-45", ["--mode", "prefilled"], {"mode": "prefilled"})
    rows["no-split"] = ("contract", ["--no-split"], {"split": False})
    rows["only-annex"] = ("contract", ["--documents", "annex"], {"only": ["annex"]})
    rows["only-one"] = (
        "contract",
        ["--documents", "subcontract-application"],
        {"only": ["subcontract-application"]},
    )
    rows["only-two"] = ("contract", ["--documents", "annex,pledge"], {"only": ["annex", "pledge"]})
    rows["dated"] = ("contract", ["--date", "2022-04-01"], {})
    rows["html-only"] = ("contract", ["--format", "html"], {"format": "html"})
    rows["docbook-only"] = ("contract", ["--format", "docbook"], {"format": "docbook"})
    return rows


# What a change breaks first: all that a contract has, in each mode; several firms; values that fill the page.
DAILY = {"kaku-shi-final", "mihon-shi-final", "contract-blank", "contract-prefilled", "contract-final", "contract-consortium-final", "long"}


def given():
    return [Path(p) for p in os.environ.get("TOKKI_PACKETS", "").split(os.pathsep) if p]


def names():
    return [str(folder) for folder in given()] or list(matrix())


class Packets:
    """Makes each packet when it is first asked for, once."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.packet = functools.cache(self.packet)

    def data(self, name):
        if "/" in name:
            return ROOT / "Templates" / f"{name}.yaml"
        if name not in VARIANTS:
            return SAMPLES / f"{name}.yaml"
        file = self.folder / "data" / f"{name}.json"
        if not file.exists():
            data = VARIANTS[name](json.loads((SAMPLES / "contract.json").read_text()))
            file.parent.mkdir(exist_ok=True)
            file.write_text(json.dumps(data, ensure_ascii=False, indent=1))
        return file

    def packet(self, name):
        if given():
            return Packet(name, Path(name))
        sample, options, facts = matrix()[name]
        try:
            folder = make_packet(self.data(sample), self.folder / name, *options)
        except (AssertionError, OSError, subprocess.TimeoutExpired) as error:
            return Packet(name, failure=str(error), facts=facts)
        return Packet(name, folder, facts=facts)

    def all(self):
        return [self.packet(name) for name in names() if THOROUGH or given() or name in DAILY]
