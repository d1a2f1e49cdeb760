"""Digits that lack some → the zeros that a spreadsheet has eaten before them, when there is one answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from stdnum import luhn
from stdnum.fr import siren, siret

from cpomgen.schema import Field

MOST = 4  # zeros that a number may have lost
KEYS: Mapping[str, Callable[[str], bool]] = {  # by role of field: whether the last digit is the key of the others
    "siren": siren.is_valid,
    "siret": siret.is_valid,
    "finess": luhn.is_valid,
}


class Whole(NamedTuple):
    """A number with its zeros again; it is `sure` when its key says so."""

    text: str
    sure: bool


def restored(digits: str, field: Field) -> Whole | None:
    """Return a number as its field wants it, with zeros before it; None when none or several would do."""
    pattern = field.rules.get("regex", "")
    longer = [digits.zfill(len(digits) + lost) for lost in range(1, MOST + 1)]
    found = [each for each in longer if pattern and re.search(pattern, each)]
    if not digits.isdecimal() or len(found) != 1 or not digits.strip("0"):
        return None
    is_keyed = KEYS.get(field.meta.role)
    if is_keyed is None:
        return Whole(found[0], sure=False)
    return Whole(found[0], sure=True) if is_keyed(found[0]) else None
