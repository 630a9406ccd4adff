"""How long the server waits for whom: slow ones are cut, and nobody else has to wait for them."""

import json
import os
import signal
import socket
import statistics
import threading
import time

import pytest
from preview import SAMPLE, Preview


def eventually(condition, within=5):
    """Whether it comes true; a busy machine takes its time."""
    end = time.monotonic() + within
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def silent(preview):
    return b"", b""


def slow_head(preview):
    return preview.head()[:-2], b"X"


def slow_body(preview):
    return preview.head("POST", "/api/render", more=("Content-Length: 1000",)), b" "


def slow_chunks(preview):
    return preview.head("POST", "/api/list/file", more=("X-File-Name: a", "Transfer-Encoding: chunked")), b"1\r\nx\r\n"


def stranger(preview):
    """Of one who is not let in, and sends on after the answer."""
    return preview.head("POST", "/api/render", cookie="a=b", more=("Content-Length: 1000",)), b" "


SLOW = [silent, slow_head, slow_body, slow_chunks, stranger]


class Trickle:
    """Connections that send a byte now and then, and when each of them ended."""

    def __init__(self, preview, count):
        self.preview = preview
        self.waiting = []
        self.ended = {kind.__name__: [] for kind in SLOW}
        self.thread = threading.Thread(target=self.run, args=(count,))
        self.thread.start()

    def run(self, count):
        for number in range(count):
            kind = SLOW[number % len(SLOW)]
            start, drop = kind(self.preview)
            connection = self.preview.connect()
            connection.send(start)
            self.waiting.append((kind.__name__, connection, time.monotonic(), drop))
        while self.waiting and time.monotonic() < self.waiting[-1][2] + 20:
            time.sleep(0.25)
            for entry in list(self.waiting):
                kind, connection, start, drop = entry
                connection.send(drop)
                if connection.is_closed():
                    self.ended[kind].append(time.monotonic() - start)
                    self.waiting.remove(entry)
                    connection.socket.close()

    def wait(self):
        self.thread.join()
        return self


class Requests:
    """What everyone else does meanwhile: a request after the other, and how long each took."""

    def __init__(self, preview, keeps):
        self.times, self.stopped = [], False
        self.thread = threading.Thread(target=self.run, args=(preview, keeps))
        self.thread.start()

    def run(self, preview, keeps):
        connection = preview.connect()
        while not self.stopped:
            start = time.monotonic()
            if keeps:
                connection.send(preview.head())
                assert connection.response().status == 200
            else:
                assert preview.get("/").status == 200
            self.times.append(time.monotonic() - start)
            time.sleep(0.01)

    def stop(self):
        self.stopped = True
        self.thread.join()
        return sorted(self.times)


class Patience:
    """All that takes its time, at the same time."""

    def __init__(self, folder):
        with Preview(folder / "few") as few, Preview(folder / "many") as many:
            few.enter(), many.enter()
            idle, events = few.connect(), few.connect()
            idle.send(few.head())
            idle.response()
            idle_since = time.monotonic()
            events.send(few.head(target="/api/events"))
            events.response_head()
            events_of_many = [many.connect() for _ in range(4)]
            for connection in events_of_many:
                connection.send(many.head(target="/api/events"))
                connection.response_head()
            # Fewer than the limit, so that time alone ends them.
            trickle = Trickle(few, 50)
            flood = Trickle(many, 500)
            requests = [Requests(many, keeps=False), Requests(many, keeps=False)]
            self.idle = None
            while self.idle is None and time.monotonic() < idle_since + 20:
                time.sleep(0.05)
                if idle.is_closed():
                    self.idle = time.monotonic() - idle_since
            self.few, self.flood = trickle.wait(), flood.wait()
            self.times = sorted(requests[0].stop() + requests[1].stop())
            self.most = few.connections(), many.connections()
            while time.monotonic() < idle_since + 21:
                time.sleep(0.1)
            self.events_alive = not events.is_closed()
            self.comments = events.bytes.count(b": \n\n")
            self.events_of_many_alive = [not connection.is_closed() for connection in events_of_many]
            self.alive = few.is_alive(), many.is_alive()


