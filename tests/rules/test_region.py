"""The days of a campaign, and those of the contracts that take from its catalogue."""

from __future__ import annotations

import pytest
from memory import Files
from regional import CAMPAGNE, REFERS, SPELLS, files

from cpomgen.reading import Reading

SPOKEN = {
    ("debut: 2012-01-01", "debut: 2012-02-01"): "le contrat prend effet le 1er\u00a0janvier 2012, avant la campagne",
    ("fin: 2013-12-31", "fin: 2013-06-30"): "le contrat finit le 31\u00a0décembre 2013, après la campagne",
}


def told(more: str, campagne: str) -> list[tuple[str, str, str]]:
    """Return the problems of a contract of two years: places, codes, messages."""
    problems = Reading(Files(files(more, campagne))).examined("essai").problems
    return [(str(each.mark), each.code, each.message) for each in problems]


def it_has_nothing_to_say_of_a_contract_within_the_campaign() -> None:
    assert told(REFERS, CAMPAGNE) == []


@pytest.mark.parametrize("change", SPOKEN)
def it_warns_of_a_contract_that_goes_beyond(change: tuple[str, str]) -> None:
    ((place, code, message),) = told(REFERS, CAMPAGNE.replace(*change))
    assert (place.startswith("contracts/essai.yaml:5:"), code) == (True, "CPOM726")
    assert message.startswith(SPOKEN[change])


@pytest.mark.parametrize("change", SPOKEN)
def it_leaves_alone_a_contract_that_takes_nothing_from_the_catalogue(change: tuple[str, str]) -> None:
    assert told(SPELLS, CAMPAGNE.replace(*change)) == []


def it_asks_nothing_of_days_that_cannot_be_read() -> None:
    assert told(REFERS, CAMPAGNE.replace("periode", "periodes")) == []
