"""Lists to run batches over, and what a run leaves on the disk."""

import csv
import hashlib
import io
from pathlib import Path

from packets import BINARY, EDITION, SAMPLES, run

HEADER = (
    "契約番号,受注者番号,件名,契約締結日,履行期間の始期,履行期間の終期,契約金額,商号又は名称,郵便番号,所在地,代表者職名,代表者氏名,"
    "担当部署,担当者氏名,担当者電話,担当者電子メール"
).split(",")


def row(number, contract="0040012", **changes):
    """A good row; a contract's values occur in the rows of that contract only, and a vendor's in one row."""
    amount = 1_000_000 + int("".join(c for c in contract if c in "0123456789")[-6:] or 0)
    cells = {
        "契約番号": contract, "受注者番号": f"V{number:05}", "件名": f"見本業務{contract}委託", "契約締結日": "2022-04-01",
        "履行期間の始期": "2022-04-01", "履行期間の終期": "2023-03-31", "契約金額": str(amount),
        "商号又は名称": f"株式会社見本{number:05}", "郵便番号": "210-0001", "所在地": f"神奈川県川崎市例示町{number:05}番地",
        "代表者職名": "代表取締役", "代表者氏名": f"代表　{number:05}", "担当部署": f"業務{number:05}部", "担当者氏名": f"担当　{number:05}",
        "担当者電話": "044-000-0001", "担当者電子メール": f"v{number:05}@example.jp",
    }
    return cells | changes


def csv_bytes(rows, header=HEADER, encoding="utf-8", delimiter=",", line_end="\r\n"):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(header)
    for cells in rows:
        writer.writerow([cells.get(name, "") for name in header])
    return text.getvalue().encode(encoding)


def write_list(path, rows, **options):
    Path(path).write_bytes(csv_bytes(rows, **options))
    return path


def common_text():
    """The sample contract's data without its vendor and its amounts."""
    text = (SAMPLES / "contract.yaml").read_text(encoding="utf-8")
    lines = text[: text.index("\nvendor:")].splitlines()
    return "\n".join(line for line in lines if "  tax:" not in line) + "\n"


def write_common(folder):
    path = Path(folder) / "common.yaml"
    path.write_text(common_text(), encoding="utf-8")
    return path


def batch(common, roster, out, *options, **run_options):
    return run("batch", common, roster, "--out", out, "--edition", EDITION, *options, **{"timeout": 600} | run_options)


def command(common, roster, out, *options):
    return [str(word) for word in (BINARY, "batch", common, roster, "--out", out, "--edition", EDITION, *options)]


def tree(out):
    """The digest of every file of a run but the tool's own; what is no file is a finding of its own."""
    files = {}
    for path in sorted(Path(out).rglob("*")):
        name = path.relative_to(out)
        if name.parts[0] == ".tokki":
            continue
        if path.is_file() and not path.is_symlink():
            files[str(name)] = hashlib.sha256(path.read_bytes()).hexdigest()
        elif not path.is_dir():
            files[str(name)] = "no file"
    return files


def strays(out):
    """What a finished run should not have left: anything staged, and folders without a packet."""
    found = [str(path) for path in (Path(out) / ".tokki/staging").rglob("*")]
    for path in Path(out).rglob("*"):
        parts = path.relative_to(out).parts
        if parts[0] != ".tokki" and path.is_dir() and len(parts) == 2 and not (path / "manifest.json").is_file():
            found.append(str(path))
    return found
