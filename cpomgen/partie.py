"""A part of a contract, its leaves as they read in French; parts → lines that git compares, a line a leaf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpomgen.contrat import alineas
from cpomgen.problem import Mark
from cpomgen.wording import NARROW, NBSP

INDENT = "    "
PLAIN = str.maketrans({NBSP: " ", NARROW: " "})


class Trait(NamedTuple):
    """A leaf: its path by ids, what it is called, what it reads as; `titre` when it names its part."""

    path: str
    libelle: str
    texte: str
    titre: bool = False
    long: bool = False


class Partie(NamedTuple):
    """The contract itself, a rubrique or an item: its path by ids, what it is called, where it is, its own leaves."""

    path: str
    titre: str
    mark: Mark
    traits: tuple[Trait, ...]


def lines(parties: Iterable[Partie]) -> Iterator[str]:
    """Yield the lines of a contract, to be searched too: spaces that hold words together are plain ones."""
    return (line.translate(PLAIN) for line in _lines(parties))


def _lines(parties: Iterable[Partie]) -> Iterator[str]:
    """Yield what each part is called, then its leaves, set in; a long text, paragraph by paragraph."""
    for partie in parties:
        yield partie.titre
        for trait in partie.traits:
            if trait.long:
                yield f"{INDENT}{trait.libelle} :"
                yield from (f"{INDENT * 2}{'- ' if each.puce else ''}{each.texte}" for each in alineas(trait.texte))
            elif not trait.titre:
                yield f"{INDENT}{trait.libelle} : {trait.texte}"