@pytest.fixture(scope="module")
def patience(tmp_path_factory):
    return Patience(tmp_path_factory.mktemp("patience"))


@pytest.mark.long
def test_slow_ones_are_closed_within_15_s(patience, note):
    assert not patience.few.waiting
    for kind, ended in patience.few.ended.items():
        note(f"{kind}: {len(ended)} closed after {min(ended):.1f} to {max(ended):.1f} s")
        assert len(ended) == 10
        # Not because something else was wrong with them.
        assert min(ended) > 9, kind
        assert max(ended) <= 15, kind


@pytest.mark.long
def test_500_slow_ones_keep_nobody_waiting(patience, note):
    ended = sorted(sum(patience.flood.ended.values(), []))
    times = patience.times
    p99 = times[int(len(times) * 0.99)]
    note(
        f"500 slow connections, all closed after {ended[-1]:.1f} s; {len(times)} requests meanwhile: "
        f"median {statistics.median(times) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, longest {times[-1] * 1000:.1f} ms"
    )
    assert not patience.flood.waiting and len(ended) == 500
    assert ended[-1] <= 15
    assert len(times) > 500
    assert p99 < 0.2
    assert patience.alive == (True, True)


@pytest.mark.long
def test_idle_connections_are_closed(patience, note):
    note(f"idle connection closed after {patience.idle} s")
    assert 13 < patience.idle <= 15


@pytest.mark.long
def test_event_streams_live_on(patience):
    assert patience.events_alive and patience.comments == 2
    assert patience.events_of_many_alive == [True] * 4


def test_the_oldest_that_waits_makes_room(tmp_path):
    with Preview(tmp_path) as preview:
        preview.enter()
        events = preview.connect()
        events.send(preview.head(target="/api/events"))
        events.response_head()
        waiting = [preview.connect() for _ in range(63)]
        waiting[0].send(preview.head())
        assert waiting[0].response().status == 200
        time.sleep(0.2)
        assert not any(connection.is_closed() for connection in [events, *waiting])
        for count in range(1, 11):
            waiting.append(preview.connect())
            expected = [True] * count + [False] * 63
            assert eventually(lambda: [connection.is_closed() for connection in waiting] == expected), count
        assert not events.is_closed()
        assert eventually(lambda: preview.connections() == 64)


def test_event_streams_are_counted(tmp_path):
    with Preview(tmp_path) as preview:
        preview.enter()
        streams = [preview.connect() for _ in range(5)]
        statuses = []
        for stream in streams:
            stream.send(preview.head(target="/api/events"))
            statuses.append(stream.response_head()[0])
        assert statuses == [200] * 4 + [503]
        # One that is closed makes room at once.
        for number in range(3):
            streams[number].socket.close()

            def opens():
                streams.append(preview.connect())
                streams[-1].send(preview.head(target="/api/events"))
                return streams[-1].response_head()[0] == 200

            assert eventually(opens, within=2)


def test_one_that_takes_nothing_is_let_go(tmp_path):
    """Requests without end whose answers nobody reads: memory does not grow."""
    with Preview(tmp_path) as preview:
        preview.enter()
        preview.get("/assets/shell/app.js")
        grown = preview.growth()
        with preview.connect(timeout=1) as connection:
            request = preview.head(target="/assets/styles/form.css") * 100
            try:
                for _ in range(10_000):
                    connection.socket.sendall(request)
            except OSError:
                pass
            else:
                raise AssertionError("it takes requests without end")
            assert grown() <= 16
            assert preview.get("/").status == 200


