"""Workbooks as other programs write them: `python workbooks.py FOLDER` makes those of Tests/Cases/workbooks again.

openpyxl.xlsx has every kind of cell; libreoffice.xlsx is the same, read and written by LibreOffice, which then has
calculated the formulas, shared the texts and renumbered the formats."""

import datetime
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

DATES = [
    "yyyy/m/d", "yyyy-mm-dd", '[$-411]ggge"年"m"月"d"日"', "[$-411]ge.m.d", 'yyyy"年"m"月"d"日"', "m/d", "[$-F800]dddd, mmmm dd, yyyy",
]
NUMBERS = ["General", "0.00", "#,##0", '"¥"#,##0', "0.00E+00", '0"日"', "[Red]0;-0", "@"]


def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "契約・委託先一覧"
    sheet["A1"] = "令和４年度 契約一覧"
    sheet.merge_cells("A1:D1")
    sheet.append(["契約番号", "受注者番号", "日付", "金額"])
    sheet.append(["0040012", "V001", datetime.date(2022, 4, 1), 1234567])
    sheet.append([" 前後 ", "改\n行", datetime.datetime(2022, 4, 1, 9, 20), 0.1])
    sheet.append(["髙﨑𠮷", "葛\U000E0100", datetime.time(9, 20), -1.5])
    sheet.append([True, False, "=1/0", "=D3*1.1"])
    sheet.append(["&<>\"'", "_x000B_", '="文" & "字"', 123456789012345])
    sheet.row_dimensions[5].hidden = True
    for format in DATES + NUMBERS:
        sheet.append([format.replace('"', ""), 44652])
        sheet.cell(sheet.max_row, 2).number_format = format
    sheet.append([CellRichText("太", TextBlock(InlineFont(b=True), "字")), None, None, None, "E列"])
    hidden = book.create_sheet("作業用")
    hidden.sheet_state = "hidden"
    hidden["B3"] = 60
    hidden["B3"].number_format = "yyyy/m/d"
    return book


def make(folder):
    folder = Path(folder)
    workbook().save(folder / "openpyxl.xlsx")
    with tempfile.TemporaryDirectory() as work:
        convert(folder / "openpyxl.xlsx", work, "xlsx:Calc MS Excel 2007 XML")
        (Path(work) / "openpyxl.xlsx").rename(folder / "libreoffice.xlsx")


def convert(file, folder, format):
    """Has LibreOffice write a file again, with a profile of its own so that two may run at once."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", format,
             "--outdir", str(folder), str(file)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120,
        )


if __name__ == "__main__":
    make(sys.argv[1])
