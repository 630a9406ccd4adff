"""Instructions that six hot paths take, counted by valgrind: `make benchmark-counts`.

    python Tests/Benchmarks/counts.py [--record]      compares with counts.txt, or writes it

Unlike a time, a count is the same on every run, and nearly so on every machine. Valgrind has no SHA instructions; hashes are
counted as they are computed without them.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import lists
from measuring import BENCHMARKS, EDITION, HERE, ROOT

# Each with the rounds that are counted; what differs from run to run is some 150,000 instructions of the start.
PATHS = {
    "render/sample/html": 100,
    "render/row/html/folded": 400,
    "bind/row": 100,
    "packet/row": 10,
    "pipe/row": 5,
    f"compile/{EDITION.relative_to(ROOT)}": 2,
}
WORTH_SAYING = 0.02


def instructions(program, folder, path, rounds):
    """Of one round: what more rounds take more."""
    def total(rounds):
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind", program, folder, "once", path, str(rounds)],
            cwd=ROOT, env=os.environ | {"SWIFT_DETERMINISTIC_HASHING": "1"}, text=True, stderr=subprocess.PIPE)
        found = re.search(r"Collected : (\d+)", done.stderr)
        if done.returncode or not found:
            sys.exit(done.stderr)
        return int(found.group(1))

    return (total(rounds + 1) - total(1)) // rounds


def main():
    kept = HERE / "counts.txt"
    before = dict(line.rsplit(" ", 1) for line in kept.read_text().splitlines()) if kept.exists() else {}
    counts = {}
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        folder = pathlib.Path(name)
        lists.prepare(folder, workers=0)
        # The valgrind of Debian 12 cannot read the newest debugging information.
        program = folder / "Benchmarks"
        subprocess.run(["strip", "-g", "-o", program, BENCHMARKS], check=True)
        for path, rounds in PATHS.items():
            counts[path] = instructions(program, folder, path, rounds)
    for path, count in counts.items():
        old = int(before.get(path, 0))
        change = f"{count / old - 1:+.1%} of {old:,}" if old else "new"
        if not old or abs(count / old - 1) > WORTH_SAYING:
            print(f"{path}: {count:,} instructions, {change}")
    if "--record" in sys.argv:
        kept.write_text("".join(f"{path} {count}\n" for path, count in counts.items()))


if __name__ == "__main__":
    main()
