"""Each 条, 項 and 号 of the three cities' editions inserted before, deleted and moved: references say what an oracle, written apart, says.

To the editions' own references a last article is added that names every provision, a paragraph for each. A deletion that takes away
what a reference of the edition names must be refused, with that reference."""

import copy
import html
import itertools
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from editions import KAWASAKI, OTHERS, ROOT
from lxml import etree
from packets import run
from rings import THOROUGH

T = "{urn:tokki:template:1}"
LINK = re.compile(r'<a href="#annex-([a-z0-9-]+)">(.*?)</a>', re.DOTALL)
PARTS = {"main": "本文", "proviso": "ただし書", "former": "前段", "latter": "後段"}
KINDS = ["article", "paragraph", "item", "subitem"]


def narrow_or_wide(n):
    return "０１２３４５６７８９"[n] if n < 10 else str(n)


def wide(n):
    return "".join("０１２３４５６７８９"[int(digit)] for digit in str(n))


# How each edition names its provisions, and whether neighbours are 前条 and 次条.
SHAPES = {
    "kawasaki-1985": (["第{}条", "第{}項", "第{}号"], narrow_or_wide, True),
    "kaku-shi": (["第{}条", "第{}項", "第{}号"], wide, True),
    "mihon-shi": (["第{}", "第{}項", "（{}）", "ア"], narrow_or_wide, False),
}


class Annex:
    """An annex as its author wrote it, and what its provisions are called."""

    def __init__(self, root, city):
        self.root = root
        self.city = city
        self.names, self.digits, self.has_neighbours = SHAPES[city]
        self.place = {}
        self.numbers = []
        articles = self.children(root, 0)
        count = branch = 0
        for index, article in enumerate(articles):
            if article.get("branch") == "true":
                branch += 1
                words = self.name(0, count) + "の" + self.digits(branch + 1)
            else:
                count, branch = count + 1, 0
                words = self.name(0, count)
            self.numbers.append(words)
            self.take(article, (index,), 0)

    def children(self, node, depth):
        return node.findall(T + KINDS[depth]) if depth < len(KINDS) else []

    def take(self, node, path, depth):
        if node.get("id"):
            self.place[node.get("id")] = path
        for index, child in enumerate(self.children(node, depth + 1)):
            self.take(child, (*path, index), depth + 1)

    def name(self, depth, number):
        if self.names[depth] == "ア":
            return "アイウエオカキクケコ"[number - 1]
        return self.names[depth].format(self.digits(number) if self.names[depth] != "（{}）" else wide(number))

    def node(self, path):
        node = self.root
        for depth, index in enumerate(path):
            node = self.children(node, depth)[index]
        return node

    def is_only(self, path):
        return len(path) == 2 and len(self.children(self.node(path[:1]), 1)) == 1

    def by_number(self, identifier, part=""):
        """第８条第２項第３号, as forms say it."""
        path = self.place[identifier]
        words = self.numbers[path[0]]
        for depth in range(1, len(path)):
            if not self.is_only(path[: depth + 1]):
                words += self.name(depth, path[depth] + 1)
        return words + part

    def by_place(self, identifier, here, named, part=""):
        """前条第１項, as the annex says it from a place."""
        path = self.place[identifier]
        if path[0] != here[0]:
            words = self.numbers[path[0]]
            if self.has_neighbours:
                words = {-1: "前条", 1: "次条"}.get(path[0] - here[0], words)
                words = "同条" if named.get("article") == path[0] else words
            named["article"] = path[0]
            start = 1
        else:
            step = path[1] - here[1]
            words = {-1: "前項", 1: "次項"}.get(step, self.name(1, path[1] + 1)) if step else ""
            start = 2
        for depth in range(start, len(path)):
            if not self.is_only(path[: depth + 1]):
                words += self.name(depth, path[depth] + 1)
        return words + part

    def references(self):
        """What the annex's references say, in reading order; None for one that means another paragraph than it says."""
        found = []

        def walk(node, here, named):
            if node.tag == T + "ref":
                part = PARTS.get(node.get("part"), "")
                own = "".join(node.itertext())
                if own:
                    target = self.place.get(node.get("to"))
                    found.append(own if target and target[0] == here[0] and target[1] == here[1] - 1 else None)
                else:
                    found.append(self.by_place(node.get("to"), here, named, part))
            for child in node:
                walk(child, here, named)
            if node.tag == T + "cite":
                named.clear()

        articles = self.children(self.root, 0)
        for part in self.root:
            if part in articles:
                for p, paragraph in enumerate(self.children(part, 1)):
                    walk(paragraph, (articles.index(part), p), {})
            else:
                # A 別表 is beside nothing.
                found += [self.by_number(one.get("to"), PARTS.get(one.get("part"), "")) for one in part.iter(T + "ref")]
        return found


def provision(kind, identifier, text="試験のために置く。"):
    node = etree.Element(T + kind, id=identifier)
    if kind == "article":
        etree.SubElement(node, T + "caption").text = "試験"
        node.append(provision("paragraph", identifier + "-1"))
    else:
        node.text = text
    return node


