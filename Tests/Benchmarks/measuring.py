"""Turns of peers one after another, by processor time, and tables of their ratios."""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "Tests/Benchmarks"
EDITION = ROOT / "Templates/kawasaki-1985"
TOKKI = ROOT / ".build/release/tokki"
BENCHMARKS = ROOT / ".build/release/Benchmarks"

# Memory that is taken and given back stays with the process, for every peer as for tokki.
KEPT_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "67108864"}


class Peer:
    """A process that waits for its turns: a line "PATH SECONDS" in, a line "ROUNDS NANOSECONDS" out."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            [str(word) for word in command], cwd=ROOT, text=True, env=os.environ | KEPT_MEMORY,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def turn(self, path, seconds):
        """Nanoseconds of one round."""
        self.process.stdin.write(f"{path} {seconds}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if len(answer) != 2:
            sys.exit(f"{self.process.args} has no answer to {path}")
        return int(answer[1]) / int(answer[0])

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def interleaved(turns, rounds):
    """Calls each of `turns` (a name and a function that returns a cost) `rounds` times, forwards and backwards in turn; the first
    round warms up and is left out."""
    costs = {name: [] for name in turns}
    for number in range(rounds + 1):
        for name in list(turns)[:: 1 if number % 2 else -1]:
            cost = turns[name]()
            if number:
                costs[name].append(cost)
    return costs


def run(command, out=None, stdin=None, stdout=None, cwd=ROOT):
    """Nanoseconds of processor time of a program and those that it calls, from its start to its end; `out` is removed before."""
    if out:
        shutil.rmtree(out, ignore_errors=True)
    words = [str(word) for word in command]
    with open(stdin or os.devnull, "rb") as source, open(stdout or os.devnull, "wb") as target:
        process = subprocess.Popen(words, cwd=cwd, stdin=source, stdout=target, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{words} ended with {process.returncode}")
    return (usage.ru_utime + usage.ru_stime) * 1e9


def ratios(costs, name, base):
    """How many times as long `base` took as `name`, round by round."""
    return [b / a for a, b in zip(costs[name], costs[base])]


def number(value):
    """Three digits of it."""
    return f"{value:,.0f}" if value >= 100 else f"{value:#.3g}"


def spread(values):
    """Median and, in brackets, the least and the most."""
    return f"{number(statistics.median(values))} ({number(min(values))}–{number(max(values))})"


def table(head, rows):
    print()
    print(f"| {' | '.join(head)} |")
    print("|---|" + "--:|" * (len(head) - 1))
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print()
