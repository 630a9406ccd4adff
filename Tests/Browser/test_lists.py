"""契約・委託先一覧 and 一括作成 through the page's routes: what comes out is what `tokki batch` makes of what is saved."""

import json
import os
import re
import stat
import subprocess
import time
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random
from urllib.parse import unquote

import openpyxl
import pytest
from batches import HEADER, batch, csv_bytes, row, write_common
from editions import flat
from lists import Lists
from preview import Preview
from rings import daily
from samples import files_of, unzipped, workbook_bytes
from workbooks import convert

NEEDED = ["契約締結日", "契約金額", "郵便番号"]
BAD = {0: ("契約締結日", "いつか"), 3: ("契約金額", "百万くらい"), 7: ("郵便番号", "不明")}
MENDED = {0: "令和４年４月１日", 3: "1,040,012", 7: "２１０-０００７"}


@pytest.fixture
def page(tmp_path):
    common = write_common(tmp_path)
    with Preview(tmp_path, common) as preview:
        yield Lists(preview.enter())


def bad_rows(count=12):
    rows = [row(number) for number in range(count)]
    for index, (name, value) in BAD.items():
        rows[index] = rows[index] | {name: value}
    return rows


def folder_files(rows):
    """The list and a sheet of workers beside it."""
    workers = "契約番号,受注者番号,従事者の氏名\r\n" + "".join(
        f"{cells['契約番号']},{cells['受注者番号']},従事　{index:02}\r\n" for index, cells in enumerate(rows)
    )
    return {"契約・委託先一覧.csv": csv_bytes(rows), "従事者.csv": workers.encode()}


FORMS = {
    "utf-8": lambda rows: {"一覧.csv": csv_bytes(rows)},
    "bom": lambda rows: {"一覧.csv": csv_bytes(rows, encoding="utf-8-sig", line_end="\n")},
    "cp932": lambda rows: {"一覧.csv": csv_bytes(rows, encoding="cp932")},
    "tsv": lambda rows: {"一覧.tsv": csv_bytes(rows, delimiter="\t")},
    "xlsx": lambda rows: {"一覧.xlsx": workbook_bytes(rows, title="令和４年度契約一覧")},
    "folder": folder_files,
}


@pytest.mark.parametrize("form", FORMS)
def test_a_mended_list_makes_what_the_command_makes(page, tmp_path, form):
    files = FORMS[form](bad_rows())
    folder = "四月の一覧" if form == "folder" else None
    opened = page.take(files, folder=folder)
    assert opened["summary"] == {"good": 9, "errors": 3, "warnings": 0, "excluded": 0, "corrected": 0}
    assert opened["encoding"] == {"utf-8": "UTF-8", "bom": "UTF-8 (BOM)", "cp932": "CP932", "tsv": "UTF-8"}.get(form)
    assert [column["header"] for column in opened["columns"]] == HEADER
    assert opened["sheets"] == (["従事者"] if form == "folder" else [])
    # Untouched, it comes back as it came.
    _, saved = page.saved("/api/list/download")
    assert (unzipped(saved) if folder else {next(iter(files)): saved}) == {f"{folder}/{name}" if folder else name: files[name] for name in files}

    for cells in page.rows():
        wrong = [(finding["column"], finding["severity"]) for finding in cells["diagnostics"]]
        name = BAD.get(cells["position"], (None,))[0]
        assert wrong == ([(HEADER.index(name), "error")] if name else [])
    for position, value in MENDED.items():
        column = HEADER.index(BAD[position][0])
        answer = page.correct(position, column, value)
        changed = answer["rows"][0]
        assert (changed["state"], changed["corrected"], changed["was"]) == ("good", [column], [BAD[position][1]])
    assert answer["summary"] == {"good": 12, "errors": 0, "warnings": 0, "excluded": 0, "corrected": 3}

    made = page.run()
    assert (made["made"], made["rejected"], made["hasRejects"], made["changed"]) == (12, 0, False, False)
    name, saved = page.saved("/api/list/download")
    roster = tmp_path / "saved"
    roster.mkdir()
    if folder:
        zipfile.ZipFile(BytesIO(saved)).extractall(roster)
        roster = roster / folder
    else:
        roster = roster / next(iter(files))
        roster.write_bytes(saved)
    out = tmp_path / "out"
    result = batch(tmp_path / "common.yaml", roster, out, "--mode", page.mode)
    assert result.returncode == 0, result.stderr.decode()
    assert page.packets() == files_of(out)
    check_saved(form, files, roster)


