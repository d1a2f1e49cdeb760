"""Money: what goes with a promise of it, dérogatoire acts, amounts that contradict each other."""

from __future__ import annotations

import pytest
from petit import STIPULE, codes, problems, told

SOURCE = "statut: previsionnel, montants: {2012: 10.00, 2013: 20.00}}"
NO_MONEY = "statut: non_determine}"
ACT = "plafond: 5.00\n        date_fin: 2012-12-31\n        montants: {2012: 5.00}"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("    versement: En deux fois.\n", "les modalités de versement ne sont pas fixées."),
        ("    utilisation: Pour l'appui seul.\n", "les conditions d'utilisation des sommes ne sont pas fixées."),
        ("    justificatifs: Les comptes.\n", "les pièces justificatives à produire ne sont pas dites."),
    ],
)
def it_asks_for_the_terms_of_money_that_is_promised(line: str, said: str) -> None:
    assert told((line, "")) == [f"avertissement CPOM461 : de l'argent est promis, et {said}"]
    assert told((line, ""), settled=True) == [f"erreur CPOM461 : de l'argent est promis, et {said}"]
    assert codes((line, ""), (SOURCE, NO_MONEY), settled=True) == []


def it_cites_the_law_on_money_given_to_a_private_body() -> None:
    (found,) = problems(("    versement: En deux fois.\n", ""))
    assert found.source == "loi, article 10 de la loi n° 2000-321 du 12 avril 2000 ; R. 1435-30 CSP"
    assert found.remedy == "remplissez versement dans la même annexe."


def it_wants_the_reserve_of_each_budget_unless_the_template_has_it() -> None:
    reserve = ("    versement:", "    reserve_annualite: Sous réserve.\n    versement:")
    silent = STIPULE - {"annualite"}
    assert told(settled=True, stipule=silent)[0].startswith("erreur CPOM462 : rien ne réserve l'annualité")
    assert codes(reserve, stipule=silent) == codes((SOURCE, NO_MONEY), stipule=silent) == []


def it_wants_funds_to_come_back_unless_the_template_says_so() -> None:
    silent = STIPULE - {"reprise"}
    assert told(stipule=silent)[0].startswith("avertissement CPOM463")
    assert told(settled=True, stipule=silent)[0].startswith("erreur CPOM463 : rien ne dit ce que deviennent les sommes")
    assert codes(("sanctions:", "resiliation: {sort_fonds: Rendus.}\nsanctions:"), stipule=silent) == []


def it_warns_of_money_without_counterparts() -> None:
    none = ("    contreparties: L'agence paie.\n", "")
    assert [each[:21] for each in told(none, settled=True)] == ["avertissement CPOM464"]
    assert codes(none, (SOURCE, NO_MONEY)) == []


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("consultation de coordination", ["CPOM465"]),
        ("temps médical au titre d'une MIG", ["CPOM465"]),
        ("forfait ALD", ["CPOM465"]),
        ("majoration MCI", ["CPOM465"]),
        ("consultation proposée par la coordinatrice", []),
        ("migraine", []),
    ],
)
def it_warns_of_an_act_that_is_paid_otherwise(act: str, expected: list[str]) -> None:
    assert codes(("acte: consultation psychologique", f"acte: {act}"), settled=True) == expected


@pytest.mark.parametrize(
    ("given", "said", "remedy"),
    [
        ("date_fin: 2012-12-31", "plafond", "plafond"),
        ("plafond: 5.00", "date de fin", "date_fin"),
        ("total: 5.00", "plafond ni de date de fin", "plafond et date_fin"),
    ],
)
def it_says_once_what_bounds_an_act_lacks(given: str, said: str, remedy: str) -> None:
    (found,) = problems((ACT, f"{given}\n        montants: {{2012: 5.00}}"))
    assert (found.code, found.severity.value, found.remedy) == ("CPOM466", "avertissement", f"ajoutez {remedy}.")
    assert found.message.endswith(f"« consultation psychologique » n'a pas de {said}.")


def it_says_which_exercises_have_no_money() -> None:
    assert told((", 2013: 20.00", ""), settled=True) == [
        "avertissement CPOM469 : l'exercice 2013 n'a de montant dans aucune source de financement."
    ]
    assert codes((", 2013: 20.00", ", 2013: 0.00")) == []


@pytest.mark.parametrize(("day", "expected"), [("2014-01-29", []), ("2014-01-30", ["CPOM469"])])
def it_lets_an_exercise_go_without_money_that_is_barely_begun(day: str, expected: list[str]) -> None:
    assert codes(("date_fin: 2013-12-31", f"date_fin: {day}")) == expected
