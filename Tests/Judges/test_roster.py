"""One list in every format that clerks have: the same packets, and rejects that Python reads as it wrote the list."""

import csv
import io
import json

import openpyxl
import pytest
import yaml

from batches import HEADER, batch, csv_bytes, row, tree, write_common

# What CP932 has and Shift_JIS has not, and what Python's csv must quote.
ROWS = [
    row(1, 代表者氏名="髙﨑　①㈱", 件名='見本"業務",甲'),
    row(2, 担当部署="ｶﾅ纊〜".replace("〜", "～"), contract="0040013"),
    row(3, 契約締結日="令和４年４月１日", 契約金額="￥1,000,003", 履行期間の始期="44652"),
    row(4, 契約締結日="2022/4/1", 契約金額="１００００４"),
]
REPORT = ["エラー理由", "項目", "根拠条項"]


def write(folder, name, rows):
    """The list in the format that the name says: `bom.csv`, `cp932.csv`, `list.xlsx`."""
    path = folder / name
    match name.split("."):
        case ["utf-8", "csv"]: path.write_bytes(csv_bytes(rows, line_end="\n"))
        case ["bom", "csv"]: path.write_bytes(csv_bytes(rows, encoding="utf-8-sig"))
        case ["cp932", "csv"]: path.write_bytes(csv_bytes(rows, encoding="cp932"))
        case [_, "tsv"]: path.write_bytes(csv_bytes(rows, delimiter="\t"))
        case [_, "xlsx"]:
            book = openpyxl.Workbook()
            book.active.append(HEADER)
            for cells in rows:
                book.active.append([cells[name] for name in HEADER])
            book.save(path)
        case [_, "ndjson"]:
            path.write_text("".join(json.dumps(cells, ensure_ascii=False) + "\n" for cells in rows), encoding="utf-8")
        case [_, "json"]: path.write_text(json.dumps(rows), encoding="utf-8")
        case [_, "yaml"]: path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return path


def read(path):
    """The rows of a list of rejects, by Python's own readers."""
    match path.suffix:
        case ".csv" | ".tsv":
            data = path.read_bytes()
            encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                text = data.decode("cp932")
            return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if path.suffix == ".tsv" else ",", strict=True))
        case ".xlsx":
            header, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
            return [{name: cell or "" for name, cell in zip(header, cells)} for cells in rows]
        case ".ndjson": return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        case _: return yaml.safe_load(path.read_text(encoding="utf-8"))


FORMS = ["utf-8.csv", "bom.csv", "cp932.csv", "list.tsv", "list.xlsx", "list.ndjson", "list.json", "list.yaml"]


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clean")
    result = batch(write_common(folder), write(folder, "utf-8.csv", ROWS), folder / "out", "--no-sync")
    assert result.returncode == 0, result.stderr
    return packets(folder / "out")


def packets(out):
    return {name: digest for name, digest in tree(out).items() if name.count("/") == 2}


@pytest.mark.parametrize("form", FORMS)
def test_every_format_makes_the_same_packets(form, tmp_path, clean):
    result = batch(write_common(tmp_path), write(tmp_path, form, ROWS), tmp_path / "out", "--no-sync")
    assert result.returncode == 0, result.stderr
    assert len(clean) > len(ROWS) and packets(tmp_path / "out") == clean


@pytest.mark.parametrize("form", FORMS)
def test_mended_rejects_complete_the_run(form, tmp_path, clean):
    """Rejects hold the row's cells unchanged; mended and fed back, the run has what a clean run has."""
    # openpyxl would make a formula of it.
    amount = "誤り" if form == "list.xlsx" else "=誤り"
    bad = [ROWS[0] | {"契約金額": amount, "契約締結日": "2022-02-30"}, *ROWS[1:3], ROWS[3] | {"郵便番号": "21-1"}]
    common = write_common(tmp_path)
    result = batch(common, write(tmp_path, form, bad), tmp_path / "out", "--no-sync")
    assert result.returncode == 65, result.stderr
    rejects = tmp_path / "out" / f"rejects.{form.split('.')[1]}"
    found = read(rejects)
    assert [cells["受注者番号"] for cells in found] == ["V00001", "V00004"]
    for cells, given in zip(found, [bad[0], bad[3]]):
        assert set(cells) == set(HEADER) | set(REPORT) and cells["エラー理由"].endswith(("。", "）"))
        guard = "'" if rejects.suffix in (".csv", ".tsv") and given["契約金額"].startswith("=") else ""
        assert {name: cells[name] for name in HEADER} == given | {"契約金額": guard + given["契約金額"]}
    assert found[0]["項目"] == "契約締結日、契約金額"
    # As a clerk mends it: in the cells alone.
    mended = [cells | {name: good[name] for name in HEADER} for cells, good in zip(found, [ROWS[0], ROWS[3]])]
    again = tmp_path / f"mended.{form.split('.')[1]}"
    if rejects.suffix == ".csv" or rejects.suffix == ".tsv":
        encoding = {"bom": "utf-8-sig", "cp932": "cp932"}.get(form.split(".")[0], "utf-8")
        delimiter = "\t" if rejects.suffix == ".tsv" else ","
        again.write_bytes(csv_bytes(mended, HEADER + REPORT, encoding, delimiter))
    else:
        write(tmp_path, again.name, mended)
    result = batch(common, again, tmp_path / "out", "--no-sync")
    assert result.returncode == 0, result.stderr
    assert packets(tmp_path / "out") == clean and not rejects.exists()


def test_cp932_is_what_python_says(tmp_path):
    """Every character of two bytes reads as Python reads it; what Windows does not define is refused."""
    good, refused = [], []
    for lead in [*range(0x81, 0xA0), *range(0xE0, 0xFD)]:
        for trail in [*range(0x40, 0x7F), *range(0x80, 0xFD)]:
            pair = bytes([lead, trail])
            try:
                good.append((pair, pair.decode("cp932")))
            except UnicodeDecodeError:
                refused.append(pair)
    singles = [bytes([byte]) for byte in (0x80, 0xA0, 0xFD, 0xFE, 0xFF)]
    header = "契約番号,受注者番号,件名,契約金額\r\n".encode("cp932")
    chunks = [good[i : i + 100] for i in range(0, len(good), 100)]
    lines = [b"C%d,V1,%s,x\r\n" % (i, b"".join(pair for pair, _ in chunk)) for i, chunk in enumerate(chunks)]
    (tmp_path / "list.csv").write_bytes(header + b"".join(lines))
    batch(write_common(tmp_path), tmp_path / "list.csv", tmp_path / "out", "--no-sync")
    found = (tmp_path / "out" / "rejects.csv").read_bytes().decode("cp932")
    rows = list(csv.DictReader(io.StringIO(found, newline="")))
    assert [cells["件名"] for cells in rows] == ["".join(text for _, text in chunk) for chunk in chunks]
    for bytes_ in [*refused[::37], *singles]:
        (tmp_path / "bad.csv").write_bytes(header + b"C1,V1," + bytes_ + b",1\r\n")
        result = batch(write_common(tmp_path), tmp_path / "bad.csv", tmp_path / "bad", "--dry-run")
        assert result.returncode == 65 and b"invalid-encoding" in result.stderr, bytes_
