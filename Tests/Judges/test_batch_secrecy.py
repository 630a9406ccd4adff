"""Ids, however hostile, stay in the run's folder; and of the data nothing but ids is in what a run says or names.

TOKKI_THOROUGH=1 kills more often."""

import csv
import json
import random
import re
import shutil
import subprocess
import time
import unicodedata

import pytest

import planted
from batches import batch, command, row, write_common, write_list
from test_batch import municipality, packets, write_json
from rings import THOROUGH


# MARK: Hostile ids

NASTY = [
    "..", "../x", "../../etc/passwd", "/etc/passwd", "/", "//", ".", "./", "a/../../b", "\\\\host\\share", "C:\\x",
    "..\\..\\x", "~", "~root", "$HOME", "`id`", "$(id)", "a;b", "a|b", "a&b", "a b", "-rf", "--out", "-", "--", "'",
    "\"", "a'b", "<b>", "&amp;", "%", "%2E%2E", "%00", "%2f..", "CON", "con", "NUL", "AUX", "COM1", "LPT9", "nul.txt",
    "a.", "a..", "a .", ".hidden", ".tokki", ".tokki/journal", "run.json", "verify.html", "rejects.csv", "rejects",
    "manifest.json", "packet.html", "staging", "lock", "*", "?", "a:b", "a<b", "a>b", "[a]", "{a}", "{contract.number}",
    "#N", "0", "00", "000", "1e5", "0x10", "TRUE", "null", "nil", "no-vendor", "no-number", "😀", "👨‍👩‍👧", "🇯🇵",
    "\u202eabc", "\u200fx", "a\u200bb", "\u2011", "ｆｕｌｌ", "①", "㈱", "髙﨑", "𠮷", "葛󠄀", "ﬁ", "Å", "ß", "ı", "Ｋ", "é", "İ",
    "ÿ", "..%2f", "%252e", "\u202e\u2066x", "x\u0301\u0301\u0301", "..;/", "…", "a" * 200, "字" * 66, "a" * 201,
    "字" * 67, "%" * 66, "%" * 67, "a" * 300, "=1+1", "+1", "@x", "'=1", "a,b", "a\tb", "a\nb", "a\rb", "\ta",
    "a\u0001b", "a\u007fb", "a\u0085b", "a\u2028b", "a\ufeffb", "a\u0000b",
]
# The same folder on a disk that ignores case or normalises names.
PAIRS = [
    ("Case", "cASE"), ("é", "e\u0301"), ("が", "か\u3099"), ("Å", "A\u030a"), ("ÀB", "a\u0300b"), ("ﾊﾟ1x", "ﾊﾟ1X"),
    ("Ｗide", "ｗide"), ("Жук", "жУК"), ("one ", "one"), ("\u3000two", "two"),
]


def hostile_rows():
    """A row for each nasty string as either id, as both, and as a name; then the pairs that collide."""
    found = []
    for text in NASTY:
        number = len(found)
        found.append(row(number, 受注者番号=f"{text}"))
        found.append(row(number + 1, contract=text, 受注者番号=f"{number + 1}"))
        found.append(row(number + 2, contract="both" + text, 受注者番号="both" + text))
        found.append(row(number + 3, **{"商号又は名称": text + "名", "代表者氏名": text + "名"}))
    for one, other in PAIRS:
        for text in (one, other):
            found.append(row(len(found), contract="pairs", 受注者番号=text))
    return [cells | {"件名": f"見本業務{number:05}委託"} for number, cells in enumerate(found)]


def snapshot(folder):
    return {str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in folder.rglob("*")}


def test_hostile_ids_stay_in_the_folder_and_apart(tmp_path, note):
    rows = hostile_rows()
    outside = tmp_path / "a/b/c"
    outside.mkdir(parents=True)
    roster, common = write_list(outside / "list.csv", rows), write_common(outside)
    before, out = snapshot(tmp_path), outside / "out"
    result = batch(common, roster, out, "--json", "--no-sync", cwd=outside)
    assert result.returncode == 65, result.stderr.decode()
    # The folder itself has a new name in it.
    own = {str(outside): None}
    assert {k: v for k, v in snapshot(tmp_path).items() if not k.startswith(str(out))} | own == before | own
    made, rejected = {}, {}
    for line in result.stdout.splitlines():
        event = json.loads(line)
        if event["event"] == "row":
            (made if event["outcome"] == "made" else rejected)[event["row"] - 2] = event
    assert len(made) + len(rejected) == len(rows)
    # Each packet has its own row's data, and no two rows have one packet.
    assert len({event["path"] for event in made.values()}) == len(made)
    places = {str(path.parent.relative_to(out)) for path in out.rglob("manifest.json")}
    assert places == {event["path"] for event in made.values()}
    for number, event in made.items():
        assert event["path"].count("/") == 1 and all(part.strip(". ") == part for part in event["path"].split("/"))
        found = re.findall(r"見本業務(\d{5})委託", (out / event["path"] / "packet.html").read_text())
        assert set(found) == {f"{number:05}"}
    for path in out.rglob("*"):
        assert path.is_file() or path.is_dir() and not path.is_symlink()
        assert not re.search(r'[\x00-\x1f\x7f<>:"|?*\\]', path.name) and len(path.name.encode()) <= 255
    assert {path.name for path in out.iterdir() if path.is_file()} == {"run.json", "verify.html", "rejects.csv"}
    # What would share a folder elsewhere is refused, both of it.
    folded = [unicodedata.normalize("NFD", f"{path}".casefold()) for path in (event["path"] for event in made.values())]
    assert len(set(folded)) == len(folded)
    for number in range(len(NASTY) * 4, len(rows)):
        errors = [d["code"] for d in rejected[number]["diagnostics"] if d["severity"] == "error"]
        assert errors == ["duplicate-row"], rows[number]["受注者番号"]
    # Names may be anything that can be printed.
    refused = {rows[number]["商号又は名称"][:-1] for number in rejected if number < len(NASTY) * 4 and number % 4 == 3}
    assert all(re.search(r"[\x00-\x1f\x7f-\x9f\u2028\ufeff]", text) for text in refused), refused
    files = packets(out)
    again = json.loads(batch(common, roster, out, "--json", "--no-sync", cwd=outside).stdout.splitlines()[-1])
    assert again["counts"]["unchanged"] == len(made) and packets(out) == files
    note(f"{len(rows)} hostile ids and names: {len(made)} packets, {len(rejected)} refused")
    assert len(rows) >= 500 and len(made) > 300