def check_saved(form, files, roster):
    """Nothing but the three cells is another."""
    expected = bad_rows()
    for position, value in MENDED.items():
        expected[position][BAD[position][0]] = value
    if form == "xlsx":
        before = openpyxl.load_workbook(BytesIO(files["一覧.xlsx"]))
        after = openpyxl.load_workbook(roster)
        assert after.sheetnames == before.sheetnames and after["メモ"]["B2"].value == "=1+1"
        sheets = before.worksheets[0], after.worksheets[0]
        assert sheets[1].column_dimensions["A"].width == 33
        changed = set()
        for a, b in zip(*(sheet.iter_rows() for sheet in sheets), strict=True):
            for old, new in zip(a, b, strict=True):
                assert old.style_id == new.style_id
                if old.value != new.value:
                    changed.add((new.row - 3, new.value))
        assert changed == set(MENDED.items())
        # LibreOffice reads it, too.
        (roster.parent / "office").mkdir()
        convert(roster, roster.parent / "office", "xlsx:Calc MS Excel 2007 XML")
        office = openpyxl.load_workbook(roster.parent / "office" / roster.name, data_only=True)
        for old, new in zip(after.worksheets[0].values, office.worksheets[0].values, strict=True):
            assert old == new
        assert office["メモ"]["B2"].value == 2
    elif form == "folder":
        assert (roster / "契約・委託先一覧.csv").read_bytes() == csv_bytes(expected)
        assert (roster / "従事者.csv").read_bytes() == files["従事者.csv"]
    else:
        assert roster.read_bytes() == next(iter(FORMS[form](expected).values()))


def with_formulas(content):
    """The amounts as Excel keeps formulas: one for all of them, written down at the first, and the order of calculation beside."""
    result = BytesIO()
    amount = HEADER.index("契約金額")
    letter = chr(ord("A") + amount)
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                for number in range(2, 14):
                    formula = '<f t="shared" ref="X2:X13" si="0">1000000+ROW()</f>' if number == 2 else '<f t="shared" si="0"/>'
                    part = re.sub(
                        rf'<c r="{letter}{number}"[^>]*?(/>|>.*?</c>)',
                        f'<c r="{letter}{number}">{formula.replace("X", letter)}<v>{1000000 + number}</v></c>',
                        part,
                    )
            elif name == "[Content_Types].xml":
                part = part.replace(
                    "</Types>",
                    '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>',
                )
            elif name == "xl/_rels/workbook.xml.rels":
                part = part.replace(
                    "</Relationships>",
                    '<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>',
                )
            target.writestr(name, part)
        cells = "".join(f'<c r="{letter}{number}" i="1"/>' for number in range(2, 14))
        target.writestr("xl/calcChain.xml", f'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{cells}</calcChain>')
    return result.getvalue()


@pytest.mark.parametrize("position", daily([0, 5], 5))
def test_formulas_give_way_to_what_was_typed(page, tmp_path, position):
    content = with_formulas(workbook_bytes([row(number) for number in range(12)]))
    assert page.take({"a.xlsx": content})["summary"]["errors"] == 0
    amount = HEADER.index("契約金額")
    assert page.correct(position, amount, "７７７")["rows"][0]["was"] == [str(1000002 + position)]
    path = tmp_path / "a.xlsx"
    path.write_bytes(page.saved("/api/list/download")[1])
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None and "xl/calcChain.xml" not in archive.namelist()
        for name in archive.namelist():
            assert b"calcChain" not in archive.read(name)
    # The first of them holds the formula of all: without it their values stay.
    left = [cell.value for cell in openpyxl.load_workbook(path).worksheets[0]["ABCDEFGHIJKLMNOP"[amount]][1:]]
    values = [cell.value for cell in openpyxl.load_workbook(path, data_only=True).worksheets[0]["ABCDEFGHIJKLMNOP"[amount]][1:]]
    expected = [1000000 + number for number in range(2, 14)]
    expected[position] = "７７７"
    assert values == expected
    assert all(isinstance(value, int) for value in left[1:]) if position == 0 else left[1].startswith("=")
    (tmp_path / "office").mkdir()
    convert(path, tmp_path / "office", "xlsx:Calc MS Excel 2007 XML")
    office = openpyxl.load_workbook(tmp_path / "office/a.xlsx", data_only=True).worksheets[0]
    assert [cell.value for cell in office["ABCDEFGHIJKLMNOP"[amount]][1:]] == expected


