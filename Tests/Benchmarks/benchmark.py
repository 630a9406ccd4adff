"""The benchmark of tokki: `make benchmark`; see README.md for what each table says. No test: only the ratios mean anything.

    python Tests/Benchmarks/benchmark.py [--part NAME …] [--rounds N] [--rows N …] [--folder DIR]
"""

import argparse
import importlib.metadata
import os
import pathlib
import platform
import re
import subprocess
import tempfile

import lists
import measuring
import rendering
import rows
from measuring import BENCHMARKS, TOKKI


def machine():
    processor = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    print(f"{processor.group(1) if processor else platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release().split('-')[0]}")

    def first_line(*command):
        try:
            done = subprocess.run([str(word) for word in command], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except FileNotFoundError:
            return f"no {command[0]}"
        return done.stdout.splitlines()[0]

    versions = [f"tokki {first_line(TOKKI, '--version')}", first_line("swift", "--version"), first_line("cc", "--version"),
                f"Python {platform.python_version()}"]
    versions += [f"{name} {importlib.metadata.version(name)}" for name in ("minijinja", "Jinja2", "Mako", "lxml")]
    versions += [first_line("go", "version"), first_line("xmllint", "--version").replace("using ", "")]
    print("; ".join(versions))
    print("Processor time; medians of ratios within a round, with the least and the most in brackets.\n")


def counters(folder):
    print("### What one round retains and takes of memory, in the thousandth")
    paths = [f"render/{case}/{form}{folded}" for case in rendering.CASES for form in rendering.FORMATS for folded in ("", "/folded")]
    done = subprocess.run([BENCHMARKS, folder, "counters", *paths, "packet/row", "packet/sample"], cwd=measuring.ROOT, check=True,
                          text=True, stdout=subprocess.PIPE)
    measuring.table(["path", "retains", "mallocs"], [line.split() for line in done.stdout.splitlines()])


def main():
    parts = {
        "rendering": lambda folder, rounds, _: rendering.rendering(folder, rounds),
        "compiling": lambda folder, rounds, _: rendering.compiling(folder, rounds),
        "rows": lambda folder, rounds, sizes: rows.to_files(folder, sizes, min(rounds, 3)),
        "start": lambda folder, rounds, _: rows.start(folder, 2 * rounds),
        "counters": lambda folder, *_: counters(folder),
    }
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", action="append", choices=parts, help="one of them, or several; else all")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000], help="the sizes of the lists, the least first")
    parser.add_argument("--folder", default="/dev/shm", help="where packets go; 190 kB each")
    arguments = parser.parse_args()
    machine()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = pathlib.Path(name)
        lists.prepare(folder, workers=0)
        for part in arguments.part or parts:
            parts[part](folder, arguments.rounds, arguments.rows)


if __name__ == "__main__":
    main()
