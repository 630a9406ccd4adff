"""Bad rows harm no good ones, come back as they were with their reasons, and complete the run once they are mended.

TOKKI_THOROUGH=1 takes 1,000 rows with 100 bad ones."""

import csv
import io
import json
import random
import re

import pytest

import planted
from batches import HEADER, batch, csv_bytes, row, tree, write_common
from rings import THOROUGH

ROWS, BAD = (1000, 100) if THOROUGH else (240, 60)
TAX, MODE, PAID = "うち消費税及び地方消費税の額", "契約保証金", "契約保証金の納付額"
WORKER, KIND, PLEDGED = "従事者1.従事者の氏名", "従事者1.所属の区分", "従事者1.誓約年月日"
COLUMNS = [*HEADER, TAX, MODE, PAID, "法人番号", WORKER, KIND, PLEDGED]
REPORT = ["エラー理由", "項目", "根拠条項"]

# What is typed, the column that is reported (None: the row), and the code; `{id}` is the next row's. What is missing has no
# place but the row's, and the field's name in the report.
KINDS = [
    ({"契約締結日": "四月ごろ"}, "契約締結日", "wrong-type"),
    ({"契約締結日": "2022-02-30"}, "契約締結日", "impossible-date"),
    ({"契約締結日": "平成34年４月１日"}, "契約締結日", "impossible-date"),
    ({"契約締結日": "令和元年４月１日"}, "契約締結日", "impossible-date"),
    ({"契約締結日": "4465"}, "契約締結日", "wrong-type"),
    ({"履行期間の始期": "2022/13/1"}, "履行期間の始期", "impossible-date"),
    ({"履行期間の始期": "4/1"}, "履行期間の始期", "wrong-type"),
    ({"履行期間の終期": "2022-03-01"}, "履行期間の終期", "rule-violated"),
    ({"法人番号": "1234567890123"}, "法人番号", "wrong-check-digit"),
    ({"法人番号": "123456"}, "法人番号", "malformed-value"),
    ({"郵便番号": "210-001"}, "郵便番号", "malformed-value"),
    ({"郵便番号": "二一〇"}, "郵便番号", "malformed-value"),
    ({"担当者電話": "44-000-0001"}, "担当者電話", "malformed-value"),
    ({"担当者電子メール": "a@b@example.jp"}, "担当者電子メール", "malformed-value"),
    ({"商号又は名称": "株式\x07会社"}, "商号又は名称", "forbidden-character"),
    ({"件名": "前\x00後"}, "件名", "forbidden-character"),
    ({"件名": "前\ufffe後"}, "件名", "forbidden-character"),
    ({"件名": "#N/A"}, "件名", "cell-error"),
    ({MODE: "現金"}, MODE, "choice-not-offered"),
    ({KIND: "下請"}, KIND, "choice-not-offered"),
    ({PLEDGED: "済み"}, PLEDGED, "wrong-type"),
    ({"契約金額": "百万円くらい"}, "契約金額", "wrong-type"),
    ({"契約金額": "1000000.5"}, "契約金額", "wrong-type"),
    ({TAX: "2,000,000円"}, TAX, "rule-violated"),
    ({MODE: "納付", PAID: "0"}, PAID, "rule-violated"),
    ({MODE: "免除", PAID: "5"}, PAID, "rule-violated"),
    ({"商号又は名称": ""}, "商号又は名称", "missing-value"),
    ({WORKER: ""}, WORKER, "missing-value"),
    ({"受注者番号": ""}, "受注者番号", "key-missing"),
    ({"受注者番号": "　"}, "受注者番号", "key-missing"),
    ({"契約番号": ""}, "契約番号", "key-missing"),
    ({"受注者番号": "1.23E+15"}, "受注者番号", "damaged-cell"),
    ({"受注者番号": "長" * 100}, None, "folder-name"),
    ({None: "余り"}, None, "row-too-wide"),
    ({"受注者番号": "{id}"}, None, "duplicate-row"),
]


def good_rows():
    found = []
    for number in range(ROWS):
        amount = 1_100_000 + 11 * number
        found.append(row(number, contract=f"C{number:05}") | {
            "契約金額": f"{amount}", TAX: f"{amount // 11}", MODE: "免除", PAID: "",
            "法人番号": planted.corporate_number(700_000_000_000 + number), WORKER: f"従事　{number:05}", KIND: "受注者", PLEDGED: "",
        })
    return found


