"""Texts whose expected finding is marked: `properties.plan = «enterprise»`."""

from generator.diagnostics import Report, Severity, Span


def place(start, end):
    return Span("m.yaml", 1, start + 1, 1, end + 1)


def check(read, marked, slug, advice):
    """Read a marked text and compare what is found with the mark, the slug and the advice."""
    before, inside = marked.split("«")
    inside, after = inside.split("»")
    report = Report()
    result = read(before + inside + after, report)
    found = [(entry.code.slug, entry.span) for entry in report]
    expected = (slug, place(len(before), len(before) + len(inside)))
    assert expected in found
    entry = next(entry for entry in report if (entry.code.slug, entry.span) == expected)
    assert advice in (entry.help or "")
    errors = [entry.code.slug for entry in report if entry.severity is Severity.ERROR]
    assert errors == ([slug] if entry.severity is Severity.ERROR else [])
    assert (result is None) == bool(errors)
