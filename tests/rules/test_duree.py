"""Time: five years, deadlines, effect."""

from __future__ import annotations

from datetime import date

import pytest
from examined import changed, problems, told

from cpomgen.rules.duree import anniversary

END = "date_fin: 2016-12-31"
FIRST = "echeance: 2012-06-30"


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
def it_warns_of_a_deadline_outside_the_contract(day: str, expected: str) -> None:
    assert told((FIRST, f"echeance: {day}")) == [f"avertissement CPOM404 : {expected}"]


def it_counts_years_across_a_leap_day() -> None:
    assert anniversary(date(2012, 2, 29), 5) == date(2017, 3, 1)