class Bad:
    """The list, with its bad rows: number -> the kind; and what of each row was changed."""

    def __init__(self):
        self.good = good_rows()
        chance = random.Random(400)
        self.kinds = {}
        places = [3 * number + 1 for number in chance.sample(range(ROWS // 3 - 1), BAD)]
        for kind, number in zip([*KINDS] * BAD, places):
            if len(self.kinds) == BAD: break
            # The row whose key is doubled is refused with it.
            if kind[2] == "duplicate-row":
                if len(self.kinds) == BAD - 1: continue
                self.kinds[number + 1] = ({}, None, "duplicate-row")
            self.kinds[number] = kind
        assert len(self.kinds) == BAD
        self.rows = [dict(cells) for cells in self.good]
        for number, (typed, _, _) in self.kinds.items():
            for name, text in typed.items():
                self.rows[number][name] = text.replace("{id}", self.good[number + 1 if number + 1 < ROWS else 0]["受注者番号"])
            if typed.get("受注者番号") == "{id}":
                for name in ("契約番号", "件名"): self.rows[number][name] = self.good[number + 1][name]

    def write(self, path):
        data = csv_bytes(self.rows, header=COLUMNS).decode()
        # One cell too many.
        for number, (typed, _, _) in self.kinds.items():
            if None in typed:
                end = f"{self.rows[number][WORKER]},受注者,\r\n"
                assert end in data
                data = data.replace(end, end.replace("\r\n", f",{typed[None]}\r\n"))
        path.write_bytes(data.encode())
        return path


def letters(column):
    return (chr(64 + (column - 1) // 26) if column > 26 else "") + chr(65 + (column - 1) % 26)


def read(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode(), newline=""), strict=True))


def write(path, header, rows):
    path.write_bytes(csv_bytes([dict(zip(header, cells)) for cells in rows], header=header))
    return path


def packets(out):
    return {name: digest for name, digest in tree(out).items() if name.count("/") == 2}


OPTIONS = ("--mode", "final", "--no-split", "--no-sync", "--documents", "annex,pledge,submission-list")


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return Work(tmp_path_factory.mktemp("bad"))


class Work:
    def __init__(self, folder):
        self.folder = folder
        common = write_common(folder)
        # Every row says which contract it is.
        self.common = folder / "all.yaml"
        self.common.write_text(re.sub(r"(?m)^  number:.*\n", "", common.read_text()))
        self.bad = Bad()
        clean = folder / "clean.csv"
        clean.write_bytes(csv_bytes(self.bad.good, header=COLUMNS))
        self.clean = folder / "clean"
        result = batch(self.common, clean, self.clean, *OPTIONS)
        assert result.returncode == 0, result.stdout.decode()
        self.roster = self.bad.write(folder / "list.csv")

    def path(self, number):
        return f"{self.bad.good[number]['契約番号']}/{self.bad.good[number]['受注者番号']}"


def test_good_rows_come_out_and_bad_ones_come_back(work, tmp_path, note):
    out = tmp_path / "out"
    result = batch(work.common, work.roster, out, "--json", *OPTIONS)
    assert result.returncode == 65
    *events, summary = [json.loads(line) for line in result.stdout.splitlines()]
    assert (summary["counts"]["made"], summary["counts"]["rejected"]) == (ROWS - BAD, BAD)
    bad_paths = {work.path(number) for number in work.bad.kinds}
    assert packets(out) == {
        name: digest for name, digest in packets(work.clean).items() if name.rsplit("/", 1)[0] not in bad_paths
    }
    # Each is reported with its cell,
    rejected = {event["row"]: event["diagnostics"] for event in events if event.get("outcome") == "rejected"}
    assert set(rejected) == {number + 2 for number in work.bad.kinds}
    places = []
    for number, (typed, column, code) in work.bad.kinds.items():
        place = COLUMNS.index(column) + 1 if column else len(COLUMNS) + 1 if None in typed else None
        if code == "missing-value": place = None
        errors = [d for d in rejected[number + 2] if d["severity"] == "error"]
        found = [(d["code"], d["file"], d["line"], d["column"]) for d in errors]
        assert found == [(code, str(work.roster), number + 2, place)], typed
        assert errors[0]["message"]["ja"] and errors[0]["message"]["en"]
        places.append(f"{work.roster}!{letters(place) if place else ''}{number + 2}: エラー[{code}]")
    shown = batch(work.common, work.roster, out, "--dry-run", "--lang", "ja", *OPTIONS).stderr.decode()
    assert [place for place in places if place not in shown] == []
    # and comes back as it was.
    header, *rows = read(out / "rejects.csv")
    assert header[: len(COLUMNS)] == COLUMNS and header[-3:] == REPORT
    assert len(rows) == BAD
    for cells, number in zip(rows, sorted(work.bad.kinds)):
        given = work.bad.rows[number]
        assert cells[: len(COLUMNS)] == [given[name] for name in COLUMNS]
        assert cells[len(COLUMNS) : -3] in ([], [""]) or cells[len(COLUMNS)] == given[None]
        assert cells[-3].endswith(("。", "）"))
        column = work.bad.kinds[number][1]
        if column:
            assert column.split(".")[-1] in cells[-2]
    note(f"{ROWS} rows, {BAD} bad ones of {len({str(k) for k in work.bad.kinds.values()})} kinds")


@pytest.mark.parametrize("how", ["as they are", "reordered"])
def test_mended_rows_complete_the_run(work, tmp_path, how):
    out = tmp_path / "out"
    assert batch(work.common, work.roster, out, *OPTIONS).returncode == 65
    root = json.loads((work.clean / "run.json").read_text())["packets_root"]
    assert json.loads((out / "run.json").read_text())["packets_root"] != root
    header, *rows = read(out / "rejects.csv")
    mended = []
    for cells, number in zip(rows, sorted(work.bad.kinds)):
        found = dict(zip(header, cells)) | {name: work.bad.good[number][name] for name in COLUMNS}
        mended.append([found[name] if name in (*COLUMNS, *REPORT) else "" for name in header])
    order = list(range(len(header)))
    if how == "reordered":
        random.Random(1).shuffle(order)
        random.Random(2).shuffle(mended)
    again = tmp_path / "mended.csv"
    text = io.StringIO()
    csv.writer(text).writerows([[cells[place] for place in order] for cells in (header, *mended)])
    again.write_text(text.getvalue(), newline="")
    result = batch(work.common, again, out, *OPTIONS)
    assert result.returncode == 0, result.stderr.decode()
    assert packets(out) == packets(work.clean)
    assert not list(out.glob("rejects*"))
    manifest = json.loads((out / "run.json").read_text())
    assert manifest["packets_root"] == root and all(entry.get("listed", True) for entry in manifest["packets"])
    # Mended by half: the rest comes back again.
    result = batch(work.common, work.roster, out, *OPTIONS)
    assert result.returncode == 65 and packets(out) == packets(work.clean)
