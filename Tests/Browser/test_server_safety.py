"""Nothing comes in from elsewhere, nothing goes out that is not in the table, whatever is sent."""

import itertools
import json
import os
import re
import subprocess
import time
from pathlib import Path

import attacks
from preview import BINARY, ROOT, Closed, Preview

HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
GETS = [
    "/", "/assets/shell/app.js", "/api/edition", "/api/edition?occasion=1", "/api/data", "/api/events", "/paper/1", "/paper/1?occasion=1", "/print/1", "/api/list",
    "/api/list/rows?list=1&from=0&count=500", "/api/list/ranks?list=1&column=0", "/api/list/starter", "/api/list/download", "/api/batch", "/api/batch/packets", "/api/batch/rejects",
    "/batch/print/vendor", "/batch/print/document",
]
POSTS = [
    "/api/render", "/api/print", "/api/packet", "/api/source", "/api/data/open", "/api/save", "/api/download", "/api/list/begin",
    "/api/list/file", "/api/list/open", "/api/list/correct", "/api/list/render", "/api/batch", "/api/batch/cancel",
]


def is_refused(response):
    """By the gate, or as what is no HTTP."""
    return response.status == 403 or (response.status == 400 and not response.body)


def test_the_table_here_is_the_server_s():
    """A new route is tried out like all others."""
    source = "".join((ROOT / "Sources/tokki-preview" / name).read_text() for name in ("Server/PreviewServer.swift", "Session/Routes.swift"))
    lines = re.findall(r'\.(get|post)\((?:\w+: )?"(/[^"]*)"', source)
    own = [re.sub(r"\b\d+\b", "#", re.sub("(/assets/).*", r"\1", target)) for target in [*GETS, *POSTS]]
    assert sorted(lines) == sorted(zip(["get"] * len(GETS) + ["post"] * len(POSTS), own, strict=True))


class Asker:
    """One connection as long as it lasts, then the next."""

    def __init__(self, preview):
        self.preview, self.connection = preview, None

    def ask(self, bytes):
        for _ in range(2):
            try:
                self.connection = self.connection or self.preview.connect()
                self.connection.send(bytes)
                response = self.connection.response()
            except Closed:
                # It was closed before we asked, unless it happens again.
                self.connection.socket.close()
                self.connection = None
            else:
                if response.fields.get("connection") == "close":
                    self.connection.socket.close()
                    self.connection = None
                return response
        raise Closed(bytes)


def lines(*lines, body=b""):
    return "\r\n".join([*lines, "", ""]).encode() + body


def test_matrix_of_hosts_and_origins(preview, note):
    """Whatever is wrong about Host, Origin or Sec-Fetch-Site: refused, though cookie and token are right."""
    asker = Asker(preview)
    host, origin = [f"Host: {preview.host}"], [f"Origin: {preview.origin}"]
    home = preview.home
    hosts, origins = list(attacks.hosts(preview.port)), list(attacks.origins(preview.port))
    secrets = [f"Cookie: {preview.cookie}", f"X-Tokki-Token: {preview.token}"]
    asked = {
        f"GET {home}/ HTTP/1.1": [],
        f"GET {home}/api/data HTTP/1.1": [],
        f"POST {home}/api/render HTTP/1.1": ["Content-Length: 0"],
    }
    # What is right is let in, in every form that browsers have.
    for request, more in asked.items():
        for site in ([], ["Sec-Fetch-Site: same-origin"], ["Sec-Fetch-Site: none"]):
            for from_here in [origin] if request.startswith("POST") else [[], origin]:
                response = asker.ask(lines(request, *host, *from_here, *secrets, *site, *more))
                assert not is_refused(response) and response.status != 401, (request, from_here, site, response)
    count = 0
    for request, more in asked.items():
        is_post = request.startswith("POST")
        wrong = itertools.chain(
            itertools.product(hosts, [origin, *origins] if is_post else [[], origin, *origins], [[]]),
            itertools.product([host], origins, [[], ["Sec-Fetch-Site: same-origin"]]),
            itertools.product([host], [origin], attacks.FETCH_SITES),
            [(host, [], [])] if is_post else itertools.product([host], [[]], attacks.FETCH_SITES),
        )
        for of_host, of_origin, site in wrong:
            response = asker.ask(lines(request, *of_host, *of_origin, *secrets, *site, *more))
            assert is_refused(response), (request, of_host, of_origin, site, response)
            assert b"tokki" not in response.body
            count += 1
    note(f"{count} combinations of {len(hosts)} hosts, {len(origins)} origins and {len(attacks.FETCH_SITES)} sites refused")
    assert count > 5000


