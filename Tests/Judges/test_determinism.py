"""Same input, same bytes: whatever the time zone, the language, the folder or the data's file format."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from packets import SAMPLES, make_packet

ZONES = ["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Kiritimati", "Etc/GMT+12"]
LANGUAGES = ["C", "C.UTF-8", "ja_JP.UTF-8", "ja_JP.eucJP", "tr_TR.UTF-8", "ar_EG.UTF-8", ""]


def digests(folder):
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(Path(folder).rglob("*"))
        if file.is_file()
    }


def differing(runs):
    """Files that are not the same in all runs."""
    names = set().union(*runs)
    return sorted(name for name in names if len({run.get(name) for run in runs}) > 1)


def test_twenty_surroundings(tmp_path, note):
    data = SAMPLES / "contract.yaml"

    def one(number):
        here = tmp_path / f"cwd {number}"
        here.mkdir()
        zone, language = ZONES[number % len(ZONES)], LANGUAGES[number % len(LANGUAGES)]
        surroundings = dict(os.environ, TZ=zone, LANG=language, LC_ALL=language, HOME=str(here))
        # Data and output by absolute and by relative path, the edition always by name.
        given = data if number % 2 else os.path.relpath(data, here)
        out = tmp_path / f"out-{number}" if number % 3 else Path(f"packets 書類/{number}")
        edition = data.parents[1]
        return digests(
            make_packet(given, out, "--edition", edition, cwd=here, env=surroundings)
        )

    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(one, range(20)))
    assert runs[0], "no files"
    note(f"{len(runs)} runs in different surroundings, {len(runs[0])} files each")
    assert not differing(runs)


def test_yaml_and_json(tmp_path):
    runs = [
        digests(make_packet(SAMPLES / f"contract.{kind}", tmp_path / kind)) for kind in ("yaml", "json")
    ]
    assert not differing(runs)


def test_second_run_leaves_files_alone(tmp_path):
    def stats():
        return {
            str(file.relative_to(tmp_path)): (file.stat().st_mtime_ns, file.stat().st_ino)
            for file in tmp_path.rglob("*")
        }

    make_packet(SAMPLES / "contract.yaml", tmp_path)
    first = stats()
    make_packet(SAMPLES / "contract.yaml", tmp_path)
    assert stats() == first
