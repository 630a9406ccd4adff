"""What others would try: names for this machine, origins, paths out of the table, broken heads."""

import itertools


def hosts(port):
    """Values of Host that are not ours, each as the lines of a head."""
    names = [
        "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "127.1", "127.0.1", "127.000.000.001",
        "127.0.0.01", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0.0.0.0", "0", "[::1]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::]", "127.0.0.2", "127.0.0.1.nip.io",
        "evil.example", "a.localhost", "user@127.0.0.1", "user:pass@127.0.0.1", "evil.example@127.0.0.1",
        "127.0.0.1@evil.example", "１２７.０.０.１", "127。0。0。1", "127.0.0.1\\", "127.0.0.1/", "127.0.0.1#",
        "127.0.0.1%00", "127.0.0.1%", "http://127.0.0.1", "xn--127", "-127.0.0.1", "127.0.0.1,evil.example",
    ]
    right = f"127.0.0.1:{port}"
    values = [f"{name}:{port}" for name in names] + [
        "", "127.0.0.1", f"127.0.0.1:{port + 1}", f"127.0.0.1:0{port}", f"127.0.0.1:{port}0", f"127.0.0.1:{port}.",
        "127.0.0.1:", "127.0.0.1:80", f"127.0.0.1:+{port}", f"127.0.0.1: {port}", f"127.0.0.1 :{port}", f":{port}",
        f"{right}:{port}", f"{right},evil.example", f"evil.example,{right}", f"{right} evil.example", f"{right}/",
        f"{right}/api", f"{right}?", f"{right}#", f"//{right}", f"{right};", f'"{right}"', f"[{right}]",
    ]
    yield from ([f"Host: {value}"] for value in values)
    yield []
    yield [f"Host: {right}", "Host: evil.example"]
    yield ["Host: evil.example", f"Host: {right}"]
    yield [f"Host: {right}", f"host: {right}"]
    yield [f"X-Forwarded-Host: {right}", "Host: evil.example"]
    yield [f"Forwarded: host={right}", f"X-Host: {right}"]


def origins(port):
    """Values of Origin that are not ours, each as the lines of a head."""
    right = f"http://127.0.0.1:{port}"
    values = [
        "null", "NULL", "", "none", "*", "http://localhost", f"http://localhost:{port}", f"https://127.0.0.1:{port}",
        f"HTTP://127.0.0.1:{port}", f"Http://127.0.0.1:{port}", "http://127.0.0.1", f"http://127.0.0.1:{port + 1}",
        f"http://127.0.0.1:{port}0", f"http://127.0.0.1:0{port}", f"{right}/", f"{right}.", f"{right}/.", f"{right}?",
        f"{right}#", f"{right}@evil.example", f"http://evil.example@127.0.0.1:{port}", f"http://user@127.0.0.1:{port}",
        f"http://127.0.0.1.:{port}", f"http://127.0.0.1.evil.example:{port}", f"http://127.1:{port}",
        f"http://2130706433:{port}", f"http://0x7f.1:{port}", f"http://0.0.0.0:{port}", f"http://[::1]:{port}",
        f"http://[::ffff:127.0.0.1]:{port}", "http://evil.example", f"http://evil.example:{port}", "file://", "data:",
        f"ftp://127.0.0.1:{port}", f"ws://127.0.0.1:{port}", "chrome-extension://abcdefghijklmnop", f"127.0.0.1:{port}",
        f"//127.0.0.1:{port}", f"{right} {right}", f"{right},{right}", f"{right}, http://evil.example",
        f"http://evil.example, {right}", f"http:/127.0.0.1:{port}", f"http:127.0.0.1:{port}", f"http://127.0.0.1:{port}\\",
        f"http://１２７.0.0.1:{port}",
    ]
    yield from ([f"Origin: {value}"] for value in values)
    yield [f"Origin: {right}", "Origin: http://evil.example"]
    yield ["Origin: http://evil.example", f"Origin: {right}"]
    yield [f"Origin: {right}", f"Origin: {right}"]


FETCH_SITES = [
    *([f"Sec-Fetch-Site: {value}"] for value in ("cross-site", "same-site", "", "Same-Origin", "same-origin,none", "other")),
    ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"],
    ["Sec-Fetch-Site: none", "Sec-Fetch-Site: none"],
]


