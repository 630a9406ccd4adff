"""Printed pages as pictures: where their ink and their rules lie."""

import re
import subprocess
from dataclasses import dataclass

DPI = 100
MM = DPI / 25.4


@dataclass
class Picture:
    """A page in one byte a dot; ink is 1."""

    width: int
    height: int
    dots: bytes

    def row(self, y):
        return self.dots[y * self.width : (y + 1) * self.width]

    def column(self, x):
        return self.dots[x :: self.width]

    @property
    def last_ink(self):
        """How many millimetres above the foot of the sheet the last of its ink lies."""
        return (self.height - self.dots.rindex(1) // self.width) / MM

    @property
    def first_ink(self):
        return (self.dots.index(1) // self.width) / MM

    def rules(self, length):
        """(y, left, right) of the horizontal rules of at least so many millimetres."""
        dark = re.compile(rb"\x01{%d,}" % (length * MM))
        return [
            (y, run.start(), run.end()) for y in range(self.height) for run in dark.finditer(self.row(y))
        ]

    def loose_ends(self):
        """The ends of vertical rules that meet no horizontal one: there a table lacks its rule."""
        # 7 mm: taller than the strokes of any title.
        dark, found = re.compile(rb"\x01{%d,}" % (7 * MM)), []
        for x in range(self.width):
            for run in dark.finditer(self.column(x)):
                found += [(x, y) for y in (run.start(), run.end() - 1) if not self.meets(x, y)]
        return found

    def meets(self, x, y):
        around = range(max(0, y - 3), min(self.height, y + 4))
        reach = round(2 * MM)
        return any(
            all(self.row(line)[x : x + reach]) or all(self.row(line)[max(0, x - reach) : x + 1])
            for line in around
        )

    def double_rules(self):
        """Pairs of rules less than 1.5 mm apart over more than 100 mm: tables that touch and keep a rule each."""
        found = []
        rules = self.rules(100)
        for (y, left, right), (below, other, end) in zip(rules, rules[1:]):
            gap = self.row(y + 1) if below > y + 1 else None
            if gap and below - y < 1.5 * MM and min(right, end) - max(left, other) > 100 * MM:
                found.append((y, below))
        return found


def pictures(pdf):
    """The pages of a PDF."""
    data = subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-gray", pdf], capture_output=True, timeout=120, check=True
    ).stdout
    pages, at = [], 0
    ink = bytes(value < 170 for value in range(256))
    while at < len(data):
        header = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s").match(data, at)
        width, height = int(header[1]), int(header[2])
        at = header.end() + width * height
        pages.append(Picture(width, height, data[header.end() : at].translate(ink)))
    return pages
