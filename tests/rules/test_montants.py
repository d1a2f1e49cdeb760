"""Amounts: totals, statuses, ceilings, prestations within sources."""

from __future__ import annotations

import pytest
from examined import changed, problems, told

COUNCIL = "montants: {2012: 15000.00, 2013: 15000.00}"
PATIENTS = "montants: {2012: 14400.00, 2013: 14400.00, 2014: 14400.00}"
UNKNOWN = "statut: non_determine"
CEILING = "plafond: 16000.00"
LAST = "        date_fin: 2014-12-31\n        montants: {2012: 14400.00"


def it_lets_a_total_be_the_sum() -> None:
    assert told((COUNCIL, f"{COUNCIL}\n        total: 30000")) == []


@pytest.mark.parametrize("settled", [False, True])
def it_refuses_a_total_that_is_not_the_sum(settled: bool) -> None:  # noqa: FBT001 - a table
    (found,) = problems(changed((COUNCIL, f"{COUNCIL}\n        total: 30000.01")), settled=settled)
    assert (found.code, found.severity.value) == ("CPOM414", "erreur")
    assert "30\u202f000,01\u00a0€, la somme de ses montants de 30\u202f000,00\u00a0€ : 0,01\u00a0€ de" in found.message
    assert found.remedy == "corrigez les montants, ou écrivez total: 30000.00"
    assert found.source == ""


def it_refuses_a_total_of_a_prestation_too() -> None:
    assert told((PATIENTS, f"{PATIENTS}\n        total: 43200.00")) == []
    (found,) = told((PATIENTS, f"{PATIENTS}\n        total: 1"))
    assert found.startswith("erreur CPOM414 : le total de « consultation psychologique")


@pytest.mark.parametrize("total", ["0", "12"])
def it_refuses_a_total_of_no_amount(total: str) -> None:
    (found,) = told((UNKNOWN, f"{UNKNOWN}\n        total: {total}"))
    assert found.startswith("erreur CPOM414")
    assert found.endswith("sans aucun montant par exercice.")


@pytest.mark.parametrize("montants", ["{2012: 15000.00, 2013: quinze mille}", "beaucoup"])
def it_adds_up_nothing_that_cannot_be_read(montants: str) -> None:
    found = told((COUNCIL, f"montants: {montants}\n        total: 30000"))
    assert [each.split()[1] for each in found] == ["CPOM210"]


def it_refuses_amounts_of_what_is_not_determined() -> None:
    (found,) = problems(changed((UNKNOWN, f"{UNKNOWN}\n        montants: {{2012: 0.00}}")))
    assert (found.code, found.severity.value) == ("CPOM415", "erreur")


@pytest.mark.parametrize(("statut", "expected"), [("notifie", "notifié"), ("previsionnel", "prévisionnel")])
def it_warns_of_a_promise_without_any_amount(statut: str, expected: str) -> None:
    (found,) = told((UNKNOWN, f"statut: {statut}"))
    assert found.startswith("avertissement CPOM416 : ")
    assert f"est un financement {expected} sans aucun montant" in found


def it_refuses_an_amount_over_its_ceiling() -> None:
    (found,) = problems(changed((CEILING, "plafond: 14399.99"), (PATIENTS, "montants: {2012: 14400.00}")))
    assert (found.code, found.severity.value) == ("CPOM417", "erreur")
    assert "le montant de 2012 (14\u202f400,00\u00a0€) dépasse le plafond annuel" in found.message
    assert told((CEILING, "plafond: 14400.00")) == []


def it_warns_of_an_amount_after_the_end_of_the_prestation() -> None:
    (first, second) = problems(changed((LAST, LAST.replace("2014-12-31", "2012-12-31"))))
    assert (first.code, first.severity.value) == ("CPOM418", "avertissement")
    assert "en 2013" in first.message
    assert "en 2014" in second.message
    assert second.mark.line == first.mark.line
    assert second.mark.column > first.mark.column
    assert told((LAST, LAST.replace("2014-12-31", "2014-01-01"))) == []


def it_lets_nothing_be_paid_after_the_end() -> None:
    zero = PATIENTS.replace("2014: 14400.00", "2014: 0.00")
    assert told((LAST, LAST.replace("2014-12-31", "2013-12-31")), (PATIENTS, zero)) == []


def it_warns_of_prestations_that_no_source_covers() -> None:
    found = problems(changed((CEILING, "plafond: 900000.00"), (PATIENTS, "montants: {2012: 502250.51}")))
    assert [(each.code, each.severity.value) for each in found] == [("CPOM419", "avertissement")]
    assert "2012 (509\u202f450,51\u00a0€)" in found[0].message
    covered = 398500.00 + 74350.50 + 21600.00 + 15000.00 - 7200.00
    assert told((CEILING, "plafond: 900000.00"), (PATIENTS, f"montants: {{2012: {covered:.2f}}}")) == []


def it_does_not_take_blank_for_nothing() -> None:
    """An exercise for which no source gives any amount may be funded by it nevertheless."""
    given = [f", 2014: {amount}" for amount in ("512400.40", "77352.40", "21600.00", "8250.75")]
    assert [each.split()[1] for each in told(*((each, "") for each in given))] == ["CPOM469"]


@pytest.mark.parametrize(("day", "expected"), [("2017-01-01", "après"), ("2011-12-31", "avant")])
def it_warns_of_a_prestation_that_ends_outside_the_contract(day: str, expected: str) -> None:
    found = [each for each in told((LAST, LAST.replace("2014-12-31", day))) if "CPOM418" not in each]
    assert len(found) == 1
    assert found[0].startswith("avertissement CPOM420 : ")
    assert f", {expected} le contrat" in found[0]