def paths(port, secret):
    """Targets that lead out of the table of routes, or would on servers that read paths; `secret` is a file on the disk."""
    ups = [
        "../", "..%2f", "..%2F", "%2e%2e/", "%2e%2e%2f", "%2E%2E%2F", ".%2e/", "%2e./", "..\\", "..%5c", "%2e%2e%5c",
        "%252e%252e%252f", "..%252f", "%25252e%25252e/", "..%c0%af", "%c0%ae%c0%ae/", "%e0%80%ae%e0%80%ae/",
        "%f0%80%80%ae%f0%80%80%ae/", "\udcc0\udcae\udcc0\udcae/", "..\udcc0\udcaf", "%uff0e%uff0e/", "%u002e%u002e%u2215", "．．/", "..;/",
        "..;a=b/", "..%00/", "..%0d/", ".../", "....//", "..../", "..//", "./../", ".%00./", "..%ef%bc%8f",
    ]
    bases = ["/", "/assets/", "/assets/shell/app.js/", "/paper/", "/paper/1/", "/print/1/", "/batch/print/", "/api/", "/static/"]
    outside = secret.lstrip("/")
    for base, up in itertools.product(bases, ups):
        yield base + up * 8 + outside
        yield base + up * 3 + "etc/passwd"
        yield base + up + "secret.txt"
    names = [
        "/etc/passwd", "//etc/passwd", "///etc/passwd", "/./etc/passwd", "/assets//etc/passwd", "/assets///etc/passwd",
        "/proc/self/environ", "/proc/self/cmdline", "/proc/self/fd/0", "/proc/self/root/etc/passwd", "/assets/proc/self/maps",
        f"/{outside}", f"//{outside}", f"/assets/{secret}", f"/assets/{outside}", "/link", "/assets/link", "/assets/linked/secret.txt",
        "/secret.txt", "/assets/secret.txt", "/./secret.txt", "/assets/./secret.txt", "/.git/config", "/.git/HEAD",
        "/.env", "/Package.swift", "/index.html", "/assets/index.html", "/assets/", "/assets", "/assets/.", "/assets/..",
        "/assets/shell/app.js%00", "/assets/shell/app.js%00.png", "/assets/shell/app.js/", "/assets/shell/app.js;.css",
        "/assets/shell/APP.JS", "/assets/app.js", "/assets/shell", "/assets/shell/", "/assets/shell//app.js", "/assets/shell/../index.html", "/assets/shell/app.js.",
        "/assets/shell/app.js~", "/assets/shell/app.js.bak", "/assets/shell/app.js%20", "/assets/shell/app.js?x", "/assets/shell/app.js?path=../../etc/passwd",
        "/assets/shell/app.js::$DATA", "/assets/shell/app%2ejs", "/assets/shell/%61pp.js", "/assets%2fshell/app.js",
        "/assets/shell%2fapp.js", "/%61ssets/shell/app.js", "/assets/shell/a%70p.js",
        "/paper/-1", "/paper/+1", "/paper/01x", "/paper/1.0", "/paper/1e1", "/paper/0x1", "/paper/１", "/paper/9999999999", "/paper/",
        "/paper/18446744073709551616", "/paper/1/..", "/paper/1%2f..", "/print/", "/print/-1", "/print/99999999999999999999",
        "/api/list/rows", "/api/list/rows?from=0", "/api/list/rows?list=1&from=-1&count=1", "/api/list/rows?list=1&from=0&count=1&x=1",
        "/api/list/rows?from=0&from=0&count=1", "/api/list/rows?list=1&from=a&count=1", "/api/list/rows?list=1&from=0&count=99999999999",
        "/api/list/rows?list=1&from=0&&count=1", "/api/list/rows?list=1&from=0&count=1&", "/api/list/rows?", "/api/list/rows?list=1&from=%30&count=1",
        "/api/data?file=/etc/passwd", "/api/data/", "/api//data", "/api/../api/data", "/API/DATA", "/api/data;", "/api/data%2f",
        "/batch/print/", "/batch/print/vendor/", "/batch/print/other", "/batch/packets", "/?", "/?x=1", "/?token", "/?token=&token=",
        "*", "", "http:", "?", "#", "/#", "/a b", "\\", "/\\", "/\\etc\\passwd", "C:\\Windows\\win.ini", "/C:/Windows/win.ini", "/c$/",
        f"http://127.0.0.1:{port}/api/data", f"http://127.0.0.1:{port}/", "http://evil.example/", "http://evil.example/api/data",
        "file:///etc/passwd", f"file://{secret}", "ftp://127.0.0.1/etc/passwd", "//evil.example/", "//127.0.0.1/etc/passwd",
        f"127.0.0.1:{port}", "evil.example:443", "javascript:alert(1)", "data:text/html,x", "/" + "a" * 255, "/" + "a/" * 5000,
        "/" + "../" * 2000 + "etc/passwd", "/%", "/%2", "/%zz", "/%00", "/\x00", "/assets/shell/\x00app.js", "/\x7f", "/\t", "/\udcff", "/…",
    ]
    yield from names
    for name in ("/api/data", "/assets/shell/app.js", "/paper/1", "/"):
        for odd in ("%00", "%0a", "%0d%0a", "%20", "%2e", "%2f", ";", ";a=b", "//", "/.", "/..", "/../", "\\", "?", "??", "?&", "#", "#/..", "%23", "%3f"):
            yield name + odd
        for odd in ("//", "/./", "/../", "/x/../", "/%2e/", "/%2e%2e/", "\\", "/;/", "/.;/", "%2f", "///"):
            yield odd + name.lstrip("/")


