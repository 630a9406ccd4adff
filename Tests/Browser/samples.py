"""Lists as clerks bring them: the same rows with three bad cells, in whatever form."""

import io
import zipfile

import openpyxl
from batches import HEADER, csv_bytes, row

# Where a cell is bad: its row among the list's, its column, what stands there, what is right.
BAD = [
    (1, "契約締結日", "平成34年４月１日", "令和４年４月１日"),
    (4, "契約金額", "百万えん位", "1,000,004円"),
    (6, "商号又は名称", "", "株式会社髙﨑＆<b>見本</b>"),
]
COUNT = 8


def rows(count=COUNT, bad=True):
    made = [row(number, contract=f"{40000 + number:07}") for number in range(count)]
    for number, column, wrong, right in BAD:
        made[number][column] = wrong if bad else right
    return made


def workbook(rows, title=None, name="一覧", header=HEADER):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    if title:
        sheet.append([title])
    sheet.append(header)
    for one in rows:
        sheet.append([one.get(name) or None for name in header])
    return book


def write_xlsx(file, rows, title=None, header=HEADER):
    workbook(rows, title, header=header).save(file)
    return file


def workbook_bytes(rows, title=None):
    """With looks, a formula and a sheet that is nobody's business."""
    book = workbook(rows, title, name="契約・委託先一覧")
    sheet = book.active
    for cell in sheet[sheet.max_row]:
        cell.font = openpyxl.styles.Font(bold=True, color="FF0000")
    sheet.column_dimensions["A"].width = 33
    notes = book.create_sheet("メモ")
    notes["B2"] = "=1+1"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_list(folder, kind, rows, header=HEADER):
    """The list as `utf-8.csv`, `cp932.csv`, `xlsx`."""
    if kind == "xlsx":
        return write_xlsx(folder / "一覧.xlsx", rows, header=header)
    file = folder / "一覧.csv"
    encoding = {"utf-8.csv": "utf-8-sig", "cp932.csv": "cp932"}[kind]
    file.write_bytes(csv_bytes(rows, header, encoding=encoding))
    return file


def unzipped(content):
    """The files of a ZIP by their paths."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def files_of(out):
    """The files of a run, but the tool's own."""
    found = {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}
    return {name: content for name, content in found.items() if not name.startswith(".tokki/")}
