"""Avenants: numbers, dates, terms, reasons."""

from __future__ import annotations

import pytest
from examined import ARESPA, changed, problems

END = "date_fin: 2016-12-31"
FREE = "celui des deux qui n'est ni arrêté ni signé prend un numéro libre : numero: 5"


def said(*avenants: str, changes: tuple[tuple[str, str], ...] = (), settled: bool = False) -> list[tuple[str, str]]:
    """Return the code and the severity of what is wrong in ARESPA once it has avenants, numbered unless they say."""
    lines = [
        f"  - {{objet: Objet {n}, {each if 'numero' in each else f'numero: {n}, {each}'}}}\n"
        for n, each in enumerate(avenants, 1)
    ]
    found = problems(changed(*changes) + "\navenants:\n" + "".join(lines), settled=settled)
    return [(each.code, each.severity.value) for each in found]


def it_finds_nothing_to_say_of_sound_avenants() -> None:
    assert (
        said(
            "date: 2012-06-18, date_effet: 2012-07-01, motifs: [financement]",
            "numero: 2, date: 2012-12-12, date_effet: 2013-01-01, nouvelle_date_fin: 2016-12-31",
            "numero: 3, motifs: [environnement, orientations_nationales]",
        )
        == []
    )


@pytest.mark.parametrize("settled", [False, True])
def it_refuses_an_avenant_dated_before_the_one_it_follows(settled: bool) -> None:  # noqa: FBT001 - a table
    assert said("date: 2013-06-01", "date: 2013-05-31", settled=settled) == [("CPOM471", "erreur")]
    assert said("date: 2013-06-01", "numero: 2", "numero: 3, date: 2013-05-31")[-1][0] == "CPOM471"
    assert said("date: 2013-06-01", "date: 2013-06-01") == []


def it_refuses_an_avenant_dated_before_the_contract() -> None:
    assert said("date: 2012-06-17") == [("CPOM471", "erreur")]
    text = changed(("  date_conclusion: 2012-06-18 # inventé\n", ""))
    assert problems(f"{text}\navenants:\n  - {{numero: 1, objet: Objet, date: 2012-06-17}}\n") == []


def it_refuses_a_number_taken_twice() -> None:
    lines = "\navenants:\n  - {numero: 3, objet: Un}\n  - {numero: 3, objet: Deux}\n  - {numero: 4, objet: Trois}\n"
    (found,) = problems(ARESPA + lines)
    assert (found.code, found.severity.value, found.remedy) == ("CPOM472", "erreur", FREE)
    assert found.message.endswith(f"ligne {found.mark.line - 1}.")


def it_lets_the_number_of_an_abandoned_avenant_be_skipped_or_taken() -> None:
    given_up = "numero: 3, abandon: Sans crédits."
    assert said(given_up, "numero: 3") == said(given_up, "numero: 4") == said("numero: 3", given_up) == []
    items = ("numero: 3, objet: Un", "numero: 3, objet: Deux", "numero: 4, objet: Trois, abandon: A")
    lines = "".join(f"  - {{{each}}}\n" for each in items)
    assert [each.remedy for each in problems(f"{ARESPA}\navenants:\n{lines}")] == [FREE]


def it_warns_of_a_number_that_nothing_says_is_skipped() -> None:
    assert said("date: 2013-01-01", "numero: 3") == [("CPOM480", "avertissement")]
    assert said("numero: 2, abandon: Sans crédits.", "numero: 4") == [("CPOM480", "avertissement")]
    assert said("numero: 3", "numero: 4") == []  # a contract that comes from elsewhere may hold the last ones alone
    lines = "\navenants:\n  - {numero: 1, objet: Un}\n  - {numero: 4, objet: Quatre}\n"
    (found,) = problems(ARESPA + lines)
    assert (
        found.message == "l'avenant n° 4 suit l'avenant n° 1, et rien ne dit pourquoi les numéros 2 et 3 sont sautés."
    )


def it_judges_no_date_of_an_avenant_that_is_abandoned() -> None:
    given_up = (
        "numero: 1, abandon: Sans crédits., date: 2013-06-01, date_effet: 2011-01-01, nouvelle_date_fin: 2018-12-31"
    )
    assert said(given_up, "numero: 2, date: 2013-05-31") == []


