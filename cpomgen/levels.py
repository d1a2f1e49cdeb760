"""What an act does to a part → its sentences by level (1°, a), –); a place that several share is said once, above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from cpomgen.amendment import Amendement
from cpomgen.article import Alinea
from cpomgen.designation import NBSP, Nom
from cpomgen.imprime import Block, Paragraph, Span
from cpomgen.wording import majuscule

NARROW = "\u202f"
DEEPEST = 3
CITATION = 9  # what is no sentence has no level
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def laid(partie: Nom | None, found: Sequence[Amendement]) -> tuple[Alinea, ...]:
    """Return the sentences of what is done to a part; without a part, the sentences say it themselves."""
    if len(found) == 1:
        place = (partie.au,) if partie and _takes_place(partie, found[0]) else ()
        return tuple(_ended(list(_sentence(found[0], 0, "", place))))
    shared = _shared(found)
    if partie is None:
        return tuple(_ended([each for one in found for each in _sentence(one, 0, "", ())]))
    head = f"{', '.join((partie.au, *shared))}{NBSP}:" if shared else f"{partie.done('ainsi modifié')}{NBSP}:"
    below = [_without(each, len(shared)) for each in found]
    return tuple(_ended([Alinea(0, majuscule(head)), *_numbered(below, 1)]))


def _takes_place(partie: Nom, only: Amendement) -> bool:
    return not only.geste.startswith((f"{partie.le} est", f"après {partie.le},", f"avant {partie.le},"))


def _shared(found: Sequence[Amendement]) -> tuple[str, ...]:
    """Return the places that all have in common, from the whole to the part."""
    shared: list[str] = []
    for places in zip(*(each.lieux for each in found), strict=False):
        if len(set(places)) > 1:
            break
        shared.append(places[0])
    return tuple(shared)


def _without(amendement: Amendement, count: int) -> Amendement:
    return Amendement(amendement.lieux[count:], amendement.geste, amendement.cite)


def _numbered(found: Sequence[Amendement], level: int) -> list[Alinea]:
    """Return the sentences of one level, and below each those that share its place."""
    return _said(list(_grouped(found, level)), level)


def _said(groups: Sequence[Sequence[Amendement]], level: int) -> list[Alinea]:
    """Return the sentences of groups, each under its number."""
    made: list[Alinea] = []
    for number, group in enumerate(groups, 1):
        if len(group) == 1:
            made += _sentence(group[0], level, _number(number, level), ())
            continue
        shared = _shared(group)
        made.append(Alinea(level, f"{_number(number, level)}{majuscule(', '.join(shared))}{NBSP}:"))
        made += _numbered([_without(each, len(shared)) for each in group], level + 1)
    return made


def _grouped(found: Sequence[Amendement], level: int, count: int = 1) -> Iterator[list[Amendement]]:
    """Yield what is said under one number: what shares so many places, or more when it then takes fewer words."""
    for _, same in groupby(found, key=lambda each: each.lieux[:count]):
        group = list(same)
        shared = len(_shared(group))
        alone = len(group) == 1 or not group[0].lieux or level == DEEPEST
        parted = [] if alone or shared == len(group[0].lieux) else list(_grouped(group, level, shared + 1))
        if alone:
            yield from ([each] for each in group)
        elif parted and level + _depth(group) > DEEPEST and _length(parted, level) < _length([group], level):
            yield from parted
        else:
            yield group


def _depth(found: Sequence[Amendement]) -> int:
    """Return how many levels a group asks for below its own."""
    below = [_without(each, len(_shared(found))) for each in found]
    groups = [list(same) for _, same in groupby(below, key=lambda each: each.lieux[:1])]
    return 1 + max(_depth(group) if len(group) > 1 and group[0].lieux else 0 for group in groups)


def _length(groups: Sequence[Sequence[Amendement]], level: int) -> int:
    return sum(len(each.texte) for each in _said(groups, level))


def _number(number: int, level: int) -> str:
    if level == 1:
        return f"{number}°{NBSP}"
    if level == 2:  # noqa: PLR2004 - a level
        return f"{_letters(number)}){NBSP}"
    return f"–{NBSP}"


def _letters(number: int) -> str:
    """Return the letter of a number: a, b, up to z, then aa."""
    last, rest = ALPHABET[(number - 1) % len(ALPHABET)], (number - 1) // len(ALPHABET)
    return f"{_letters(rest)}{last}" if rest else last


def _sentence(amendement: Amendement, level: int, number: str, place: tuple[str, ...]) -> Iterator[Alinea]:
    text = ", ".join((*place, *amendement.lieux, amendement.geste))
    yield Alinea(level, f"{number}{majuscule(text)}")
    if amendement.cite:
        yield Alinea(CITATION, cite=amendement.cite)


def _ended(found: Sequence[Alinea]) -> Iterator[Alinea]:
    """Yield sentences with the sign that ends each, after what it cites: a semicolon, a full stop for the last."""
    for number, each in enumerate(found):
        is_last = number == len(found) - 1 or not found[number + 1].niveau
        sign = "." if is_last else f"{NARROW};"
        if each.niveau == CITATION:
            yield each._replace(cite=_closed(each.cite, sign))
        else:
            yield each if each.texte.endswith(":") else each._replace(texte=f"{each.texte}{sign}")


def _closed(cite: tuple[Block, ...], sign: str) -> tuple[Block, ...]:
    """Return a citation with the sign that follows its last guillemets, none after a table."""
    last = cite[-1]
    if sign == "." and isinstance(last, Paragraph) and last.text.rstrip(f"»{NBSP}").endswith((".", ";", "!", "?")):
        return cite
    return (*cite[:-1], replace(last, spans=(*last.spans, Span(sign)))) if isinstance(last, Paragraph) else cite
