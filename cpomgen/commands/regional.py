"""campagne.yaml on both sides of a request → what changes in it, and in which contracts: those that take from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from cpomgen import pipeline
from cpomgen.campagne import OFFERED
from cpomgen.catalogue import references
from cpomgen.imprime import Imprime
from cpomgen.outcome import State
from cpomgen.problem import ProblemError
from cpomgen.project import has_campagne
from cpomgen.regional import Atteint, Key, Portee, Regional, key_of, moved
from cpomgen.review import told_apart
from cpomgen.standing import Etat, Stade

if TYPE_CHECKING:
    from cpomgen.campagne import Campagne
    from cpomgen.commands.reprinting import Progress, Reprinting
    from cpomgen.contrat import Contrat
    from cpomgen.ecart import Ecart
    from cpomgen.problem import Problem
    from cpomgen.reading import Reading

Standing = Callable[[str, "Contrat"], tuple[tuple["Problem", ...], Stade]]


class Recataloguing:
    """The contracts that take from a catalogue which a request changes."""

    def __init__(
        self, readings: tuple[Reading, Reading], reprinting: Reprinting, standing: Standing, progress: Progress
    ) -> None:
        self.before, self.after = readings
        self.reprinting, self.standing, self.progress = reprinting, standing, progress
        self.problems: list[Problem] = []
        self.atteints: list[Atteint] = []

    def regional(self) -> Regional:
        """Return what the request changes in the catalogue, and in the contracts that take from it."""
        sides = [self.campagne(each) for each in (self.before, self.after)]
        problems = [each.problems if each else () for each in sides]
        self.problems += told_apart(*problems).nouveaux
        ecarts = _ecarts(*sides)
        if ecarts is None:
            if sides[0] and not has_campagne(self.after.tree):
                self.users(set(_all(sides[0])))  # which have lost it
            return self.told(None)
        keys = moved(ecarts, filter(None, sides))
        users = self.users({each for found in keys.values() for each in found})
        portees = [Portee(each, tuple(sorted({n for k in keys[key_of(each)] for n in users[k]}))) for each in ecarts]
        return self.told(tuple(portees))

    def told(self, portees: tuple[Portee, ...] | None) -> Regional:
        """Return what has been found, each problem once."""
        return Regional(portees, tuple(self.atteints), tuple(dict.fromkeys(self.problems)))

    def campagne(self, reading: Reading) -> Campagne | None:
        """Return the campaign of a side, None without any; why that of the later side cannot be read is told."""
        try:
            return reading.campagne()
        except ProblemError as error:
            self.problems += [each for each in error.problems if reading is self.after]
            return None

    def users(self, keys: set[Key]) -> dict[Key, set[str]]:
        """Return the contracts that take from items, by item: those alone that have one of their ids are read."""
        found: defaultdict[Key, set[str]] = defaultdict(set)
        known = [name.encode() for _, name in keys]
        names = [name for name in self.after.tree.names("contracts", ".yaml") if self.has_one(name, known)]
        for rank, name in enumerate(names):
            self.progress(rank, len(names))
            with suppress(ProblemError):  # told by its own chapter, or by validate
                for each in keys.intersection(self.taken(name)):
                    found[each].add(name)
        return found

    def has_one(self, name: str, ids: list[bytes]) -> bool:
        """Tell whether the text of a contract has one of these ids."""
        with suppress(ProblemError):
            content = self.after.tree.read(f"contracts/{name}.yaml")
            return any(each in content for each in ids)
        return False

    def taken(self, name: str) -> Iterator[Key]:
        """Yield what a contract takes; what becomes wrong in it is told, and where it stands when it is signed."""
        contrat = self.reprinting.checked(name, self.problems)
        schema = self.after.kind(contrat.type)[0]
        found = set(references(contrat.fiche, schema.root))
        if found and name not in self.reprinting.touched:
            since, avenant = self.standing(name, contrat)
            frozen = self.reprinting.request.frozen.get(name, ()) if avenant.etat is Etat.NON_SIGNE else ()
            self.problems += since
            if frozen or avenant.etat is not Etat.NON_SIGNE:
                self.atteints.append(Atteint(name, avenant, max(frozen, default=None)))
        yield from found


def _ecarts(before: Campagne | None, after: Campagne | None) -> tuple[Ecart, ...] | None:
    """Return what changes from a campaign to another, None when there is not one on both sides."""
    if before is None or after is None:
        return None
    old, new = (State(each.contrat, each.schema, Imprime("", ())) for each in (before, after))
    return pipeline.differ(old, new).champs


def _all(campagne: Campagne) -> Iterator[Key]:
    """Yield the items of a catalogue."""
    for liste, items in campagne.contrat.fiche.items():
        if campagne.schema.root.fields[liste].meta.role == OFFERED:
            yield from ((liste, str(each["id"])) for each in items)
