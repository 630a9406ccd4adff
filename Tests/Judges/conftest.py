"""What the judges share, and the counts that they print at the end.

`make judges` runs them all; `.venv/bin/python -m pytest Tests/Judges/test_browser.py -k contract-final`
one of them on one packet. TOKKI_PACKETS=folder:folder has ready-made packets judged instead."""

import pytest

import packets as made
import temporary_files  # noqa: F401
from notes import note, pytest_terminal_summary  # noqa: F401


@pytest.fixture(scope="session")
def packets(tmp_path_factory):
    return made.Packets(tmp_path_factory.mktemp("packets"))


@pytest.fixture(params=made.names())
def packet(request, packets):
    return packets.packet(request.param)
