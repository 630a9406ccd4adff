"""Makes the packets of a list on a Spark cluster.

    spark-submit packets_on_spark.py --tokki /opt/tokki/tokki --edition /opt/tokki/kawasaki-1985 common.yaml list.ndjson OUT --store /mnt/packets

The list is NDJSON, a contract with a vendor a line, at a place that every worker can read. tokki, the edition and the common
data are at the same path on every machine: best in the image that the workers run. What follows `--` goes to `tokki pipe`:
`-- --mode final --documents annex`.

With --store, the papers' bytes go under their SHA-256 into a folder that all machines share: a task that dies, is tried again
or has a twin writes the same bytes to the same names. Without it only digests are made. OUT, on the driver, gets

    packets.ndjson   a line for each packet: path, root, check number, files; by the bytes of its path
    rejects.ndjson   a line for each row of which no packet was made: row, path, reasons
    summary.json     counts, and packets_root, which a batch of the same list on one machine has in its run.json

and, with --store, `--place` puts the packets' folders under OUT/<contract>/<vendor>, each whole or not at all.
Running it again, over what a job that was cut off has left, ends in the same files.
"""

import argparse
import hashlib
import json
import os
import shlex
import shutil
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

# The code that a batch has for it, which sees the whole list at once.
REPEATED_KEY = "duplicate-row"
# Beside the characters of formats.
INVISIBLE = "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2065\u3164\uFFA0\uFFF0\uFFF1\uFFF2\uFFF3\uFFF4\uFFF5\uFFF6\uFFF7\uFFF8"


def read(spark, path, partitions):
    """The lines of a list, byte for byte: `textFile` would make U+FFFD of what is no UTF-8, and nobody would know."""
    if partitions:
        spark.conf.set("spark.sql.files.minPartitionNum", partitions)
        spark.conf.set("spark.sql.files.openCostInBytes", 1)
    lines = spark.read.text(path, lineSep="\n").selectExpr("cast(value as binary) line")
    return lines.rdd.map(lambda row: as_text(row.line))


