"""An engine of Python's that waits for its turns (see measuring.py): engines.py ENGINE FOLDER; a path is CASE.FORMAT.

First of all it shows that it makes the same bytes.
"""

import pathlib
import sys
import time

import templates


def jinja2(base):
    import jinja2

    tree, values, _ = templates.load(base)
    template = jinja2.Environment(autoescape=True, keep_trailing_newline=True).from_string(templates.jinja(tree))
    return lambda: template.render(values).encode()


def minijinja(base):
    import minijinja

    tree, values, _ = templates.load(base)
    environment = minijinja.Environment(
        templates={"packet": templates.jinja(tree)}, auto_escape_callback=lambda _: "html", keep_trailing_newline=True)
    return lambda: environment.render_template("packet", **values).encode()


def mako(base):
    from mako.template import Template

    tree, values, _ = templates.load(base)
    template = Template(templates.mako(tree))
    return lambda: template.render_unicode(**values).encode()


def xslt(base):
    from lxml import etree

    tree, values, expected = templates.load(base)
    transform = etree.XSLT(etree.fromstring(templates.xslt(tree).encode()))
    document = templates.element(values)
    # libxslt ends its output with a line feed of its own.
    return lambda: bytes(transform(document))[: len(expected)]


def turn(render, seconds):
    rounds = 0
    start = time.process_time_ns()
    while (nanoseconds := time.process_time_ns() - start) < seconds * 1e9:
        for _ in range(8):
            render()
        rounds += 8
    return rounds, nanoseconds


def main():
    engine, folder = {"jinja2": jinja2, "minijinja": minijinja, "mako": mako, "xslt": xslt}[sys.argv[1]], sys.argv[2]
    paths = {}
    for line in sys.stdin:
        path, seconds = line.split()
        if path not in paths:
            base = pathlib.Path(folder, path)
            paths[path] = engine(base)
            if paths[path]() != base.read_bytes():
                sys.exit(f"{sys.argv[1]} writes other bytes for {path}")
        print(*turn(paths[path], float(seconds)), flush=True)


if __name__ == "__main__":
    main()