def test_what_is_meant_for_another_list_is_refused(page):
    """Positions in one list mean nothing in another: one that came since, or the same one under another header."""
    page.take({"a.csv": csv_bytes(bad_rows())})
    for open_another in (lambda: page.take({"b.csv": csv_bytes(bad_rows())}), lambda: page.open(header_row=1)):
        page.id, old = None, page.id
        open_another()
        rows = page.rows()
        new, page.id = page.id, old
        assert new not in (None, old)
        page.post("/api/list/correct", row=0, cells=[{"column": 0, "value": "x"}], status=410)
        page.post("/api/list/render", row=1, mode="prefilled", status=410)
        page.post("/api/batch", mode="prefilled", status=410)
        assert page.preview.get(f"/api/list/rows?list={old}&from=0&count=1").status == 410
        page.id = new
        assert page.rows() == rows and page.get("/api/batch")["state"] == "none"


@pytest.mark.parametrize("count", daily([500, 3000], 500))
def test_a_run_of_another_list_is_not_shown(page, count):
    page.take({"a.csv": csv_bytes([row(number) for number in range(count)])})
    page.post("/api/batch", mode="prefilled")
    page.take({"b.csv": csv_bytes(bad_rows())})
    assert page.wait(("none",))["made"] == 0
    page.run()
    made = {name.split("/")[1] for name in page.packets() if name.endswith("/manifest.json")}
    assert made == {cells["受注者番号"] for index, cells in enumerate(bad_rows()) if index not in BAD}


def test_another_list_leaves_nothing_of_the_first(page, tmp_path):
    rows = bad_rows()
    page.take({"a.csv": csv_bytes(rows)})
    first = page.run()
    assert (first["made"], first["rejected"], first["hasRejects"]) == (9, 3, True)
    # A vendor goes, another comes, two change places.
    page.correct(1, 1, "V99999")
    assert page.get("/api/batch")["changed"]
    page.correct(0, HEADER.index("契約締結日"), "R4.4.1")
    second = page.run()
    assert (second["made"], second["unchanged"], second["rejected"]) == (2, 8, 2)
    _, saved = page.saved("/api/list/download")
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/a.csv").write_bytes(saved)
    result = batch(tmp_path / "common.yaml", tmp_path / "saved/a.csv", tmp_path / "out")
    assert result.returncode == 65
    assert page.packets() == files_of(tmp_path / "out")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_mended_rejects_complete_the_run(page, tmp_path, suffix):
    content = csv_bytes(bad_rows()) if suffix == "csv" else workbook_bytes(bad_rows())
    page.take({f"a.{suffix}": content})
    assert page.run()["rejected"] == 3
    _, rejects = page.saved("/api/batch/rejects")
    (tmp_path / f"a.{suffix}").write_bytes(content)
    out = tmp_path / "out"
    assert batch(tmp_path / "common.yaml", tmp_path / f"a.{suffix}", out).returncode == 65
    assert rejects == (out / f"rejects.{suffix}").read_bytes()
    name = f"エラー行一覧.{suffix}"
    opened = page.take({name: rejects})
    assert opened["summary"]["errors"] == 3
    assert page.get("/api/batch")["state"] == "finished"
    columns = [column["path"] for column in opened["columns"]]
    for position, (index, value) in enumerate(MENDED.items()):
        column = HEADER.index(BAD[index][0])
        assert columns[column] is not None
        page.correct(position, column, value)
    made = page.run()
    assert (made["made"], made["rejected"], made["hasRejects"]) == (3, 0, False)
    (tmp_path / name).write_bytes(page.saved("/api/list/download")[1])
    assert batch(tmp_path / "common.yaml", tmp_path / name, out).returncode == 0
    assert page.packets() == files_of(out)


