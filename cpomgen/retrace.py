"""What each avenant changed in turn → which passage of the text as it stands was amended by which, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cpomgen.address import Address, Lieux, address, carried
from cpomgen.edits import Added, Changed, Id, Moved, Path, Removed
from cpomgen.lieu import Lieu, rank
from cpomgen.lieu import shortened as short
from cpomgen.operation import Action, Operation, Unite
from cpomgen.texts import Paired
from cpomgen.wording import enumere

LAST = 1_000_000  # after all that a unit holds
TWO = 2  # ranks, told one by one; more that follow each other are told by the first and the last


class Etape(NamedTuple):
    """What one avenant changed: the texts before and after it, side by side, and the operations between them."""

    numero: int
    texts: Paired
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that an avenant amended, named as in the text as it stands, or in the last one that had it.

    `retire` is the number of the avenant that took it away since.
    """

    lieu: str
    action: Action
    numero: int
    retire: int = 0


@dataclass(frozen=True, slots=True)
class _Touche:
    """A unit that an avenant touched: its place, and what it is sorted by."""

    order: tuple[int, ...]
    etape: int
    action: Action
    retire: int
    lieu: Lieu

    @property
    def group(self) -> tuple[object, ...]:
        """Return what those have in common that are told together: all but a column, or the rank of a paragraph."""
        colonne = "" if self.lieu.colonne and not (self.lieu.alinea or self.lieu.titre) else self.lieu.colonne
        return self.etape, self.action, self.retire, replace(self.lieu, alinea=0, colonne=colonne)


def retrace(etapes: Sequence[Etape]) -> tuple[Passage, ...]:
    """Return the passages that avenants amended, the first avenant first in `etapes`, in the order of the last text."""
    texts = _Chain(etapes)
    groups: dict[tuple[object, ...], list[_Touche]] = {}
    for touche in sorted(texts.touches(), key=lambda each: (each.order, each.etape)):
        groups.setdefault(touche.group, []).append(touche)
    found = (
        Passage(_told([each.lieu for each in same]), same[0].action, etapes[same[0].etape].numero, same[0].retire)
        for same in groups.values()
    )
    return tuple(dict.fromkeys(found))


class _Chain:
    """The texts that follow each other: text n is that which step n starts from, the last one that as it stands."""

    def __init__(self, etapes: Sequence[Etape]) -> None:
        self.etapes = etapes
        self.pairs = [each.texts for each in etapes]
        self.lieux = [Lieux(each.old) for each in self.pairs] + [Lieux(each.new) for each in self.pairs[-1:]]

    def touches(self) -> Iterator[_Touche]:
        """Yield the units that each step touches."""
        for number, etape in enumerate(self.etapes):
            found = [each for operation in etape.operations for each in self.touched(number, operation)]
            yield from _without_what_titles_hold(found)

    def touched(self, number: int, operation: Operation) -> Iterator[_Touche]:
        """Yield the units of an operation, in the text after it; those that it removes, in the text before."""
        gone, both = operation.action is Action.SUPPRIMER, self.pairs[number]
        tree = both.before if gone else both.after
        for path in _units(operation):
            where = address(tree, path)
            text, place, retire = (number, where, 0) if gone else self.last(number + 1, where)
            order = self.anchor(text, place) if gone or retire else place
            lieu = self.lieux[text].at(place, titled=True)
            if operation.unite is Unite.COLONNE:
                lieu = replace(lieu, ligne=(), intitule=False)
            yield _Touche(order, number, operation.action, retire, lieu)

    def last(self, text: int, where: Address) -> tuple[int, Address, int]:
        """Return the last text that has a unit, where it stands there, the number of the avenant that removes it."""
        for number in range(text, len(self.pairs)):
            found = carried(self.pairs[number].before, self.pairs[number].after, where)
            if found is None:
                return number, where, self.etapes[number].numero
            where = found
        return len(self.pairs), where, 0

    def anchor(self, text: int, where: Address) -> Address:
        """Return what a unit that is gone is sorted by: the one that stood before it and still stands, or its whole."""
        while where:
            *whole, position = where
            for before in range(position - 1, -1, -1):
                end, place, _ = self.last(text, (*whole, before))
                if end == len(self.pairs):
                    return (*place, LAST)
            where = tuple(whole)
            end, place, _ = self.last(text, where) if where else (0, (), 0)
            if where and end == len(self.pairs):
                return (*place, -1)
        return (-1,)


def _units(operation: Operation) -> Iterator[Path]:
    """Yield the paths of the units of an operation, a merged cell or a column once."""
    paths: list[Path] = []
    for edit in operation.edits:
        if isinstance(edit, Changed):
            paths.append(edit.path[:-1])
        elif isinstance(edit, Moved | Added | Removed):
            paths.append((*edit.path, Id(edit.id if isinstance(edit, Moved) else edit.item["id"])))
    once = operation.unite is Unite.COLONNE or isinstance(operation.edits[0], Changed)
    yield from paths[:1] if once else paths


def _without_what_titles_hold(found: Sequence[_Touche]) -> Iterator[_Touche]:
    """Yield units, those left out that come or go, as the title does that they stand under."""
    titles = [each for each in found if each.lieu.intitule and each.action is not Action.REMPLACER]
    for each in found:
        if any(each is title for title in titles):
            yield replace(each, lieu=replace(each.lieu, intitule=False))
        elif not any(each.action is title.action and _is_under(each.lieu, title.lieu) for title in titles):
            yield each


def _is_under(lieu: Lieu, title: Lieu) -> bool:
    """Tell whether a place is under a title, of a part or in a cell."""
    within = lieu.parties[: len(title.parties)] == title.parties
    return within if not title.tableau else replace(lieu, alinea=0) == replace(title, intitule=False)


def _told(lieux: Sequence[Lieu]) -> str:
    """Return the name of places that differ by their column, or by the rank of a paragraph."""
    first, names = lieux[0], dict.fromkeys(each.colonne for each in lieux)
    ranks = sorted({each.alinea for each in lieux if each.alinea})
    if len(ranks) > 1:
        run = len(ranks) > TWO and ranks[-1] - ranks[0] == len(ranks) - 1
        told = [rank(each) for each in ranks]
        return f"{replace(first, alinea=0)}, {f'{told[0]} à {told[-1]}' if run else enumere(told)} alinéas"
    if len(names) > 1:
        return f"{replace(first, colonne='')}, colonnes {enumere([f'« {short(each)} »' for each in names])}"
    return str(first)
