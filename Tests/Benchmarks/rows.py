"""From the rows of a list to the files of its packets, the pipe, and the start of one packet."""

import shutil
import subprocess
import sys

import lists
import measuring
from measuring import EDITION, HERE, ROOT, TOKKI


# Of each vendor, as in many a list that comes from an office.
WORKERS = 1


def check_same_files(packet, other):
    """Ends the run if two packets differ in more than their check numbers."""
    import json

    def papers(folder):
        number = json.loads((folder / "manifest.json").read_bytes())["check_number"].encode()
        return {file.name: file.read_bytes().replace(number, b"") for file in folder.iterdir() if file.name != "manifest.json"}

    if papers(packet) != papers(other):
        sys.exit("The Python program writes other papers.")


def to_files(folder, sizes, rounds):
    """Per row at each size (rows), and for each row more; Python's program at the least size only."""
    templates, out, answers = folder / "list", folder / "out", folder / "answers.ndjson"
    lists.prepare(templates, WORKERS)
    common = templates / "common.yaml"
    writers = {"csv": lists.write_csv, "ndjson": lists.write_ndjson, "xlsx": lists.write_xlsx}
    paths = {(form, size): write(folder / f"roster-{size}.{form}", size, WORKERS) for form, write in writers.items() for size in sizes}
    subprocess.run(["cc", "-O2", HERE / "Peers/floor.c", "-o", folder / "floor", "-lcrypto"], check=True)

    def batch(path):
        return [TOKKI, "batch", common, path, "--edition", EDITION, "--no-split", "--no-sync", "--jobs", "1", "--out", out]

    def python(path):
        return [sys.executable, HERE / "Peers/packets.py", templates, path, out]

    pipe = [TOKKI, "pipe", common, "--edition", EDITION, "--no-split"]
    packet = folder / "packet"
    measuring.run(batch(paths["csv", sizes[0]]), out)
    shutil.copytree(out / "0040012/V000000", packet)
    measuring.run(python(paths["csv", sizes[0]]), out)
    check_same_files(packet, out / "0040012/V000000")

    turns = {}
    for size in sizes:
        turns["floor", size] = lambda size=size: measuring.run([folder / "floor", packet, out, size], out)
        for form in writers:
            turns[form.upper(), size] = lambda path=paths[form, size]: measuring.run(batch(path), out)
            if size == sizes[0]:
                turns[f"Python, {form.upper()}", size] = lambda path=paths[form, size]: measuring.run(python(path), out)
        turns["pipe", size] = lambda path=paths["ndjson", size]: measuring.run(pipe, out, stdin=path, stdout=answers)
    costs = {key: [cost / key[1] / 1e3 for cost in values] for key, values in measuring.interleaved(turns, rounds).items()}
    shutil.rmtree(out, ignore_errors=True)
    answers.unlink()

    names = list(dict.fromkeys(name for name, _ in turns))
    # A row more: what the sizes differ in, so that the start of the program is no part of it.
    least, most = sizes[0], sizes[-1]
    more = {
        name: [(b * most - a * least) / (most - least) for a, b in zip(costs[name, least], costs[name, most])]
        for name in names if (name, most) in costs}
    size = sum(file.stat().st_size for file in packet.iterdir())
    print(f"### Row to file: {size:,} bytes in {len(list(packet.iterdir()))} files, µs a row")
    measuring.table(
        ["path", *(f"{size:,} rows" for size in sizes), "a row more", "× floor", "× CSV"],
        [[name, *(measuring.spread(costs[name, size]) if (name, size) in costs else "" for size in sizes)]
         + ([measuring.spread(more[name])] + [measuring.spread(measuring.ratios(more, base, name)) for base in ("floor", "CSV")]
            if name in more else
            [""] + [measuring.spread([a / b for a, b in zip(costs[name, least], costs[base, least])]) for base in ("floor", "CSV")])
         for name in names])


DOCBOOK = "/usr/share/xml/docbook/schema/rng/5.0/docbook.rng"


def start(folder, rounds):
    """One packet of the sample beside runs of libxml2's own program that check its DocBook, and the edition that it is made of."""
    out, packet = folder / "out", folder / "packet.xml"
    command = [TOKKI, "packet", EDITION / "samples/contract.yaml", "--edition", EDITION, "--out", out]
    measuring.run(command, out)
    shutil.copy(next(out.rglob("packet.xml")), packet)
    xmllint = ["xmllint", "--nonet", "--noout", "--relaxng"]
    sources = [path for edition in (EDITION, ROOT / "Templates/common") for path in (*edition.glob("*.xml"), *edition.glob("forms/*.xml"))]
    commands = {
        "tokki packet": command,
        "xmllint, packet.xml": [*xmllint, DOCBOOK, packet],
        "xmllint, the edition": [*xmllint, ROOT / "Templates/schema/template.rng", *sources],
    }
    costs = measuring.interleaved(
        {name: lambda command=command: measuring.run(command, out) for name, command in commands.items()}, rounds)
    print("### Start")
    measuring.table(
        ["program", "ms", "× xmllint, packet.xml"],
        [[name, measuring.spread([cost / 1e6 for cost in costs[name]]),
          measuring.spread(measuring.ratios(costs, "xmllint, packet.xml", name))] for name in commands])
