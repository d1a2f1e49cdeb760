"""Values that know their path; paragraphs and lists of a long text; what is absent."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal

import pytest

from cpomgen.contrat import Absent, Entier, Fiche, Jour, Liste, Montant, Texte, alineas, feuilles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un\ndeux", [("un deux", False)]),
        ("un\n\ndeux", [("un", False), ("deux", False)]),
        ("un\n \n\n\ndeux\n", [("un", False), ("deux", False)]),
        ("dit :\n- a\n- b\n  suite\n\nfin", [("dit :", False), ("a", True), ("b suite", True), ("fin", False)]),
        ("- a\n\n- b", [("a", True), ("b", True)]),
        ("-a", [("-a", False)]),
        ("- a\nsuite", [("a suite", True)]),
        ("12 - 5", [("12 - 5", False)]),
        ("", []),
    ],
)
def it_parts_a_long_text(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [tuple(each) for each in alineas(text)] == expected


def it_keeps_the_path_of_the_text_in_its_paragraphs() -> None:
    assert {each.texte.path for each in alineas(Texte("a\n\n- b", "suivi.calendrier"))} == {"suivi.calendrier"}


@pytest.mark.parametrize(
    ("leaf", "plain"),
    [
        (Texte("a", "p"), "a"),
        (Montant(Decimal("1.10"), "p"), Decimal("1.10")),
        (Entier(2012, "p"), 2012),
        (Jour(date(2012, 1, 1), "p"), date(2012, 1, 1)),
    ],
)
def it_makes_leaves_equal_to_their_values(leaf: Texte | Montant | Entier | Jour, plain: object) -> None:
    assert leaf == plain
    assert leaf.path == "p"


def it_yields_every_leaf_in_order() -> None:
    fiche = Fiche({"a": Texte("x", "a"), "b": Liste([Texte("y", "b[0]")], "b"), "c": Absent("c")}, "")
    assert [leaf.path for leaf in feuilles(fiche)] == ["a", "b[0]"]


def it_makes_absence_false_empty_and_equal_to_nothing_else() -> None:
    absent = Absent("duree.date_effet")
    others: list[object] = ["", 0, None]
    assert (bool(absent), len(absent), list(absent), "x" in absent) == (False, 0, [], False)
    assert absent not in others


def it_knows_no_field_that_was_not_given() -> None:
    with pytest.raises(KeyError):
        Fiche({"a": 1}, "")["b"]


def it_copies_leaves_with_their_path() -> None:
    assert copy.copy(Texte("a", "p")).path == "p"
