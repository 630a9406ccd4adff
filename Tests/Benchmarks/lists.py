"""The lists that the benchmark works on, as CSV, XLSX and NDJSON: vendors by their values, each with some workers; and what all
rows share."""

import csv
import json
import subprocess

from measuring import BENCHMARKS, EDITION, ROOT

# The columns, and the fields as a program that sends records names them.
COLUMNS = {
    "契約番号": "contract.number", "受注者番号": "vendor.id", "商号又は名称": "vendor.name", "郵便番号": "vendor.postal",
    "所在地": "vendor.address", "代表者職名": "vendor.rep_title", "代表者氏名": "vendor.rep_name", "担当部署": "vendor.contact.dept",
    "担当者氏名": "vendor.contact.name", "担当者電話": "vendor.contact.tel", "担当者電子メール": "vendor.contact.email",
    "管理責任者の所属": "vendor.manager.dept", "管理責任者の職名": "vendor.manager.title", "管理責任者の氏名": "vendor.manager.name",
}


def head(workers):
    return [*COLUMNS, *(f"{label}{k}" for k in range(1, workers + 1) for label in ("従事者氏名", "所属の区分"))]


def row(n, workers):
    values = ["0040012", f"V{n:06}", f"株式会社見本{n}", f"210-{n % 9000 + 1000}", f"神奈川県川崎市見本区例示町{n}番地", "代表取締役",
              f"見本　{n}郎", "業務部", f"例示　{n}子", f"044-000-{n % 9000 + 1000}", f"v{n}@example.jp", "総務部", "部長", f"管理　{n}"]
    for k in range(workers):
        values += [f"従事　{n}の{k}", "受注者"]
    return values


def record(n, workers):
    record = {}
    values = row(n, workers)
    for field, value in zip(COLUMNS.values(), values):
        *parents, name = field.split(".")
        inner = record
        for parent in parents:
            inner = inner.setdefault(parent, {})
        inner[name] = value
    if workers:
        own = values[len(COLUMNS):]
        record["vendor"]["workers"] = [{"name": name, "org": org} for name, org in zip(own[::2], own[1::2])]
    return record


def write_common(folder):
    """The sample's data without its vendor."""
    text = (EDITION / "samples/contract.yaml").read_text(encoding="utf-8")
    path = folder / "common.yaml"
    path.write_text(text[: text.index("\nvendor:")] + "\n", encoding="utf-8")
    return path


def write_csv(path, rows, workers):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head(workers))
        writer.writerows(row(n, workers) for n in range(rows))
    return path


def write_ndjson(path, rows, workers):
    with open(path, "w", encoding="utf-8") as file:
        for n in range(rows):
            file.write(json.dumps(record(n, workers), ensure_ascii=False) + "\n")
    return path


def write_xlsx(path, rows, workers):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(head(workers))
    for n in range(rows):
        sheet.append(row(n, workers))
    book.save(path)
    return path


def prepare(folder, workers):
    """All that `Benchmarks` needs of a folder, and what it exports."""
    folder.mkdir(exist_ok=True)
    write_common(folder)
    write_csv(folder / "roster.csv", 20, workers)
    write_ndjson(folder / "roster.ndjson", 20, workers)
    subprocess.run([BENCHMARKS, folder, "export"], cwd=ROOT, check=True)
