"""How long a batch takes beside the least that it can cost (floor.c), in interleaved runs on one machine.

    make benchmark             20,000 vendors on a tmpfs, nothing synced: jobs 1 and 2 against the floor
    python Tests/Benchmarks/batch.py --folder DIR --sync     with durability on, on the disk of DIR

Only the ratios mean anything. Nothing here is a test.
"""

import argparse
import csv
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOKKI = os.environ.get("TOKKI", str(ROOT / ".build/release/tokki"))
SAMPLE = ROOT / "Templates/kawasaki-1985/samples/contract.yaml"


def common(folder):
    """The sample's data without its vendor."""
    text = SAMPLE.read_text(encoding="utf-8")
    path = folder / "common.yaml"
    path.write_text(text[: text.index("\nvendor:")] + "\n", encoding="utf-8")
    return path


def roster(folder, rows):
    path = folder / "roster.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            "契約番号,受注者番号,商号又は名称,郵便番号,所在地,代表者職名,代表者氏名,担当部署,担当者氏名,担当者電話,担当者電子メール,"
            "管理責任者の所属,管理責任者の職名,管理責任者の氏名,従事者氏名1,所属の区分1".split(",")
        )
        for n in range(rows):
            writer.writerow([
                "0040012", f"V{n:06}", f"株式会社見本{n}", "210-0001", f"神奈川県川崎市見本区例示町{n}番地", "代表取締役", f"見本　{n}郎",
                "業務部", f"例示　{n}子", "044-000-0001", f"v{n}@example.jp", "業務部", "部長", f"管理　{n}", f"従事　{n}", "受注者",
            ])
    return path


def timed(command, out):
    shutil.rmtree(out, ignore_errors=True)
    begin = time.monotonic()
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - begin


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", default="/dev/shm")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sync", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = pathlib.Path(name)
        floor = folder / "floor"
        subprocess.run(["cc", "-O2", ROOT / "Tests/Benchmarks/floor.c", "-o", floor, "-lcrypto"], check=True)
        batch = [TOKKI, "batch", common(folder), roster(folder, arguments.rows), "--no-split",
                 "--edition", ROOT / "Templates/kawasaki-1985"]
        reference, out = folder / "reference", folder / "out"
        subprocess.run([str(w) for w in batch + ["--out", reference, "--no-sync"]], check=True)
        commands = {
            "floor": [floor, reference, out] + (["1000"] if arguments.sync else []),
            "jobs 1": batch + ["--out", out, "--jobs", "1"] + ([] if arguments.sync else ["--no-sync"]),
            "jobs 2": batch + ["--out", out, "--jobs", "2"] + ([] if arguments.sync else ["--no-sync"]),
        }
        times = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                times[name].append(timed(command, out))
        median = {name: statistics.median(values) for name, values in times.items()}
        for name, values in times.items():
            print(f"{name}: median {median[name]:.2f} s of {', '.join(f'{v:.2f}' for v in values)};"
                  f" {median[name] / arguments.rows * 1e6:.0f} µs a packet")
        print(f"jobs 1 / floor: {median['jobs 1'] / median['floor']:.2f}")
        print(f"jobs 1 / jobs 2: {median['jobs 1'] / median['jobs 2']:.2f}")


if __name__ == "__main__":
    sys.exit(main())
