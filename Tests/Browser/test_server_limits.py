"""Heads and bodies that are too much, too long, or no HTTP: refused, and never kept in memory."""

import os
import random
import threading
import time

import attacks
import pytest
from preview import Preview


def test_mutated_heads(tmp_path, note):
    """10,000 broken heads: none ends the server, and none keeps it busy."""
    seed = int(os.environ.get("SEED", random.randrange(2**32)))
    note(f"SEED={seed}")
    with Preview(tmp_path) as preview:
        preview.enter()
        heads = attacks.mutated_heads(preview, random.Random(seed))
        lock, statuses, hung = threading.Lock(), {}, []
        left = iter(range(10_000))

        def work():
            while True:
                with lock:
                    if next(left, None) is None:
                        return
                    head = next(heads)
                try:
                    with preview.connect(timeout=5) as connection:
                        connection.send(head)
                        connection.end()
                        while connection.more():
                            pass
                        status = connection.bytes[9:12].decode() or "closed"
                except TimeoutError:
                    hung.append(head)
                    status = "hung"
                with lock:
                    statuses[status] = statuses.get(status, 0) + 1

        preview.get("/")
        grown = preview.growth()
        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        note(f"10,000 mutated heads: {dict(sorted(statuses.items()))}, memory grew by {grown():.1f} MiB")
        assert not hung, hung[0]
        assert preview.is_alive()
        assert preview.get("/").status == 200
        assert sum(statuses.values()) == 10_000
        assert statuses.get("400", 0) > 1000 and statuses.get("200", 0) > 10
        assert grown() < 16
        # The last are closed when the loop comes round to them.
        deadline = time.monotonic() + 20
        while preview.connections() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert preview.connections() == 0


def test_heads_have_limits(preview):
    assert preview.get("/", more=("X: " + "y" * 15_000,)).status == 200
    for more in (("X: " + "y" * 17_000,), [f"X{i}: {'y' * 1000}" for i in range(40)], [f"X{i}: y" for i in range(70)]):
        assert preview.get("/", more=more).status in (400, 431)
    assert preview.get("/" + "a" * 20_000).status in (400, 414)


