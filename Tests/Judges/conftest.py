"""What the judges share, and the counts that they print at the end.

`make judges` runs them all; `.venv/bin/python -m pytest Tests/Judges/test_browser.py -k contract-final`
one of them on one packet. TOKKI_PACKETS=folder:folder has ready-made packets judged instead."""

import pytest

import packets as made
import temporary_files  # noqa: F401
from notes import note, pytest_terminal_summary  # noqa: F401
from rings import daily


@pytest.fixture(scope="session")
def packets(tmp_path_factory):
    return made.Packets(tmp_path_factory.mktemp("packets"))


# The packets that slow judges read every day: all that a contract has, and values that fill the page.
READ_DAILY = {"contract-final", "long"}


@pytest.fixture(params=made.names() if made.given() else daily(made.names(), *READ_DAILY))
def packet(request, packets):
    return packets.packet(request.param)
