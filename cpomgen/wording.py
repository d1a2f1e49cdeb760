"""A value of the contract → French words: amounts, numbers, days, articles, agreement; pure, and never raises."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

NBSP = "\u00a0"  # before €, %, between a day and its month
NARROW = "\u202f"  # between thousands
MINUS = "\u2212"
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_CENT = Decimal("0.01")
_LARGE = re.compile(r"(million|milliard|billion|billiard)s?$")
# Words that begin with a vowel or a y, and yet refuse elision.
_NO_ELISION = re.compile(r"(onz|oui\b|ouistiti|ululement|uhlan|ya|ye|yi|yo|yu)")
_ELIDED_Y = re.compile(r"(yonne|yeux|yeuse|yvelines|yvetot|ypres|ysengrin|yssingeaux)")
# An h that refuses elision; every other h is mute (hôpital, habitant, hygiène, hospitalier).
_ASPIRATED = re.compile(
    r"hach|hague|haguenau|haie|haillon|hain|haler|halo\b|halle?s?\b|hallebard|haltes?\b|hamac|hameau|hampe|hanap|hanche|hand|hangar|hanneton|"
    r"hanovr|hant|happ|harcel|hard|harem|hareng|hargn|haricot|harnais|harass|harp|hasard|hat|haubert|hauss|haut|havane|"
    r"havr|hayon|heaume|hel[ae]r|henn|heriss|hernie|heron|heros\b|herse|hertz|hetr|heurt|hibou|hideu|hierarch|hip-|"
    r"hiss|hobby|hoch|hockey|holding|holland|homard|hongr|honni|hont|hoquet|hord|hors|hot\b|hotte|houbl|houdan|houill|"
    r"houl|houp|houss|hublot|huch|hue\b|huee|huguenot|huit(?!r)|hululement|humer\b|hupp|hurl|huron|hussard|hutt"
)
_SPELLED = re.compile(r"H[A-ZÀ-Þ0-9]{1,3}\b")  # HAD, HAS, HPST: the letter h is said
_FEMININE = {
    "acheteur": "acheteuse", "porteur": "porteuse", "demandeur": "demandeuse", "blanc": "blanche", "public": "publique",
    "tout": "toute", "tous": "toutes", "nul": "nulle", "gros": "grosse", "long": "longue", "nouveau": "nouvelle",
    "médecin": "médecin", "adjoint": "adjointe", "un": "une", "aucun": "aucune", "ce": "cette", "celui": "celle",
    "il": "elle", "lui": "elle", "favori": "favorite", "complet": "complète", "concret": "concrète",
}  # fmt: skip
_FEMININE_ENDINGS = (
    ("ieur", "ieure"), ("ajeur", "ajeure"), ("ineur", "ineure"), ("eilleur", "eilleure"), ("teur", "trice"),
    ("eur", "euse"), ("eux", "euse"), ("if", "ive"), ("er", "ère"), ("el", "elle"), ("en", "enne"), ("on", "onne"),
)  # fmt: skip
_PLURAL = {"tout": "tous", "il": "ils", "ce": "ces", "cette": "ces", "celui": "ceux", "lui": "eux", "un": "des"}


def montant(euros: Decimal) -> str:
    """Return an amount in euros with its two decimals: 1 234 567,89 €."""
    cents = _round(euros, _CENT)
    return f"{_digits(cents)}{NBSP}€" if cents.is_finite() else str(euros)


def variation(euros: Decimal) -> str:
    """Return the difference of two amounts, in euros, with its sign."""
    return f"{'+' if euros > 0 else ''}{montant(euros)}"


def nombre(value: Decimal | int) -> str:
    """Return a number with a decimal comma, its decimals as typed, its thousands apart; a year is not a number."""
    number = Decimal(value)
    return _digits(number) if number.is_finite() else str(value)


def lettres(euros: Decimal) -> str:
    """Return an amount in euros, in words; centimes are said when there are some."""
    cents = _round(euros, _CENT)
    if not cents.is_finite() or abs(cents) >= Decimal(10) ** 15:
        return montant(euros)
    whole, centimes = divmod(int(abs(cents) * 100), 100)
    parts = [_named(whole, "euro")] if whole or not centimes else []
    parts += [_named(centimes, "centime")] if centimes else []
    return ("moins " if cents < 0 else "") + " et ".join(parts)


@lru_cache(maxsize=1024)  # the Word file and the PDF say the same numbers
def cardinal(number: int) -> str:
    """Return a whole number in words: six."""
    from num2words import num2words  # noqa: PLC0415 - slow to import, seldom needed

    return str(num2words(int(number), lang="fr"))


def opens_year(day: date) -> bool:
    """Tell whether a day is the first of its year."""
    return (day.month, day.day) == (1, 1)


def closes_year(day: date) -> bool:
    """Tell whether a day is the last of its year."""
    return (day.month, day.day) == (12, 31)


def part(share: Decimal, total: Decimal) -> str:
    """Return `share` in hundredths of `total`, to one decimal: 12,5 %; a share of nothing is a dash."""
    if not (share.is_finite() and total.is_finite()) or not total:
        return "–"
    with localcontext() as context:
        context.prec = 60
        hundredths = _round(share / total * 100, Decimal("0.1"))
    whole = hundredths.to_integral_value()
    return f"{_digits(whole if whole == hundredths else hundredths)}{NBSP}%"


def jour(day: date) -> str:
    """Return a day in full: 1er janvier 2012."""
    return f"{ordinal(1) if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def ordinal(number: int, genre: str = "m") -> str:
    """Return an ordinal in digits: 1er (1re), 2e."""
    if number == 1:
        return "1re" if _is_feminine(genre) else "1er"
    return f"{number}e"


def article_numero(number: int) -> str:
    """Return the number of an article: 1er, then 2 and on."""
    return "1er" if number == 1 else str(number)


def le(words: str, genre: str = "m") -> str:
    """Return `words` after their definite article: le, la or l’."""
    return _after("l’", "la" if _is_feminine(genre) else "le", words)


def du(words: str, genre: str = "m") -> str:
    """Return `words` after du, de la or de l’."""
    return _after("de l’", "de la" if _is_feminine(genre) else "du", words)


def au(words: str, genre: str = "m") -> str:
    """Return `words` after au, à la or à l’."""
    return _after("à l’", "à la" if _is_feminine(genre) else "au", words)


def son(words: str, genre: str = "m") -> str:
    """Return `words` after son or sa; son before a feminine word that asks for elision."""
    return f"sa {words}" if _is_feminine(genre) and not is_elided(words) else f"son {words}"


def de(words: str) -> str:
    """Return `words` after de or d’, contracted with the article of a name: du Mans, des Ulis."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if words.startswith(article):
            return contracted + words.removeprefix(article)
    return _after("d’", "de", words)


