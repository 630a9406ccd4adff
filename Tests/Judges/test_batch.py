"""No packet has another's data, whatever the order and the jobs; and a run over what was made before rewrites nothing.

TOKKI_THOROUGH=1 takes as many rows as an April has."""

import json
import os
import random
import shutil
import time
from pathlib import Path

import pytest

import batches
import planted
from batches import batch, row, tree, write_common, write_list
from packets import EDITION, SAMPLES, make_packet
from rings import THOROUGH

VENDORS = 1000 if THOROUGH else 80


def write_json(path, data):
    path.write_text(json.dumps(data, ensure_ascii=False))
    return path


def municipality():
    return json.loads((SAMPLES / "contract.json").read_text())["municipality"]


def packets(out):
    return {name: digest for name, digest in tree(out).items() if name.count("/") == 2}


def single(folder, data, *options):
    """What `tokki packet` makes of one contract with one vendor, named as in a run."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    made = make_packet(write_json(folder / "data.json", data), folder / "out", "--edition", EDITION, *options)
    return packets(folder / "out"), made


def merged(*trees):
    """What the later ones say wins."""
    result = {}
    for one in trees:
        for name, value in one.items():
            result[name] = merged(result[name], value) if isinstance(value, dict) and name in result else value
    return result


# MARK: Isolation


@pytest.fixture(scope="module")
def vendors(tmp_path_factory):
    return Vendors(tmp_path_factory.mktemp("vendors"), VENDORS)


class Vendors:
    """Vendors with values of their own in every field, and the run over them, one after the other."""

    options = ("--mode", "final", "--no-sync")

    def __init__(self, folder, count):
        self.folder = folder
        self.schema = planted.Schema()
        self.trees = [planted.plant(self.schema, number) for number in range(count)]
        self.common = write_json(folder / "common.json", {"municipality": municipality()})
        self.out = self.run("first", 1, "--jobs", "1")
        self.expected = packets(self.out)

    def run(self, name, seed, *options):
        roster = planted.write_folder(self.folder / f"{name} list", self.schema, self.trees, random.Random(seed))
        result = batch(self.common, roster, self.folder / name, *self.options, *options)
        assert result.returncode == 0, result.stdout.decode()[-2000:]
        return self.folder / name


def test_nothing_of_one_vendor_is_in_the_papers_of_another(vendors, note):
    finder = planted.Finder(vendors.trees)
    printed, strays = [set() for _ in vendors.trees], []
    for path in vendors.expected:
        number = int(path[2:7])
        found = finder.owners_in((vendors.out / path).read_bytes())
        printed[number] |= found.pop(number, set())
        strays += [(path, values) for values in found.values()]
    assert strays == []
    fewest = min(map(len, printed))
    note(f"{len(vendors.trees)} vendors, {len(vendors.expected)} files, at least {fewest} values of its own in each packet")
    assert fewest > 150
    # Each kind of value would have been seen.
    values = {value for _, value in planted.leaves(vendors.trees[1])}
    seen = finder.owners_in("\n".join(values).encode())
    assert set(seen) == {1} and len(seen[1]) > 200


@pytest.mark.parametrize("jobs", ["2", "4"])
def test_order_and_jobs_change_nothing(vendors, jobs):
    out = vendors.run(f"jobs {jobs}", int(jobs), "--jobs", jobs)
    assert packets(out) == vendors.expected
    runs = [json.loads((folder / "run.json").read_text()) for folder in (vendors.out, out)]
    for manifest in runs:
        assert manifest["inputs"].pop()["rows"] == len(vendors.trees) and manifest.pop("root")
    assert runs[0] == runs[1]


def test_a_batch_is_single_packets(vendors, tmp_path):
    chosen = random.Random(20).sample(range(len(vendors.trees)), 20)
    for number in chosen:
        data = {"municipality": municipality()} | vendors.trees[number]
        found, _ = single(tmp_path / "one", data, "--mode", "final")
        assert found == {
            name: digest for name, digest in vendors.expected.items() if name.startswith(f"MK{number:05}C/")
        }


@pytest.mark.long
def test_many_contracts_of_few_vendors(tmp_path):
    """Rows with one vendor share the vendor, not the contract; what the data say of a vendor reaches its rows alone."""
    schema = planted.Schema()
    contracts = [planted.plant(schema, number)["contract"] for number in range(300)]
    # Their reports come after the contracts.
    vendors = [planted.plant(schema, number)["vendor"] for number in range(300, 340)]
    for contract in contracts:
        del contract["amendments"]
    given = {vendor["id"]: vendor for vendor in vendors[:10]}
    common = {"municipality": municipality(), "vendors": list(given.values())}
    # A list cannot hold lists: the other vendors have what fits in a row.
    flat = {
        vendor["id"]: {name: vendor[name] for name in vendor if isinstance(vendor[name], str) or name in ("contact", "manager")}
        for vendor in vendors[10:]
    }
    chance = random.Random(300)
    pairs = [(contract, vendors[chance.randrange(40)]["id"]) for contract in contracts]
    labels = {label: ("contract", *way) for label, way in schema.labels("contract").items()}
    labels |= {label: ("vendor", *way) for label, way in schema.labels("vendor").items()}
    trees = [{"contract": contract, "vendor": flat.get(vendor, {"id": vendor})} for contract, vendor in pairs]
    rows = [{label: planted.follow(tree_, way) for label, way in labels.items()} for tree_ in trees]
    roster = write_list(tmp_path / "list.csv", rows, header=list(labels))
    result = batch(write_json(tmp_path / "common.json", common), roster, tmp_path / "out", "--mode", "final", "--no-sync")
    assert result.returncode == 0, result.stdout.decode()
    made = packets(tmp_path / "out")
    finder = planted.Finder([{"contract": contract} for contract in contracts] + [{"vendor": vendor} for vendor in vendors])
    seen = set()
    for name in made:
        number, vendor, _ = name.split("/")
        seen.add((number, vendor))
        owners = set(finder.owners_in((tmp_path / "out" / name).read_bytes()))
        assert owners <= {int(number[2:7]), int(vendor[2:7])}, name
    assert seen == {(contract["number"], vendor) for contract, vendor in pairs}
    for contract, vendor in chance.sample(pairs, 8):
        data = {"municipality": municipality(), "contract": contract, "vendor": given.get(vendor) or flat[vendor]}
        found, _ = single(tmp_path / "one", data, "--mode", "final")
        assert found == {n: d for n, d in made.items() if n.startswith(f"{contract['number']}/{vendor}/")}


# MARK: Reruns


class Rerun:
    """A list, its run, and what a run over it again did."""

    def __init__(self, folder, count):
        self.folder = folder
        self.common = write_common(folder)
        self.rows = [row(number, contract=f"{number % 7:07}") for number in range(count)]
        self.out = folder / "out"

    def run(self, *options, rows=None, status=0):
        roster = write_list(self.folder / "list.csv", self.rows if rows is None else rows)
        begin = time.monotonic()
        result = batch(self.common, roster, self.out, "--no-split", "--json", *options)
        self.seconds = time.monotonic() - begin
        assert result.returncode == status, result.stdout.decode()[-2000:]
        return json.loads(result.stdout.splitlines()[-1])

    def states(self):
        """What shows whether a file of a packet was written again."""
        return {
            str(path.relative_to(self.out)): (path.stat().st_ino, path.stat().st_mtime_ns)
            for path in self.out.glob("*/*/*") if ".tokki" not in path.parts
        }

    def rewritten(self, before):
        """The folders with files that were written, removed or added since."""
        return {str(Path(name).parent) for name, _ in before.items() ^ self.states().items()}

    def path(self, number):
        return f"{self.rows[number]['契約番号']}/{self.rows[number]['受注者番号']}"


@pytest.fixture
def rerun(tmp_path):
    return Rerun(tmp_path, 60)


def test_a_rerun_writes_nothing(tmp_path, note):
    rerun = Rerun(tmp_path, 10_000 if THOROUGH else 300)
    assert rerun.run()["counts"]["made"] == len(rerun.rows)
    first = rerun.seconds
    states, files = rerun.states(), tree(rerun.out)
    counts = rerun.run()["counts"]
    again = rerun.seconds
    assert (counts["made"], counts["unchanged"]) == (0, len(rerun.rows))
    assert rerun.states() == states and tree(rerun.out) == files
    note(f"{len(rerun.rows)} rows again: {again:.2f} s after {first:.2f} s, {100 * again / first:.0f} %")


def test_a_changed_row_rewrites_its_packet_only(rerun):
    rerun.run()
    states = rerun.states()
    rerun.rows[17]["件名"] = "改めた件名"
    assert rerun.run()["counts"]["made"] == 1
    assert rerun.rewritten(states) == {rerun.path(17)}
    assert "改めた件名" in (rerun.out / rerun.path(17) / "packet.html").read_text()


def test_a_row_that_is_as_it_once_was_is_made_again(rerun):
    rerun.run()
    before = tree(rerun.out)
    typed = rerun.rows[17]["件名"]
    rerun.rows[17]["件名"] = "改めた件名"
    rerun.run()
    rerun.rows[17]["件名"] = typed
    counts = rerun.run()["counts"]
    assert (counts["made"], counts["unchanged"]) == (1, len(rerun.rows) - 1)
    assert {**tree(rerun.out), "run.json": ""} == {**before, "run.json": ""}


def test_the_same_typed_otherwise_rewrites_nothing(rerun):
    rerun.run()
    states = rerun.states()
    for cells in rerun.rows[:20]:
        cells |= {"契約締結日": "令和４年４月１日", "契約金額": f"{int(cells['契約金額']):,}円"}
    rerun.rows.reverse()
    journal = rerun.out / ".tokki/journal"
    known = []
    for _ in range(3):
        known.append(len(journal.read_bytes().splitlines()))
        assert rerun.run()["counts"]["unchanged"] == len(rerun.rows)
        assert rerun.rewritten(states) == set()
    # What was typed is learnt once.
    assert known == [60, 80, 80]


def test_what_is_of_the_shared_contract_reaches_no_other(tmp_path):
    """Rows of its contract are as in a list of their own; those of another go without, and lack what must be there."""
    place = "見本区役所例示分室"
    common = write_common(tmp_path)
    assert place in common.read_text(encoding="utf-8")
    mine = [row(number) for number in range(2)]
    others = [row(number, contract="0040013") for number in range(2, 4)]
    outs = []
    for name, rows in [("both", [*mine, *others]), ("mine", mine)]:
        roster = write_list(tmp_path / f"{name}.csv", rows)
        outs.append(packets_of(common, roster, tmp_path / name))
    both, alone = outs
    assert {name for name, text in both.items() if place in text} == set(alone)
    assert len(both) == 4 and all(both[name] == text for name, text in alone.items())
    # The title is needed, and that of another contract is none.
    header = [name for name in batches.HEADER if name != "件名"]
    result = batch(common, write_list(tmp_path / "less.csv", [*mine, *others], header=header), tmp_path / "less", "--no-sync")
    said = result.stderr.decode()
    assert result.returncode == 65 and said.count("エラー[missing-value]: 必須項目「件名」") == 2
    assert "契約番号が共通の契約データと異なる2行には、共通の契約データの「件名」「履行場所」" in said
    assert sorted(path.parent.parent.name for path in (tmp_path / "less").glob("*/*/packet.html")) == ["0040012", "0040012"]


def packets_of(common, roster, out):
    result = batch(common, roster, out, "--mode", "final", "--no-sync")
    assert result.returncode == 0, result.stderr.decode()
    folders = [path.parent for path in out.glob("*/*/packet.html")]
    return {str(folder.relative_to(out)): "".join(page.read_text(encoding="utf-8") for page in sorted(folder.glob("*.html"))) for folder in folders}


def test_a_column_that_is_not_to_be_read(tmp_path):
    """Its header says so; the packets are those of a list without it, and the rejects have it still."""
    rows = [row(number, contract=f"{number:07}") for number in range(6)]
    rows[3]["契約締結日"] = "いつか"
    plain, more = tmp_path / "plain", tmp_path / "more"
    plain.mkdir()
    more.mkdir()
    common = write_common(tmp_path)
    roster = write_list(plain / "list.csv", rows)
    assert batch(common, roster, plain / "out").returncode == 65
    marked = [{**cells, "（使わない） 備考": f"庁内{index}"} for index, cells in enumerate(rows)]
    roster = write_list(more / "list.csv", marked, header=["（使わない） 備考", *batches.HEADER])
    assert batch(common, roster, more / "out").returncode == 65
    packets = {name: body for name, body in tree(plain / "out").items() if "packet" in name}
    assert packets and {name: body for name, body in tree(more / "out").items() if "packet" in name} == packets
    [rejects] = (more / "out").glob("rejects.*")
    assert "庁内3" in rejects.read_text("utf-8-sig") and "庁内2" not in rejects.read_text("utf-8-sig")


def test_what_all_rows_share_rewrites_all_packets(rerun):
    rerun.run()
    text = rerun.common.read_text()
    assert text.count("川崎市長") == 1
    rerun.common.write_text(text.replace("川崎市長", "見本市長"))
    assert rerun.run()["counts"]["made"] == len(rerun.rows)


@pytest.mark.parametrize("text, code", [("見本?業務", "lost-character"), ("見本辻\U000E0100業務", "outside-repertoire")])
def test_a_warning_is_reported_by_every_run(rerun, text, code):
    rerun.rows[9]["商号又は名称"] = text
    reported = []
    for _ in range(2):
        roster = write_list(rerun.folder / "list.csv", rerun.rows)
        shown = batch(rerun.common, roster, rerun.out, "--json", "--no-sync").stdout.splitlines()
        events = [json.loads(line) for line in shown]
        reported.append([event["diagnostics"] for event in events if event.get("diagnostics")])
    # The shared data is of one contract, and the rows are of others.
    assert reported[0] == reported[1] and [[d["code"] for d in one] for one in reported[0]] == [[code], ["other-contract"]]
    assert events[-1]["counts"]["unchanged"] == len(rerun.rows)


def test_a_removed_vendor_is_reported_and_kept(rerun):
    rerun.run()
    states = rerun.states()
    rest = rerun.rows[:5] + rerun.rows[6:]
    assert rerun.run(rows=rest)["not_listed"] == [rerun.path(5)]
    assert rerun.states() == states
    entries = json.loads((rerun.out / "run.json").read_text())["packets"]
    listed = {entry["path"]: entry.get("listed", True) for entry in entries}
    assert [path for path in listed if not listed[path]] == [rerun.path(5)] and len(listed) == len(rerun.rows)
    shown = batch(rerun.common, rerun.folder / "list.csv", rerun.out, "--no-split")
    assert rerun.path(5) in shown.stdout.decode()
    # And is back.
    assert rerun.run()["not_listed"] == [] and rerun.states() == states


@pytest.mark.parametrize("what", ["changed", "removed"])
def test_a_touched_packet_is_made_good(rerun, what):
    rerun.run()
    before, states = tree(rerun.out), rerun.states()
    file = rerun.out / rerun.path(8) / "packet.html"
    file.unlink() if what == "removed" else file.write_bytes(b"touched")
    assert rerun.run()["counts"]["made"] == 1
    assert tree(rerun.out) == before
    assert rerun.rewritten(states) == {rerun.path(8)}


def test_a_file_of_somebody_else_is_not_thrown_away(rerun):
    rerun.run()
    (rerun.out / rerun.path(8) / "memo.txt").write_text("memo")
    states = rerun.states()
    assert rerun.run(status=65)["counts"]["rejected"] == 1
    assert rerun.states() == states
    (rerun.out / rerun.path(8) / "memo.txt").unlink()
    assert rerun.run()["counts"]["unchanged"] == len(rerun.rows)


def test_verify_reads_the_bytes(rerun):
    rerun.run()
    before = tree(rerun.out)
    file = rerun.out / rerun.path(9) / "packet.xml"
    state, data = file.stat(), bytearray(file.read_bytes())
    data[-20] ^= 1
    with open(file, "r+b") as open_file:
        open_file.write(data)
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    states = rerun.states()
    assert rerun.run("--verify")["counts"]["made"] == 1
    assert rerun.rewritten(states) == {rerun.path(9)} and tree(rerun.out) == before
    states = rerun.states()
    assert rerun.run("--verify")["counts"]["unchanged"] == len(rerun.rows) and rerun.states() == states


def test_a_dry_run_writes_nothing(rerun):
    counts = rerun.run("--dry-run")["counts"]
    assert counts["checked"] == len(rerun.rows) and not rerun.out.exists()
    rerun.rows[3]["契約金額"] = "百万円くらい"
    counts = rerun.run("--dry-run", status=65)["counts"]
    assert counts["rejected"] == 1 and sorted(path.name for path in rerun.folder.iterdir()) == ["common.yaml", "list.csv"]
    rerun.run(status=65)
    states = {path: path.stat().st_mtime_ns for path in rerun.out.rglob("*")}
    rerun.rows[4]["件名"] = "改めた件名"
    rerun.run("--dry-run", status=65)
    assert {path: path.stat().st_mtime_ns for path in rerun.out.rglob("*")} == states


def test_too_many_errors_stop_the_run(rerun):
    for number in (10, 20, 30):
        rerun.rows[number]["契約金額"] = "百万円くらい"
    assert rerun.run("--max-errors", "3", status=65)["ending"] == "finished"
    shutil.rmtree(rerun.out)
    stopped = rerun.run("--max-errors", "1", "--jobs", "1", status=65)
    assert stopped["ending"] == "too-many-errors" and stopped["counts"]["rejected"] == 2
    assert stopped["counts"]["made"] == 19 and not (rerun.out / "run.json").exists()
    # What was made stays, and the rest comes with the next run.
    rerun.rows = [row(number, contract=f"{number % 7:07}") for number in range(60)]
    counts = rerun.run()["counts"]
    assert (counts["unchanged"], counts["made"]) == (19, 41)


def test_only_new_prints_whoever_has_not_pledged(tmp_path):
    """Who has pledged is left out; a row with nobody new makes no packet."""
    labels = ("従事者の氏名", "所属の区分", "誓約年月日")
    header = batches.HEADER + [f"従事者{n}.{label}" for n in (1, 2) for label in labels]

    def cells(number, first, second):
        found = row(number)
        for n, day in ((1, first), (2, second)):
            values = (f"従事　{number}の{n}", "受注者", day)
            found |= {f"従事者{n}.{label}": value for label, value in zip(labels, values)}
        return found

    rows = [cells(1, "", ""), cells(2, "2022-04-01", ""), cells(3, "2022-04-01", "R4.4.1"), row(4)]
    roster = write_list(tmp_path / "list.csv", rows, header=header)
    out = tmp_path / "out"
    result = batch(write_common(tmp_path), roster, out, "--only-new", "--only", "pledge", "--json", "--no-sync")
    assert result.returncode == 0, result.stdout.decode()
    counts = json.loads(result.stdout.splitlines()[-1])["counts"]
    assert (counts["made"], counts["nothing_new"]) == (2, 2)
    names = {
        (number, n)
        for number in range(5) for n in (1, 2)
        if any(f"従事　{number}の{n}" in path.read_text() for path in out.glob(f"*/V{number:05}/*.html"))
    }
    assert names == {(1, 1), (1, 2), (2, 2)}
    assert {path.parent.name for path in out.glob("*/*/manifest.json")} == {"V00001", "V00002"}
