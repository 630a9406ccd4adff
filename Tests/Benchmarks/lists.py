"""The list that the benchmark works on: vendors by their plain values, as CSV, XLSX and NDJSON, and what they share."""

import csv
import json
import pathlib

from measuring import EDITION

HEAD = ("契約番号,受注者番号,商号又は名称,郵便番号,所在地,代表者職名,代表者氏名,担当部署,担当者氏名,担当者電話,担当者電子メール,"
        "管理責任者の所属,管理責任者の職名,管理責任者の氏名").split(",")


def row(n):
    return ["0040012", f"V{n:06}", f"株式会社見本{n}", f"210-{n % 9000 + 1000}", f"神奈川県川崎市見本区例示町{n}番地", "代表取締役",
            f"見本　{n}郎", "業務部", f"例示　{n}子", f"044-000-{n % 9000 + 1000}", f"v{n}@example.jp", "総務部", "部長", f"管理　{n}"]


def write_common(folder):
    """The sample's data without its vendor."""
    text = (EDITION / "samples/contract.yaml").read_text(encoding="utf-8")
    path = pathlib.Path(folder, "common.yaml")
    path.write_text(text[: text.index("\nvendor:")] + "\n", encoding="utf-8")
    return path


def write_csv(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(row(n) for n in range(rows))
    return path


def write_ndjson(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        for n in range(rows):
            file.write(json.dumps(dict(zip(HEAD, row(n))), ensure_ascii=False) + "\n")
    return path


def write_xlsx(path, rows):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEAD)
    for n in range(rows):
        sheet.append(row(n))
    book.save(path)
    return path
