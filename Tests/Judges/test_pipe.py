"""`tokki pipe` keeps its protocol: what engines that run it on many machines rely on."""

import json
import subprocess

import batches
import pytest
from packets import BINARY, EDITION
from pipes import PAPERS, POISON, Answers, line, pipe, poison, start, text


@pytest.fixture(scope="module")
def common(tmp_path_factory):
    return batches.write_common(tmp_path_factory.mktemp("pipe"))


# MARK: Lines


def test_a_line_for_each_line_in_order(common):
    """Good and bad ones alternate, and none changes its neighbours."""
    lines = []
    for number, name in enumerate(POISON):
        lines += [line(number), poison(name)[0]]
    answers = pipe(common, text(lines), "--no-contents")
    assert [item["line"] for item in answers.items] == list(range(1, len(lines) + 1))
    assert answers.outcomes == ["made", "rejected"] * len(POISON)
    codes = [{d["code"] for d in item["diagnostics"]} for item in answers.items[1::2]]
    assert [name for name, found in zip(POISON, codes, strict=True) if POISON[name][1] not in found] == []
    assert {d["line"] for item in answers.items for d in item["diagnostics"]} == set(range(2, len(lines) + 1, 2))
    alone = pipe(common, text(lines[::2]), "--no-contents")
    assert [item["root"] for item in alone.items] == [item["root"] for item in answers.items[::2]]


def test_no_value_is_reported(common):
    answer = pipe(common, line(1, 契約金額="マル秘百万円", 件名="\a極秘業務"), "--no-contents").lines[0].decode()
    assert "マル秘" not in answer and "極秘" not in answer


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\r"])
def test_the_last_line_may_lack_its_end(common, end):
    whole = pipe(common, line(1) + b"\n" + line(2) + b"\n")
    assert pipe(common, line(1) + b"\n" + line(2) + end).lines == whole.lines


def test_line_ends_and_a_byte_order_mark_change_nothing(common):
    whole = pipe(common, text([line(1), line(2)]))
    assert pipe(common, b"\xef\xbb\xbf" + line(1) + b"\r\n" + line(2) + b"\r\n").lines == whole.lines


def test_no_input_no_output(common):
    assert pipe(common, b"").lines == []


def test_the_same_line_has_the_same_answer(common):
    item, bad = line(1), poison("no number")[0]
    first = pipe(common, text([item, bad]))
    again = pipe(common, text([item, bad]))
    later = pipe(common, text([bad, item]))
    assert first.lines == again.lines
    number = b'"line":%d,'
    assert later.lines[1].replace(number % 2, number % 1) == first.lines[0]


def test_an_answer_comes_before_the_next_line_is_sent(common):
    """Each is written on its own as soon as it is made, in one call."""
    command = [str(w) for w in (BINARY, "pipe", common, "--edition", EDITION, *PAPERS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        for number in range(3):
            process.stdin.write(line(number) + b"\n")
            # More than a pipe passes on at once would come in pieces.
            answer = process.stdout.read(1 << 16)
            assert answer.endswith(b"}\n") and answer.count(b"\n") == 1
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_a_long_line_takes_no_memory(common):
    """300 MB without a line feed, then a good line."""
    command = f"ulimit -v 400000; exec {BINARY} pipe {common} --edition {EDITION} {' '.join(PAPERS)} --no-contents"
    with subprocess.Popen(["bash", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for _ in range(300):
            process.stdin.write(b"x" * 1_000_000)
        process.stdin.write(b"\n" + line(1))
        answers = Answers(process.communicate(timeout=300)[0])
    assert (process.returncode, answers.outcomes) == (0, ["rejected", "made"])


def test_warnings_come_with_the_packet(common):
    answers = pipe(common, line(1, 契約締結日="2024-04-01", 商号又は名称="株式会社?見本"), "--no-contents")
    assert answers.outcomes == ["made"]
    found = {(d["code"], d["severity"]) for d in answers.items[0]["diagnostics"]}
    assert {("outside-edition-window", "warning"), ("lost-character", "warning")} <= found


# MARK: What ends a run


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("lines", [b"", text([line(1)])])
def test_a_broken_edition_is_no_answer(common, tmp_path, lines, options):
    (tmp_path / "edition.xml").write_text("<edition")
    result = start(common, lines, *options, edition=tmp_path)
    assert (result.returncode, result.stdout) == (70, b"")
    assert b"edition.xml" in result.stderr
    if options:
        assert json.loads(result.stderr)["diagnostics"]


def test_broken_common_data_is_no_answer(tmp_path):
    (tmp_path / "common.yaml").write_text("contract: [\n")
    for data in [tmp_path / "common.yaml", tmp_path / "none.yaml"]:
        result = start(data, text([line(1)]))
        assert (result.returncode, result.stdout) == (70, b"")
        assert data.name.encode() in result.stderr


def test_an_unknown_paper_is_no_answer(common):
    result = start(common, text([line(1)]), "--documents", "no-such-paper")
    assert (result.returncode, result.stdout) == (70, b"") and result.stderr


def test_output_that_cannot_be_written_ends_the_run(common):
    with open("/dev/full", "wb") as full:
        result = start(common, text([line(1)]), stdout=full)
    assert result.returncode == 74 and b"errno 28" in result.stderr


def test_input_that_cannot_be_read_ends_the_run(common):
    command = f"{BINARY} pipe {common} --edition {EDITION} {' '.join(PAPERS)} < /"
    result = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert (result.returncode, result.stdout) == (74, b"") and b"errno 21" in result.stderr


# MARK: Shards


def test_shards_are_the_whole(common):
    lines = [line(number) for number in range(10)]
    lines[4] = b""
    whole = pipe(common, text(lines), "--no-contents").lines
    shards = [pipe(common, text(lines), "--no-contents", "--shard", f"{i}/3").lines for i in (1, 2, 3)]
    assert shards == [whole[0::3], whole[1::3], whole[2::3]]
    assert pipe(common, text(lines), "--no-contents", "--shard", "11/11").lines == []


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "1/0", "-1/3", "a/b", "1/2/3", ""])
def test_no_shard(common, shard):
    result = start(common, b"", f"--shard={shard}")
    assert (result.returncode, result.stdout) == (64, b"")
