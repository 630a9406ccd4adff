"""What a batch writes, as one would write it in Python with MiniJinja: packets.py FOLDER LIST OUT

The templates are those of the list's folded program, so that only what differs from row to row is filled in; rows are not checked.
The files are the same but for the check number, which is made of the row alone.
"""

import csv
import hashlib
import json
import os
import pathlib
import sys

import minijinja

import templates

FILES = {"html": "packet.html", "docbook": "packet.xml", "review-sheet": "07-review-sheet.html"}


def values(record):
    """The values of a record in their order, whatever they stand in."""
    if isinstance(record, str):
        yield record
    else:
        for each in record.values() if isinstance(record, dict) else record:
            yield from values(each)


def rows(path):
    """The values of each row; the numbers of the contract and of the vendor come first."""
    if path.endswith(".ndjson"):
        with open(path, encoding="utf-8") as lines:
            yield from (list(values(json.loads(line))) for line in lines)
        return
    if path.endswith(".xlsx"):
        import openpyxl

        table = openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
    else:
        table = csv.reader(open(path, encoding="utf-8", newline=""))
    next(table)
    yield from table


def filled(values, columns, row):
    """The values of a template with those of a row; `columns` says where a row has what the first row has."""
    if isinstance(values, dict):
        return {key: filled(value, columns, row) for key, value in values.items()}
    if isinstance(values, list):
        return [filled(value, columns, row) for value in values]
    return row[columns[values]] if values in columns else values


def check_number(row):
    bits = int.from_bytes(hashlib.sha256("\n".join(row).encode()).digest()[:8]) >> 4
    digits = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> 55 - 5 * n & 31] for n in range(12))
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def main():
    folder, path, out = sys.argv[1:]
    environment = minijinja.Environment(auto_escape_callback=lambda _: "html", keep_trailing_newline=True)
    columns = {value: column for column, value in enumerate(next(rows(path)))}
    first = {}
    for form in FILES:
        tree, first[form], _ = templates.load(f"{folder}/row.{form}.folded")
        environment.add_template(form, templates.jinja(tree))
    staging = pathlib.Path(out, ".staging")
    staging.mkdir(parents=True)
    for row in rows(path):
        number = check_number(row)
        contract, vendor = row[:2]
        staged = staging / vendor
        staged.mkdir()
        manifest = {"check_number": number, "files": []}
        for form, name in FILES.items():
            content = environment.render_template(form, **filled(first[form], columns, row) | {"check_number": number}).encode()
            manifest["files"].append({"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
            (staged / name).write_bytes(content)
        (staged / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False))
        folder = pathlib.Path(out, contract)
        folder.mkdir(exist_ok=True)
        os.rename(staged, folder / vendor)
    staging.rmdir()


if __name__ == "__main__":
    main()
