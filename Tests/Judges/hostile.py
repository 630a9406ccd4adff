"""Hostile XML: each entry turns a good document into one that must be refused.

The rest of the document stays good, so that nothing but the hostile part gives cause to refuse it."""

import re

# Words that must not be heard again, and the file that must not be read.
CANARY = "kanaria9f3c"
ROOT = re.compile(rb"<(?P<name>[a-z]+)(?P<attributes>(\s[^<>]*?)?)>", re.S)


def before_root(extra):
    def change(source):
        at = ROOT.search(source).start()
        return source[:at] + extra + source[at:]

    return change


def inside_root(extra):
    def change(source):
        at = ROOT.search(source).end()
        return source[:at] + extra + source[at:]

    return change


def after_root(extra):
    return lambda source: source.rstrip() + extra


def root_attribute(extra):
    def change(source):
        at = ROOT.search(source).end() - 1
        return source[:at] + b" " + extra + source[at:]

    return change


def declaration(text):
    """Another XML declaration, the bytes unchanged."""
    return lambda source: text + re.sub(rb"^<\?xml.*?\?>", b"", source)


def in_text(extra):
    """Within the first run of text of the document, or in its first attribute value if it has none."""

    def change(source):
        body = ROOT.search(source).end()
        text = re.compile(rb">(?=[^<\s])").search(source, body)
        at = text.end() if text else source.index(b'="', body) + 2
        return source[:at] + extra + source[at:]

    return change


def encoded(encoding, declared=None, bom=b""):
    def change(source):
        text = source.decode()
        if declared:
            text = re.sub(r"^<\?xml.*?\?>", f'<?xml version="1.0" encoding="{declared}"?>', text)
        return bom + text.encode(encoding, errors="xmlcharrefreplace")

    return change


def with_doctype(subset, use="", external=""):
    """A document type with `subset`, and `use` within the root element."""

    def change(source):
        name = ROOT.search(source)["name"].decode()
        doctype = f"<!DOCTYPE {name}{external}{f' [{subset}]' if subset else ''}>"
        return inside_root(use.encode())(before_root(doctype.encode() + b"\n")(source))

    return change


def lone_root_namespace(replacement):
    return lambda source: source.replace(b'xmlns="urn:tokki:template:1"', replacement, 1)


def slug_of(target, secret):
    return re.sub(r"\W+", "-", target.replace(str(secret), "secret")).strip("-")


def whole(source):
    return lambda _: source


