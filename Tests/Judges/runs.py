"""Run folders that are judged."""

import json
from dataclasses import dataclass
from pathlib import Path

from batches import batch, row, write_common, write_list


@dataclass
class Run:
    out: Path

    @property
    def manifest(self):
        return json.loads((self.out / "run.json").read_text())

    @property
    def packets(self):
        return self.manifest["packets"]


def make_run(folder, *options, count=3):
    """A run of `count` packets, of a contract each."""
    rows = [row(number, contract=f"{40000 + number:07}") for number in range(count)]
    roster = write_list(folder / "list.csv", rows)
    result = batch(write_common(folder), roster, folder / "out", *options)
    assert result.returncode == 0, result.stderr.decode()
    return Run(folder / "out")
