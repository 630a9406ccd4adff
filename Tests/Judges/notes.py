"""Counts that a test prints at the end of the run: its conftest imports both names."""

import pytest


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
