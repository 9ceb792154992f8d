"""The mutants are where they say, and a sample of them is noticed; `make mutants` tries all."""

from __future__ import annotations

from collections import Counter

import pytest
from mutants import ROOT, TEXT_ONLY, judge, load

MUTANTS = load()
SAMPLE = ["redirects are followed", "quotes are left as they are", "400 is retried"]


def test_a_name_tells_one_mutant():
    assert [
        name for name, count in Counter(each.name for each in MUTANTS).items() if count > 1
    ] == []


@pytest.mark.parametrize("file", sorted({each.file for each in MUTANTS}))
def test_a_mutant_has_one_place(file):
    text = (ROOT / file).read_text("utf-8")
    for mutant in MUTANTS:
        if mutant.file == file:
            assert mutant.changed(text) != text, mutant.name


@pytest.mark.parametrize("test", sorted({test for each in MUTANTS for test in each.tests}))
def test_the_test_that_is_asked_is_there(test):
    assert not test.startswith(TEXT_ONLY)
    path, _, name = test.partition("::")
    assert f"def {name.split('[')[0]}(" in (ROOT / path).read_text("utf-8")


def test_a_sample_is_noticed():
    sample = [each for each in MUTANTS if each.name in SAMPLE]
    killers = {mutant.name: killer for mutant, killer in judge(sample, jobs=1)}
    assert killers.keys() == set(SAMPLE)
    assert None not in killers.values()
