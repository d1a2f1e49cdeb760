"""Cell × Field → the text that a contract holds for it: figures, days and choices as one types them in a spreadsheet.

What has two readings is refused, and told. Texts stay as they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from cpomgen.column import Column, plain
from cpomgen.feuille import Cell, as_text
from cpomgen.scalars import Misread, read_scalar
from cpomgen.schema import Field
from cpomgen.source import shown
from cpomgen.wording import MONTHS
from cpomgen.zeros import restored

EMPTIED = "(vide)"  # what a cell says to empty a field
WRITTEN = re.compile(r"\(\s*vide\s*\)", re.IGNORECASE)
SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
CURRENCY = re.compile(r"(€|eur|euros?)$", re.IGNORECASE)
SCIENTIFIC = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)
THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+,\d+")
FIGURE = re.compile(r"(-?[0-9]{1,15})(?:([.,])([0-9]{1,12}))?")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ]00:00(:00)?)?")
FRENCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})( 00:00(:00)?)?")
SHORT = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2})")
SPELLED = re.compile(r"(\d{1,2})(?:er)?[-\s.]+([^\W\d]+)\.?[-\s.]+(\d{4})")
SERIALS = re.compile(r"[2-7][0-9]{4}")  # days since 1900 that a contract may hold
LIKELY = 3  # letters of a month at least
YES = {"oui": "oui", "o": "oui", "vrai": "oui", "true": "oui", "non": "non", "n": "non", "faux": "non", "false": "non"}
DATED = "Excel a fait une date de ce texte. Mettez la cellule au format Texte, puis retapez-le."

DAY = "Écrivez le jour, le mois, l'année : 31/12/2016."


class Typed(NamedTuple):
    """What a cell says of its field: a text, several for a list, nothing (`None`) to empty it; what is told of it."""

    texts: tuple[str, ...] | None
    told: str = ""


def typed(cell: Cell, column: Column) -> Typed | Misread:
    """Return what a contract holds for a cell that is not empty, or why it cannot hold it."""
    if cell.fault:
        return Misread(f"{cell.fault}.", "Corrigez-la, ou videz-la pour ne rien changer.")
    text = as_text(cell.value).strip()
    if WRITTEN.fullmatch(text):
        return Typed(None)
    if not column.is_list:
        return _one(cell, column.field)
    found: list[Typed] = []
    for part in parted(as_text(cell.value)):
        each = _one(Cell(part, loose=cell.loose), column.leaf)
        if isinstance(each, Misread):
            return each
        found.append(each)
    texts = tuple(text for each in found for text in each.texts or ())
    return Typed(texts, " ".join(each.told for each in found if each.told))


def parted(text: str) -> list[str]:
    """Return the values of a list that one cell holds: one a line, or parted by semicolons."""
    parts = text.split("\n") if "\n" in text else text.split(";")
    return [part.strip() for part in parts if part.strip()]


def _one(cell: Cell, field: Field) -> Typed | Misread:
    found = READERS.get(field.type, _as_typed)(cell, field)
    found = Typed((found,)) if isinstance(found, str) else found
    if isinstance(found, Typed):
        value = read_scalar(found.texts[0], field.type) if found.texts else None
        if isinstance(value, Misread):
            return value
    return found


def _as_typed(cell: Cell, _: Field) -> str | Typed | Misread:
    """Return a text as it is; what a spreadsheet has made of one is no text."""
    if isinstance(cell.value, bool):
        return Misread(
            f"« {'VRAI' if cell.value else 'FAUX'} » n'est pas un texte.", "Mettez la cellule au format Texte."
        )
    if isinstance(cell.value, date):
        return Misread(f"une date, {as_text(cell.value)}, n'est pas un texte.", DATED)
    return as_text(cell.value).strip("\n \t\u00a0")


def _code(cell: Cell, field: Field) -> str | Typed | Misread:
    """Return a code; zeros that a spreadsheet has eaten are given back, digits that it has lost are not."""
    found = _as_typed(cell, field)
    pattern = str(field.rules.get("regex", ""))
    if not isinstance(found, str) or not pattern or re.search(pattern, found):
        return found
    bare = SPACES.sub("", found)
    if re.search(pattern, bare):
        return bare
    if SCIENTIFIC.fullmatch(bare):
        told = f"« {shown(found)} » : Excel a mis ce numéro en notation scientifique, des chiffres sont perdus."
        return Misread(told, "Mettez la colonne au format Texte, puis retapez le numéro.")
    return _longer(bare, cell, field) or found  # validate says what is wrong


def _longer(digits: str, cell: Cell, field: Field) -> Typed | Misread | None:
    """Return a number with the zeros that a spreadsheet has eaten, None when it has eaten none."""
    whole = restored(digits, field)
    if whole is None:
        return None
    if not (whole.sure or cell.loose):
        return Misread(f"« {shown(digits)} » est trop court.", f"S'il a perdu son zéro initial, écrivez {whole.text}.")
    told = "la clé de contrôle le confirme" if whole.sure else "rien ne le confirme, vérifiez-le"
    return Typed((whole.text,), f"zéro initial rétabli, « {digits} » devient « {whole.text} » : {told}.")


def _choice(cell: Cell, field: Field) -> str | Misread:
    """Return the code of a choice, given by its code or its label."""
    text = as_text(cell.value).strip()
    allowed = [str(each) for each in field.rules.get("allowed", ())]
    if text in allowed:
        return text
    wanted = plain(text)
    called = {code: field.meta.libelles.get(code, code) for code in allowed}
    found = [code for code in allowed if wanted in (plain(called[code]), plain(code))]
    if len(found) == 1 or not allowed:
        return found[0] if found else text
    near = get_close_matches(wanted, [plain(each) for each in called.values()], 1)
    likely = next((called[code] for code in allowed if near and plain(called[code]) == near[0]), "")
    names = ", ".join(called.values())
    remedy = f"vouliez-vous écrire « {likely} » ? " if likely else ""
    return Misread(f"« {shown(text)} » n'est pas dans la liste.", f"{remedy}Valeurs admises : {names}.")


def _figure(cell: Cell, field: Field) -> str | Misread:
    """Return a number or an amount, with a point before its decimals."""
    if "%" in cell.form or as_text(cell.value).strip().endswith("%"):
        told = f"« {shown(as_text(cell.value))} » est un pourcentage : 0,9 et 90 ne se distinguent pas."
        return Misread(told, "Mettez la cellule au format Nombre, sans le signe %.")
    if isinstance(cell.value, Decimal):
        return _exact(cell.value, field)
    text = SPACES.sub("", as_text(cell.value)).replace("\u2212", "-")
    text = CURRENCY.sub("", text)
    if THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    found = FIGURE.fullmatch(text)
    if found is None:
        return Misread(f"« {shown(as_text(cell.value))} » n'est pas {KINDS[field.type]}.", "Des chiffres, une virgule.")
    whole, sign, decimals = found.groups()
    if sign == "." and len(decimals) == len("000"):
        told = f"« {shown(text)} » a deux lectures : {whole}{decimals}, ou {whole},{decimals}."
        return Misread(told, "Écrivez-le sans point, avec une virgule s'il a des décimales.")
    return _exact(Decimal(f"{whole}.{decimals}") if decimals else Decimal(whole), field)


def _exact(value: Decimal, field: Field) -> str | Misread:
    if field.type == "montant":
        cents = value.quantize(Decimal("0.01"))
        if cents != value:
            return Misread(f"« {as_text(value)} » a plus de deux décimales.", "Arrondissez au centime.")
        return f"{cents:f}"
    if value == value.to_integral_value():
        return f"{value.quantize(Decimal(1)):f}"
    return f"{value.normalize():f}"


def _day(cell: Cell, _: Field) -> str | Misread:
    """Return a day as a contract writes it: 2012-01-31."""
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    text = " ".join(as_text(cell.value).split())
    if isinstance(cell.value, Decimal) or text.isdecimal():
        return _serial(text)
    if SHORT.fullmatch(text):
        return Misread(f"« {shown(text)} » a deux lectures : l'année n'a que deux chiffres.", "Écrivez-la sur quatre.")
    if (found := FRENCH.fullmatch(text)) and int(found[2]) > len(MONTHS) >= int(found[1]):
        told = f"« {shown(text)} » n'existe pas au calendrier : il n'y a pas de mois {found[2]}."
        return Misread(told, "Le jour vient avant le mois : 31/12/2016.")
    return _iso(text) or Misread(f"« {shown(text)} » n'est pas une date.", DAY)


def _iso(text: str) -> str:
    """Return a day as a contract writes it, nothing when it is written in no known way."""
    if found := ISO.fullmatch(text):
        return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"
    if found := FRENCH.fullmatch(text):
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    found = SPELLED.fullmatch(text)
    month = _month(found[2]) if found else 0
    return f"{found[3]}-{month:02}-{found[1]:0>2}" if found and month else ""


def _serial(text: str) -> Misread:
    told = f"« {shown(text)} » n'est pas une date."
    if SERIALS.fullmatch(text):
        day = date.fromordinal(date(1899, 12, 30).toordinal() + int(text))
        return Misread(told, f"Si c'est le {day:%d/%m/%Y} tel qu'Excel le compte, mettez la cellule au format Date.")
    return Misread(told, DAY)


def _month(word: str) -> int:
    """Return the number of a month, in full or as its first letters; 0 when none or several have them."""
    start = plain(word)
    found = [rank for rank, month in enumerate(MONTHS, 1) if len(start) >= LIKELY and plain(month).startswith(start)]
    return found[0] if len(found) == 1 else 0


def _year(cell: Cell, _: Field) -> str | Misread:
    if isinstance(cell.value, date):
        return Misread(f"une date, {as_text(cell.value)}, n'est pas une année.", "Écrivez quatre chiffres.")
    return as_text(cell.value).strip()


def _yes_no(cell: Cell, _: Field) -> str | Misread:
    text = as_text(cell.value).strip()
    answer = YES.get(plain(text))
    return answer or Misread(f"« {shown(text)} » n'est ni oui ni non.", "Écrivez oui ou non.")


KINDS = {"montant": "un montant", "nombre": "un nombre", "entier": "un nombre entier"}
READERS: Mapping[str, Callable[[Cell, Field], str | Typed | Misread]] = {
    "code": _code,
    "renvoi": _code,
    "choix": _choice,
    "date": _day,
    "annee": _year,
    "exercice": _year,
    "montant": _figure,
    "nombre": _figure,
    "entier": _figure,
    "oui_non": _yes_no,
}


def same(text: str, other: str, field: Field) -> bool:
    """Tell whether two texts mean the same in a field."""
    value = read_scalar(text, field.type)
    return text == other or (not isinstance(value, Misread) and value == read_scalar(other, field.type))