def documents(secret):
    """name -> change. `secret` is a file outside the edition that holds the canary."""
    found = {}

    def add(name, change):
        assert name not in found, name
        found[name] = change

    # Document types
    add("doctype", with_doctype(""))
    add("doctype-html", before_root(b"<!DOCTYPE html>"))
    add("doctype-lower", before_root(b"<!doctype html>"))
    add("doctype-empty-subset", with_doctype(" "))
    add("doctype-comment-subset", with_doctype("<!-- x -->"))
    add("doctype-pi-subset", with_doctype("<?x y?>"))
    add("doctype-unfinished", before_root(b"<!DOCTYPE annex ["))
    add("doctype-no-name", before_root(b"<!DOCTYPE>"))
    add("doctype-twice", before_root(b"<!DOCTYPE a><!DOCTYPE a>"))
    add("doctype-after-root", after_root(b"<!DOCTYPE a>"))
    add("doctype-inside-root", inside_root(b"<!DOCTYPE a>"))
    add("doctype-before-declaration", lambda s: b"<!DOCTYPE a>" + s)
    add("doctype-comment-before", before_root(b"<!-- x --><!DOCTYPE a>"))
    add("doctype-in-long-space", before_root(b" " * 100_000 + b"<!DOCTYPE a>"))
    for kind in ("SYSTEM", "PUBLIC"):
        for target in (
            f"file://{secret}", str(secret), "file:///etc/passwd", "http://127.0.0.1:9/x.dtd",
            "https://localhost:9/x", "ftp://127.0.0.1:9/x", "//127.0.0.1:9/x", "x.dtd",
            "edition.xml", "php://filter/x", "jar:file:///x!/y", "data:text/plain,x", "\\\\host\\x",
        ):  # fmt: skip
            public = ' "-//X//Y"' if kind == "PUBLIC" else ""
            slug = slug_of(target, secret)
            add(f"external-subset-{kind}-{slug}", with_doctype("", external=f' {kind}{public} "{target}"'))
    for target in (f"file://{secret}", "file:///etc/passwd", "http://127.0.0.1:9/x", "edition.xml",
                   "/dev/stdin", "/dev/random", "/proc/self/environ", "expect://id"):  # fmt: skip
        slug = slug_of(target, secret)
        add(f"xxe-{slug}", with_doctype(f'<!ENTITY e SYSTEM "{target}">', "&e;"))
        add(f"xxe-parameter-{slug}", with_doctype(f'<!ENTITY % e SYSTEM "{target}"> %e;'))
        add(f"xxe-public-{slug}", with_doctype(f'<!ENTITY e PUBLIC "x" "{target}">', "&e;"))
        add(f"xxe-unused-{slug}", with_doctype(f'<!ENTITY e SYSTEM "{target}">'))
        add(f"notation-{slug}", with_doctype(f'<!NOTATION n SYSTEM "{target}">'))
        add(
            f"unparsed-{slug}",
            with_doctype(f'<!NOTATION n SYSTEM "x"><!ENTITY e SYSTEM "{target}" NDATA n>'),
        )
    add(
        "xxe-out-of-band",
        with_doctype(
            f'<!ENTITY % f SYSTEM "file://{secret}"><!ENTITY % d SYSTEM "http://127.0.0.1:9/d"> %d;'
        ),
    )
    add("entity-attribute-default", with_doctype('<!ATTLIST annex id CDATA "x">'))
    add("entity-attribute-fixed", with_doctype('<!ATTLIST annex xmlns CDATA #FIXED "urn:x">'))
    add("entity-element", with_doctype("<!ELEMENT annex ANY>"))
    add("entity-conditional", with_doctype("<![INCLUDE[<!ELEMENT a ANY>]]>"))

    # Bombs
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )  # fmt: skip
    add("billion-laughs", with_doctype(f'<!ENTITY l0 "{CANARY}">{laughs}', "&l9;"))
    add("billion-laughs-attribute", with_doctype(f'<!ENTITY l0 "x">{laughs}<!ATTLIST annex a CDATA "&l9;">'))
    add("billion-laughs-unused", with_doctype(f'<!ENTITY l0 "x">{laughs}'))
    add("quadratic-blowup", with_doctype(f'<!ENTITY q "{"x" * 50_000}">', "&q;" * 20_000))
    add("entity-loop", with_doctype('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"))
    add("entity-self", with_doctype('<!ENTITY a "&a;">', "&a;"))
    add("parameter-loop", with_doctype('<!ENTITY % a "%b;"><!ENTITY % b "%a;"> %a;'))
    add("parameter-laughs", with_doctype("".join(
        f'<!ENTITY % p{n} "{f"%p{n - 1};" * 10}">' for n in range(1, 10)) + "%p9;"))  # fmt: skip
    add("many-entities", with_doctype("".join(f'<!ENTITY e{n} "x">' for n in range(20_000))))
    for depth in (101, 1_000, 10_000, 100_000, 400_000):
        add(f"deep-{depth}", inside_root(b"<section>" * depth + b"</section>" * depth))
    add("deep-unclosed", inside_root(b"<a>" * 300_000))
    add("deep-namespaced", inside_root(b"".join(b'<a%d xmlns="urn:%d">' % (n, n) for n in range(20_000))))
    for count in (257, 5_000, 100_000):
        add(f"attributes-{count}", root_attribute(b" ".join(b'a%d=""' % n for n in range(count))))
    add("attributes-colliding", root_attribute(b" ".join(b'a%c%c=""' % (97 + n % 26, 97 + n // 26) for n in range(600))))
    add("attributes-same-300", root_attribute(b'a="" ' * 300))
    for count in (300, 20_000):
        add(f"namespaces-{count}", root_attribute(b" ".join(b'xmlns:p%d="urn:%d"' % (n, n) for n in range(count))))
        add(
            f"namespaces-nested-{count}",
            inside_root(b"".join(b'<p:a xmlns:p="urn:%d">' % n for n in range(count))),
        )
    add("namespace-attributes-quadratic", root_attribute(
        b" ".join(b'xmlns:p%d="urn:x" p%d:a=""' % (n, n) for n in range(1_000))))  # fmt: skip
    add("name-1-mb", inside_root(b"<" + b"n" * 1_000_000 + b"/>"))
    add("attribute-name-1-mb", root_attribute(b"n" * 1_000_000 + b'=""'))
    add("attribute-value-3-mb", root_attribute(b'nowhere="' + b"v" * 3_000_000 + b'"'))
    add("namespace-1-mb", root_attribute(b'xmlns:p="' + b"u" * 1_000_000 + b'" p:a=""'))
    add("prefix-1-mb", inside_root(b"<" + b"p" * 1_000_000 + b":a/>"))
    add("pi-target-1-mb", before_root(b"<?" + b"t" * 1_000_000 + b"?>"))
    add("comment-5-mb", before_root(b"<!--" + b"c" * 5_000_000 + b"-->"))
    add("space-5-mb", before_root(b"\n" * 5_000_000))
    add("text-5-mb", in_text(b"t" * 5_000_000))
    add("cdata-5-mb", inside_root(b"<![CDATA[" + b"t" * 5_000_000 + b"]]>"))
    add("elements-300000", inside_root(b"<a/>" * 300_000))
    add("references-300000", inside_root(b"&#x3042;" * 300_000))
    add("comments-300000-then-error", inside_root(b"<!---->" * 300_000 + b"<"))

    # Encodings
    for encoding, bom in {
        "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-le": b"\xff\xfe\0\0",
        "utf-32-be": b"\0\0\xfe\xff",
    }.items():  # fmt: skip
        add(f"bytes-{encoding}-bom", encoded(encoding, encoding[:6].upper(), bom))
        add(f"bytes-{encoding}-bom-undeclared", encoded(encoding, None, bom))
        add(f"bytes-{encoding}", encoded(encoding, encoding.upper()))
        add(f"bom-{encoding}-only", lambda s, bom=bom: bom + s)
    for encoding in ("shift_jis", "cp932", "euc-jp", "iso-2022-jp", "utf-7", "cp037", "utf-16"):
        add(f"bytes-{encoding}", encoded(encoding, encoding.upper()))
    for declared in ("UTF-16", "UTF-7", "UTF-32", "EBCDIC-CP-US", "IBM037", "Shift_JIS", "EUC-JP",
                     "ISO-2022-JP", "ISO-8859-1", "US-ASCII", "GB18030", "UCS-4", "UTF-1", "CESU-8",
                     "HTML", "x" * 10_000, "UTF 8", "-UTF-8", ""):  # fmt: skip
        add(f"declared-{declared[:20] or 'nothing'}", declaration(b'<?xml version="1.0" encoding="%s"?>' % declared.encode()))
    add("bytes-cp037-undeclared", lambda s: s.decode().encode("cp037", errors="replace"))
    add("bom-twice", lambda s: b"\xef\xbb\xbf\xef\xbb\xbf" + s)
    add("bom-inside-markup", root_attribute(b"\xef\xbb\xbf"))
    for name, bad in {
        "latin-1": b"\xe9", "lone-continuation": b"\x80", "cut-sequence": b"\xe3\x81",
        "overlong-slash": b"\xc0\xaf", "overlong-nul": b"\xc0\x80", "overlong-3": b"\xe0\x80\xaf",
        "surrogate": b"\xed\xa0\x80", "surrogate-pair": b"\xed\xa1\x82\xed\xbf\xb7",
        "beyond-unicode": b"\xf4\x90\x80\x80", "five-bytes": b"\xf8\x88\x80\x80\x80", "ff": b"\xff",
        "fe": b"\xfe",
    }.items():  # fmt: skip
        add(f"invalid-utf8-{name}", in_text(bad))
        add(f"invalid-utf8-{name}-in-comment", before_root(b"<!--" + bad + b"-->"))
        add(f"invalid-utf8-{name}-in-attribute", root_attribute(b'a="' + bad + b'"'))
        add(f"invalid-utf8-{name}-at-end", lambda s, bad=bad: s + bad)

    # Characters
    for code in (0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1B, 0x1F):
        add(f"control-{code:02x}", in_text(bytes([code])))
        add(f"control-{code:02x}-reference", in_text(b"&#%d;" % code))
        add(f"control-{code:02x}-in-comment", before_root(b"<!--" + bytes([code]) + b"-->"))
    for name, bad in {
        "nul-at-start": lambda s: b"\0" + s, "nul-at-end": lambda s: s + b"\0",
        "nul-in-name": inside_root(b"<a\0b/>"), "nul-then-more": lambda s: s + b"\0<annex/>",
        "fffe": in_text("\ufffe".encode()), "ffff": in_text("\uffff".encode()),
    }.items():  # fmt: skip
        add(name, bad)
    for reference in ("&#0;", "&#xD800;", "&#xFFFE;", "&#x110000;", "&#99999999999999999999;", "&#x;",
                      "&#-1;", "&#x1F600", "&nbsp;", "&copy;", "&;", "& ", "&amp", "&#X41;", "&a b;",
                      "&" + "e" * 100_000 + ";"):  # fmt: skip
        add(f"reference-{reference[:24]}", in_text(reference.encode()))

    # Constructs that do not end, or stand where they may not
    for name, extra in {
        "unclosed-element": b"<a>", "unclosed-tag": b"<a", "unclosed-end-tag": b"</a", "stray-end": b"</a>",
        "wrong-end": b"<a></b>", "crossing": b"<a><b></a></b>", "unclosed-comment": b"<!-- x",
        "double-hyphen": b"<!-- a -- b -->", "comment-three-hyphens": b"<!-- x --->", "short-comment": b"<!-->",
        "unclosed-cdata": b"<![CDATA[ x", "cdata-lower": b"<![cdata[x]]>", "cdata-end-in-text": b"x]]>y",
        "cdata-markup": b"<![CDATA[<article id='x'/>]]>", "unclosed-pi": b"<?x y", "pi-no-target": b"<? x?>",
        "pi-xml-inside": b'<?xml version="1.0"?>', "pi-XML-inside": b"<?XML x?>", "bang": b"<!x>",
        "entity-declaration-inside": b'<!ENTITY e "x">', "less-than": b"a < b", "tag-number": b"<1a/>",
        "tag-space": b"< a/>", "empty-tag": b"<>", "empty-end": b"</>", "slash-tag": b"<a//>",
        "colon-tag": b"<:a/>", "two-colons": b"<a:b:c/>", "undeclared-prefix": b"<q:a/>",
        "prefix-undeclared-again": b'<q:a xmlns:q=""/>', "xml-prefix-rebound": b'<a xmlns:xml="urn:x"/>',
        "xmlns-prefix-bound": b'<a xmlns:xmlns="urn:x"/>', "xmlns-element": b"<xmlns:a/>",
        "attribute-no-value": b"<a b/>", "attribute-unquoted": b"<a b=c/>", "attribute-half-quoted": b"<a b='c\"/>",
        "attribute-less-than": b"<a b='<'/>", "attribute-twice": b"<a b='1' b='2'/>",
        "attribute-twice-namespaced": b"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
        "attribute-no-space": b"<a b='1'c='2'/>", "attribute-on-end-tag": b"<a></a b='1'>",
        "script": b"<script>x</script>", "html-br": b"<br>", "style-attribute": b"<a style='x'/>",
    }.items():  # fmt: skip
        add(name, inside_root(extra))
    add("empty", whole(b""))
    add("space-only", whole(b" \n\t "))
    add("text-only", whole(CANARY.encode()))
    add("declaration-only", whole(b'<?xml version="1.0" encoding="UTF-8"?>'))
    add("comment-only", whole(b"<!-- x -->"))
    add("random-bytes", whole(bytes(range(256)) * 40))
    add("zip", whole(b"PK\x03\x04" + bytes(200)))
    add("gzip", whole(b"\x1f\x8b\x08\0" + bytes(200)))
    add("pdf", whole(b"%PDF-1.7\n"))
    add("json", whole(b'{"a": 1}'))
    add("half", lambda s: s[: len(s) // 2])
    add("last-byte-gone", lambda s: s.rstrip()[:-1])
    add("two-roots", after_root(b"<annex/>"))
    add("text-after-root", after_root(CANARY.encode()))
    add("text-before-root", before_root(CANARY.encode()))
    add("cdata-after-root", after_root(b"<![CDATA[x]]>"))
    add("reference-before-root", before_root(b"&#32;"))
    add("space-before-declaration", lambda s: b" " + s)
    add("declaration-twice", lambda s: b'<?xml version="1.0"?>' + s)
    for name, text in {
        "version-1.1": b'<?xml version="1.1" encoding="UTF-8"?>', "version-2.0": b'<?xml version="2.0"?>',
        "no-version": b'<?xml encoding="UTF-8"?>', "unclosed": b'<?xml version="1.0"',
        "unknown-part": b'<?xml version="1.0" x="y"?>', "upper": b'<?XML version="1.0"?>',
        "standalone-maybe": b'<?xml version="1.0" standalone="maybe"?>',
    }.items():  # fmt: skip
        add(f"declaration-{name}", declaration(text))

    # Instructions and inclusions
    for pi in ('xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/x.xsl"', "php system('x');",
               'oasis-xml-catalog catalog="http://127.0.0.1:9/c"', "dbhtml filename=x", "xinclude x"):  # fmt: skip
        slug = pi.split()[0]
        add(f"pi-{slug}", before_root(f"<?{pi}?>".encode()))
        add(f"pi-{slug}-inside", inside_root(f"<?{pi}?>".encode()))
        add(f"pi-{slug}-after", after_root(f"<?{pi}?>".encode()))
    xi = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
    for target in (str(secret), f"file://{secret}", "http://127.0.0.1:9/x", "edition.xml", ""):
        slug = slug_of(target, secret)
        for parse in ("xml", "text"):
            add(
                f"xinclude-{parse}-{slug}",
                inside_root(f'<xi:include {xi} href="{target}" parse="{parse}"/>'.encode()),
            )
    add("xinclude-fallback", inside_root(f'<xi:include {xi} href="no"><xi:fallback>x</xi:fallback></xi:include>'.encode()))
    add("xlink", root_attribute(b'xmlns:x="http://www.w3.org/1999/xlink" x:href="http://127.0.0.1:9/"'))
    add("schema-location", root_attribute(
        b'xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="u http://127.0.0.1:9/"'))  # fmt: skip
    add("xml-base", root_attribute(b'xml:base="http://127.0.0.1:9/"'))

    # Namespaces and names
    for name, to in {
        "none": b"", "other": b'xmlns="urn:other"', "version-2": b'xmlns="urn:tokki:template:2"',
        "upper": b'xmlns="URN:TOKKI:TEMPLATE:1"', "space": b'xmlns=" urn:tokki:template:1"',
        "docbook": b'xmlns="http://docbook.org/ns/docbook"', "html": b'xmlns="http://www.w3.org/1999/xhtml"',
        "prefix-only": b'xmlns:t="urn:tokki:template:1"',
    }.items():  # fmt: skip
        add(f"namespace-{name}", lone_root_namespace(to))
    add("foreign-element", inside_root(b'<x:a xmlns:x="urn:x"/>'))
    add("foreign-attribute", root_attribute(b'xmlns:x="urn:x" x:a="1"'))
    add("unknown-element", inside_root(f"<{CANARY}/>".encode()))
    add("unknown-attribute", root_attribute(f'{CANARY}="1"'.encode()))
    add("element-upper", inside_root(b"<ARTICLE/>"))
    add("name-lookalike", inside_root("<аrticle/>".encode()))
    add("name-combining", inside_root("<article\u0301/>".encode()))
    add("root-within-root", lambda s: inside_root(re.sub(rb"^<\?xml.*?\?>", b"", s))(s))
    add("root-renamed", lambda s: re.sub(rb"<(/?)%s\b" % ROOT.search(s)["name"], rb"<\1template", s))

    # The template language's own syntax
    for name, hole in {
        "unclosed": "{x", "empty": "{}", "unknown": f"{{{CANARY}.x}}", "call": "{contract.number()}",
        "script": "{constructor.constructor('x')()}", "index": "{a[0]}", "filter": "{contract.number | safe}",
        "include": f"{{include '{secret}'}}", "dots": "{contract..number}", "braces": "{" * 2001 + "x",
        "percent": "{contract.number | exec:'id'}", "long": "{" + "a." * 100_000 + "a}",
    }.items():  # fmt: skip
        add(f"hole-{name}", in_text(hole.encode()))
    return found
