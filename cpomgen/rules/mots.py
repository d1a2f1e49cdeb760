"""French words as rules compare them: without accents, capitals or signs; and the length of time that they say."""

from __future__ import annotations

import re

from cpomgen.wording import unaccented

WORD = re.compile(r"\w+")
UNITS = {"jour": 1, "semaine": 7, "mois": 30, "trimestre": 90, "semestre": 180, "an": 365, "annee": 365}  # in days
NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "dix huit": 18, "vingt": 20, "vingt et un": 21,
    "vingt quatre": 24, "trente": 30, "quarante cinq": 45, "soixante": 60, "quatre vingt dix": 90, "cent vingt": 120,
}  # fmt: skip
BRACKETED = re.compile(r"\(\d+\)")  # figures beside the letters
COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}) (?P<unit>{'|'.join(UNITS)})s?"
LENGTH = re.compile(
    rf"(?:(?:au|moins|plus|minimum|maximum|delai|de|d) )*{COUNT}"
    rf"(?: (?:francs?|ouvres?|ouvrables?|calendaires?|pleins?|entiers?))?(?P<half> et demie?)?"
    rf"(?: (?:au (?:moins|plus)|avant|apres)\b.*)?"
)
COUNTED = re.compile(rf"\b{COUNT}\b")


def folded(name: str) -> str:
    """Return a name without its accents, capitals and signs."""
    return " ".join(WORD.findall(unaccented(name.casefold())))


def days(words: str) -> int | None:
    """Return how many days a length of time lasts, a month being of thirty; None when it cannot be read."""
    found = LENGTH.fullmatch(folded(BRACKETED.sub(" ", words)))
    if found is None:
        return None
    return _counted(found) + (UNITS[found["unit"]] // 2 if found["half"] else 0)


def lengths(words: str) -> list[int]:
    """Return how many days each length of time lasts that a sentence tells, a month being of thirty."""
    return [_counted(found) for found in COUNTED.finditer(folded(BRACKETED.sub(" ", words)))]


def _counted(found: re.Match[str]) -> int:
    count = NUMBERS[found["count"]] if found["count"] in NUMBERS else int(found["count"])
    return count * UNITS[found["unit"]]