def test_rejects_of_another_run_may_be_made_alone(page, tmp_path):
    """Whose rejects they are only the clerk knows: the page names the run that they would complete."""
    page.take({"a.csv": csv_bytes(bad_rows())})
    page.run()
    page.take({"b.csv": csv_bytes([row(number) for number in range(20, 23)])})
    page.run()
    rejects = [row(index) | {"エラー理由": "x", "項目": "", "根拠条項": ""} for index in BAD]
    page.take({"rejects.csv": csv_bytes(rejects, header=[*HEADER, "エラー理由", "項目", "根拠条項"])})
    batch = page.get("/api/batch")
    assert (batch["state"], batch["list"], batch["changed"]) == ("finished", "b.csv", True)
    page.post("/api/batch", mode="prefilled", alone=True)
    page.wait()
    made = {name.split("/")[1] for name in page.packets() if name.endswith("/manifest.json")}
    assert made == {cells["受注者番号"] for cells in rejects}


@pytest.mark.long
def test_a_stopped_run_goes_on(page, tmp_path):
    count = 2500
    rows = [row(number) for number in range(count)]
    page.take({"a.csv": csv_bytes(rows)})
    page.post("/api/batch", mode="prefilled")
    assert page.post("/api/batch", status=409, mode="prefilled")["error"]["message"]
    while not page.get("/api/batch")["done"]:
        time.sleep(0.005)
    page.post("/api/batch/cancel")
    stopped = page.wait(("stopped",))
    assert 0 < stopped["done"] < count and stopped["total"] == count
    assert page.preview.get("/api/batch/packets").status == 409
    made = page.run()
    assert made["made"] + made["unchanged"] == count and made["unchanged"] >= stopped["made"]
    (tmp_path / "a.csv").write_bytes(csv_bytes(rows))
    assert batch(tmp_path / "common.yaml", tmp_path / "a.csv", tmp_path / "out", "--no-sync").returncode == 0
    growth = page.preview.growth()
    packets = page.packets()
    assert growth() < 60
    assert packets == files_of(tmp_path / "out")


def test_the_pages_for_the_printer_are_the_commands(page, tmp_path):
    page.take({"a.csv": csv_bytes(bad_rows())})
    assert page.preview.get("/batch/print/vendor").status == 409
    page.run()
    (tmp_path / "a.csv").write_bytes(csv_bytes(bad_rows()))
    batch(tmp_path / "common.yaml", tmp_path / "a.csv", tmp_path / "out")
    binary = Path(os.environ.get("TOKKI", Path(__file__).resolve().parents[2] / ".build/release/tokki"))
    for order in ("vendor", "document"):
        reply = page.preview.get(f"/batch/print/{order}")
        assert reply.status == 200 and "style-src 'sha256-" in reply.fields["content-security-policy"]
        subprocess.run([binary, "print", tmp_path / "out", "--by", order], check=True, stdout=subprocess.DEVNULL)
        assert reply.body == (tmp_path / f"out/print-{order}.html").read_bytes()
    # What was joined is no part of what is saved.
    assert not [name for name in page.packets() if name.startswith("print-")]


def test_a_row_is_shown_as_it_will_be_printed(page):
    page.take({"a.csv": csv_bytes(bad_rows())})
    page.correct(1, HEADER.index("商号又は名称"), "株式会社直し")
    shown = page.post("/api/list/render", row=1, mode="prefilled", document=1, instance=1)
    assert "株式会社直し" in shown["body"] and shown["checkNumber"]
    paths = {finding["path"] for finding in shown["diagnostics"]}
    assert None not in paths
    page.correct(1, 1, "")
    error = page.post("/api/list/render", status=422, row=1, mode="prefilled", document=1, instance=1)["error"]
    assert error["message"] and error["hint"]
    page.post("/api/list/render", status=422, row=-1, mode="prefilled", document=1, instance=1)
    page.post("/api/list/render", status=422, row=10**9, mode="prefilled", document=1, instance=1)


def test_keys_that_meet_tell_of_one_another(page):
    page.take({"a.csv": csv_bytes([row(number) for number in range(5)])})
    answer = page.correct(4, 1, "V00001")
    assert [changed["position"] for changed in answer["rows"]] == [4, 1]
    assert answer["summary"]["errors"] == 2
    answer = page.correct(4, 1, None)
    assert [changed["position"] for changed in answer["rows"]] == [4, 1]
    assert answer["summary"] == {"good": 5, "errors": 0, "warnings": 0, "excluded": 0, "corrected": 0}


