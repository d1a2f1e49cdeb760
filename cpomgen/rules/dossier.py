"""Contrat × Schema → Dossier: the contract as rules see it, each value found by the role of its field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from cpomgen.contrat import Absent, Choix, Contrat, Fiche, Illisible, Liste, Texte, feuilles
from cpomgen.faits import COMPLET
from cpomgen.owned import EVERYTHING, Owned
from cpomgen.problem import Mark
from cpomgen.schema import Field, Schema, field_at, walk
from cpomgen.typologies import Typologies
from cpomgen.voisin import Voisin

ITEM = ""  # the role, so to say, of the items of a list
ANSWER = "repond"  # and of the fields whose text answers contents of the law; no role of a schema is so named
CLAUSES = "clauses_particulieres"  # the role of the list of what a contract adds to its template
STEP = re.compile(r"\[[^\]]*\]|[^.\[]+")  # of a path: a place in a list, or a name


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A field of the contract: its value (Absent when it is left out), its path and mark, the roles found below it."""

    value: Any
    path: str
    mark: Mark
    field: Field
    below: Mapping[str, tuple[Place, ...]]
    is_blank: bool = False  # its name is written, and nothing after it

    def __bool__(self) -> bool:
        """Tell whether the field is filled."""
        return bool(self.value)

    @property
    def label(self) -> str:
        """Return what a message calls it: its name when it has one, else what its field is called."""
        naming = self.field.meta.intitule_par
        name = self.value.get(naming) if naming and isinstance(self.value, Fiche) else None
        shown = name.libelle if isinstance(name, Choix) else name
        return f"« {shown} »" if isinstance(shown, str) and shown else f"« {self.field.meta.libelle} »"

    def means(self, *facts: str) -> bool:
        """Tell whether the value that is chosen is, for the schema, one of these facts."""
        return not set(facts).isdisjoint(self.field.meta.faits.get(str(self.value), ()))

    def every(self, role: str) -> tuple[Place, ...]:
        """Return the fields of a role below this one that are filled and can be read, in the contract's order."""
        return tuple(place for place in self.below.get(role, ()) if place and not isinstance(place.value, Illisible))

    def one(self, role: str) -> Place:
        """Return the first field of a role below this one, filled if any is; itself, as absent, when there is none.

        One that cannot be read counts as filled, for nobody is to be told that it is missing.
        """
        found = self.below.get(role, ())
        filled = next((place for place in found if place), None)
        return filled or (found[0] if found else Place(Absent(self.path), self.path, self.mark, self.field, {}))

    def gap(self, *roles: str, otherwise: Place | None = None) -> Place:
        """Return the first field of these roles below that is written and left blank, else `otherwise`, else itself."""
        found = (place for role in roles for place in self.below.get(role, ()))
        return next((place for place in found if place.is_blank), self if otherwise is None else otherwise)

    def is_read(self, role: str) -> bool:
        """Tell whether all that is filled of a role below this one can be read, items of its lists included."""
        found = self.below.get(role, ())
        items = (item for place in found for item in place.below.get(ITEM, ()))
        return not any(isinstance(place.value, Illisible) for place in (*found, *items))

    def answers(self) -> frozenset[str]:
        """Return the contents of the law that texts below this one answer; one that cannot be read counts."""
        filled = (place for place in self.below.get(ANSWER, ()) if place)
        return frozenset(content for place in filled for content in place.field.meta.repond)

    def items(self, role: str) -> Iterator[Place]:
        """Yield the items of each list of a role below this one."""
        for place in self.every(role):
            yield from place.every(ITEM)

    def day(self, role: str) -> date | None:
        """Return the date of a role below this one, None when it has none that can be read."""
        value = self.one(role).value
        return date(value.year, value.month, value.day) if isinstance(value, date) else None

    def text(self, role: str) -> str:
        """Return the text of a role below this one, empty when it has none that can be read."""
        value = self.one(role).value
        return str(value) if isinstance(value, str) else ""


