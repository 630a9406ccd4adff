"""What the judges share, and the counts that they print at the end.

`make judges` runs them all; `.venv/bin/python -m pytest Tests/Judges/test_browser.py -k contract-final`
one of them on one packet. TOKKI_PACKETS=folder:folder has ready-made packets judged instead."""

import pytest

import packets as made


@pytest.fixture(scope="session")
def packets(tmp_path_factory):
    return made.Packets(tmp_path_factory.mktemp("packets"))


@pytest.fixture(params=made.names())
def packet(request, packets):
    return packets.packet(request.param)


@pytest.fixture
def note(record_property):
    """note("…") prints a line at the end of the run, whether the test passed or not."""
    return lambda text: record_property("note", text)


def pytest_terminal_summary(terminalreporter):
    notes = [
        (report.nodeid.split("::")[0].split("/")[-1], text)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, text in report.user_properties
        if name == "note"
    ]
    for file, text in sorted(set(notes)):
        terminalreporter.write_line(f"{file}: {text}")