@pytest.mark.long
def test_those_who_take_nothing_keep_nobody_out(tmp_path, note):
    """64 that ask without end and read no answer; after a second they make room like all who are waited for."""
    with Preview(tmp_path) as preview:
        preview.enter()
        stuck = [preview.connect(timeout=1) for _ in range(64)]
        # Enough to fill what the system keeps of it.
        request = preview.head(target="/assets/styles/form.css") * 3000
        for connection in stuck:
            connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.socket.setblocking(False)
            try:
                connection.socket.send(request)
            except OSError:
                pass
        answered = -1
        while answered < len(preview.log):
            answered = len(preview.log)
            time.sleep(1.5)
        assert answered < 64 * 3000
        times = []
        for _ in range(500):
            start = time.monotonic()
            assert preview.get("/").status == 200
            times.append(time.monotonic() - start)
        p99 = sorted(times)[int(len(times) * 0.99)]
        note(f"64 that take nothing; requests meanwhile: p99 {p99 * 1000:.1f} ms, longest {max(times) * 1000:.1f} ms")
        assert p99 < 0.2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_it_within_2_s(tmp_path, number, note):
    with Preview(tmp_path) as preview:
        preview.enter()
        connections = [preview.connect() for _ in range(5)]
        for target, connection in zip(["/api/events", "/api/events", "/"], connections):
            connection.send(preview.head(target=target))
            connection.response_head()
        connections[3].send(preview.head()[:-2])
        connections[4].send(preview.head("POST", "/api/list/file", more=("X-File-Name: a", "Content-Length: 1000")) + b"a")
        start = time.monotonic()
        preview.process.send_signal(number)
        assert preview.process.wait(5) == 0
        note(f"{signal.Signals(number).name}: ended after {time.monotonic() - start:.2f} s")
        assert time.monotonic() - start < 2
        assert os.listdir(preview.temporary) == []


def test_signals_end_one_that_is_busy(tmp_path, note):
    """A list of 60,000 rows that is just being read, in files that must not stay."""
    with Preview(tmp_path, str(SAMPLE), "--edition", str(SAMPLE.parents[1])) as preview:
        preview.enter()
        header, row = (SAMPLE.parent / "roster.csv").read_bytes().split(b"\n")[:2]
        preview.post("/api/list/begin", b"{}")
        assert preview.post("/api/list/file", b"\n".join([header] + [row] * 60_000), more=("X-File-Name: a.csv",)).status == 200
        data = json.loads(preview.get("/api/data").body)["data"]
        body = json.dumps({"data": data, "vendor": 0, "mode": "final", "headerRow": None}).encode()
        with preview.connect() as connection:
            connection.send(preview.head("POST", "/api/list/open", more=(f"Content-Length: {len(body)}",)) + body)
            time.sleep(0.2)
            assert not connection.is_closed() and not connection.bytes
            assert preview.stored() > 20 << 20
            start = time.monotonic()
            preview.process.terminate()
            assert preview.process.wait(5) == 0
            note(f"busy: ended after {time.monotonic() - start:.2f} s")
            assert time.monotonic() - start < 2
        assert os.listdir(preview.temporary) == []


def test_a_signal_at_once(tmp_path):
    """However early it comes after the address is printed."""
    for _ in range(20):
        with Preview(tmp_path) as preview:
            preview.process.terminate()
            assert preview.process.wait(5) == 0


def test_what_nohup_ignores_is_ignored(tmp_path):
    with Preview(tmp_path, ignores=signal.SIGHUP) as preview:
        preview.process.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        assert preview.enter().get("/").status == 200


def test_no_reader_ends_nothing(tmp_path):
    """Neither a terminal that is closed nor a browser that goes away in the middle."""
    with Preview(tmp_path) as preview:
        preview.enter()
        preview.process.stdout.close()
        for _ in range(50):
            with preview.connect() as connection:
                connection.send(preview.head(target="/assets/styles/form.css") * 3)
        assert preview.get("/").status == 200
