"""A browser for a whole run, a preview and a page for each test; what a page says on its console fails its test.

`make browser` runs them all; `.venv/bin/python -m pytest Tests/Browser/test_fill_in.py -k era` one of them.
What `-m "not long"` leaves out is tried by `make test-long`: more of the same kind, full sizes, fixed waits.
TOKKI_PAGE=Sources/tokki-preview/Page takes scripts and styles from there, so that a change to them needs no build."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest
import temporary_files  # noqa: F401
from browser import launch
from clerk import Clerk
from desk import running
from notes import note, pytest_terminal_summary  # noqa: F401
from playwright.sync_api import sync_playwright
from preview import Preview


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """A server without data, into which we were let."""
    with Preview(tmp_path_factory.mktemp("preview")) as one:
        yield one.enter()


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright):
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture
def start(tmp_path):
    """Starts previews: `start("contract.yaml")` of a sample, `start("text of a file")`, `start()` of nothing."""
    with ExitStack() as stack:
        count = 0

        def one_more(data=None, *options, damage=None):
            nonlocal count
            count += 1
            folder = tmp_path / f"desk-{count}"
            folder.mkdir()
            return stack.enter_context(running(folder, data, *options, damage=damage))

        yield one_more


@pytest.fixture
def open_page(chromium, start):
    """Opens the page of a preview: `open_page("contract.yaml", width=320, …)`."""
    with ExitStack() as stack:
        clerks = []

        def open_one(data=None, of=None, fragment="", width=1280, height=720, **options):
            context = chromium.new_context(
                viewport={"width": width, "height": height}, locale="ja-JP", timezone_id="Asia/Tokyo", **options
            )
            stack.callback(context.close)
            if page := os.environ.get("TOKKI_PAGE"):
                context.route("**/assets/**", lambda route: route.fulfill(path=Path(page, route.request.url.split("/assets/")[-1])))
            clerk = Clerk(context, of or start(data), fragment)
            clerks.append(clerk)
            return clerk

        yield open_one
        for clerk in clerks:
            assert clerk.noise == []
