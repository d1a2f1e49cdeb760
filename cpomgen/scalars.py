"""Scalar → value: what a text typed by an author means, once the schema says the type of its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from cpomgen.pattern import CODE_LENGTH
from cpomgen.source import shown
from cpomgen.typography import typography


class Misread(NamedTuple):
    """Why a text cannot be of its type, and how to mend it; `correct` is the text to type instead, when known."""

    message: str
    remedy: str = ""
    correct: str = ""


LINE_LENGTH = 5_000  # signs
TEXT_LENGTH = 100_000  # thirty pages
YEARS = range(1000, 3000)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FRENCH_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
WHOLE = re.compile(r"-?[0-9]{1,12}")
YEAR = re.compile(r"[12][0-9]{3}")


def read_scalar(text: str, kind: str) -> Any:  # noqa: ANN401 - str, Decimal, int, date, bool or Misread
    """Return the typed value of `text` as a field of type `kind`, or a Misread; an amount is in euros."""
    return READERS[kind](text.strip())


def _line(text: str) -> str | Misread:
    return _unlined(text, LINE_LENGTH) or typography(text)


def _code(text: str) -> str | Misread:
    return _unlined(text, CODE_LENGTH) or text


def _text(text: str) -> str | Misread:
    return _too_long(text, TEXT_LENGTH) or typography(text)


def _unlined(text: str, longest: int) -> Misread | None:
    if "\n" in text:
        return Misread("ce champ tient sur une seule ligne.", "réunissez les lignes en une seule.")
    return _too_long(text, longest)


def _too_long(text: str, longest: int) -> Misread | None:
    if len(text) <= longest:
        return None
    return Misread(f"ce champ a {len(text)} signes, {longest} au plus.", "raccourcissez-le.")


def _day(text: str) -> date | Misread:
    french = FRENCH_DAY.fullmatch(text)
    if french:
        day, month, year = french.groups()
        told = f"« {shown(text)} » n'est pas une date au format AAAA-MM-JJ."
        return Misread(told, correct=f"{year}-{month:0>2}-{day:0>2}")
    if not DAY.fullmatch(text):
        return Misread(f"« {shown(text)} » n'est pas une date.", "écrivez l'année, le mois, le jour : 2012-01-31")
    if int(text[:4]) not in YEARS:
        return Misread(f"« {shown(text)} » est trop loin de nous.", "vérifiez l'année, sur quatre chiffres.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Misread(f"« {shown(text)} » n'existe pas au calendrier.", "vérifiez le jour et le mois.")


def _year(text: str) -> int | Misread:
    return (
        int(text)
        if YEAR.fullmatch(text)
        else Misread(f"« {shown(text)} » n'est pas une année.", "écrivez quatre chiffres.")
    )


def _decimal(pattern: re.Pattern[str], what: str) -> Callable[[str], Decimal | Misread]:
    def read(text: str) -> Decimal | Misread:
        if pattern.fullmatch(text):
            return Decimal(text)
        plain = re.sub(r"[\s\u00a0\u202f€]", "", text[:CODE_LENGTH]).replace(",", ".")
        correct = plain if pattern.fullmatch(plain) else ""
        return Misread(f"« {shown(text)} » n'est pas {what}.", "des chiffres, un point avant les décimales.", correct)

    return read


def _whole(text: str) -> int | Misread:
    if WHOLE.fullmatch(text):
        return int(text)
    plain = re.sub(r"[\s\u00a0\u202f]", "", text[:CODE_LENGTH])
    correct = plain if WHOLE.fullmatch(plain) else ""
    return Misread(f"« {shown(text)} » n'est pas un nombre entier.", "des chiffres, sans décimale.", correct)


def _yes_no(text: str) -> bool | Misread:
    if text in ("oui", "non"):
        return text == "oui"
    known = {"true": "oui", "yes": "oui", "vrai": "oui", "false": "non", "no": "non", "faux": "non"}
    answer = known.get(text.lower())
    return Misread(f"« {shown(text)} » n'est ni oui ni non.", "écrivez oui ou non.", answer or "")


READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "ligne": _line,
        "texte": _text,
        "code": _code,
        "renvoi": _code,
        "choix": _code,
        "date": _day,
        "annee": _year,
        "exercice": _year,
        "montant": _decimal(AMOUNT, "un montant en euros (deux décimales au plus)"),
        "nombre": _decimal(NUMBER, "un nombre"),
        "entier": _whole,
        "oui_non": _yes_no,
    }
)
