"""An installed Chromium, without a window, and tabs that ask for nothing."""

from __future__ import annotations

import os
import shutil

import pytest
from click.testing import CliRunner

from generator.cli import main

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser(lacking):
    """An installed Chromium; `SEGFN_CHROMIUM` names another."""
    told = os.environ.get("SEGFN_CHROMIUM")
    program = told or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        lacking("chromium", "Chromium is not installed (see make browser)")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a group of its own
    except ImportError:
        lacking("chromium", "playwright is not installed (make browser)")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def open_tab(browser):
    """Open a file in a tab; at the end nothing else was asked for and nothing complained."""
    seen: list[str] = []
    contexts = []

    def open_page(path, **options):
        contexts.append(browser.new_context(**options))
        tab = contexts[-1].new_page()
        tab.on("console", lambda message: seen.append(message.text))
        tab.on("pageerror", lambda problem: seen.append(str(problem)))
        tab.on("request", lambda asked: seen.append(asked.url) if asked.url != path.as_uri() else 0)
        tab.goto(path.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert seen == []


@pytest.fixture
def shown(tmp_path):
    """The file that `segfn show` writes for mappings, each given as text."""

    def write(name, *texts):
        folder = tmp_path / "mappings"
        folder.mkdir()
        for number, text in enumerate(texts):
            (folder / f"m{number}.yaml").write_text(text, encoding="utf-8")
        out = tmp_path / name
        ran = CliRunner().invoke(main, ["show", str(folder), "--out", str(out)])
        assert ran.exit_code == 0, ran.output
        return out

    return write
