"""The parts of a contract on both sides of a merge, before it, and now → what both sides have changed of one item.

Git puts together what two people changed in different lines, and nobody has read the whole. Of a rubrique, only the
same field counts: it holds things that go their own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cpomgen.changes import worded
from cpomgen.lieu import shortened
from cpomgen.partie import Partie, Trait
from cpomgen.pen import PLAIN
from cpomgen.problem import Mark, Problem, Severity
from cpomgen.wording import accord

TOLD = 3  # changes of one side that a message gives
LONG = 60  # signs of a text of which only what changes is told

Traits = Mapping[str, Trait]


class Side(NamedTuple):
    """One side of a merge: what its branch is called, the parts of the contract there."""

    name: str
    parties: tuple[Partie, ...]


def fusion(base: Iterable[Partie], sides: tuple[Side, Side], now: tuple[Partie, ...], file: str) -> Iterator[Problem]:
    """Yield a warning for each part that both sides have changed, each in its way, since what they come from."""
    before, ours, theirs = (_by_path(parties) for parties in (base, sides[0].parties, sides[1].parties))
    marks = {partie.path: partie.mark for partie in reversed(now)}
    titles = {partie.path: partie.titre for each in (base, sides[1].parties, sides[0].parties, now) for partie in each}
    for path in dict.fromkeys((*ours, *theirs)):
        was, here, there = (found.get(path, {}) for found in (before, ours, theirs))
        mine, yours = _changed(was, here), _changed(was, there)
        same = {each for each in mine & yours if _text(here, each) == _text(there, each)}
        mine, yours = mine - same, yours - same
        if not path.endswith("]"):
            mine = yours = mine & yours
        if mine and yours:
            told = (_told(was, here, mine), _told(was, there, yours))
            yield _problem(marks.get(path, Mark(file)), titles[path], (sides[0].name, sides[1].name), told)


def _by_path(parties: Iterable[Partie]) -> dict[str, Traits]:
    return {partie.path: {trait.path: trait for trait in partie.traits} for partie in parties}


def _text(traits: Traits, path: str) -> str:
    return traits[path].texte if path in traits else ""


def _changed(old: Traits, new: Traits) -> set[str]:
    """Return the paths of the leaves that are not the same, be it for being there."""
    return {path for path in (*old, *new) if _text(old, path) != _text(new, path)}


def _told(old: Traits, new: Traits, paths: set[str]) -> str:
    """Return what one side has changed, in words."""
    if not new:
        return "retiré"
    lead = "" if old else "ajouté, "
    found = [_leaf(old.get(path), new.get(path)) for path in dict.fromkeys((*old, *new)) if path in paths]
    more = len(found) - TOLD
    rest = f", et {more} {accord('autre', 'm', more)}" if more > 0 else ""
    return lead + ", ".join(found[:TOLD]) + rest


def _leaf(old: Trait | None, new: Trait | None) -> str:
    if new is None:
        return f"{old.libelle if old else ''} : retiré"
    before = old.texte if old else ""
    if before and max(len(before), len(new.texte)) > LONG:
        return f"{new.libelle} : {worded(before, new.texte, PLAIN)}"
    return f"{new.libelle} : {shortened(new.texte)}"


def _problem(mark: Mark, titre: str, names: tuple[str, str], told: tuple[str, str]) -> Problem:
    message = (
        f"les deux branches fusionnées ont changé {titre} : « {names[0]} » ({told[0]}) et « {names[1]} » ({told[1]})."
    )
    remedy = (
        "git ne les a pas comparées : relisez ici ce qui en reste, avec votre collègue, corrigez s'il le faut, "
        "puis enregistrez-le dans git."
    )
    return Problem("CPOM656", mark, message, remedy, severity=Severity.AVERTISSEMENT)
