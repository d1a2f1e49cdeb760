"""Words without accents or capitals; lengths of time."""

from __future__ import annotations

import pytest

from cpomgen.rules.mots import days, folded


def it_folds_a_name_to_its_letters() -> None:
    assert folded("L'Épicéa – Œuvre  d’ÉTÉ") == "l epicea œuvre d ete"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("un mois", 30),
        ("Un mois franc", 30),
        ("1 mois", 30),
        ("trente (30) jours", 30),
        ("au moins quinze jours", 15),
        ("six semaines avant la revue", 42),
        ("un mois et demi", 45),
        ("dix-huit mois", 540),
        ("vingt et un jours", 21),
        ("quatre-vingt-dix jours", 90),
        ("un an", 365),
        ("deux à trois mois", None),
        ("1,5 mois", None),
        ("avant l'été", None),
        ("mois", None),
        ("", None),
    ],
)
def it_reads_a_length_of_time(words: str, expected: int | None) -> None:
    assert days(words) == expected
