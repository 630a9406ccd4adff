"""A program's tree for flat.c, and its values as the cells that it reads: flat.py FOLDER CASE.FORMAT…

Once as a flat list of operations, and once as straight C. Values are formatted and conditions decided beforehand.
"""

import itertools
import pathlib
import struct
import sys

import templates

ABSENT = 0xFFFFFFFF


class Frame:
    """The cells of one frame: a number for each key, and the frames of its lists."""

    def __init__(self):
        self.keys = {}
        self.lists = {}

    def cell(self, key):
        return self.keys.setdefault(key, len(self.keys))


def literal(text):
    """Bytes that a C compiler reads as they are."""
    data = text.encode()
    octal = "".join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else f"\\{b:03o}" for b in data)
    return f'"{octal}", {len(data)}'


def code(nodes, frames):
    """Statements; `frames` has the Frame of each number that is at hand."""
    for node in nodes:
        if node["kind"] == "text":
            yield f"copy({literal(node['text'])});"
            continue
        frame = frames[node["frame"]]
        cell = f"f{node['frame']}[{frame.cell(node['key'])}]"
        match node["kind"]:
            case "value":
                write = "raw" if node["raw"] else "escaped"
                yield f"if ({cell}.count == ABSENT) copy({literal(node['blank'])}); else {write}({cell});"
            case "lines":
                yield f"if ({cell}.count == ABSENT) copy({literal(node['blank'])});"
                yield f"else for (uint32_t n = 0; n < {cell}.count; n++) {{"
                yield f"if (n) copy({literal(node['separator'])});"
                yield f"escaped(cells[{cell}.start + n]); }}"
            case "branch":
                yield f"if ({cell}.count == 1) {{"
                yield from code(node["yes"], frames)
                yield "} else {"
                yield from code(node["no"], frames)
                yield "}"
            case "loop":
                inner = frame.lists.setdefault(node["key"], Frame())
                body = list(code(node["body"], frames | {node["item"]: inner}))
                item = f"f{node['item']}"
                # How many cells an item has is known only when all loops over the list have been seen.
                yield f"for (const struct cell *{item} = cells + {cell}.start, *e{item} = {item} + {cell}.count * "
                yield lambda inner=inner: f"{len(inner.keys)}; {item} < e{item}; {item} += {len(inner.keys)}) {{"
                yield from body
                yield "}"


class Operations:
    """The same as a list: jumps go to an operation's number."""

    def __init__(self):
        self.list = []
        self.literals = bytearray()

    def literal(self, text):
        start = len(self.literals)
        self.literals.extend(text.encode())
        return start, len(self.literals) - start

    def add(self, kind, frame=0, cell=0, text="", other="", item=0):
        self.list.append([kind, frame, item, cell, 0, *self.literal(text), *self.literal(other)])
        return self.list[-1]

    def write(self, nodes, frames):
        """Adds the operations of a tree; `frames` as in `code`, which has been before."""
        for node in nodes:
            if node["kind"] == "text":
                self.add("COPY", text=node["text"])
                continue
            frame = frames[node["frame"]]
            place = node["frame"], frame.cell(node["key"])
            match node["kind"]:
                case "value":
                    self.add("RAW" if node["raw"] else "VALUE", *place, text=node["blank"])
                case "lines":
                    self.add("LINES", *place, text=node["blank"], other=node["separator"])
                case "branch":
                    branch = self.add("BRANCH", *place)
                    self.write(node["yes"], frames)
                    jump = self.add("JUMP")
                    branch[4] = len(self.list)
                    self.write(node["no"], frames)
                    jump[4] = len(self.list)
                case "loop":
                    inner = frame.lists[node["key"]]
                    loop = self.add("LOOP", *place, item=node["item"])
                    start = len(self.list)
                    self.write(node["body"], frames | {node["item"]: inner})
                    more = self.add("NEXT", item=node["item"], cell=len(inner.keys))
                    more[4] = start
                    loop[4] = len(self.list)

    def text(self, name):
        rows = "".join("{%s},\n" % ", ".join(map(str, row)) for row in self.list)
        literals = ", ".join(map(str, self.literals))
        return (f"static const struct operation {name}_operations[] = {{\n{rows}}};\n"
                f"static const uint8_t {name}_literals[] = {{{literals}}};\n")


def data(root, values):
    """The cells of a record, frame 0 first, and the bytes that they point into."""
    cells, arena = [], bytearray()

    def text(value):
        start = len(arena)
        arena.extend(value.encode())
        return start, len(arena) - start

    def open_frames(frame, count):
        first = len(cells)
        cells.extend([(0, ABSENT)] * (len(frame.keys) * count))
        return first

    def fill(frame, values, first):
        for key, number in frame.keys.items():
            match values.get(key):
                case None:
                    cell = (0, 0) if key in frame.lists else (0, ABSENT)
                case bool(value):
                    cell = (0, int(value))
                case str(value):
                    cell = text(value)
                case list(items) if key in frame.lists:
                    inner = frame.lists[key]
                    start = open_frames(inner, len(items))
                    for index, item in enumerate(items):
                        fill(inner, item, start + index * len(inner.keys))
                    cell = (start, len(items))
                case list(lines):
                    start = len(cells)
                    cells.extend([(0, 0)] * len(lines))
                    cells[start:] = [text(line) for line in lines]
                    cell = (start, len(lines))
            cells[first + number] = cell

    fill(root, values, open_frames(root, 1))
    return struct.pack("<II", len(cells), len(arena)) + b"".join(struct.pack("<II", *cell) for cell in cells) + arena


def main():
    folder = pathlib.Path(sys.argv[1])
    functions, table = [], []
    roots = {}
    for path in sys.argv[2:]:
        tree, values, _ = templates.load(folder / path)
        form = path.split(".", 1)[1]
        if form not in roots:
            roots[form] = Frame()
            lines = list(code(tree, {0: roots[form]}))
            body = "\n".join(line() if callable(line) else line for line in lines)
            functions.append(f"static uint8_t *{form}(uint8_t *o, const struct cell *cells, const uint8_t *arena) {{\n"
                             f"const struct cell *f0 = cells;\n{body}\nreturn o;\n}}\n")
            operations = Operations()
            operations.write(tree, {0: roots[form]})
            functions.append(operations.text(form))
        (folder / f"{path}.cells").write_bytes(data(roots[form], values))
        table.append(f'{{"{path}", {form}, {form}_operations, sizeof {form}_operations / sizeof *{form}_operations, {form}_literals}},')
    (folder / "programs.h").write_text(
        "\n".join(itertools.chain(functions, ["static const struct program programs[] = {"], table, ["};\n"])))


if __name__ == "__main__":
    main()
