from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpomgen.words import Run, compared

TEXT = st.text("ab ,’1", max_size=30)
CASES = {
    "a word": ("le bassin de Gray", "le secteur de Gray", [("bassin", "secteur")]),
    "a word before an apostrophe": ("de l’agence", "de l’association", [("agence", "association")]),
    "a whole amount": (
        "soit 412\u202f000,00\u00a0€.",
        "soit 412\u202f500,00\u00a0€.",
        [("412\u202f000,00\u00a0€", "412\u202f500,00\u00a0€")],
    ),
    "a whole day": ("le 30\u00a0juin 2013.", "le 30\u00a0juin 2014.", [("30\u00a0juin 2013", "30\u00a0juin 2014")]),
    "words added": ("le bilan annuel", "le bilan financier annuel", [("", "financier ")]),
    "words left out": ("le bilan financier annuel", "le bilan annuel", [("financier ", "")]),
    "two words side by side": (
        "deux grands bassins ouverts",
        "trois petits bassins ouverts",
        [("deux grands", "trois petits")],
    ),
    "another text": ("Le réseau appuie.", "Néant", [("Le réseau appuie.", "Néant")]),
    "nothing": ("rien", "rien", []),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def it_tells_which_words_change(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert [tuple(run) for run in compared(old, new) if not run.is_kept] == expected


@given(TEXT, TEXT)
def it_keeps_both_texts_to_the_sign(old: str, new: str) -> None:
    found = compared(old, new)
    assert "".join(run.old for run in found) == old
    assert "".join(run.new for run in found) == new
    assert all(run != Run("", "") for run in found) or old == new == ""
    assert not any(first.is_kept == second.is_kept for first, second in pairwise(found))
