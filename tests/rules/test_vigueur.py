"""The law of the day: texts, notions and funds that did not exist when the contract was concluded."""

from __future__ import annotations

from datetime import date

import pytest
from examined import ARESPA, changed, problems, without

from cpomgen.rules.vigueur import cited
from cpomgen.typography import typography

SIGNED = "date_conclusion: 2012-06-18"
VISA = "texte: le décret n° 2012-271 du 27 février 2012 relatif au fonds d'intervention régional"
LAST = "numero: 1, objet: Durée, date: 2013-03-01"


def visa(text: str) -> tuple[str, str]:
    """Return the change of a visa."""
    return VISA, f"texte: {text}, relatif au fonds"


def codes(*changes: tuple[str, str], more: str = "", text: str = ARESPA) -> list[str]:
    """Return the codes of what is wrong in ARESPA once it is changed."""
    return [each.code for each in problems(changed(*changes, text=text) + more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le décret n° 2012-271 du 27 février 2012", date(2012, 2, 27)),
        ("l'arrêté du 1er juillet 2013", date(2013, 7, 1)),
        ("la loi organique n° 2013-906 du 11 octobre 2013", date(2013, 10, 11)),
        ("l'instruction DGOS/PF3 n° 2012-349 du 28 septembre 2012", date(2012, 9, 28)),
        ("Loi n° 91-748 du 31 juillet 1991", date(1991, 7, 31)),
        ("le décret n° 2021-295", date(2021, 3, 18)),
        ("l'ordonnance n° 2018-21", date(2018, 1, 1)),
        ("une loi ultérieure, du 3 mai 2013", None),
        ("le projet de loi", None),
        ("l'arrêté du 31 février 2013", None),
        ("la décision n° 2014-05 du 3 mai 2014", None),
        ("l'emploi du 3 mai 2014", None),
    ],
)
def it_reads_the_date_of_a_text_as_it_is_cited(text: str, expected: date | None) -> None:
    assert [day for _, day in cited(text)] == ([expected] if expected else [])
    assert [day for _, day in cited(typography(text))] == ([expected] if expected else [])


@pytest.mark.parametrize(("day", "expected"), [("18 juin 2012", []), ("19 juin 2012", ["CPOM433"])])
def it_refuses_a_text_later_than_the_contract(day: str, expected: list[str]) -> None:
    assert codes(visa(f"le décret n° 2012-800 du {day}")) == expected


@pytest.mark.parametrize("settled", [False, True])
def it_says_which_text_and_which_day(settled: bool) -> None:  # noqa: FBT001 - a table
    (found,) = problems(changed(visa("le décret n° 2021-295")), settled=settled)
    assert (found.code, found.severity.value, found.mark.line) == ("CPOM433", "erreur", 69)
    assert found.message == (
        "le contrat cite « décret n°\u00a02021-295 », postérieur à la signature prévue le 18\u00a0juin 2012."
    )


def it_takes_effect_for_the_last_day_of_signature_without_a_clause() -> None:
    bare = without(without(ARESPA, "effet_retroactif"), "date_conclusion")
    found = [each for each in problems(bare) if each.code.startswith("CPOM43")]
    assert {each.code for each in found} == {"CPOM433", "CPOM434", "CPOM435"}
    assert all("au plus tard le 1er\u00a0janvier 2012" in each.message for each in found)
    assert {each.code: each.severity.value for each in found} == {
        "CPOM433": "erreur",
        "CPOM434": "avertissement",
        "CPOM435": "avertissement",
    }


def it_says_nothing_when_nobody_knows_the_day() -> None:
    assert codes(visa("le décret n° 2021-295"), text=without(ARESPA, "date_conclusion")) == []
    assert codes(visa("le décret n° 2021-295"), (SIGNED, "date_conclusion: demain")) == ["CPOM210"]


def it_lets_an_avenant_bring_in_a_later_text() -> None:
    dated, open_ = (f"\navenants:\n  - {{{each}}}\n" for each in (LAST, "numero: 1, objet: Durée"))
    assert codes(visa("le décret n° 2013-126"), more=dated) == []
    assert codes(visa("le décret n° 2013-126"), more=open_) == []
    (found,) = problems(changed(visa("le décret n° 2021-295")) + dated)
    assert found.message.endswith("la signature de son dernier avenant, le 1er\u00a0mars 2013.")


def it_lets_later_texts_be_where_they_are_at_home() -> None:
    late = "décret n° 2013-126 du 11 février 2013"
    example = ("  Contrat d'exemple, dépourvu", f"  Vu le {late}. Contrat d'exemple, dépourvu")
    assert codes(example) == []
    avenant = f"\navenants:\n  - {{numero: 1, objet: Un, date: 2013-01-01, expose: vu le {late}}}\n"
    assert codes(more=avenant) == []
    term = "date_fin: 2016-12-31"
    assert codes((term, f"date_fin: 2017-01-01\n  fondement_prorogation: {late}")) == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("les articles L. 6327-2 et suivants", "2019-07-24"),
        ("le contrat d'engagement républicain", "2022-01-01"),
        ("la demande d'une communauté professionnelle territoriale de santé", "2016-01-26"),
        ("la demande de deux CPTS", "2016-01-26"),
    ],
)
def it_warns_of_what_the_law_did_not_know_yet(words: str, first: str) -> None:
    (found,) = problems(changed(visa(words)))
    assert (found.code, found.severity.value, found.source) == ("CPOM434", "avertissement", "usage, règle à vérifier")
    late = (("date_effet: 2012-01-01", f"date_effet: {first}"), (SIGNED, f"date_conclusion: {first}"))
    assert "CPOM434" not in codes(visa(words), *late)


def it_warns_of_the_fund_that_was_replaced() -> None:
    (found,) = problems(changed(("        nature: collectivite", "        nature: fiqcs")))
    assert (found.code, found.severity.value) == ("CPOM435", "avertissement")
    assert found.remedy == "depuis ce jour, écrivez nature: fir"
    assert found.source.startswith("loi, article 65 de la loi n° 2011-1906")


@pytest.mark.parametrize(("day", "expected"), [("2012-02-26", True), ("2012-02-27", False)])
def it_knows_the_first_day_of_the_fir(day: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert ("CPOM435" in codes((SIGNED, f"date_conclusion: {day}"))) == expected
    fiqcs = ("        nature: collectivite", "        nature: fiqcs"), ("nature: fir\n", "nature: autre\n")
    assert ("CPOM435" in codes((SIGNED, f"date_conclusion: {day}"), *fiqcs)) != expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("dac", ["CPOM434"]), ("dsr", ["CPOM434"]), ("centre_sante", []), ("reseau", [])]
)
def it_warns_of_a_kind_of_structure_that_the_law_does_not_know_yet(kind: str, expected: list[str]) -> None:
    assert codes(("  promoteurs:\n", f"  structure: {kind}\n  promoteurs:\n")) == expected


@pytest.mark.parametrize(("kind", "since"), [("cpts", "2016-01-26"), ("pta", "2016-01-26"), ("dac", "2019-07-26")])
def it_warns_of_a_kind_of_dispositif_that_the_law_does_not_know_yet(kind: str, since: str) -> None:
    named = "        nature: maia\n", f"        nature: {kind}\n"
    assert codes(named) == ["CPOM434"]
    late = (("date_effet: 2012-01-01", f"date_effet: {since}"), (SIGNED, f"date_conclusion: {since}"))
    assert "CPOM434" not in codes(named, *late)