def test_nobody_comes_in_without_the_cookie(preview, note):
    name, value = preview.cookie.split("=")
    wrong = [
        None, f"{name}=", f"{name}={value[:-1]}", f"{name}={value}0", f"{name}={value.upper()}", f"{name}x={value}", f"x{name}={value}",
        f"{name}={'0' * 48}", value, f"other={value}", f"{name} ={value}", f"{name}={preview.token}", f'{name}="{value}"', f"{name}={value},",
        f"tokki-{preview.port + 1}={value}", f"{name.upper()}={value}", f"{name}%3d{value}",
    ]
    count = 0
    for cookie in wrong:
        for target in [*GETS, "/nothing", "/assets/nothing.js"]:
            response = preview.get(target, cookie=cookie)
            assert response.status == 401, (target, cookie, response)
            count += 1
        for target in POSTS:
            assert preview.post(target, cookie=cookie).status == 401, (target, cookie)
            count += 1
    # The path alone is not enough, and no cookie is without it.
    wrong = ["", "/", f"{preview.home}x", preview.home[:-1], preview.home.upper(), "/" + "0" * 48, f"/{preview.token}", f"/{value}", f"/{preview.home}", f"/.{preview.home}"]
    for home in wrong:
        for target in [*GETS, "/nothing"]:
            response = preview.get(target, home=home)
            assert response.status == 401, (home, target, response)
            count += 1
        for target in POSTS:
            assert preview.post(target, home=home).status == 401, (home, target)
            count += 1
    assert preview.get("/", cookie=None).body.startswith(b"<!DOCTYPE html>\n<html lang=\"ja\">")
    assert json.loads(preview.get("/api/data", cookie=None).body)["error"]["message"]
    # As browsers send it, among others'.
    for cookie in (f"a=b; {preview.cookie}", f"{name}=other; {preview.cookie}; c=d", f"{preview.cookie};"):
        assert preview.get("/", cookie=cookie).status == 200
    note(f"{count} requests without the right cookie or the right path refused")


def test_changes_need_the_token_of_the_page(preview, note):
    count = 0
    for target in POSTS:
        for token in ("0" * 48, preview.token[:-1], preview.token + "0", preview.token.upper(), preview.cookie.split("=")[1], "null", " "):
            assert preview.post(target, token=token).status == 403, (target, token)
            count += 1
        twice = preview.post(target, more=(f"X-Tokki-Token: {preview.token}",))
        none = preview.ask(lines(f"POST {preview.home}{target} HTTP/1.1", f"Host: {preview.host}", f"Origin: {preview.origin}", f"Cookie: {preview.cookie}", "Content-Length: 0"))
        assert (twice.status, none.status) == (403, 403), target
        assert preview.post(target).status not in (401, 403), target
    note(f"{count + 2 * len(POSTS)} changes without the token refused")


def test_the_first_address_opens_once(tmp_path):
    with Preview(tmp_path) as preview:
        first = preview.entrance
        for wrong in ("/?token=", "/?token=" + "0" * 48, first[:-1], first + "0", "/?token=" + first[-48:].upper()):
            assert preview.get(wrong, cookie=None).status == 401
        # Others do not use it up.
        for host in ("evil.example", f"localhost:{preview.port}"):
            assert preview.get(first, cookie=None, host=host).status == 403
        assert preview.ask(preview.head("HEAD", first, cookie=None)).status in (401, 403)
        cookie = preview.enter().cookie
        attributes = preview.get(first, cookie=None)
        assert (attributes.status, attributes.fields.get("set-cookie")) == (401, None)
        # Not even for whoever is in already: the cookie is not sent there, and nothing there has the path.
        again = preview.get(first)
        assert (again.status, again.fields.get("set-cookie")) == (401, None)
        assert preview.home.encode() not in again.body and "起動し直してください" in again.body.decode()
        with Preview(tmp_path / "other") as other:
            assert other.get("/", cookie=cookie).status == 401
            other.enter()
            assert len({preview.cookie, other.cookie, preview.token, other.token, preview.home, other.home}) == 6
            # An old address, as from a bookmark, says how to begin again.
            for target in ("/", "/api/data"):
                old = other.get(target, home=preview.home, cookie=cookie)
                assert old.status == 401 and "起動し直してください" in old.body.decode()
            assert preview.cookie.split("=")[0] != other.cookie.split("=")[0]