def test_what_cp932_lacks_is_not_written(page):
    page.take({"a.csv": csv_bytes(bad_rows(), encoding="cp932")})
    column = HEADER.index("代表者氏名")
    before = page.rows()[1]
    changed = page.correct(1, column, "𠮷田　一")["rows"][0]
    assert changed["cells"] == before["cells"] and changed["corrected"] == []
    assert [(finding["column"], finding["severity"]) for finding in changed["diagnostics"]] == [(column, "warning")]
    assert "U+20BB7" in changed["diagnostics"][0]["message"]
    assert page.saved("/api/list/download")[1] == csv_bytes(bad_rows(), encoding="cp932")
    assert page.correct(1, column, "髙田　一")["rows"][0]["diagnostics"] == []


def test_a_list_without_a_header_shows_its_first_rows(page):
    content = "件名だけ,の表\n甲,乙\n\nこれは,見出し\n".encode()
    page.upload({"a.csv": content})
    answer = page.open()
    assert answer["list"] is None
    assert answer["head"] == [
        {"row": 1, "cells": ["件名だけ", "の表"]}, {"row": 2, "cells": ["甲", "乙"]}, {"row": 4, "cells": ["これは", "見出し"]}
    ]
    for finding in answer["diagnostics"]:
        assert "tokki" not in (finding["hint"] or "") and "--" not in (finding["hint"] or "")
        assert not (finding["place"] or "").startswith("/")
    assert page.get("/api/list")["list"] is None
    opened = page.take({"a.csv": b"x\n" + csv_bytes(bad_rows())}, None)
    assert opened["diagnostics"][0]["place"] == "a.csv!2"


def test_a_header_that_nobody_knows_is_quoted(page):
    """On the page only: it is the clerk's own list."""
    content = csv_bytes([row(1) | {"よくある列": "値"}], header=["よくある列", *HEADER])
    page.upload({"a.csv": content})
    found = [(finding["code"], finding["place"], finding["cell"]) for finding in page.open()["diagnostics"]]
    assert found == [("unknown-header", "a.csv!A1", "よくある列")]


def test_data_and_mode_may_change_under_a_list(page):
    page.take({"a.csv": csv_bytes(bad_rows())})
    page.correct(0, HEADER.index("契約締結日"), "R4.4.1")
    page.mode = "final"
    final = page.open()["list"]
    assert final["mode"] == "final" and final["summary"]["corrected"] == 1
    data = page.get("/api/data")["data"]
    data["municipality"]["name"] = "変えた市"
    page.mode = "prefilled"
    page.open(data)
    assert "版の名称と異なります" in page.rows()[1]["diagnostics"][0]["message"]
    # The header's row was another: what was typed went with it.
    assert page.open(data, header_row=1)["list"]["summary"]["corrected"] == 0


def test_data_that_stops_a_batch_is_reported(page):
    data = page.get("/api/data")["data"]
    data["vendors"] = [{"name": "番号のない者"}]
    page.upload({"a.csv": csv_bytes(bad_rows())})
    answer = page.open(data)
    assert answer["list"] is None and "受注者番号" in answer["diagnostics"][0]["message"]
    # A vendor of whom nothing is said is none.
    data["vendors"] = [{"name": "", "id": None}]
    assert page.open(data)["list"]["summary"]["good"] == 9