# MARK: Secrecy


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    return Secrets(tmp_path_factory.mktemp("secrets"))


class Secrets:
    """Vendors with planted values, half of them with one bad value, each in another column."""

    def __init__(self, folder):
        self.folder = folder
        self.schema = planted.Schema()
        self.common = write_json(folder / "common.json", {"municipality": municipality()})
        columns = [(None, label) for label in self.schema.roster[2:]]
        columns += [(sheet, label) for sheet in self.schema.sheets for label in self.schema.headers[sheet][2:]]
        count = 2 * len(columns)
        self.trees = [planted.plant(self.schema, number) for number in range(count)]
        self.finder = planted.Finder(self.trees)
        for number, tree_ in enumerate(self.trees):
            tree_["contract"]["number"], tree_["vendor"]["id"] = f"C{number:04}", f"V{number:04}"
        self.roster = planted.write_folder(folder / "list", self.schema, self.trees, random.Random(5))
        # Number of the vendor -> file, row and column of its bad cell.
        self.places = {}
        for sheet in {sheet for sheet, _ in columns}:
            # Vendors with even numbers have everything.
            self.spoil(sheet or "契約・委託先一覧", {2 * n: label for n, (own, label) in enumerate(columns) if own == sheet})
        self.bad = len(columns)

    def spoil(self, table, labels):
        """Makes the first value of each vendor in its column a bad one."""
        path = self.roster / f"{table}.csv"
        with open(path, newline="") as file:
            header, *rows = csv.reader(file)
        for number, label in labels.items():
            place, cells = next((n, cells) for n, cells in enumerate(rows, 2) if cells[0] == f"C{number:04}")
            column = header.index(label)
            cells[column] = f"MK{number:05}F999\x07"
            # A row that names an item which is not there is reported with its table.
            is_number = table in self.schema.sheets and column < len(header) - len(self.schema.own(table))
            self.places[number] = (str(path), None, None) if is_number else (str(path), place, column + 1)
        with open(path, "w", newline="") as file:
            csv.writer(file).writerows([header, *rows])

    def found(self, data):
        return self.finder.owners_in(data)

    def check(self, out, *said):
        """What a run said, its own files, and every name."""
        for text in said:
            assert self.found(text) == {}
        for path in out.rglob("*"):
            relative = str(path.relative_to(out))
            assert self.found(relative.encode()) == {}, relative
            own = relative.startswith(".tokki/") and "/staging/" not in relative
            if path.is_file() and (own or path.name in ("run.json", "manifest.json", "verify.html")):
                assert self.found(path.read_bytes()) == {}, relative


@pytest.mark.parametrize("options", [("--lang", "ja"), ("--lang", "en"), ("--json",), ("--dry-run", "--json")])
def test_nothing_of_the_data_is_reported(secrets, options, note):
    out = secrets.folder / "_".join(options)
    result = batch(secrets.common, secrets.roster, out, "--mode", "final", "--no-sync", "--documents", "pledge,annex", *options)
    assert result.returncode == 65, result.stderr.decode()[-500:]
    secrets.check(out, result.stdout, result.stderr)
    if "--json" in options:
        *events, summary = [json.loads(line) for line in result.stdout.splitlines()]
        assert summary["counts"]["rejected"] == secrets.bad
        reported = {
            int(event["path"][1:5]): {(d["file"], d["line"], d["column"]) for d in event["diagnostics"] if d["severity"] == "error"}
            for event in events if event.get("outcome") == "rejected"
        }
        assert set(reported) == set(secrets.places)
        assert [(number, place) for number, place in secrets.places.items() if place not in reported[number]] == []
        note(f"{secrets.bad} bad rows of {len(secrets.trees)}, each in another column")
    else:
        # The list of what is refused holds it all, and is seen here.
        lists = [path.read_bytes() for path in (out / "rejects.csvs").glob("*.csv")]
        assert len(secrets.found(b"".join(lists))) == secrets.bad


def test_nothing_of_the_data_is_reported_by_a_killed_run(secrets):
    chance = random.Random(6)
    staged = 0
    for number in range(40 if THOROUGH else 6):
        out = secrets.folder / f"killed {number}"
        words = command(secrets.common, secrets.roster, out, "--mode", "final")
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while not list(out.glob(".tokki/staging/*")) and process.poll() is None:
            time.sleep(0.005)
        time.sleep(chance.random() * 0.2)
        process.kill()
        said = process.communicate()
        staged += len(list(out.glob(".tokki/staging/*")))
        secrets.check(out, *said)
        shutil.rmtree(out)
    assert staged > 0