@lru_cache(maxsize=1024)  # and the same names
def is_elided(words: str) -> bool:
    """Tell whether le or de loses its vowel before `words`: l’hôpital, but la HAD and le onze."""
    if _SPELLED.match(words):
        return False
    plain = unaccented(words).lower()
    if plain.startswith("h"):
        return not _ASPIRATED.match(plain)
    if _ELIDED_Y.match(plain):
        return True
    return plain.startswith(tuple("aeiouyœæ")) and not _NO_ELISION.match(plain)


def unaccented(words: str) -> str:
    """Return words without their accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign))


def accord(words: str, genre: str = "m", count: int | Decimal = 1) -> str:
    """Return `words`, given in the masculine singular, with their last word agreed in gender and number."""
    end = len(words)
    while end and (words[end - 1].isalnum() or words[end - 1] == "_"):
        end -= 1
    start, last = words[:end], words[end:]
    feminine = _feminine(last) if last and _is_feminine(genre) else last
    return start + (_plural(feminine) if last and not -2 < count < 2 else feminine)  # noqa: PLR2004 - the plural begins at two


def combien(count: int, noun: str, genre: str = "m") -> str:
    """Return how many there are, in digits: « 3 autres changements », « aucune erreur »."""
    many = " ".join(accord(word, "m", count) for word in noun.split(" "))
    return f"{count} {many}" if count else f"{accord('aucun', genre)} {noun}"


def enumere(words: Sequence[str]) -> str:
    """Return words as a list read aloud: a, b et c; the empty ones are left out."""
    *first, last = [word for word in words if word] or [""]
    return f"{', '.join(first)} et {last}" if first else last


def majuscule(words: str) -> str:
    """Return `words` with a capital first letter, accents kept, after any opening sign."""
    index = next((index for index, sign in enumerate(words) if sign.isalnum()), 0)
    capital = words[index : index + 1].upper()
    return words[:index] + capital + words[index + 1 :] if len(capital) == 1 else words


def _is_feminine(genre: str) -> bool:
    return genre == "f"


def _round(value: Decimal, step: Decimal) -> Decimal:
    """Return `value` rounded half up to a multiple of `step`, whatever its size."""
    if not value.is_finite():
        return value
    with localcontext() as context:
        context.prec = max(60, value.adjusted() + 10)
        return value.quantize(step, ROUND_HALF_UP)


def _digits(number: Decimal) -> str:
    """Return the digits of a number the French way; minus zero is zero."""
    sign = MINUS if number < 0 else ""
    return sign + f"{abs(number):,f}".replace(",", NARROW).replace(".", ",")


def _named(count: int, unit: str) -> str:
    """Return a count and its unit in words, with d’ after million and above."""
    words = cardinal(count)
    link = " d’" if _LARGE.search(words) else " "
    return f"{words}{link}{unit}{'s' if count > 1 else ''}"


def _after(elided: str, full: str, words: str) -> str:
    return f"{elided}{words}" if is_elided(words) else f"{full} {words}"


def _feminine(word: str) -> str:
    if word in _FEMININE:
        return _FEMININE[word]
    if word.endswith("e"):
        return word
    ending = next(((old, new) for old, new in _FEMININE_ENDINGS if word.endswith(old)), ("", "e"))
    return word.removesuffix(ending[0]) + ending[1]


def _plural(word: str) -> str:
    if word in _PLURAL:
        return _PLURAL[word]
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word.removesuffix("al") + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")