def mutated_heads(preview, random):
    """Heads that were right once, without end."""
    body = b'{"a":1}'
    chunks = b"7\r\n" + body + b"\r\n0\r\n\r\n"
    seeds = [
        preview.head(),
        preview.head(target="/api/data", more=("Accept: */*", "Sec-Fetch-Site: same-origin")),
        preview.head(target="/api/list/rows?list=1&from=0&count=500", more=("Connection: keep-alive",)),
        preview.head("POST", "/api/render", more=(f"Content-Length: {len(body)}",)) + body,
        preview.head("POST", "/api/render", more=("Transfer-Encoding: chunked",)) + chunks,
        preview.head("POST", "/api/render", more=("Transfer-Encoding: chunked", "Trailer: X")) + chunks[:-2] + b"X: 1\r\n\r\n",
        preview.head("POST", "/api/list/file", more=("X-File-Name: %E4%B8%80.csv", "Content-Length: 3")) + b"a,b",
        preview.head("GET", "/assets/shell/app.js", more=("Upgrade: websocket", "Connection: Upgrade")),
        preview.head() + preview.head(target="/api/edition"),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
    ]
    tokens = [
        b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b",", b";", b"\xff", b"\xc0\x80", b"%00", b"HTTP/1.0", b"HTTP/9.9", b"HTTP/1.1",
        b"Content-Length: -1\r\n", b"Content-Length: 18446744073709551616\r\n", b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: 0x7\r\n",
        b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: xchunked\r\n", b"Transfer-Encoding: chunked, identity\r\n", b"Expect: 100-continue\r\n",
        b"Host: a\r\n", b" folded\r\n", b": no name\r\n", b"A" * 300, b"X: " + b"y" * 20_000 + b"\r\n", b"N: 1\r\n" * 100, b"ffffffffffffffff\r\n",
        b"7;ext=\"a\r\n", b"Upgrade: h2c\r\n", b"Connection: close\r\n", b"Connection: upgrade\r\n", b"GET / HTTP/1.1\r\n", b"\r\n\r\n",
        "髙﨑".encode(), b"Cookie: " + b"a=b; " * 500 + b"\r\n",
    ]

    def mutate(head):
        head = bytearray(head)
        for _ in range(random.choice((1, 1, 2, 3, 8))):
            at = random.randrange(len(head) + 1)
            match random.randrange(8):
                case 0:
                    head[at:at + 1] = bytes([random.randrange(256)])
                case 1:
                    head[at:at] = random.choice(tokens)
                case 2:
                    del head[at:at + random.choice((1, 2, 8, 40))]
                case 3:
                    head[at:at] = head[at:at + random.choice((1, 8, 64))] * random.choice((1, 2, 30))
                case 4:
                    other = random.choice(seeds)
                    head[at:] = other[random.randrange(len(other)):]
                case 5:
                    lines = bytes(head).split(b"\r\n")
                    random.shuffle(lines)
                    head = bytearray(b"\r\n".join(lines))
                case 6:
                    lines = bytes(head).split(b"\r\n")
                    lines.insert(random.randrange(len(lines) + 1), random.choice(tokens).rstrip(b"\r\n"))
                    head = bytearray(b"\r\n".join(lines))
                case 7:
                    del head[at:]
            if not head:
                break
        return bytes(head)

    while True:
        yield mutate(random.choice(seeds))
