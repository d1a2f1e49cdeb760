"""The rules that a contract is asked: by the law of its day, with what it is let off, beside its neighbours."""

from __future__ import annotations

from datetime import date

import pytest
from examined import ARESPA, changed, problems, told

from cpomgen.rules.regimes import COMMON, REGIMES, regime_of

LATE = ("echeance: 2012-06-30", "echeance: 2011-06-30")
SIXTH = ("date_fin: 2016-12-31", "date_fin: 2017-01-01")


def waiving(code: str, reason: str = "accord du 3 mai 2012") -> str:
    """Return lines that let a contract off a rule."""
    return f"\nderogations:\n  - regle: {code}\n    fondement: {reason}\n"


def it_says_nothing_of_the_example_even_before_its_signature() -> None:
    assert told() == []
    assert told(settled=True) == []


def it_asks_rules_of_what_can_be_read_when_something_cannot() -> None:
    found = problems(changed(("population: 1172549", "population: beaucoup"), SIXTH, LATE))
    assert [(each.code, each.mark.line) for each in found] == sorted(
        ((each.code, each.mark.line) for each in found), key=lambda told: told[1]
    )
    assert {"CPOM210", "CPOM404", "CPOM405"} <= {each.code for each in found}


def it_shows_a_waived_rule_with_its_reason() -> None:
    (found,) = problems(changed(LATE) + waiving("CPOM404"))
    assert (found.code, found.waiver) == ("CPOM404", "accord du 3\u00a0mai 2012")


def it_refuses_to_waive_a_rule_of_law() -> None:
    found = problems(changed(SIXTH) + waiving("CPOM405"))
    assert [(each.code, each.waiver) for each in found] == [("CPOM405", ""), ("CPOM401", "")]
    assert found[1].message == "la règle CPOM405 ne s'écarte pas."


def it_refuses_to_waive_a_rule_that_there_is_not() -> None:
    (found,) = problems(ARESPA + waiving("CPOM999"))
    assert (found.code, found.message) == ("CPOM401", "il n'y a pas de règle CPOM999 pour ce contrat.")
    assert found.remedy


def it_warns_of_a_waiver_without_object() -> None:
    (found,) = problems(ARESPA + waiving("CPOM404"))
    assert (found.code, found.severity.value) == ("CPOM402", "avertissement")


def it_lets_no_contract_off_the_rules_on_waivers() -> None:
    (found,) = problems(ARESPA + waiving("CPOM402"))
    assert (found.code, found.severity.value) == ("CPOM401", "erreur")


def it_knows_no_rule_of_law_before_the_decree() -> None:
    early = (("date_effet: 2012-01-01", "date_effet: 2010-01-01"), ("date_fin: 2016-12-31", "date_fin: 2020-12-31"))
    found = problems(changed(*early) + "\n")
    found = [each for each in found if each.code in ("CPOM403", "CPOM405")]
    assert [each.code for each in found] in (["CPOM403"], ["CPOM405"])


@pytest.mark.parametrize(
    ("day", "services", "etablissements"),
    [
        (date(2010, 10, 4), "", ""),
        (date(2012, 6, 18), "2010-1170", "2010-1170"),
        (date(2020, 11, 17), "2010-1170", "2010-1170"),
        (date(2020, 11, 18), "2010-1170", "2020-1407"),
        (date(2025, 2, 26), "2010-1170", "2020-1407"),
        (date(2025, 2, 27), "2010-1170", "2025-180"),
        (None, "2010-1170", "2025-180"),
    ],
)
def it_chooses_the_regime_by_the_day_of_conclusion(day: date | None, services: str, etablissements: str) -> None:
    found = [regime_of(kind, day) for kind in ("services_de_sante", "etablissements")]
    assert [each.name if each else "" for each in found] == [services, etablissements]
    assert regime_of("autre", day) is None


def it_gives_each_rule_a_code_of_its_own() -> None:
    for regime in REGIMES:
        codes = [rule.code for rule in (*COMMON, *regime.rules)]
        assert len(codes) == len(set(codes))


def it_lets_two_regimes_of_a_kind_share_no_day() -> None:
    for regime in REGIMES:
        after = [other for other in REGIMES if other.kind == regime.kind and other.first > regime.first]
        assert all(regime.last is not None and regime.last < other.first for other in after)


def it_warns_of_two_contracts_for_the_same_network() -> None:
    other = changed(("identifiant: arespa", "identifiant: double"))
    (found,) = problems(ARESPA, others={"double": other})
    assert (found.code, found.severity.value) == ("CPOM491", "avertissement")
    assert "« double »" in found.message


@pytest.mark.parametrize(
    "change",
    [
        (("date_effet: 2012-01-01", "date_effet: 2017-01-01"), ("date_fin: 2016-12-31", "date_fin: 2021-12-31")),
        (('siren: "123456782"', 'siren: "732829320"'),),
        (("          nom: ARESPA\n", "          nom: Un autre réseau, près de l'ARESPA\n"),),
    ],
    ids=["later", "another promoteur", "another network"],
)
def it_lets_contracts_stand_side_by_side(change: tuple[tuple[str, str], ...]) -> None:
    other = changed(("identifiant: arespa", "identifiant: double"), *change)
    assert problems(ARESPA, others={"double": other}) == []


def it_is_not_stopped_by_a_neighbour_that_cannot_be_read() -> None:
    assert problems(ARESPA, others={"casse": "nom: ARESPA\n\t: [", "vide": ""}) == []
