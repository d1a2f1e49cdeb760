"""Time: five years, deadlines, effect, signature."""

from __future__ import annotations

from datetime import date

import pytest
from examined import ARESPA, EXAMPLE, changed, problems, told, without
from memory import ROOT

from cpomgen.problem import Origin
from cpomgen.reading import Reading
from cpomgen.rules.duree import anniversary, term
from cpomgen.tree import WorkTree

START = "date_effet: 2012-01-01"
END = "date_fin: 2016-12-31"
FIRST = "echeance: 2012-06-30"
SIGNED = "date_conclusion: 2012-06-18"
SILENT = without(ARESPA, "effet_retroactif")


def codes(*changes: tuple[str, str], text: str = ARESPA, settled: bool = False) -> list[str]:
    """Return the codes of what is wrong in a contract once it is changed."""
    return [found.code for found in problems(changed(*changes, text=text), settled=settled)]


def it_finds_nothing_to_say_of_a_sound_contract() -> None:
    assert told() == []


def it_refuses_a_sixth_year() -> None:
    (found,) = problems(changed((END, "date_fin: 2017-01-01")))
    assert (found.code, found.severity.value, found.mark.line) == ("CPOM405", "erreur", 132)
    assert found.remedy.startswith("écrivez date_fin: 2016-12-31,")


def it_lets_a_text_extend_the_contract() -> None:
    ground = "date_fin: 2017-01-01\n  fondement_prorogation: décret n° 2013-126 du 11 février 2013"
    assert told((END, ground)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            "2011-12-31",
            "l'échéance du 31\u00a0décembre 2011 précède le contrat, qui prend effet le 1er\u00a0janvier 2012.",
        ),
        ("2017-01-01", "l'échéance du 1er\u00a0janvier 2017 tombe après la fin du contrat, le 31\u00a0décembre 2016."),
    ],
)
def it_refuses_a_deadline_outside_the_contract(day: str, expected: str) -> None:
    assert told((FIRST, f"echeance: {day}")) == [f"erreur CPOM404 : {expected}"]


@pytest.mark.parametrize("settled", [False, True])
def it_warns_of_an_effect_before_signature_without_a_clause(settled: bool) -> None:  # noqa: FBT001 - a table
    (found,) = problems(SILENT, settled=settled)
    assert (found.code, found.severity.value, found.origin) == ("CPOM406", "avertissement", Origin.USAGE)
    assert "le 1er\u00a0janvier 2012, avant sa conclusion prévue le 18\u00a0juin 2012" in found.message
    assert found.remedy.endswith("date_effet: 2012-06-18")


@pytest.mark.parametrize("day", ["2011-12-31", "2012-01-01"])
def it_asks_no_clause_of_a_contract_signed_before_its_effect(day: str) -> None:
    assert "CPOM406" not in codes((SIGNED, f"date_conclusion: {day}"), text=SILENT)


def it_warns_of_a_clause_on_an_earlier_effect_that_is_not_earlier() -> None:
    clause = [each for each in problems(changed((START, "date_effet: 2012-06-18"))) if each.code == "CPOM407"]
    assert [(each.mark.line, each.severity.value) for each in clause] == [(134, "avertissement")]
    assert "CPOM407" not in codes((START, "date_effet: 2012-06-17"))


def it_warns_of_a_ground_to_last_longer_that_is_not_needed() -> None:
    ground = f"{END}\n  fondement_prorogation: une loi"
    (found,) = problems(changed((END, ground)))
    assert (found.code, found.severity.value) == ("CPOM408", "avertissement")


def it_takes_a_longer_avenant_for_a_reason_to_give_a_ground() -> None:
    avenant = "\navenants:\n  - {numero: 1, objet: Durée, date: 2016-06-01, nouvelle_date_fin: 2017-12-31}\n"
    assert codes((END, f"{END}\n  fondement_prorogation: une loi"), text=ARESPA + avenant) == []


@pytest.mark.parametrize(("last", "expected"), [("2012-12-30", True), ("2012-12-31", False)])
def it_warns_of_a_contract_of_less_than_a_year(last: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert ("CPOM409" in codes((END, f"date_fin: {last}"))) == expected


def it_lets_a_socle_be_short() -> None:
    assert "CPOM409" not in codes((END, "date_fin: 2012-12-30"), ("nature: complet", "nature: transitoire"))


def it_warns_of_a_signature_after_the_end() -> None:
    (found,) = problems(changed((SIGNED, "date_conclusion: 2017-01-01")))
    assert (found.code, found.severity.value) == ("CPOM410", "avertissement")
    assert "après sa fin, le 31\u00a0décembre 2016" in found.message
    assert codes((SIGNED, "date_conclusion: 2016-12-31")) == []


def it_asks_for_the_day_of_signature_of_a_settled_contract_alone() -> None:
    text = without(ARESPA, "date_conclusion")
    assert problems(text) == []
    (found,) = problems(text, settled=True)
    assert (found.code, found.severity.value) == ("CPOM411", "avertissement")


def it_says_nothing_of_a_day_that_cannot_be_read() -> None:
    assert codes((SIGNED, "date_conclusion: 2012-13-18"), settled=True) == ["CPOM210"]


def it_refuses_to_sign_an_example_and_lets_it_be_a_project() -> None:
    reading = Reading(WorkTree(ROOT))
    assert reading.examined("arespa").problems == ()
    (found,) = reading.examined("arespa", settled=True).problems
    assert (found.code, found.severity.value, found.mark.line) == (EXAMPLE, "erreur", 9)


def it_waits_for_signature_to_call_a_waiver_idle() -> None:
    waiver = "\nderogations:\n  - {regle: CPOM411, fondement: date laissée au greffe}\n"
    assert problems(ARESPA + waiver) == []
    assert [each.code for each in problems(ARESPA + waiver, settled=True)] == ["CPOM402"]
    (found,) = problems(without(ARESPA, "date_conclusion") + waiver, settled=True)
    assert (found.code, found.waiver) == ("CPOM411", "date laissée au greffe")


def it_counts_years_across_a_leap_day() -> None:
    assert anniversary(date(2012, 2, 29), 5) == date(2017, 3, 1)


def it_counts_no_year_after_the_last() -> None:
    assert term(date(9999, 1, 1)) < date.max
