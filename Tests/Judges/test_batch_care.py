"""What could go wrong between a clerk and a batch: lists saved while it runs, lists of another run, papers out of date."""

import json
import signal
import subprocess
import time

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import batches
from packets import run


@pytest.fixture
def work(tmp_path):
    return tmp_path, batches.write_common(tmp_path)


def test_a_list_that_is_written_into_stops_the_run(work):
    folder, common = work
    rows = [batches.row(n) for n in range(1500)]
    roster = batches.write_list(folder / "list.csv", rows)
    out = folder / "out"
    process = subprocess.Popen(
        batches.command(common, roster, out, "--no-sync", "--jobs", "1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while not list(out.glob("0040012/*")) and process.poll() is None:
        time.sleep(0.01)
    with open(roster, "r+b") as file:
        file.write(b" ")
        file.flush()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 74, errors.decode()
    assert "書き換えられました" in errors.decode()
    batches.write_list(roster, rows)
    assert batches.batch(common, roster, out, "--no-sync").returncode == 0
    assert run("verify", out).returncode == 0


def test_rejects_go_back_to_their_own_kind_of_run(work):
    folder, common = work
    bad = batches.row(1, 契約金額="誤り")
    roster = batches.write_list(folder / "list.csv", [batches.row(0), bad])
    out = folder / "out"
    assert batches.batch(common, roster, out, "--mode", "final").returncode == 65
    rejects = out / "rejects.csv"
    rejects.write_bytes(rejects.read_bytes().replace("誤り".encode(), b"1000000"))
    before = batches.tree(out)
    result = batches.batch(common, rejects, out)
    assert result.returncode == 64 and "--mode" in result.stderr.decode()
    assert batches.tree(out) == before
    result = batches.batch(common, rejects, out, "--mode", "final")
    assert result.returncode == 0, result.stderr.decode()
    manifest = json.loads((out / "run.json").read_bytes())
    assert [entry["name"] for entry in manifest["inputs"]] == ["list.csv", "rejects.csv"]
    assert manifest["counts"] == {"packets": 2, "rejected": 0, "not_listed": 0}


def test_what_is_out_of_date_is_not_printed(work):
    folder, common = work
    out = folder / "out"
    batches.batch(common, batches.write_list(folder / "1.csv", [batches.row(0), batches.row(1)]), out)
    assert run("print", out, "--by", "vendor").returncode == 0
    bad = batches.row(1, 商号又は名称="新しい名前", 契約金額="誤り")
    result = batches.batch(common, batches.write_list(folder / "2.csv", [batches.row(0), bad]), out)
    assert result.returncode == 65 and "0040012/V00001" in result.stdout.decode()
    assert run("print", out, "--by", "vendor").returncode == 0
    page = (out / "print-vendor.html").read_text(encoding="utf-8")
    assert "株式会社見本00000" in page and "株式会社見本00001" not in page
    assert (out / "0040012/V00001/packet.html").exists()


def test_print_writes_over_nothing_of_others(work):
    folder, common = work
    out = folder / "out"
    batches.batch(common, batches.write_list(folder / "list.csv", [batches.row(0)]), out)
    target = folder / "page.html"
    (folder / "page.html.new").mkdir()
    (folder / "page.html.new/kept").write_text("x")
    assert run("print", out, "--by", "vendor", "--out", target).returncode == 0
    assert (folder / "page.html.new/kept").exists()
    target.write_text("a letter")
    assert run("print", out, "--by", "vendor", "--out", target).returncode != 0
    assert target.read_text() == "a letter"
    target.unlink()
    for _ in range(2):
        assert run("print", out, "--by", "vendor", "--out", target).returncode == 0


def test_a_run_under_nohup_outlives_its_terminal(work):
    folder, common = work
    roster = batches.write_list(folder / "list.csv", [batches.row(n) for n in range(300)])
    process = subprocess.Popen(
        batches.command(common, roster, folder / "out"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    time.sleep(0.1)
    process.send_signal(signal.SIGHUP)
    assert process.wait(timeout=60) == 0


def test_a_list_without_rows_is_refused(work):
    folder, common = work
    result = batches.batch(common, batches.write_list(folder / "list.csv", []), folder / "out")
    assert result.returncode == 65
    assert not (folder / "out").exists()


def test_days_that_count_from_1904_are_not_taken_for_others(work):
    """A day that lost its format is a number, which means another day in a workbook of the old Macintosh."""
    folder, common = work
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    rows = [batches.row(0, 契約締結日=43190), batches.row(1, 契約金額=43190)]
    for cells in (batches.HEADER, *([row[name] for name in batches.HEADER] for row in rows)):
        book.active.append(cells)
    book.save(folder / "list.xlsx")
    result = batches.batch(common, folder / "list.xlsx", folder / "out", "--no-sync")
    assert result.returncode == 65, result.stderr.decode()
    assert result.stderr.decode().count("エラー[damaged-cell]") == 1 and "!D2: エラー" in result.stderr.decode()
    # The same number as an amount of money is no day.
    assert (folder / "out/0040012/V00001/packet.html").is_file()
    # As a day of 1900 it would be the same number.
    book.epoch = openpyxl.Workbook().epoch
    book.save(folder / "list.xlsx")
    assert batches.batch(common, folder / "list.xlsx", folder / "out", "--no-sync").returncode == 0


def test_what_was_checked_against_shared_data_says_so(work):
    """A list without a column for the tax is held against that of the shared data, which the clerk does not see in her list."""
    folder, common = work
    text = common.read_text(encoding="utf-8")
    common.write_text(text.replace("\ncontract:\n", "\ncontract:\n  tax: 50000\n", 1), encoding="utf-8")
    rows = [batches.row(0, 契約金額="1000000"), batches.row(1, 契約金額="30000")]
    inherited = "一覧のこの行にないので、共通の契約データにあるもので調べました"
    result = batches.batch(common, batches.write_list(folder / "list.csv", rows), folder / "out", "--no-sync")
    assert result.returncode == 65
    said = result.stderr.decode()
    assert "list.csv!3: エラー[rule-violated]" in said
    assert said.count(inherited) == said.count("[rule-violated]"), said
    rows = [row | {"消費税額": "50000"} for row in rows]
    header = [*batches.HEADER, "消費税額"]
    roster = batches.write_list(folder / "own.csv", rows, header=header)
    result = batches.batch(common, roster, folder / "own", "--no-sync")
    said = result.stderr.decode()
    assert result.returncode == 65 and "エラー[rule-violated]" in said and inherited not in said