def test_headers_are_mended_in_the_sheet_that_was_shown(page):
    """What is typed over them stands over nothing in another sheet of the workbook."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "表紙"
    cover.append(["令和４年度", "一覧", "庁内"])
    sheet = book.create_sheet("令和4年度!案")
    header = ["契約番号", "受注者番号", "件めい"]
    sheet.append(header)
    sheet.append(["0000001", "V1", "見本業務"])
    content = BytesIO()
    book.save(content)
    answer = page.upload({"一覧!案.xlsx": content.getvalue()}) or page.open()
    [fault] = answer["diagnostics"]
    assert fault["place"].endswith("!C1")
    assert (fault["cell"], fault["header"]) == ("件めい", {"row": 1, "column": 2})
    assert answer["head"][0] == {"row": 1, "cells": header}
    answer = page.open(headers=[{"row": 1, "column": 2, "text": "けん名"}])
    assert answer["list"] is None and answer["head"][0]["cells"][2] == "けん名" and answer["diagnostics"][0]["cell"] == "けん名"
    old = answer["id"]
    opened = page.open(headers=[{"row": 1, "column": 2, "text": "件名"}])["list"]
    assert opened["id"] != old and opened["header"] == 1
    [row] = page.rows()
    assert (row["title"], row["vendor"]) == ("見本業務", "V1")
    opened = page.open(headers=[{"row": 1, "column": 2, "text": None}])["list"]
    assert opened["columns"][2] == {"header": "（使わない）件名", "letter": "C", "path": None, "unused": "件名"}
    page.post("/api/list/open", status=400, data={}, mode="final", headers=[{"row": 1, "column": 2, "text": ""}])
    saved = openpyxl.load_workbook(BytesIO(page.saved("/api/list/download")[1]))
    assert [cell.value for cell in saved["表紙"][1]] == ["令和４年度", "一覧", "庁内"]
    assert [cell.value for cell in saved["令和4年度!案"][1]] == ["契約番号", "受注者番号", "（使わない）件名"]


@pytest.mark.parametrize("form", ["ndjson", "json", "yaml"])
def test_lists_of_programs_are_shown_and_made(page, tmp_path, form):
    rows = [row(number) for number in range(3)]
    items = [json.dumps(cells, ensure_ascii=False) for cells in rows]
    content = "\n".join(items) if form == "ndjson" else "[" + ",\n".join(items) + "]"
    opened = page.take({f"a.{form}": content.encode()})
    assert not opened["correctable"] and opened["summary"]["good"] == 3
    assert page.post("/api/list/correct", status=422, row=0, cells=[{"column": 0, "value": "x"}])["error"]["message"]
    assert page.saved("/api/list/download")[1] == content.encode()
    page.run()
    (tmp_path / f"a.{form}").write_bytes(content.encode())
    assert batch(tmp_path / "common.yaml", tmp_path / f"a.{form}", tmp_path / "out").returncode == 0
    assert page.packets() == files_of(tmp_path / "out")


@pytest.mark.parametrize("seed", daily(range(6), 1, 2))
def test_whatever_is_corrected_is_what_is_made(page, tmp_path, seed):
    """Random corrections, of keys too, over a list with random mistakes."""
    random = Random(seed)
    rows = [row(number, contract=random.choice(["0040012", "0040013"])) for number in range(25)]
    values = ["", "V00001", "V00003", "0040013", "いつか", "R4.4.1", "2022/4/1", "44652", "１，０００", "=1+1", "-5", "a,b", '"', "一\n二", "髙﨑", "044-000-0001", "#N/A"]
    for _ in range(8):
        random.choice(rows)[random.choice(HEADER)] = random.choice(values)
    form = ["utf-8", "cp932", "xlsx", "tsv", "bom", "xlsx"][seed]
    files = FORMS[form](rows)
    page.take(files)
    for _ in range(25):
        page.correct(random.randrange(25), random.randrange(len(HEADER)), random.choice(values + [None]))
    shown = page.rows()
    made = page.run()
    passed = sum("読みません" in finding["message"] for cells in shown for finding in cells["diagnostics"])
    assert made["rejected"] == sum(cells["state"] == "error" for cells in shown)
    assert made["total"] == 25 - passed
    name = next(iter(files))
    (tmp_path / name).write_bytes(page.saved("/api/list/download")[1])
    result = batch(tmp_path / "common.yaml", tmp_path / name, tmp_path / "out")
    assert result.returncode == (65 if made["rejected"] else 0)
    assert page.packets() == files_of(tmp_path / "out")


def test_the_page_hears_of_a_run(page):
    page.take({"a.csv": csv_bytes(bad_rows())})
    with page.preview.connect() as listener:
        listener.send(page.preview.head("GET", "/api/events"))
        listener.until(b"retry: 1000")
        page.post("/api/batch", mode="prefilled")
        heard = []
        while not heard or heard[-1]["state"] == "running":
            listener.until(b"event: batch\ndata: ")
            heard.append(json.loads(listener.until(b"\n\n")))
    assert heard[-1]["state"] == "finished" and heard[-1]["made"] == 9 and heard[-1]["hasRejects"]


def test_what_was_checked_is_made(tmp_path):
    """Whatever becomes of the template and of the data's file meanwhile."""
    common = write_common(tmp_path)
    flat(tmp_path / "edition")
    with Preview(tmp_path, common, "--edition", tmp_path / "edition") as preview:
        page = Lists(preview.enter())
        assert page.post("/api/batch", status=404, mode="prefilled")["error"]["message"]
        page.take({"a.csv": csv_bytes(bad_rows())})
        (tmp_path / "a.csv").write_bytes(csv_bytes(bad_rows()))
        assert batch(common, tmp_path / "a.csv", tmp_path / "out", "--edition", tmp_path / "edition").returncode == 65
        annex = tmp_path / "edition/annex.xml"
        annex.write_text(annex.read_text(encoding="utf-8").replace("</annex>", ""), encoding="utf-8")
        common.unlink()
        page.run()
        assert page.packets() == files_of(tmp_path / "out")


