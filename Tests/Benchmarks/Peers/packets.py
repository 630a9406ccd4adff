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

FILES = {"html": "packet.html", "docbook": "packet.xml", "review-sheet": "08-review-sheet.html"}


def rows(path):
    if path.endswith(".ndjson"):
        with open(path, encoding="utf-8") as lines:
            yield from map(json.loads, lines)
        return
    if path.endswith(".xlsx"):
        import openpyxl

        table = openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
    else:
        table = csv.reader(open(path, encoding="utf-8", newline=""))
    head = next(table)
    for row in table:
        yield dict(zip(head, row))


def check_number(row):
    bits = int.from_bytes(hashlib.sha256("\n".join(row.values()).encode()).digest()[:8]) >> 4
    digits = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[bits >> 55 - 5 * n & 31] for n in range(12))
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def main():
    folder, path, out = sys.argv[1:]
    environment = minijinja.Environment(auto_escape_callback=lambda _: "html", keep_trailing_newline=True)
    first = next(rows(path))
    columns = {value: column for column, value in first.items()}
    fixed, filled = {}, {}
    for form in FILES:
        tree, values, _ = templates.load(f"{folder}/row.{form}.folded")
        environment.add_template(form, templates.jinja(tree))
        fixed[form] = values
        # A value of the first row is that of the column that says the same.
        filled[form] = {key: columns[value] for key, value in values.items() if isinstance(value, str) and value in columns}
    staging = pathlib.Path(out, ".staging")
    staging.mkdir(parents=True)
    for row in rows(path):
        number = check_number(row)
        staged = staging / row["受注者番号"]
        staged.mkdir()
        manifest = {"check_number": number, "files": []}
        for form, name in FILES.items():
            values = fixed[form] | {key: row[column] for key, column in filled[form].items()} | {"check_number": number}
            content = environment.render_template(form, **values).encode()
            manifest["files"].append({"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
            (staged / name).write_bytes(content)
        (staged / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False))
        contract = pathlib.Path(out, row["契約番号"])
        contract.mkdir(exist_ok=True)
        os.rename(staged, contract / row["受注者番号"])
    staging.rmdir()


if __name__ == "__main__":
    main()
