"""packet.xml is valid DocBook 5.0, and what others make of it keeps every character.

Schemas: xmllint and jing with the official RELAX NG, jing with its Schematron. Converters: pandoc to
docx, HTML and plain text; the DocBook stylesheets to HTML."""

import re
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree
from text import lost, lost_in_order, parse_html, parse_xml, squeeze, text_of

DOCBOOK = "/usr/share/xml/docbook"
RELAX_NG = f"{DOCBOOK}/schema/rng/5.0/docbook.rng"
SCHEMATRON = f"{DOCBOOK}/schema/schematron/5.0/docbook.sch"
STYLESHEET = f"{DOCBOOK}/stylesheet/docbook-xsl-ns/html/docbook.xsl"


def output(*command):
    result = subprocess.run([*map(str, command)], capture_output=True, timeout=300)
    return result.returncode, (result.stdout + result.stderr).decode(errors="replace")


SCHEMAS = {
    "xmllint": ["xmllint", "--nonet", "--noout", "--relaxng", RELAX_NG],
    "jing": ["jing", RELAX_NG],
    "Schematron": ["jing", SCHEMATRON],
}


def schema_problems(files, schemas=SCHEMAS):
    """What each schema says against the files: one run for all, one for each where that fails."""
    problems = []
    for name, command in schemas.items():
        status, said = output(*command, *files)
        # xmllint confirms; Debian's start script of jing reports libraries that it does without.
        said = "\n".join(
            line
            for line in said.splitlines()
            if not line.endswith(" validates") and not line.startswith("[warning] /usr/bin/jing")
        )
        if (status or said) and len(files) > 1:
            problems += [p for file in files for p in schema_problems([file], {name: command})]
        elif status or said:
            problems.append(f"{name}, {files[0]}, exit {status}:\n{said[:2000]}")
    return problems


def docx_text(file):
    with zipfile.ZipFile(file) as archive:
        parts = [n for n in archive.namelist() if re.fullmatch(r"word/(document|footnotes)\.xml", n)]
        trees = [etree.fromstring(archive.read(part)) for part in sorted(parts)]
    return "".join(e.text or "" for tree in trees for e in tree.iter("{*}t"))


def pandoc(file, target, result):
    # Wide enough for a table's row to stay on one line in plain text.
    status, said = output(
        "pandoc", "--from", "docbook", "--to", target, "--wrap", "none", "--columns", "9999",
        "--standalone", "--output", result, file,
    )  # fmt: skip
    assert status == 0, said
    return said


def conversion_problems(file, folder):
    """Where a converter loses text. They may add numbers and frames, but little."""
    wanted = squeeze(text_of(parse_xml(file.read_bytes())))

    def docx():
        pandoc(file, "docx", folder / "packet.docx")
        return docx_text(folder / "packet.docx")

    def html():
        pandoc(file, "html5", folder / "pandoc.html")
        return text_of(parse_html((folder / "pandoc.html").read_bytes()).find("body"))

    def plain():
        pandoc(file, "plain", folder / "packet.txt")
        return (folder / "packet.txt").read_text()

    def stylesheets():
        status, said = output(
            "xsltproc", "--nonet", "--stringparam", "generate.toc", "",
            "--output", folder / "docbook.html", STYLESHEET, file,
        )  # fmt: skip
        assert status == 0, said
        return text_of(parse_html((folder / "docbook.html").read_bytes()).find("body"))

    # Plain text sets the lines of a row's cells side by side: there the order says nothing.
    judges = [(docx, lost_in_order), (html, lost_in_order), (plain, lost), (stylesheets, lost_in_order)]
    problems = []
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda judge: squeeze(judge[0]()), judges))
    for (convert, compare), text in zip(judges, found):
        if problem := compare(wanted, text):
            problems.append(f"{convert.__name__}: {problem}")
        # More than this would let an addition stand in for a loss.
        if convert is not plain and len(text) > len(wanted) * 1.05 + 300:
            problems.append(f"{convert.__name__}: {len(text) - len(wanted)} characters added")
    return problems


def test_schemas(packets, note):
    files = [packet.docbook for packet in packets.all()]
    files = [file for file in files if file]
    assert files, "no packet.xml"
    problems = schema_problems(files)
    note(f"{len(files)} packet.xml checked with xmllint, jing and the Schematron")
    assert not problems, "\n".join(problems)


def test_converters_keep_the_text(packet, tmp_path):
    if packet.docbook is None:
        pytest.skip("made without DocBook")
    problems = conversion_problems(packet.docbook, tmp_path)
    assert not problems, f"{packet.name}: " + "\n".join(problems)
