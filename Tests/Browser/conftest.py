"""What the suites of the preview share."""

import pytest
from preview import Preview


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """A server without data, into which we were let."""
    with Preview(tmp_path_factory.mktemp("preview")) as running:
        yield running.enter()


@pytest.fixture
def note(record_property):
    """note("…") prints a line at the end of the run, whether the test passed or not."""
    return lambda text: record_property("note", text)


def pytest_terminal_summary(terminalreporter):
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", ()):
                if name == "note" and report.when == "call":
                    terminalreporter.write_line(f"{report.nodeid.split('::')[-1]}: {text}")