def test_a_full_disk_is_said(tmp_path):
    """And what was made stays, for when there is room again."""
    common = write_common(tmp_path)
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", small], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("no right to mount")
    try:
        with Preview(tmp_path, common, TMPDIR=str(small)) as preview:
            page = Lists(preview.enter())
            page.take({"a.csv": csv_bytes([row(number) for number in range(60)])})
            page.post("/api/batch", mode="prefilled")
            failed = page.wait(("failed",))
            assert "空きがありません" in failed["message"]
            assert "--" not in (failed["hint"] or "")
            page.post("/api/list/begin")
            error = page.send("b.csv", bytes(8 << 20), status=500)["error"]
            assert "空きがありません" in error["message"]
            subprocess.run(["mount", "-o", "remount,size=200m", small], check=True)
            page.take({"a.csv": csv_bytes([row(number) for number in range(60)])})
            assert page.run()["made"] > 0
            assert len([name for name in page.packets() if name.endswith("manifest.json")]) == 60
    finally:
        subprocess.run(["umount", "-l", small], check=True)


# MARK: What comes in


def test_names_of_files_stay_names(page, tmp_path):
    before = {path for path in tmp_path.rglob("*")}
    page.post("/api/list/begin")
    for name in [
        "../a.csv", "a/b.csv", "a\\b.csv", "..", ".csv", "...csv", "a", "a.exe", "a.csv.exe", "x" * 300 + ".csv", "a\u202e.csv", "a:b.csv",
    ]:
        page.send(name, b"x", status=400 if "/" in name or name == ".." or len(name) > 255 else 422)
    page.send("一覧 (1).csv", csv_bytes(bad_rows()))
    page.send("一覧 (1).csv", b"x", status=422)
    page.send("二.xlsx", b"x", status=422)
    work = [path for path in tmp_path.rglob("*") if path not in before and path.is_file()]
    assert sorted(path.name for path in work) == ["一覧 (1).csv"]
    assert page.open()["list"]["name"] == "一覧 (1).csv"
    page.post("/api/list/begin", status=422, folder="../x")


def test_nobody_else_sees_the_work(page, tmp_path):
    page.take({"a.csv": csv_bytes(bad_rows())})
    folders = [path for path in (tmp_path / "tmp").iterdir()]
    assert len(folders) == 1 and stat.S_IMODE(folders[0].stat().st_mode) == 0o700
    page.preview.process.terminate()
    page.preview.process.wait(5)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_a_killed_one_left_goes_with_the_next(tmp_path):
    common = write_common(tmp_path)
    with Preview(tmp_path, common) as first:
        Lists(first.enter()).take({"a.csv": csv_bytes(bad_rows())})
        with Preview(tmp_path, common) as second:
            assert len(list((tmp_path / "tmp").iterdir())) == 2
            assert second.is_alive()
    assert len(list((tmp_path / "tmp").iterdir())) == 2
    with Preview(tmp_path, common):
        assert len(list((tmp_path / "tmp").iterdir())) == 1


