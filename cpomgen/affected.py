"""Changes of one template, contract by contract → the same change told once, with the contracts that it is made in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from cpomgen.expression import Expression
from cpomgen.lieu import quoted
from cpomgen.operation import Action, Operation
from cpomgen.patron import Choice, Loop, Patron, gives_numbers
from cpomgen.problem import Problem, is_blocking
from cpomgen.words import compared

if TYPE_CHECKING:
    from cpomgen.kind import Type

WHOLE = "document"


class Forme(NamedTuple):
    """One wording of a change: the change, as it is in the first contract that has it, and all that have it."""

    operation: Operation
    contrats: tuple[str, ...]


class Groupe(NamedTuple):
    """A part of the document that changes in contracts: how it is called, its changes, those contracts."""

    lieu: str
    formes: tuple[Forme, ...]
    contrats: tuple[str, ...]


class Gardien(NamedTuple):
    """What keeps its clauses: a version, or a `piece` of it, is frozen, or signed; it renders with those of its tag."""

    identifiant: str
    version: int
    signee: bool
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Affected:
    """What a request changes in a type of contract: its files, and what comes of it in its contracts.

    `imprimes` were printed as before and as after, `groupes` tell what differs; contracts of `gardent` keep their
    clauses, the avenant of those of `adoptent` will bring them the new ones, those of `muets` cannot be printed.
    Nothing is printed when the type is not `comparable`: a side has it not, or cannot read it.
    """

    type: str
    fichiers: tuple[str, ...]
    contrats: int = 0
    imprimes: int = 0
    groupes: tuple[Groupe, ...] = ()
    gardent: tuple[Gardien, ...] = ()
    adoptent: Mapping[str, int] | None = None
    muets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    comparable: bool = True

    @property
    def erreurs(self) -> tuple[Problem, ...]:
        """Return what stands against the request in its templates, and in contracts that it leaves alone."""
        return tuple(filter(is_blocking, self.problems))

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the contracts whose text changes."""
        return tuple(sorted({name for groupe in self.groupes for name in groupe.contrats}))


Key = tuple[Any, ...]


def grouped(found: Mapping[str, Sequence[Operation]]) -> tuple[Groupe, ...]:
    """Return the changes of all contracts, in the order of their text: by part, then by wording."""
    forms: dict[str, dict[Key, tuple[Operation, list[str]]]] = {}
    for name, operations in found.items():
        for operation in operations:
            part = forms.setdefault(part_of(operation), {})
            part.setdefault(key_of(operation), (operation, []))[1].append(name)
    groups = []
    for lieu, wordings in forms.items():
        formes = tuple(Forme(operation, tuple(dict.fromkeys(names))) for operation, names in wordings.values())
        groups.append(Groupe(lieu, formes, tuple(sorted({name for each in formes for name in each.contrats}))))
    return tuple(groups)


def part_of(operation: Operation) -> str:
    """Return how a reader calls the part that a change is in."""
    return quoted(operation.lieu.parties[0]) if operation.lieu.parties else WHOLE


def key_of(operation: Operation) -> Key:
    """Return what makes of two changes the same one: what is done, where, with which words, whatever stands around."""
    words: Key = (operation.old, operation.new)
    if operation.action is Action.REMPLACER:
        words = _apart(operation.old[0], operation.new[0])
    return operation.action, operation.unite, operation.lieu, operation.premier, operation.vers, words


@lru_cache(maxsize=4096)  # hundreds of contracts share their clauses
def _apart(old: str, new: str) -> Key:
    return tuple(run for run in compared(old, new) if not run.is_kept)


def own(operations: Iterable[Operation], shared: Iterable[Operation]) -> tuple[Operation, ...]:
    """Return the changes of a contract without those that its template makes."""
    known = set(map(key_of, shared))
    return tuple(each for each in operations if key_of(each) not in known)


def numbering(kind: Type) -> Type:
    """Return a type whose text is no more than what gives numbers."""
    kept = [n for n, section in enumerate(kind.patron.sections) if gives_numbers(section.blocks)]
    found = _of_sections(kind, kept)
    sections = tuple(replace(each, blocks=numbered(each.blocks)) for each in found.patron.sections)
    return replace(found, patron=Patron(kind.patron.file, sections))


def numbered(nodes: Iterable[Any]) -> tuple[Any, ...]:
    """Return the nodes that give numbers, in the loops and under the conditions that they are in."""
    kept = (node for node in nodes if gives_numbers((node,)))
    return tuple(
        replace(node, body=numbered(node.body))
        if isinstance(node, Loop)
        else replace(node, branches=tuple((test, numbered(body)) for test, body in node.branches))
        if isinstance(node, Choice)
        else node
        for node in kept
    )


def differing(before: Type, after: Type) -> tuple[Type, Type]:
    """Return both types with the sections alone that differ, all of them when they do not answer each other."""
    names = [[section.nom for section in each.modele.sections] for each in (before, after)]
    if names[0] != names[1]:
        return before, after
    pairs = zip(before.patron.sections, after.patron.sections, strict=True)
    kept = [n for n, (old, new) in enumerate(pairs) if shape(old) != shape(new)]
    return _of_sections(before, kept), _of_sections(after, kept)


def _of_sections(kind: Type, kept: Sequence[int]) -> Type:
    sections = tuple(kind.patron.sections[n] for n in kept)
    rules = tuple(kind.modele.sections[n] for n in kept)
    return replace(kind, patron=Patron(kind.patron.file, sections), modele=replace(kind.modele, sections=rules))


def shape(node: Any) -> Any:  # noqa: ANN401 - a node of a Patron, at whatever level
    """Return what a node of a Patron prints, fit to be compared, wherever it stands in its file."""
    if isinstance(node, Expression):
        return node.text
    if isinstance(node, tuple):
        return tuple(map(shape, node))
    if is_dataclass(node):
        names = (each.name for each in fields(node) if each.name != "place")
        return type(node).__name__, *(shape(getattr(node, name)) for name in names)
    return node