def as_text(line):
    """`rdd.pipe` passes on text alone, so what is none is sent as a line that is refused."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return "no UTF-8"


def make(lines, command):
    """The results of an RDD of lines: triples of partition, line and answer.

    checkCode is what makes Spark try a task again when tokki fails; without it, its rows would be missing without a report.
    """
    answers = lines.pipe(shlex.join(command), checkCode=True)
    return answers.mapPartitionsWithIndex(number, preservesPartitioning=True)


def number(partition, answers):
    for answer in answers:
        yield partition, json.loads(answer)["line"], answer


class Lost(Exception):
    """Results do not answer the lines one to one."""


def rows(results, expected):
    """The answers by row, from 1; results that came twice count once.

    A task numbers the lines that it was given, and answers all of them; so the row is known from the tasks before it.
    """
    parts = {}
    for partition, line, answer in results:
        known = parts.setdefault(partition, {}).setdefault(line, answer)
        if known != answer:
            raise Lost(f"line {line} of part {partition} has two answers")
    answers = []
    for partition in sorted(parts):
        part = parts[partition]
        if set(part) != set(range(1, len(part) + 1)):
            raise Lost(f"part {partition} lacks lines")
        answers += [json.loads(part[line]) for line in range(1, len(part) + 1)]
    if len(answers) != expected:
        raise Lost(f"{len(answers)} answers for {expected} rows")
    return dict(enumerate(answers, 1))


def same(path):
    """Equal for keys that a batch takes for the same: of disks that ignore case, or normalise names, and for human eyes."""
    parts = [unquote(part) for part in path.split("/")]
    return tuple(unicodedata.normalize("NFC", "".join(map(folded, part)).upper().lower()) for part in parts)


def folded(character):
    """Half width for full, a space for any space, nothing for what nobody sees."""
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Cf" or character in INVISIBLE or 0xFE00 <= ord(character) <= 0xFE0F or ord(character) >= 0xE0000:
        return ""
    return chr(ord(character) - 0xFEE0) if "\uFF01" <= character <= "\uFF5E" else character


def sort_out(answers):
    """The packets, and the rejects: rows with errors, and, as in a batch, all rows whose key stands in another, too."""
    packets, rejects = [], []
    seen = Counter(same(answer["path"]) for answer in answers.values() if answer["path"])
    for row, answer in answers.items():
        codes = [d["code"] for d in answer["diagnostics"] if d["severity"] == "error"]
        if answer["path"] and seen[same(answer["path"])] > 1:
            codes.append(REPEATED_KEY)
        if codes:
            rejects.append({"row": row, "path": answer["path"], "codes": codes, "diagnostics": answer["diagnostics"]})
        elif answer["outcome"] == "made":
            packets.append({key: answer[key] for key in ("path", "root", "check_number", "files")} | {"row": row})
    packets.sort(key=lambda packet: packet["path"].encode())
    return packets, rejects


def packets_root(packets):
    """The digest that stands for all packets, which are sorted by path: see README.md."""
    digest = hashlib.sha256()
    for packet in packets:
        digest.update(f"{packet['path']}\0{packet['root']}\n".encode())
    return digest.hexdigest()


def write(path, text):
    """Whole or not at all."""
    aside = path.with_name(path.name + ".part")
    with open(aside, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)


def commit(answers, out):
    """Writes OUT's files; what the same results have written before is written again with the same bytes."""
    packets, rejects = sort_out(answers)
    summary = {
        "rows": len(answers), "made": len(packets), "rejected": len(rejects),
        "nothing_new": len(answers) - len(packets) - len(rejects), "packets_root": packets_root(packets),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, items in (("packets.ndjson", packets), ("rejects.ndjson", rejects)):
        write(out / name, "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items))
    write(out / "summary.json", json.dumps(summary, indent=2) + "\n")
    return summary, packets, rejects


def place(packets, store, out):
    """Puts the packets' folders under OUT; one that is there with the same manifest stays."""
    for packet in packets:
        folder, staging = out / packet["path"], out / ".staging"
        manifest = next(file for file in packet["files"] if file["name"] == "manifest.json")
        try:
            if hashlib.sha256((folder / manifest["name"]).read_bytes()).hexdigest() == manifest["sha256"]:
                continue
        except FileNotFoundError:
            pass
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        for file in packet["files"]:
            shutil.copyfile(store / file["sha256"][:2] / file["sha256"][2:], staging / file["name"])
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        staging.rename(folder)


def arguments(words):
    at = words.index("--") if "--" in words else len(words)
    words, given = words[:at], words[at + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", help="what all rows share")
    parser.add_argument("list", help="NDJSON, or a folder or pattern of such files")
    parser.add_argument("out", type=Path)
    parser.add_argument("--tokki", default="tokki", help="the program's path on every machine")
    parser.add_argument("--edition", required=True, help="the edition's path on every machine")
    parser.add_argument("--store", type=Path, help="a folder that all machines share")
    parser.add_argument("--place", action="store_true", help="put the packets' folders under OUT")
    parser.add_argument("--partitions", type=int, default=0, help="at least so many tasks")
    options = parser.parse_args(words)
    if options.place and not options.store:
        parser.error("--place needs --store")
    options.command = [options.tokki, "pipe", options.data, "--edition", options.edition, *given]
    options.command += ["--store", str(options.store)] if options.store else ["--no-contents"]
    return options


def main(spark, words):
    options = arguments(words)
    lines = read(spark, options.list, options.partitions)
    results = make(lines, options.command).collect()
    summary, packets, rejects = commit(rows(results, lines.count()), options.out)
    if options.place:
        place(packets, options.store, options.out)
    print(json.dumps(summary))
    for reject in rejects[:20]:
        print(f"row {reject['row']}: {', '.join(reject['codes'])}", file=sys.stderr)
    if len(rejects) > 20:
        print(f"… and {len(rejects) - 20} more in rejects.ndjson", file=sys.stderr)
    return 65 if rejects else 0


if __name__ == "__main__":
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName("packets").getOrCreate()
    code = main(session, sys.argv[1:])
    session.stop()
    sys.exit(code)