def test_the_cookie_is_out_of_reach(tmp_path):
    with Preview(tmp_path) as preview:
        first = preview.get(preview.entrance, cookie=None).fields
        assert set(first["set-cookie"].split("; ")[1:]) == {f"Path={first['location']}", "HttpOnly", "SameSite=Strict"}
        assert len(first["location"]) == 50


def test_every_response_has_the_headers(preview):
    broken = preview.ask(b"GET / HTTP/1.1\r\nbroken\r\n\r\n")
    responses = [
        *(preview.get(target) for target in GETS if target != "/api/events"),
        *(preview.post(target) for target in POSTS),
        preview.get("/nothing"), preview.get("/", cookie=None), preview.get("/", host="evil"), preview.post("/api/render", token="x"),
        preview.ask(preview.head("DELETE", "/api/data", more=(f"Origin: {preview.origin}",))), broken,
        preview.post("/api/render", more=("Content-Length: 99999999",)), preview.post("/api/render", b"x" * (2 << 20) + b"x"),
    ]
    with preview.connect() as connection:
        connection.send(preview.head(target="/api/events"))
        status, fields = connection.response_head()
        assert status == 200
    for fields in [*(response.fields for response in responses), fields]:
        assert {name: fields.get(name) for name in HEADERS} == HEADERS
        policy = fields["content-security-policy"]
        assert "unsafe" not in policy and policy.startswith("default-src 'none';")
        assert not [name for name in fields if name.startswith("access-control") or name in ("server", "x-powered-by")]
    assert broken.status == 400
    assert preview.get("/").fields["content-security-policy"] == PAGE
    assert preview.get("/assets/shell/app.js").fields["content-security-policy"] == NOTHING
    assert preview.get("/assets/shell/app.js").fields["content-type"] == "text/javascript; charset=utf-8"
    assert preview.get("/api/nothing").fields["content-type"] == "application/json"


def test_other_methods_are_refused(preview):
    asker = Asker(preview)
    for method in ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "GETT", "POSTX"):
        for target in [*GETS, *POSTS]:
            for origin in ((), (f"Origin: {preview.origin}",)):
                head = preview.head(method, target, more=("Content-Length: 0", *origin))
                if method == "HEAD":
                    head = head.replace(b"Content-Length: 0\r\n", b"")
                    with preview.connect() as connection:
                        connection.send(head)
                        assert connection.response_head()[0] in (403, 405)
                else:
                    assert asker.ask(head).status in (400, 403, 405), (method, target)
    for target in set(GETS) - set(POSTS):
        assert preview.post(target).status == 405, target
    for target in set(POSTS) - set(GETS):
        assert preview.get(target).status == 405, target