@dataclass(frozen=True)
class Dossier:
    """A contract to examine; `settled` once it is arrêté pour signature.

    `motifs` are the reasons for amending that its manifest knows, `stipule` what its template's own text stipulates,
    `around` gives the other contracts of the project that seem to bind the same parties. `campagne` has the first and
    the last day of the campaign from whose catalogue the contract takes. `pieces` are those that are being settled,
    none for all of them, which own the fields of `owned`: what is wrong elsewhere may be mended later. `typologies`
    says which ones a contract calls for.
    """

    contrat: Contrat
    schema: Schema
    settled: bool = False
    motifs: tuple[str, ...] = ()
    stipule: frozenset[str] = frozenset()
    around: Callable[[Dossier], Iterable[Voisin]] = lambda _: ()
    campagne: tuple[date | None, date | None] = (None, None)
    pieces: frozenset[str] = frozenset()
    owned: Owned = EVERYTHING
    typologies: Typologies | None = None

    def settles(self, path: str) -> bool:
        """Tell whether a field is settled for signature, by its path."""
        return self.settled and self.owned.is_touched(path, (self.attached,))

    @cached_property
    def attached(self) -> dict[str, str]:
        """Return the path of each clause that completes the contract, with that of the rubrique that it completes.

        One that completes none has its own.
        """
        clauses = [(each, self.schema.path_of(each.text("article_complete"))) for each in self.items(CLAUSES)]
        return {clause.path: ".".join(path or (clause.path,)) for clause, path in clauses}

    @cached_property
    def voisins(self) -> tuple[Voisin, ...]:
        """Return the other contracts of the project that seem to bind the same parties."""
        return tuple(self.around(self))

    @cached_property
    def root(self) -> Place:
        """Return the whole contract, from which every role is reached."""
        return _place(self.contrat.fiche, self.schema.root, "", self.contrat)

    def every(self, role: str) -> tuple[Place, ...]:
        """Return the filled fields of a role, in the contract's order."""
        return self.root.every(role)

    def one(self, role: str) -> Place:
        """Return the first field of a role, filled or not."""
        return self.root.one(role)

    def items(self, role: str) -> Iterator[Place]:
        """Yield the items of each list of a role."""
        return self.root.items(role)

    def knows(self, role: str) -> bool:
        """Tell whether contracts of this type have a field of that role."""
        return self.schema.path_of(role) is not None

    def name(self, role: str) -> str:
        """Return what contracts of this type call the field of a role; the role itself when they have none."""
        field = self.schema.at_role(role)
        return field.name if field else role

    def written(self, role: str, fact: str) -> str:
        """Return how a fact is written in contracts of this type, empty when they cannot say it: « nature: fir »."""
        field = self.schema.at_role(role)
        code = next((code for code, facts in field.meta.faits.items() if fact in facts), "") if field else ""
        return f"{field.name}: {code}" if field and code else ""

    @cached_property
    def _texts(self) -> tuple[Texte, ...]:
        return tuple(leaf for leaf in feuilles(self.contrat.fiche) if isinstance(leaf, Texte))

    @cached_property
    def whole(self) -> str:
        """Return all texts of the contract in one, a null sign between them, where what few have is looked for."""
        return "\0".join(self.texts())

    def texts(self) -> tuple[Texte, ...]:
        """Return every text of the contract, in its order; it is walked once."""
        return self._texts

    def blanks(self) -> Iterator[Place]:
        """Yield the fields that are written and left blank, in the order of the file; amounts all blank are one."""
        known, told = dict(_nodes(self.contrat.fiche)), ""
        holders = {path.rpartition(".")[0] for path in self.contrat.marks}
        for path, mark in sorted(self.contrat.marks.items(), key=lambda each: (each[1].line, each[1].column)):
            above = path[: max(path.rfind("."), path.rfind("["), 0)]
            is_filled = known.get(path, False) or isinstance(known.get(above), Illisible)
            place = replace(self.at(path), mark=mark)
            is_rubrique = path in holders and place.field.values is None  # what it holds is blank
            if path and not (is_filled or is_rubrique or (told and above == told)):
                told = path
                yield place

    def at(self, path: str) -> Place:
        """Return a place for a path of the contract, for a rule that walks its leaves."""
        steps = tuple(0 if step[0] == "[" else step for step in STEP.findall(path))
        field = field_at(self.schema.root, steps) or self.schema.root
        return Place(path, path, self.contrat.mark(path), field, {})

    @property
    def effet(self) -> date | None:
        """Return the first day, None when effect hangs on an event."""
        return self.root.day("date_effet")

    @property
    def fin(self) -> date | None:
        """Return the last day."""
        return self.root.day("date_fin")

    @property
    def conclusion(self) -> date | None:
        """Return the day of conclusion that is expected, else the first day; None when the contract tells neither."""
        return self.signature or self.effet

    @property
    def signature(self) -> date | None:
        """Return the day of conclusion that is expected, None when the contract does not tell it."""
        return self.root.day("date_conclusion")

    @property
    def is_complete(self) -> bool:
        """Tell whether it must have all that a contract has: a transitional one is a socle alone."""
        nature = self.one("nature")
        return not nature or nature.means(COMPLET)


def _place(value: Any, field: Field, path: str, contrat: Contrat) -> Place:  # noqa: ANN401 - a leaf, Fiche or Liste
    below = _below(value, field, contrat) if isinstance(value, Fiche | Liste | Illisible) else {}
    return Place(value, path, contrat.mark(path), field, below, not value and path in contrat.marks)


def _below(value: Fiche | Liste | Illisible, field: Field, contrat: Contrat) -> Mapping[str, tuple[Place, ...]]:
    """Return the roles found below a value, each with its places."""
    below: defaultdict[str, list[Place]] = defaultdict(list)
    for child, under in _children(value, field):
        place = _place(child, under, child.path, contrat)
        if isinstance(value, Liste):
            below[ITEM].append(place)
        elif under.meta.role:
            below[under.meta.role].append(place)
        if under.meta.repond:
            below[ANSWER].append(place)
        for role, found in place.below.items():
            if role != ITEM:
                below[role] += found
    if isinstance(value, Illisible):
        for _, under in walk(field):
            unread = Place(value, value.path, contrat.mark(value.path), under, {})
            below[under.meta.role].append(unread)
            if under.meta.repond:
                below[ANSWER].append(unread)
    return {role: tuple(found) for role, found in below.items()}


def _nodes(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a leaf, Fiche or Liste
    """Yield what is filled below a value by its path: true, or what cannot be read."""
    below = value.values() if isinstance(value, Fiche) else value if isinstance(value, Liste) else ()
    for child in below:
        if isinstance(child, Illisible):
            yield child.path, child
        elif not isinstance(child, Absent) and (child or not isinstance(child, Fiche | Liste)):
            yield child.path, True
        yield from _nodes(child)


def _children(value: Any, field: Field) -> Iterator[tuple[Any, Field]]:  # noqa: ANN401 - a leaf, Fiche or Liste
    if isinstance(value, Liste) and field.item is not None:
        yield from ((child, field.item) for child in value)
    elif isinstance(value, Fiche) and field.values is None:
        yield from ((value[name], under) for name, under in field.fields.items() if name in value)
