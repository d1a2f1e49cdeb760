"""The day of signature: that expected, else the last that is possible."""

from __future__ import annotations

import pytest
from petit import dossier

from cpomgen.rules.signature import last_day, told

DATES = "date_conclusion: 2012-06-18, effet_retroactif: Convenu."


@pytest.mark.parametrize(
    ("dates", "day", "words"),
    [
        (DATES, "2012-06-18", "la signature prévue le 18\u00a0juin 2012"),
        ("effet_retroactif: Convenu.", "None", "la signature"),
        (
            "fondement_prorogation: décret",
            "2012-01-01",
            "la signature, au plus tard le 1er\u00a0janvier 2012 puisqu'aucune clause ne fait remonter l'effet",
        ),
    ],
)
def it_tells_the_last_day_of_signature(dates: str, day: str, words: str) -> None:
    contract = dossier((DATES, dates))
    assert (str(last_day(contract)), told(contract)) == (day, words)
