"""The goldens: `expected.js` holds what is special about the function of `mapping.yaml`.

That is the tables of its sections, the functions of its routes and `isWanted`; a comment
`# shows: onBatch header` in the mapping adds other parts of the file by name. `make goldens`
writes them anew, and the difference is reviewed like code.
"""

from __future__ import annotations

import re
from pathlib import Path

from generator.compiler import compile_text
from generator.diagnostics import Report
from generator.model import SECTIONS
from generator.project import Project

HOME = Path(__file__).parent
CASES = sorted(path.parent for path in HOME.glob("*/mapping.yaml"))
EXAMPLES = sorted(HOME.parents[1].glob("mappings/*[!s].yaml"))
NAMED = re.compile(r"^(?:async )?(?:function|const) (\w+)", re.MULTILINE)
SHOWS = re.compile(r"^# shows: (.+)$", re.MULTILINE)


def compiled(case):
    """The output of a case, which has no findings at all."""
    report = Report()
    raw = (case / "mapping.yaml").read_bytes()
    output = compile_text(raw, f"mappings/{case.name}.yaml", Project.at(case), report)
    assert list(report) == []
    return output


def golden(case):
    """What `expected.js` should hold."""
    output = compiled(case)
    shown = {"isWanted", *(name.upper() for name in SECTIONS), *output.functions.values()}
    asked = SHOWS.search((case / "mapping.yaml").read_text("utf-8"))
    shown |= set(asked[1].split()) if asked else set()
    blocks = re.split(r"\n\n(?=\S)", output.text.rstrip("\n"))
    kept = [block for block in blocks if name_of(block) in shown]
    return "\n\n".join(kept) + "\n"


def name_of(block):
    """The name of a part of the file: what it declares, or the header."""
    found = NAMED.search(block)
    return found[1] if found else "header"


def main():
    for case in CASES:
        path, text = case / "expected.js", golden(case)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(HOME)} written")


if __name__ == "__main__":
    main()
