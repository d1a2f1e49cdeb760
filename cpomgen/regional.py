"""What a request changes in the catalogue of a region, as values: each change once, with the contracts it reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.campagne import OFFERED
from cpomgen.edits import Id
from cpomgen.problem import Problem, is_blocking

if TYPE_CHECKING:
    from cpomgen.campagne import Campagne
    from cpomgen.ecart import Ecart
    from cpomgen.standing import Stade

Key = tuple[str, str]  # a list of the catalogue, an id


class Portee(NamedTuple):
    """A change of campagne.yaml, and the contracts that it reaches."""

    ecart: Ecart
    contrats: tuple[str, ...]


class Atteint(NamedTuple):
    """A contract that is signed, or frozen to be, and that a change of the catalogue reaches; where it stands.

    `arretee` is the version that is frozen, and signed by nobody.
    """

    identifiant: str
    avenant: Stade
    arretee: int | None = None


@dataclass(frozen=True, slots=True)
class Regional:
    """What a request changes in campagne.yaml: its changes in their order, those of its contracts that are bound.

    `problems` are those that come with it, in its file and in contracts. Changes are None when a side cannot be read.
    """

    portees: tuple[Portee, ...] | None
    atteints: tuple[Atteint, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def erreurs(self) -> tuple[Problem, ...]:
        """Return what stands against the request."""
        return tuple(filter(is_blocking, self.problems))

    @property
    def contrats(self) -> tuple[str, ...]:
        """Return the contracts that it reaches."""
        return tuple(sorted({name for each in self.portees or () for name in each.contrats}))


def key_of(ecart: Ecart) -> Key:
    """Return the item that a change of campagne.yaml is about, without an id when it is about none."""
    edit = ecart.edit
    item = getattr(edit, "id", None) or (getattr(edit, "item", None) or {}).get("id")
    name = item or next((step for step in edit.path if isinstance(step, Id)), "")
    return str(edit.path[0]) if edit.path else "", str(name)


def moved(ecarts: Iterable[Ecart], sides: Iterable[Campagne]) -> dict[Key, set[Key]]:
    """Return for each item that changes those that contracts may take it by: itself, and those that cite it."""
    both = tuple(sides)
    lists = {name for side in both for name, field in side.schema.root.fields.items() if field.meta.role == OFFERED}
    keys = dict.fromkeys(map(key_of, ecarts))
    found = {key: {key, *(each for side in both for each in citing(side, key))} for key in keys}
    return {key: {each for each in reached if each[0] in lists} for key, reached in found.items()}


def citing(campagne: Campagne, key: Key) -> Iterator[Key]:
    """Yield the items of a catalogue that cite another by its id."""
    for liste, field in campagne.schema.root.fields.items():
        cited = (
            [each.name for each in field.item.fields.values() if each.meta.reference == key[0]] if field.item else []
        )
        for item in campagne.contrat.fiche[liste] if cited else ():
            if any(key[1] in item[name] for name in cited):
                yield liste, str(item["id"])
