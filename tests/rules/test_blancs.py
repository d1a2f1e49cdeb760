"""What is written and left blank: nothing to say while the contract is filled, an error when it is to be signed."""

from __future__ import annotations

from petit import dossier

from cpomgen.examine import examine

RAPPORT = "rapport_etape: {delai: un mois}"


def blanks(new: str, *, settled: bool) -> list[str]:
    return [each.message for each in examine(dossier((RAPPORT, new), settled=settled)) if each.code == "CPOM492"]


def it_says_nothing_of_a_blank_while_the_contract_is_filled() -> None:
    assert blanks("rapport_etape: {delai: }", settled=False) == []


def it_refuses_a_blank_in_a_contract_about_to_be_signed() -> None:
    assert blanks("rapport_etape: {delai: }", settled=True) == ["« Délai du rapport d'étape » est laissé vide."]


def it_says_nothing_of_a_field_that_is_filled() -> None:
    assert blanks(RAPPORT, settled=True) == []