def it_warns_of_avenants_out_of_order() -> None:
    assert said("numero: 2, date: 2013-01-01", "numero: 1, date: 2012-12-01") == [("CPOM473", "avertissement")]


def it_says_nothing_of_a_number_that_cannot_be_read() -> None:
    assert said("numero: un, date: 2013-01-01", "numero: 1, date: 2012-12-01") == [("CPOM210", "erreur")]


def it_refuses_to_amend_what_is_over() -> None:
    assert said("date: 2017-01-01") == [("CPOM474", "erreur")]
    assert said("date: 2016-12-31") == []


def it_knows_the_term_that_an_earlier_avenant_has_set() -> None:
    first = "date: 2013-01-01, nouvelle_date_fin: 2014-12-31"
    assert said(first, "date: 2015-01-01") == [("CPOM474", "erreur")]
    assert said(first, "date: 2014-12-31") == []
    assert said(first, "date: 2015-01-01", "numero: 3, date: 2016-01-01, nouvelle_date_fin: 2016-12-31")[0] == (
        "CPOM474",
        "erreur",
    )


def it_does_not_know_the_term_that_the_contract_no_longer_gives() -> None:
    assert said("date: 2015-01-01, nouvelle_date_fin: 2016-12-31") == []


@pytest.mark.parametrize(
    ("effet", "expected"), [("2011-12-31", True), ("2012-01-01", False), ("2016-12-31", False), ("2017-01-01", True)]
)
def it_refuses_an_effect_outside_the_contract(effet: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert (("CPOM475", "erreur") in said(f"date_effet: {effet}")) == expected


def it_lets_an_avenant_take_effect_in_the_time_that_it_adds() -> None:
    short = (END, "date_fin: 2015-12-31")
    found = said("date: 2015-12-01, date_effet: 2016-01-01, nouvelle_date_fin: 2016-12-31", changes=(short,))
    assert "CPOM475" not in [code for code, _ in found]


def it_warns_of_an_effect_before_the_avenant_is_signed() -> None:
    assert said("date: 2013-03-01, date_effet: 2013-02-28") == [("CPOM476", "avertissement")]
    assert said("date: 2013-03-01, date_effet: 2013-03-01") == []


def it_refuses_a_term_before_the_effect_of_what_sets_it() -> None:
    assert said("date_effet: 2014-01-01, nouvelle_date_fin: 2013-12-31") == [("CPOM477", "erreur")]
    assert said("date_effet: 2014-01-01, nouvelle_date_fin: 2014-01-01") == []


def it_refuses_to_prolong_beyond_five_years() -> None:
    assert said("nouvelle_date_fin: 2017-01-01") == [("CPOM478", "erreur")]
    ground = (END, f"{END}\n  fondement_prorogation: une loi")
    assert said("nouvelle_date_fin: 2017-01-01", changes=(ground,)) == []


def it_tells_once_of_a_term_that_is_already_in_the_contract() -> None:
    longer = (END, "date_fin: 2017-01-01")
    assert said("nouvelle_date_fin: 2017-01-01", changes=(longer,)) == [("CPOM405", "erreur")]


def it_lets_no_contract_off_the_five_years() -> None:
    waiver = "\nderogations:\n  - {regle: CPOM478, fondement: rien}\n"
    found = problems(f"{ARESPA}\navenants:\n  - {{numero: 1, objet: Un, nouvelle_date_fin: 2017-01-01}}\n{waiver}")
    assert [(each.code, each.waiver) for each in found] == [("CPOM478", ""), ("CPOM401", "")]


def it_refuses_a_reason_that_the_manifest_does_not_know() -> None:
    (found,) = problems(f"{ARESPA}\navenants:\n  - {{numero: 1, objet: Un, motifs: [financement, finance]}}\n")
    assert (found.code, found.severity.value) == ("CPOM479", "erreur")
    assert found.remedy == "vouliez-vous écrire « financement » ?"
    (other,) = problems(f"{ARESPA}\navenants:\n  - {{numero: 1, objet: Un, motifs: [zzz]}}\n")
    assert other.remedy == "motifs du modèle : environnement, orientations_nationales, financement"
