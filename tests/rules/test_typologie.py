"""What the typology of a contract calls for: pieces due, pieces excluded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from typologique import ANNEXE, contract, files

from cpomgen.examine import examine
from cpomgen.reading import Reading

CODES = ("CPOM401", "CPOM467", "CPOM468")


def codes(text: str, *pieces: str, settled: bool = False) -> list[str]:
    """Return what is said of a contract: the severity, the code and the line of each problem."""
    dossier = replace(Reading(files(text)).dossier("essai", settled=settled), pieces=frozenset(pieces))
    found = (each for each in examine(dossier) if each.code in CODES)
    return [f"{each.severity.value} {each.code} {each.mark.line}" for each in found]


@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize(
    ("sorte", "annexe"),
    [("seul", ANNEXE), ("libre", ANNEXE), ("libre", ""), ("plusieurs", ""), ("plusieurs", "annexe:\n")],
)
def it_accepts_what_the_typology_calls_for(sorte: str, annexe: str, settled: bool) -> None:  # noqa: FBT001 - a case
    assert codes(contract(sorte, annexe), settled=settled) == []


def it_refuses_an_excluded_piece() -> None:
    assert codes(contract("plusieurs")) == ["erreur CPOM467 7"]


def it_asks_for_a_due_piece_before_signature() -> None:
    assert codes(contract("seul", "")) == ["avertissement CPOM468 6"]
    assert codes(contract("seul", ""), settled=True) == ["erreur CPOM468 6"]
    assert codes(contract("seul", "annexe:\n"), settled=True) == ["erreur CPOM468 7"]


@pytest.mark.parametrize(("piece", "asked"), [("socle", False), ("annexe", True), ("contrat", True)])
def it_asks_for_no_piece_but_those_that_are_being_settled(piece: str, asked: bool) -> None:  # noqa: FBT001 - a case
    assert codes(contract("seul", ""), piece, settled=True) == ["erreur CPOM468 6"] * asked


def it_says_nothing_of_a_contract_whose_typology_is_not_read() -> None:
    assert codes(contract("autre", "")) == []
    assert codes(contract("", "")) == []


def it_lets_a_contract_off_a_due_piece_for_a_reason_and_never_off_an_excluded_one() -> None:
    waiver = "derogations: [{{regle: {}, fondement: Une raison.}}]\n".format
    text = contract("seul", "") + waiver("CPOM468")
    (found,) = (each for each in Reading(files(text)).examined("essai", settled=True).problems if each.waiver)
    assert (found.code, found.waiver) == ("CPOM468", "Une raison.")
    assert "erreur CPOM401 8" in codes(contract("plusieurs") + waiver("CPOM467"))