def with_probe(root, identifiers):
    article = provision("article", "probe")
    article.remove(article[-1])
    for index, identifier in enumerate(identifiers):
        paragraph = provision("paragraph", f"probe-{index + 1}", "")
        reference = etree.SubElement(paragraph, T + "ref", to=identifier)
        reference.tail = "の規定による。"
        article.append(paragraph)
    root.findall(T + "article")[-1].addnext(article)
    return root


def ids(node):
    return [n.get("id") for n in node.iter(*(T + kind for kind in KINDS)) if n.get("id") and n.get("deleted") != "true"]


def changes(original):
    """(name, changed root, ids that are gone)."""
    places = [node for node in original.iter(*(T + kind for kind in KINDS[:3]))]
    for number, node in enumerate(places):
        kind, name = etree.QName(node).localname, node.get("id") or f"{number}"

        def fresh():
            root = copy.deepcopy(original)
            return root, list(root.iter(*(T + kind for kind in KINDS[:3])))[number]

        root, place = fresh()
        if place.get("branch") != "true":
            place.addprevious(provision(kind, "new"))
            yield f"{kind} before {name}", root, []
        siblings = [sibling for sibling in node.getparent() if sibling.tag == node.tag]
        if len(siblings) < 2:
            continue
        root, place = fresh()
        gone = ids(place)
        place.getparent().remove(place)
        yield f"without {name}", root, gone
        if node is not siblings[-1]:
            root, place = fresh()
            place.getparent().findall(node.tag)[-1].addnext(place)
            yield f"{name} moved to the end", root, []


@pytest.mark.parametrize("edition", [KAWASAKI, *OTHERS], ids=lambda path: path.name)
def test_references_follow(edition, tmp_path, note):
    shutil.copytree(ROOT / "Templates/common", tmp_path / "common")
    original = etree.parse(str(edition / "annex.xml"), etree.XMLParser(remove_comments=True)).getroot()
    short = re.search(r'name="annex.short_name">([^<]+)<', (edition / "edition.xml").read_text())[1]
    others = "".join(path.read_text() for path in edition.rglob("*.xml") if path.name != "annex.xml")
    counts = {"renumbered": 0, "refused": 0, "references": 0}

    def attempt(case):
        number, (name, root, gone) = case
        folder = tmp_path / f"{number}-{edition.name}"
        shutil.copytree(edition, folder)
        annex = Annex(with_probe(root, [one for one in ids(original) if one not in gone]), edition.name)
        (folder / "annex.xml").write_bytes(etree.tostring(root, encoding="UTF-8"))
        done = run(
            "packet", folder / "samples/contract.yaml", "--edition", folder, "--out", folder / "out",
            "--mode", "blank", "--format", "html", "--no-split", "--json",
        )  # fmt: skip
        said = [one for one in json.loads(done.stdout)["diagnostics"] if one["severity"] == "error"]
        pages = list((folder / "out").rglob("packet.html"))
        page = pages[0].read_text() if pages else ""
        shutil.rmtree(folder)
        lost = [one for one in root.iter(T + "ref") if one.get("to") in gone]
        wanted = annex.references() if not lost else [None]
        if None in wanted:
            counts["refused"] += 1
            codes = {one["code"] for one in said}
            named = [one for one in said if one["code"] == "reference-moved" or any(f"「{i}" in one["message"]["ja"] for i in gone)]
            return None if done.returncode == 65 and named and codes <= {"dangling-reference", "reference-moved"} else f"{name}: not refused by its reference, {codes}"
        if done.returncode != 0 and any(f'"{one}"' in others for one in gone):
            # Another file of the city names it.
            counts["refused"] += 1
            return None if all(one["code"] == "dangling-reference" and any(f"「{i}" in one["message"]["ja"] for i in gone) for one in said) else f"{name}: {said}"
        if done.returncode != 0:
            return f"{name}: refused, {[(one['code'], one['message']['ja']) for one in said][:3]}"
        counts["renumbered"] += 1
        body = re.search(r'<article class="document annex.*?</article>', page, re.DOTALL)[0]
        printed = [html.unescape(re.sub(r"<[^>]+>", "", words)) for _, words in LINK.findall(body)]
        counts["references"] += len(printed)
        if printed != wanted:
            wrong = next(((a, b) for a, b in itertools.zip_longest(printed, wanted) if a != b))
            return f"{name}: {wrong[0]}, not {wrong[1]}"
        for target, words in LINK.findall(page.replace(body, "")):
            part = next((part for part in PARTS if target.endswith("-" + part)), "")
            identifier = target.removesuffix("-" + part) if part else target
            name_of = annex.by_number(identifier, PARTS.get(part, ""))
            if html.unescape(words).removesuffix("関係") not in (name_of, short + name_of):
                return f"{name}: a form says {words}, not {name_of}"
            counts["references"] += 1
        return None

    cases = list(enumerate(itertools.islice(changes(original), 0, None, 1 if THOROUGH else 9)))
    with ThreadPoolExecutor(2) as pool:
        problems = [problem for problem in pool.map(attempt, cases) if problem]
    note(f"{edition.name}: {len(cases)} changed annexes, {counts['renumbered']} renumbered with {counts['references']} references, {counts['refused']} refused")
    assert not problems, "\n".join(problems)
    assert counts["renumbered"] > 5