def test_paths_lead_nowhere(tmp_path, note):
    """Whatever the path: one of our own three refusals, and not a byte else."""
    secret = tmp_path / "secret.txt"
    for name in ("secret.txt", "app.css", "etc/passwd", "assets/secret.txt", "api/data", "index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("canary")
    (tmp_path / "link").symlink_to("/etc/passwd")
    (tmp_path / "assets/link").symlink_to("/etc/passwd")
    (tmp_path / "linked").symlink_to(tmp_path)
    with Preview(tmp_path) as preview:
        preview.enter()
        asker = Asker(preview)
        page, script, outside = preview.get("/nothing"), preview.get("/api/nothing"), preview.get("/", home="")
        assert (page.status, script.status, outside.status) == (404, 404, 401)
        wrong = preview.get("/api/render")
        assert wrong.status == 405
        known = {page.body, script.body, wrong.body, outside.body, b""}
        count = statuses = 0
        statuses = {}
        for target in attacks.paths(preview.port, str(secret)):
            for method, home in itertools.product(("GET", "POST"), ("", preview.home)):
                more = ("Content-Length: 0",) if method == "POST" else ()
                response = asker.ask(preview.head(method, target, home=home, more=more))
                # An absolute target is outside, whatever it is.
                allowed = (400, 404, 405) if home and target.startswith("/") else (400, 401)
                assert response.status in allowed, (method, home, target, response)
                assert response.body in known, (method, target, response)
                assert {"location", "set-cookie", "content-disposition"}.isdisjoint(response.fields)
                statuses[response.status] = statuses.get(response.status, 0) + 1
                count += 1
        assert count > 4000
        note(f"{count} path attacks, 0 bytes from outside: {statuses}")
        # The log has none of it, either.
        assert {entry[1] for entry in preview.requests()} <= {"-", "entrance", "/", "/api/render"}


def test_file_names_are_one_plain_name(preview):
    names = [
        None, "", "a/b", "..", ".", "%2e%2e", "a%2fb", "..%2f..%2fetc%2fpasswd", "%00", "a%00.csv", "a%0ab", "%0d%0aX: y", "a%7f", "%", "%e3", "%zz",
        "%ff%fe", "%c0%af", "%ed%a0%80", "a" * 256, "%E4" * 100, "/etc/passwd", "\\..\\x/y",
    ]
    for name in names:
        more = () if name is None else (f"X-File-Name: {name}",)
        assert preview.post("/api/list/file", b"a", more=more).status == 400, name
    assert preview.post("/api/list/file", b"a", more=("X-File-Name: a", "X-File-Name: b")).status == 400
    preview.post("/api/list/begin", b"{}")
    for name in ("a.csv", "%E4%B8%80%E8%A6%A7.csv", "a%20b.csv", "..a", "%F0%A0%AE%B7.xlsx"):
        assert preview.post("/api/list/file", b"a", more=(f"X-File-Name: {name}",)).status != 400, name


def test_only_this_machine_is_served(preview):
    inodes = {
        os.readlink(link)[8:-1] for link in Path(f"/proc/{preview.pid}/fd").iterdir() if os.readlink(link).startswith("socket:")
    }
    listening = [
        line.split()[1]
        for file in ("tcp", "tcp6", "udp", "udp6")
        for line in Path(f"/proc/net/{file}").read_text().splitlines()[1:]
        if line.split()[9] in inodes and (line.split()[3] == "0A" or "udp" in file)
    ]
    assert listening == [f"0100007F:{preview.port:04X}"]


def test_the_browser_gets_the_address_and_nothing_else(tmp_path):
    """Not one of the server's files or sockets, and no part in its end."""
    called = tmp_path / "called"
    opener = tmp_path / "bin/xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\n{{ echo "$1"; ls -l /proc/$$/fd; }} > {called}.new\nmv {called}.new {called}\nsleep 30\n')
    opener.chmod(0o755)
    with Preview(tmp_path, opens=True, PATH=f"{opener.parent}:/usr/bin:/bin") as preview:
        while not called.exists():
            time.sleep(0.05)
        address, *files = called.read_text().splitlines()
        assert address == preview.address
        assert [line for line in files if "socket:" in line or "anon_inode" in line or "pipe:" in line] == []
    with Preview(tmp_path, opens=True, PATH="/nowhere") as preview:
        assert preview.get("/", cookie=None).status == 401


def test_the_next_free_port(tmp_path):
    """Where no port was named."""
    with Preview(tmp_path / "a", port="usual") as first, Preview(tmp_path / "b", port="usual") as second:
        assert 8017 <= first.port < second.port <= 8048
        assert first.enter().get("/").status == second.enter().get("/").status == 200
        second.process.terminate()
        assert second.process.wait(5) == 0
        assert first.get("/").status == 200


def test_the_oldest_http_is_answered_and_closed(preview):
    with preview.connect(timeout=2) as connection:
        connection.send(preview.head().replace(b"HTTP/1.1", b"HTTP/1.0"))
        assert connection.response().status == 200
        assert connection.more() == b""


def test_ports(tmp_path):
    with Preview(tmp_path) as preview:
        taken = subprocess.run([BINARY, "--no-open", "--port", str(preview.port)], capture_output=True, text=True, timeout=10)
        assert (taken.returncode, taken.stdout) == (69, "")
        assert f"ポート{preview.port}は使用中です" in taken.stderr
        for port in ("0", "65536", "-1", "x", "80.5", ""):
            wrong = subprocess.run([BINARY, "--no-open", f"--port={port}"], capture_output=True, text=True, timeout=10)
            assert (wrong.returncode, wrong.stdout) == (64, ""), port


def test_the_log_tells_nothing(tmp_path):
    with Preview(tmp_path) as preview:
        preview.enter()
        preview.post("/api/render", json.dumps({"data": {"vendors": [{"name": "髙﨑太郎"}]}}).encode())
        preview.post("/api/list/file", "髙﨑太郎".encode(), more=("X-File-Name: %E9%AB%99.csv",))
        preview.get("/secret-path?secret-query=1")
        preview.get("/", more=("User-Agent: secret-agent",))
        preview.process.terminate()
        preview.process.wait(5)
        preview._reader.join(5)
        text = "".join(preview.log)
        secrets = [preview.address.split("=")[1], preview.home[1:], preview.token, preview.cookie.split("=")[1], "髙", "%E9", "secret"]
        assert not [secret for secret in secrets if secret in text]
        assert [line.split()[1] for line in preview.log] == ["entrance", "/", "/api/render", "/api/list/file", "-", "/"]
