"""The list's routes as the page uses them, and lists to send."""

import http.client
import io
import json
import sys
import time
import zipfile
from pathlib import Path
from urllib.parse import quote

import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Judges"))
from batches import HEADER, csv_bytes, row  # noqa: E402


class Lists:
    """A page that has been let in, as far as lists go."""

    def __init__(self, preview):
        self.preview = preview
        self.mode = "prefilled"

    def get(self, path):
        reply = self.preview.get(path)
        assert reply.status == 200, (path, reply)
        return json.loads(reply.body)

    def post(self, path, status=200, **body):
        reply = self.preview.post(path, json.dumps(body).encode())
        assert reply.status == status, (path, reply.status, reply.body.decode()[:600])
        return json.loads(reply.body)

    def send(self, name, content, status=200):
        head = (f"X-File-Name: {quote(name)}", "Content-Type: application/octet-stream")
        reply = self.preview.post("/api/list/file", content, more=head)
        assert reply.status == status, (name, reply)
        return json.loads(reply.body)

    def upload(self, files, folder=None):
        self.post("/api/list/begin", folder=folder)
        for name, content in files.items():
            self.send(name, content)

    def open(self, data=None, header_row=None):
        data = self.get("/api/data")["data"] if data is None else data
        return self.post("/api/list/open", data=data, vendor=0, mode=self.mode, headerRow=header_row)

    def take(self, files, data=None, folder=None):
        self.upload(files, folder)
        return self.open(data)["list"]

    def rows(self):
        rows = []
        while part := self.get(f"/api/list/rows?from={len(rows)}&count=500")["rows"]:
            rows += part
        return rows

    def correct(self, position, column, value):
        return self.post("/api/list/correct", row=position, column=column, value=value)

    def run(self, until=("finished",)):
        self.post("/api/batch", mode=self.mode)
        return self.wait(until)

    def wait(self, until=("finished",)):
        end = time.monotonic() + 120
        while time.monotonic() < end:
            batch = self.get("/api/batch")
            if batch["state"] != "running":
                assert batch["state"] in until, batch
                return batch
            time.sleep(0.02)
        raise TimeoutError

    def saved(self, path):
        """The name and the bytes of a file that is offered for saving, however large."""
        connection = http.client.HTTPConnection("127.0.0.1", self.preview.port, timeout=60)
        connection.request("GET", path, headers={"Cookie": self.preview.cookie})
        reply = connection.getresponse()
        content = reply.read()
        assert reply.status == 200, (path, reply.status, content[:600])
        connection.close()
        return reply.headers["content-disposition"].split("''")[1], content

    def packets(self):
        """Every file of the zip by its name."""
        _, content = self.saved("/api/batch/packets")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            return {info.filename: archive.read(info) for info in archive.infolist()}


def files_of(out):
    """Every file of a run by its name, but the tool's own."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(Path(out).rglob("*"))
        if path.is_file() and path.relative_to(out).parts[0] != ".tokki"
    }


def workbook_bytes(rows, header=HEADER, title=None):
    """With a title, looks, a formula and a sheet that is nobody's business."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "契約・委託先一覧"
    if title:
        sheet.append([title])
    sheet.append(header)
    for cells in rows:
        sheet.append([cells.get(name, "") for name in header])
    for cell in sheet[sheet.max_row]:
        cell.font = openpyxl.styles.Font(bold=True, color="FF0000")
    sheet.column_dimensions["A"].width = 33
    notes = book.create_sheet("メモ")
    notes["B2"] = "=1+1"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
