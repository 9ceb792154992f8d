"""Write docs/images/show.png, the page of the example in docs/show.md.

`make browser` first; it is written anew where the page has changed for the eye.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from generator.cli import main

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "cli"))
import console  # noqa: E402 - beside the tests of the command line


def photograph(folder: Path) -> None:
    """Show the example and take its picture."""
    for path, text in console.files((ROOT / "docs" / "show.md").read_text("utf-8")).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    page = folder / "page.html"
    os.chdir(folder)
    ran = CliRunner().invoke(main, ["show", "--out", str(page)])
    assert ran.exit_code == 0, ran.output
    with sync_playwright() as play:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        opened = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = opened.new_page(viewport={"width": 1200, "height": 620})
        tab.goto(page.as_uri())
        tab.screenshot(path=ROOT / "docs" / "images" / "show.png", full_page=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        photograph(Path(made))
        os.chdir(ROOT)