def test_bodies_over_the_limit(preview, note):
    """413 by the head alone, 413 while it comes in, and memory for neither."""
    file = ("X-File-Name: a.csv",)
    preview.post("/api/list/begin", b"{}")
    assert preview.post("/api/list/file", b"a" * 100_000, more=file).status == 200
    preview.post("/api/list/begin", b"{}")
    piece, worst = b"x" * 65_536, 0
    for target, more, limit in (("/api/list/file", file, 32 << 20), ("/api/render", (), 2 << 20), ("/api/save", (), 2 << 20)):
        # By what the head says, before a byte of it has come.
        for length in (limit + 1, 10 << 30, 1 << 62):
            grown = preview.growth()
            assert preview.ask(preview.head("POST", target, more=(*more, f"Content-Length: {length}"))).status == 413
            worst = max(worst, grown())
        for length in (1 << 63, 1 << 70):
            assert preview.ask(preview.head("POST", target, more=(*more, f"Content-Length: {length}"))).status in (400, 413)
        for size in (limit + 1, limit + (20 << 20)):
            for is_chunked in (False, True):
                grown = preview.growth()
                with preview.connect() as connection:
                    length = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {size}"
                    connection.send(preview.head("POST", target, more=(*more, length)))
                    for at in range(0, size, len(piece)):
                        part = piece[: size - at]
                        connection.send(b"%x\r\n%s\r\n" % (len(part), part) if is_chunked else part)
                    connection.send(b"0\r\n\r\n" if is_chunked else b"")
                    assert connection.response().status == 413, (target, size, is_chunked)
                worst = max(worst, grown())
    # Nothing of them lies on the disk.
    assert preview.stored() == 0
    # What is allowed does not stay in memory, either.
    preview.post("/api/list/begin", b"{}")
    grown = preview.growth()
    assert preview.post("/api/list/file", b"x" * (32 << 20), more=file).status == 200
    largest = grown()
    assert preview.stored() == 32 << 20
    preview.post("/api/list/begin", b"{}")
    assert preview.stored() == 0
    assert preview.post("/api/render", b" " * (2 << 20)).status != 413
    # One that never ends is not read for ever.
    with preview.connect() as connection:
        connection.send(preview.head("POST", "/api/list/file", more=(*file, "Transfer-Encoding: chunked")))
        sent = 0
        try:
            while sent < 1 << 30:
                connection.socket.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
                sent += len(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert sent < 128 << 20
    note(f"bodies over the limit: memory grew by {worst:.1f} MiB at most; by {largest:.1f} MiB for 32 MiB that are allowed; an endless one was cut after {sent >> 20} MiB")
    assert worst <= 16 and largest <= 16
    assert preview.is_alive()


def test_many_bodies_at_once(preview, note):
    """32 uploads of 32 MiB side by side."""
    preview.post("/api/list/begin", b"{}")
    head = preview.head("POST", "/api/list/file", more=("X-File-Name: a.csv", f"Content-Length: {33 << 20}"))
    grown = preview.growth()
    connections = [preview.connect() for _ in range(32)]
    for connection in connections:
        connection.send(head)
    for _ in range(16):
        for connection in connections:
            connection.send(b"x" * 65_536)
    assert all(connection.response().status == 413 for connection in connections)
    note(f"32 bodies at once: memory grew by {grown():.1f} MiB")
    assert grown() <= 16
    for connection in connections:
        connection.socket.close()


@pytest.mark.parametrize(
    "start",
    [
        ("GET", "/", ("Upgrade: websocket", "Connection: Upgrade")),
        ("CONNECT", "127.0.0.1:1", ()),
        ("GET", "/api/events", ()),
        ("GET", "/", ("Connection: close",)),
        ("POST", "/api/render", ("Transfer-Encoding: chunked",)),
        ("POST", "/api/render", ("Content-Length: 1073741824",)),
        ("POST", "/nothing", ("Content-Length: 1073741824",)),
        ("GET", "/", ("Content-Length: 1073741824",)),
        ("GET", "/ broken", ()),
    ],
    ids=lambda start: " ".join([*start[:2], *start[2][:1]]),
)
@pytest.mark.parametrize("drop", [b"\r\n", b"x", b"1;" + b"x" * 1000, b"X: 1\r\n"], ids=["lines", "bytes", "extensions", "fields"])
def test_what_nobody_reads_stays_out_of_memory(preview, start, drop):
    """Whatever follows what, a gigabyte of it."""
    method, target, more = start
    preview.get("/")
    grown = preview.growth()
    with preview.connect(timeout=0.5) as connection:
        connection.send(preview.head(method, target, more=more))
        piece = drop * (262_144 // len(drop))
        try:
            for _ in range(4096):
                connection.socket.sendall(piece)
        except OSError:
            # It was ended, or is not read any more; or else all of it was taken for nothing.
            pass
        assert grown() <= 16
    assert preview.get("/").status == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_cut_is_not_taken_for_whole(preview, chunked):
    preview.post("/api/list/begin", b"{}")
    length = "Transfer-Encoding: chunked" if chunked else "Content-Length: 1000"
    before, start = len(preview.requests()), time.monotonic()
    with preview.connect() as connection:
        connection.send(preview.head("POST", "/api/list/file", more=("X-File-Name: a.csv", length)))
        connection.send(b"64\r\n" + b"x" * 100 + b"\r\n" if chunked else b"x" * 100)
        connection.end()
        while connection.more():
            pass
        assert connection.bytes[9:12] in (b"", b"400"), connection.bytes
    while ("POST", "/api/list/file", "400") not in (noted := preview.requests(since=before)):
        assert not [entry for entry in noted if entry[1] == "/api/list/file"], noted
        assert time.monotonic() < start + 5
    assert preview.stored() == 0
