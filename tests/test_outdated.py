"""What a text says that a change beside it may make false: dates, amounts, numbers of things, years."""

from __future__ import annotations

import pytest

from cpomgen.outdated import Fact, facts, without_ids, years


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("au 31\u00a0décembre 2012", {Fact("date", "31 décembre 2012"): "31 décembre 2012"}),
        ("le 1er\u00a0mars 2013", {Fact("date", "1er mars 2013"): "1er mars 2013"}),
        ("de 1\u202f234\u202f567,89\u00a0€", {Fact("montant", "1234567.89"): "1 234 567,89 €"}),
        ("10 000,00 €", {Fact("montant", "10000"): "10 000,00 €"}),
        ("10000 euros", {Fact("montant", "10000"): "10000 €"}),
        ("en 2013 486 200 € de plus", {Fact("montant", "486200"): "486 200 €"}),
        ("en 2013 les secteurs", {}),
        ("les 7 bassins", {Fact("nombre", "7", "bassin"): "7 bassins"}),
        ("Sept bassins", {Fact("nombre", "7", "bassin"): "Sept bassins"}),
        ("ses sept bassins", {Fact("nombre", "7", "bassin"): "sept bassins"}),
        ("dix-sept secteurs", {Fact("nombre", "17", "secteur"): "dix-sept secteurs"}),
        ("1\u202f200 parcours", {Fact("nombre", "1 200", "parcour"): "1 200 parcours"}),
        ("90 %", {Fact("nombre", "90", "%"): "90 %"}),
        ("l’article R.\u00a06114-17 du code", {}),
        ("A1.1 secteurs", {}),
        ("en 2012", {}),
        ("7\nbassins", {}),
    ],
)  # fmt: skip
def it_finds_dates_amounts_and_numbers_of_things(text: str, found: dict[Fact, str]) -> None:
    assert facts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ouvrir en 2012", ["2012"]),
        ("de 2012 à 2014", ["2012", "2014"]),
        ("le décret n° 2012-271", []),
        ("le décret n°\u00a02012-271", []),
        ("au 31\u00a0décembre 2012", []),
        ("12012", []),
    ],
)
def it_finds_years_that_stand_alone(text: str, found: list[str]) -> None:
    assert [fact.value for fact in years(text)] == found


def it_takes_items_out_of_a_path() -> None:
    assert without_ids("a.b[A1.1].c[x-1].d.2012") == "a.b.c.d.2012"
