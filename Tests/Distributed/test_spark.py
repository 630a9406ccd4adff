"""packets_on_spark.py on a cluster of two workers, of which tasks, processes and one machine fail: no row is lost, none made twice.

TOKKI_SPARK_ROWS   rows of the long list; default 100,000
"""

import json
import os
import shutil
import time
from pathlib import Path

import batches
import packets_on_spark as job
import pytest
from cluster import cluster, submit
from packets import BINARY, EDITION, run
from pipes import PAPERS, POISON, line, poison

HERE = Path(__file__).parent
ROWS = int(os.environ.get("TOKKI_SPARK_ROWS", 100_000))
# Without those that a batch passes over, or stops at.
KINDS = [name for name in POISON if name not in ("too long", "an empty line", "blanks")]


def write_list(folder, count):
    """A list of which every hundredth row is bad; what it expects of them."""
    bad = {}
    with open(folder / "list.ndjson", "wb") as file:
        for row in range(1, count + 1):
            text = line(row, contract=f"{row // 1000:07}")
            if row % 100 == 50:
                name = KINDS[row // 100 % len(KINDS)]
                content, bad[row] = poison(name)
                # Rows with a key must not share it: a batch would refuse them for that.
                text = line(row, **POISON[name][0]) if isinstance(POISON[name][0], dict) else content
            file.write(text + b"\n")
    return folder / "list.ndjson", bad


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster")) as url:
        yield url


def make(master, folder, roster, *options, tokki=BINARY, edition=EDITION, settings=()):
    """Runs the job; the folder gets what it writes."""
    words = [folder / "common.yaml", roster, folder / "out", "--tokki", tokki, "--edition", edition, *options]
    return submit(
        master, folder, HERE / "packets_on_spark.py", *words, "--", *PAPERS,
        settings={"spark.task.maxFailures": 12, "spark.speculation": "true", "spark.speculation.quantile": 0.5} | dict(settings),
    )


def failing(folder):
    """tokki on machines that fail, and the folder where its runs are counted."""
    state = folder / "runs"
    state.mkdir()
    wrapper = folder / "tokki"
    wrapper.write_text(f'#!/bin/bash\nexec "{HERE}/failing-tokki" "{state}" "{BINARY}" "$@"\n')
    wrapper.chmod(0o755)
    return wrapper, state


def read(file):
    return [json.loads(text) for text in file.read_text(encoding="utf-8").splitlines()]


def test_a_long_list_on_machines_that_fail(master, tmp_path, capsys):
    common = batches.write_common(tmp_path)
    roster, bad = write_list(tmp_path, ROWS)
    tokki, state = failing(tmp_path)
    begin = time.monotonic()
    result = make(master, tmp_path, roster, "--partitions", 16, tokki=tokki)
    seconds = time.monotonic() - begin
    assert result.returncode == 65, result.stderr[-5000:]
    packets, rejects = read(tmp_path / "out/packets.ndjson"), read(tmp_path / "out/rejects.ndjson")
    # Every row once.
    assert len({packet["path"] for packet in packets}) == len(packets) == ROWS - len(bad)
    assert sorted(item["row"] for item in packets + rejects) == list(range(1, ROWS + 1))
    # A line that is no UTF-8 cannot go through the engine; another stands for it, which is refused as well.
    codes = {row: code if code != "invalid-encoding" else "data-syntax" for row, code in bad.items()}
    assert [reject["row"] for reject in rejects] == list(bad)
    assert all(codes[reject["row"]] in reject["codes"] for reject in rejects)
    # The failures were real: ten runs failed, one of them with its executor, and one was overtaken.
    runs = len(list(state.iterdir()))
    assert (state / "executor").exists() and runs > 16 + 9
    for word in ("PIPE_FUNCTION_EXITED", "ExecutorLostFailure"):
        assert word in result.stderr, result.stderr[-5000:]
    # The same packets as on one machine.
    begin = time.monotonic()
    # A list is UTF-8 to its end, or refused as a whole.
    lines = roster.read_bytes().split(b"\n")
    whole = tmp_path / "whole.ndjson"
    whole.write_bytes(b"\n".join(line.decode(errors="replace").encode() for line in lines))
    alone = batches.batch(common, whole, tmp_path / "alone", *PAPERS, "--no-sync", timeout=3600)
    assert alone.returncode == 65, alone.stderr[-2000:]
    manifest = json.loads((tmp_path / "alone/run.json").read_text())
    summary = json.loads((tmp_path / "out/summary.json").read_text())
    assert summary == {
        "rows": ROWS, "made": len(packets), "rejected": len(bad), "nothing_new": 0,
        "packets_root": manifest["packets_root"],
    }
    assert [(p["path"], p["root"]) for p in packets] == [(p["path"], p["root"]) for p in manifest["packets"]]
    with capsys.disabled():
        print(
            f"\n{ROWS} rows, {len(bad)} bad, {runs - 1} runs of tokki for 16 parts: {seconds:.0f} s on the cluster, "
            f"{time.monotonic() - begin:.0f} s as a batch; packets_root {summary['packets_root']}"
        )


def test_packets_are_placed(master, tmp_path):
    """Through a store that the machines share; a second time nothing changes."""
    batches.write_common(tmp_path)
    roster, bad = write_list(tmp_path, 200)
    tokki, _ = failing(tmp_path)
    options = ["--partitions", 4, "--store", tmp_path / "store", "--place"]
    first = make(master, tmp_path, roster, *options, tokki=tokki)
    assert first.returncode == 65, first.stderr[-5000:]
    packets = read(tmp_path / "out/packets.ndjson")
    assert len(packets) == 200 - len(bad)
    for packet in packets[::20]:
        assert run("verify", tmp_path / "out" / packet["path"]).returncode == 0
    placed = {path.parent for path in (tmp_path / "out").rglob("manifest.json")}
    assert placed == {tmp_path / "out" / packet["path"] for packet in packets}
    before = batches.tree(tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / packets[0]["path"])
    assert make(master, tmp_path, roster, *options).returncode == 65
    assert batches.tree(tmp_path / "out") == before


def test_what_no_retry_mends_ends_the_job(master, tmp_path):
    """A broken edition: exit 70 of every task, and nothing is written."""
    batches.write_common(tmp_path)
    roster, _ = write_list(tmp_path, 10)
    (tmp_path / "edition").mkdir()
    result = make(master, tmp_path, roster, edition=tmp_path / "edition", settings={"spark.task.maxFailures": 2})
    assert result.returncode == 1 and "PIPE_FUNCTION_EXITED" in result.stderr
    assert not (tmp_path / "out").exists()


# MARK: The driver's part


def answer(line, path="1/V1", root="0", outcome="made"):
    return json.dumps(
        {"line": line, "outcome": outcome, "path": path, "root": root, "check_number": "", "files": [], "diagnostics": []}
    )


def test_twins_count_once():
    results = [(1, 1, answer(1, "1/V3")), (0, 2, answer(2, "1/V2")), (0, 1, answer(1)), (0, 2, answer(2, "1/V2"))]
    rows = job.rows(results, 3)
    assert [(row, item["path"]) for row, item in rows.items()] == [(1, "1/V1"), (2, "1/V2"), (3, "1/V3")]


@pytest.mark.parametrize(
    "results",
    [
        [(0, 1, answer(1)), (0, 1, answer(1, root="1"))],
        [(0, 2, answer(2)), (1, 1, answer(1))],
        [(0, 1, answer(1))],
        [],
    ],
    ids=["two answers", "a line lost", "the end lost", "all lost"],
)
def test_what_is_lost_is_seen(results):
    with pytest.raises(job.Lost):
        job.rows(results, 2)


def test_rows_with_one_key_are_refused():
    rows = job.rows([(0, 1, answer(1, "1/a")), (0, 2, answer(2, "1/A")), (0, 3, answer(3, "1/b"))], 3)
    packets, rejects = job.sort_out(rows)
    assert [packet["row"] for packet in packets] == [3]
    assert [(reject["row"], reject["codes"]) for reject in rejects] == [(1, [job.REPEATED_KEY]), (2, [job.REPEATED_KEY])]
