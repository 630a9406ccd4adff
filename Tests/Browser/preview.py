"""The preview's server as a process of its own, and requests to it down to the byte."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("TOKKI_PREVIEW", ROOT / ".build/release/tokki-preview"))
SAMPLE = ROOT / "Templates/kawasaki-1985/samples/contract.yaml"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Preview:
    """A running server; leaving the block ends it."""

    def __init__(self, folder, *arguments, port=None, opens=False, ignores=None, **environment):
        self.folder = Path(folder)
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir(parents=True, exist_ok=True)
        options = [] if opens else ["--no-open"]
        options += [] if port == "usual" else ["--port", str(port or free_port())]
        self.process = subprocess.Popen(
            [BINARY, *arguments, *options, "--log"],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(self.temporary), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Whatever a shell had ignored.
            preexec_fn=lambda: [signal.signal(s, signal.SIG_IGN if s == ignores else signal.SIG_DFL) for s in (1, 2, 15)],
        )
        self.log = []
        self._reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self._reader.start()
        self.greeting = ""
        while not (address := re.search(r"http://\S+", self.greeting)):
            line = self.process.stdout.readline()
            assert line, f"no address: {self.greeting!r} {self.log}"
            self.greeting += line
        self.address = address.group()
        self.origin = self.address.split("/?")[0]
        # Below which everything lies, once we know it.
        self.home = ""
        self.host = self.origin.removeprefix("http://")
        self.port = int(self.host.split(":")[1])
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def enter(self):
        """Lets us in as a browser would be: the path, the cookie, and the token of the page."""
        first = self.get(self.entrance, cookie=None)
        assert (first.status, first.fields["location"][-1]) == (303, "/"), first
        self.home = first.fields["location"].removesuffix("/")
        self.cookie = first.fields["set-cookie"].split(";")[0]
        self.token = re.search(rb'name="tokki-token" content="(\w+)"', self.get("/").body)[1].decode()
        return self

    @property
    def entrance(self):
        return self.address.removeprefix(self.origin)

    def head(self, method="GET", target="/", *, home=None, cookie="", host=None, origin=None, token=None, more=()):
        """The bytes of a head, right unless something wrong is asked for; None leaves a field out."""
        if target.startswith("/") and target != self.entrance:
            target = (self.home if home is None else home) + target
        cookie = self.cookie if cookie == "" else cookie
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host or self.host}"]
        lines += [f"Cookie: {cookie}"] if cookie else []
        if method == "POST":
            lines += [f"Origin: {origin or self.origin}", f"X-Tokki-Token: {token or self.token}"]
        return "\r\n".join([*lines, *more, "", ""]).encode("utf-8", "surrogateescape")

    def get(self, target, **how):
        return self.ask(self.head("GET", target, **how))

    def post(self, target, body=b"{}", **how):
        more = (f"Content-Length: {len(body)}", *how.pop("more", ()))
        return self.ask(self.head("POST", target, more=more, **how) + body)

    def ask(self, bytes, timeout=20):
        """Sends the bytes on a connection of their own."""
        with self.connect(timeout) as connection:
            connection.send(bytes)
            return connection.response()

    def connect(self, timeout=20):
        return Connection(self.port, timeout)

    def memory(self, what="VmRSS"):
        """In MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(rf"{what}:\s+(\d+)", status)[1]) / 1024

    def growth(self):
        """A function that returns how many MiB the memory has been above what it is now."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")
        before = self.memory()
        return lambda: self.memory("VmHWM") - before

    def stored(self):
        """How many bytes lie in its temporary files."""
        return sum(path.stat().st_size for path in self.temporary.rglob("*") if path.is_file())

    def is_alive(self):
        return self.process.poll() is None

    def connections(self):
        """How many the server holds open."""
        return sum(
            1
            for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
            if line.split()[1].endswith(f":{self.port:04X}") and line.split()[3] in ("01", "08")
        )

    def requests(self, since=0):
        """Method, name and status of what was asked until now, as logged."""
        count = len(self.log)
        self.ask(b"GET /log-until-here HTTP/1.1\r\n\r\n")
        end = time.monotonic() + 5
        while not any(line.startswith("GET - 403") for line in self.log[count:]):
            assert time.monotonic() < end, f"not in the log: {self.log[count:]}"
            time.sleep(0.01)
        return [tuple(line.split()[:3]) for line in self.log[since:-1]]


class Closed(Exception):
    """The server ended the connection without a whole response."""


class Response:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    def __repr__(self):
        return f"{self.status} {self.fields} {self.body[:200]!r}"


class Connection:
    """A socket that speaks HTTP only as far as it is made to."""

    def __init__(self, port, timeout=20):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.bytes = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, bytes):
        try:
            self.socket.sendall(bytes)
        except (BrokenPipeError, ConnectionResetError):
            # What was answered before is still to be read.
            pass

    def end(self):
        """Says that nothing more comes."""
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def more(self):
        try:
            bytes = self.socket.recv(65536)
        except ConnectionResetError:
            bytes = b""
        self.bytes += bytes
        return bytes

    def until(self, mark):
        while mark not in self.bytes:
            if not self.more():
                raise Closed(self.bytes[:200])
        part, self.bytes = self.bytes.split(mark, 1)
        return part

    def count(self, count):
        while len(self.bytes) < count:
            if not self.more():
                raise Closed(self.bytes[:200])
        part, self.bytes = self.bytes[:count], self.bytes[count:]
        return part

    def response_head(self):
        lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        fields = {}
        for line in lines[1:]:
            name, value = line.split(":", 1)
            assert name.lower() not in fields, line
            fields[name.lower()] = value.strip()
        return int(lines[0].split()[1]), fields

    def response(self):
        status, fields = self.response_head()
        if fields.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self.until(b"\r\n"), 16):
                body += self.count(size)
                self.until(b"\r\n")
            self.until(b"\r\n")
        else:
            body = self.count(int(fields.get("content-length", 0)))
        return Response(status, fields, body)

    def is_closed(self):
        """Whether the server has ended it, without waiting."""
        self.socket.setblocking(False)
        try:
            while bytes := self.socket.recv(65536):
                self.bytes += bytes
            return True
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            self.socket.setblocking(True)