def test_the_list_that_was_named_is_there(tmp_path):
    common = write_common(tmp_path)
    path = tmp_path / "元.csv"
    path.write_bytes(csv_bytes(bad_rows()))
    with Preview(tmp_path, common, "--roster", path) as preview:
        page = Lists(preview.enter())
        opened = page.get("/api/list")["list"]
        assert opened["name"] == "元.csv" and opened["summary"]["errors"] == 3
        page.correct(0, HEADER.index("契約締結日"), "R4.4.1")
        # The file itself is never written.
        assert path.read_bytes() == csv_bytes(bad_rows())
        assert page.open()["list"]["summary"]["corrected"] == 1
        # What was made of it stays when something changes, and is shown to be out of date.
        made = page.run()
        page.mode = "final"
        page.open()
        assert page.get("/api/batch") | {"changed": False} == made and page.get("/api/batch")["changed"]
    folder = tmp_path / "入れ物"
    folder.mkdir()
    for name, content in folder_files(bad_rows()).items():
        (folder / name).write_bytes(content)
    with Preview(tmp_path, common, "--roster", folder) as preview:
        opened = Lists(preview.enter()).get("/api/list")["list"]
        assert (opened["name"], opened["sheets"], opened["summary"]["errors"]) == ("入れ物", ["従事者"], 3)
    with Preview(tmp_path, common, "--roster", tmp_path / "ない.csv") as preview:
        answer = Lists(preview.enter()).get("/api/list")
        assert answer["list"] is None and answer["diagnostics"][0]["place"] == "ない.csv"


def test_five_thousand_rows_open_and_change_at_once(page):
    rows = [row(number) for number in range(5000)]
    page.upload({"a.csv": csv_bytes(rows)})
    start = time.monotonic()
    assert page.open()["list"]["rowCount"] == 5000
    opened = time.monotonic() - start
    start = time.monotonic()
    page.correct(2500, 1, "V00000")
    print(f"opened in {opened:.2f} s, corrected in {time.monotonic() - start:.3f} s")
    assert time.monotonic() - start < 1


def test_the_starter_has_the_commands_headers_and_is_a_list_when_filled_in(page):
    binary = Path(os.environ.get("TOKKI", Path(__file__).resolve().parents[2] / ".build/release/tokki"))
    edition = Path(__file__).resolve().parents[2] / "Templates/kawasaki-1985"

    def headers(sheet):
        command = [binary, "schema", f"--csv{sheet}", "--edition", edition]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8-sig").strip().split(",")

    name, written = page.saved("/api/list/starter")
    assert unquote(name) == "契約・委託先一覧.xlsx"
    book = openpyxl.load_workbook(BytesIO(written))
    found = {sheet.title: [[cell.value for cell in line] for line in sheet.iter_rows()] for sheet in book}
    assert found == {"契約・委託先一覧": [headers("")], "従事者": [headers("=vendor.workers")]}
    # A header with the same label in another record is longer than the others.
    one = row(1)
    first = {label: index for index, label in enumerate(headers(""), start=1)}
    for label, value in one.items():
        assert label in first, label
        book.worksheets[0].cell(2, first[label], value)
    for index, label in enumerate(headers("=vendor.workers"), start=1):
        book.worksheets[1].cell(2, index, {"契約番号": one["契約番号"], "受注者番号": one["受注者番号"], "従事者の氏名": "川崎　花子"}.get(label))
    filled = BytesIO()
    book.save(filled)
    page.upload({"契約・委託先一覧.xlsx": filled.getvalue()})
    answer = page.open()["list"]
    assert (answer["rowCount"], answer["sheets"], answer["summary"]["errors"]) == (1, ["従事者"], 0)


def test_no_run_begins_where_what_all_rows_share_is_wrong(page):
    """And the packets that are there stay."""
    page.upload({"a.csv": csv_bytes([row(number) for number in range(3)])})
    page.open()
    page.run()
    packets = page.packets()
    data = page.get("/api/data")["data"]
    data["contract"]["period_from"] = "2022-02-31"
    page.open(data)
    assert "全ての行に関わるエラー" in page.post("/api/batch", mode="prefilled", status=422)["error"]["message"]
    page.post("/api/batch", mode="prefilled", status=422, alone=True)
    assert page.get("/api/batch")["state"] == "finished" and page.packets() == packets
