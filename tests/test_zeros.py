"""Zeros that a spreadsheet has eaten: given back when there is one answer."""

from __future__ import annotations

import pytest
from memory import real_schema

from cpomgen.zeros import Whole, restored


@pytest.mark.parametrize(
    ("role", "digits", "found"),
    [
        ("finess", "10000024", Whole("010000024", sure=True)),
        ("finess", "10000025", None),  # its key is another
        ("finess", "000", None),
        ("siren", "5520135", Whole("005520135", sure=True)),
        ("siren", "12345678", None),
        ("siret", "552013500018", None),
        ("code_postal", "1000", Whole("01000", sure=False)),
        ("code_postal", "A000", None),
        ("code_postal", "123456", None),
        ("numero_avenant", "1", None),
    ],
)
def it_gives_back_the_zeros_that_a_key_or_a_length_asks_for(role: str, digits: str, found: Whole | None) -> None:
    field = real_schema().at_role(role)
    assert field is not None
    assert restored(digits, field) == found
