"""What a typed text means under each type of field: nothing guessed, nothing lost, the right line to paste."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from memory import contract_of, schema_of

from cpomgen.scalars import READERS, Misread, read_scalar
from cpomgen.schema import SCALAR_TYPES

TYPED_BADLY_BY_YAML = (
    "01000",
    "010000024",
    "NO",
    "no",
    "1.10",
    "12:30",
    "1e3",
    "0x1F",
    "1_000",
    "true",
    "~x",
    "2012-01-01",
)


@pytest.mark.parametrize("text", TYPED_BADLY_BY_YAML)
@pytest.mark.parametrize("quote", ["", '"', "'"])
@pytest.mark.parametrize("kind", ["code", "ligne", "texte"])
def it_keeps_a_text_as_typed_quoted_or_not(text: str, quote: str, kind: str) -> None:
    schema = schema_of(f"valeur: {{type: {kind}}}")
    assert contract_of(schema, f"valeur: {quote}{text}{quote}").fiche["valeur"] == text


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("montant", "1.10", Decimal("1.10")),
        ("montant", "-412000", Decimal(-412000)),
        ("montant", "010", Decimal(10)),
        ("nombre", "0.125", Decimal("0.125")),
        ("entier", "0012", 12),
        ("annee", "2012", 2012),
        ("exercice", "2012", 2012),
        ("date", "2012-02-29", date(2012, 2, 29)),
        ("oui_non", "oui", True),
        ("oui_non", "non", False),
        ("code", "  010000024 ", "010000024"),
        ("ligne", "l'agence : oui", "l’agence\u00a0: oui"),
    ],
)
def it_reads_each_type(kind: str, text: str, expected: object) -> None:
    found = read_scalar(text, kind)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("kind", "text", "remedy"),
    [
        ("montant", "1 234,5", "écrivez 1234.5"),
        ("montant", "412\u202f000,00\u00a0€", "écrivez 412000.00"),
        ("montant", "1.234", "des chiffres, un point avant les décimales."),
        ("montant", "1e3", "des chiffres, un point avant les décimales."),
        ("montant", "NaN", "des chiffres, un point avant les décimales."),
        ("montant", "Infinity", "des chiffres, un point avant les décimales."),
        ("montant", "1234567890123", "des chiffres, un point avant les décimales."),
        ("nombre", "1,5", "écrivez 1.5"),
        ("nombre", "12:30", "des chiffres, un point avant les décimales."),
        ("nombre", "٣", "des chiffres, un point avant les décimales."),
        ("entier", "1 500", "écrivez 1500"),
        ("entier", "1.0", "des chiffres, sans décimale."),
        ("annee", "12", "écrivez quatre chiffres."),
        ("exercice", "2012.0", "écrivez quatre chiffres."),
        ("date", "1/2/2012", "écrivez 2012-02-01"),
        ("date", "31.12.2016", "écrivez 2016-12-31"),
        ("date", "2012", "écrivez l'année, le mois, le jour : 2012-01-31"),
        ("date", "20120131", "écrivez l'année, le mois, le jour : 2012-01-31"),
        ("date", "2013-02-29", "vérifiez le jour et le mois."),
        ("oui_non", "NO", "écrivez non"),
        ("oui_non", "true", "écrivez oui"),
        ("oui_non", "peut-être", "écrivez oui ou non."),
        ("ligne", "a\nb", "réunissez les lignes en une seule."),
        ("code", "a\nb", "réunissez les lignes en une seule."),
    ],
)
def it_says_what_to_type_instead(kind: str, text: str, remedy: str) -> None:
    found: Any = read_scalar(text, kind)
    assert isinstance(found, Misread)
    assert (f"écrivez {found.correct}" if found.correct else found.remedy) == remedy


def it_reads_every_scalar_type_that_a_schema_may_name() -> None:
    assert set(READERS) == set(SCALAR_TYPES)


def it_never_retouches_a_code() -> None:
    assert read_scalar('DOS/AMB "2012" : n° 1 000', "code") == 'DOS/AMB "2012" : n° 1 000'


@pytest.mark.parametrize("kind", sorted(READERS))
@pytest.mark.parametrize("text", ["9" * 500_000, "a" * 500_000, "1 " * 250_000 + "1", "2012-" * 100_000])
def it_refuses_a_huge_value_without_repeating_it(text: str, kind: str) -> None:
    found = read_scalar(text, kind)
    assert isinstance(found, Misread)
    assert len(found.message) < 200
    assert len(found.remedy) < 300


@pytest.mark.parametrize("kind", ["montant", "nombre", "entier", "annee", "exercice", "date", "oui_non"])
@pytest.mark.parametrize(
    "text",
    ["NaN", "nan", ".nan", "sNaN", "Infinity", "-inf", ".inf", "1e400", "1e3", "1_0", "0x1F", "٢٠١٢", "２０１２",
     "٢٠١٢-٠١-٠١", "2012-13-01", "2012-02-30", "0000-01-01", "0001-01-01", "9999-12-31", "2012-W01-1", "²", "½",
     "\u2212" + "5", "+1", "--1", "1.", ".5", "null", "~x", "[]", "{}"],
)  # fmt: skip
def it_refuses_figures_that_are_none(text: str, kind: str) -> None:
    assert isinstance(read_scalar(text, kind), Misread)
