"""Words in the text of a function: candidates for names and values, and where words stand."""

from __future__ import annotations

import re

from generator.diagnostics import Span

_TEXT = re.compile(
    r'"((?:[^"\\\n]|\\.){1,100})"' + r"|'((?:[^'\\\n]|\\.){1,100})'" + r"|`([^`$\\\n]{1,100})`"
)
_KEY = re.compile(r"(?:^|[{,(\s])([A-Za-z_$][\w$]*)\s*:")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_CHAIN = re.compile(r"(?:(?:await|new|throw)\s+)*[\w$]+(?:\??\.[\w$]+)*")
_PARTS = r"(?:\.[\w$]+|\[[^\]\n]*\])*"
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_MOST_TEXTS, _MOST_NAMES = 120, 600
_KEYWORDS = (
    "async await break case catch class const continue default delete do else false finally for "
    "function if in instanceof let new null of return static super switch this throw true try "
    "typeof undefined var void while with yield arguments eval"
)


def texts(code: str) -> list[str]:
    """What stands between quotes or before a colon: events may be called so."""
    found = [next(group for group in match.groups() if group) for match in _TEXT.finditer(code)]
    keys = [match[1] for match in _KEY.finditer(code)]
    return list(dict.fromkeys([*found, *keys]))[:_MOST_TEXTS]


def names(code: str) -> list[str]:
    """Every word that may be a variable."""
    keywords = set(_KEYWORDS.split())
    found = dict.fromkeys(_NAME.findall(code))
    return [name for name in found if name not in keywords][:_MOST_NAMES]


class Words:
    """The lines of a function, to turn places of V8 into spans."""

    def __init__(self, code: str, path: str) -> None:
        """`path` is shown in findings."""
        self.path = path
        self.code = code
        self.lines = _LINE_END.split(code)

    def at(self, line: int, column: int) -> Span:
        """The expression that begins at a place; V8 counts UTF-16 units."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        raw = text.encode("utf-16-le", "surrogatepass")[: 2 * (column - 1)]
        start = len(raw.decode("utf-16-le", "ignore"))
        while start > 0 and re.fullmatch(r"[\w$.]", text[start - 1]):
            start -= 1  # V8 points at `log` in `console.log`
        found = _CHAIN.match(text, start)
        end = found.end() if found else start + 1
        return Span(self.path, line, start + 1, line, end + 1)

    def handler(self, name: str | None) -> Span:
        """Where a handler is declared; else the beginning of the file."""
        older = name[2:].lower() if name else ""
        found = name and (
            re.search(rf"\bfunction\s*\*?\s*({name}|{older})\b", self.code)
            or re.search(rf"\b({name}|{older})\s*=", self.code)
        )
        return self._span(found.start(1), found.end(1)) if found else Span.start_of(self.path)

    def assigned(self, name: str) -> Span:
        """Where a variable gets its value in the course of a call, else where it is declared."""
        word = rf"(?<![\w$.])({re.escape(name)})(?![\w$])"
        patterns = (
            rf"(?<!const )(?<!let )(?<!var ){word}{_PARTS}\s*(?:\?\?|\|\|)?=(?!=)",
            rf"(?:const|let|var)\s+{word}",
            word,
        )
        matches = (re.search(pattern, self.code) for pattern in patterns)
        found = next((match for match in matches if match), None)
        return self._span(found.start(1), found.end(1)) if found else Span.start_of(self.path)

    def compared(self, name: str, text: str) -> Span | None:
        """Where a property is assigned a text that stands in the code."""
        found = re.search(rf"(\.{name}\s*=)\s*[\"'`]{re.escape(text)}", self.code)
        return None if found is None else self._span(found.start(1), found.end(1))

    def _span(self, start: int, end: int) -> Span:
        """The span of a word by its place in the text."""
        breaks = list(_LINE_END.finditer(self.code, 0, start))
        line, begin = len(breaks) + 1, breaks[-1].end() if breaks else 0
        return Span(self.path, line, start - begin + 1, line, end - begin + 1)
