"""The list's routes as the page uses them."""

import http.client
import json
import time
from urllib.parse import quote

from samples import unzipped


class Lists:
    """A page that has been let in, as far as lists go."""

    def __init__(self, preview):
        self.preview = preview
        self.mode = "prefilled"
        # Which list is open, as a page has it from the server.
        self.id = 0

    def get(self, path):
        reply = self.preview.get(path)
        assert reply.status == 200, (path, reply)
        return self.noted(path, json.loads(reply.body))

    def post(self, path, status=200, **body):
        if path in ("/api/batch", "/api/list/correct", "/api/list/render"):
            body = {"list": self.id} | body
        reply = self.preview.post(path, json.dumps(body).encode())
        assert reply.status == status, (path, reply.status, reply.body.decode()[:600])
        return self.noted(path, json.loads(reply.body))

    def noted(self, path, answer):
        if path in ("/api/list", "/api/list/open") and answer.get("list"):
            self.id = answer["list"]["id"]
        return answer

    def send(self, name, content, status=200):
        head = (f"X-File-Name: {quote(name)}", "Content-Type: application/octet-stream")
        reply = self.preview.post("/api/list/file", content, more=head)
        assert reply.status == status, (name, reply)
        return json.loads(reply.body)

    def upload(self, files, folder=None):
        self.post("/api/list/begin", folder=folder)
        for name, content in files.items():
            self.send(name, content)

    def open(self, data=None, header_row=None, headers=()):
        data = self.get("/api/data")["data"] if data is None else data
        return self.post("/api/list/open", data=data, mode=self.mode, headerRow=header_row, headers=headers)

    def take(self, files, data=None, folder=None):
        self.upload(files, folder)
        return self.open(data)["list"]

    def rows(self):
        rows = []
        while part := self.get(f"/api/list/rows?list={self.id}&from={len(rows)}&count=500")["rows"]:
            rows += part
        return rows

    def correct(self, position, column, value):
        return self.post("/api/list/correct", row=position, cells=[{"column": column, "value": value}])

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
        connection.request("GET", self.preview.home + path, headers={"Cookie": self.preview.cookie})
        reply = connection.getresponse()
        content = reply.read()
        assert reply.status == 200, (path, reply.status, content[:600])
        connection.close()
        return reply.headers["content-disposition"].split("''")[1], content

    def packets(self):
        """Every file of the zip by its name."""
        _, content = self.saved("/api/batch/packets")
        return unzipped(content)
