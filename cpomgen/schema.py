"""What a type of contract is, as a value: its fields, what each is told to be; the only place that says what one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cpomgen.problem import Mark
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Path, Sequence

SCALAR_TYPES = (
    "ligne", "texte", "code", "date", "annee", "exercice", "montant", "nombre", "entier", "choix", "oui_non", "renvoi",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meta:
    """What people are told of a field, and the role under which the program knows it."""

    libelle: str = ""
    aide: str = ""
    exemple: str = ""
    source: str = ""
    role: str = ""
    genre: str = "m"
    nombre: str = "s"
    intitule_par: str = ""
    imprime: bool = True
    modification: str = "avenant"
    vers: str = ""
    repond: tuple[str, ...] = ()
    libelles: Mapping[str, str] = field(default_factory=dict)
    reconduction: str = "garder"  # what becomes of it in the contract that follows: FATES
    amorce: tuple[str, ...] = ()  # how a new contract begins it: `true` blank, `false` not at all, or with these values
    catalogue: str = ""  # the list of campagne.yaml of which it names an item
    definit: tuple[str, ...] = ()  # the fields beside it that this item gives
    reference: str = ""  # the list of campagne.yaml whose ids stand for its values there
    faits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what its values mean to rules: FAITS


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a contract: its type, its rules in Cerberus's words, the fields below it, the definition they have."""

    name: str
    type: str
    meta: Meta
    mark: Mark
    rules: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    item: Field | None = None
    keys: str = ""
    values: Field | None = None
    definition: str = ""

    @property
    def is_printed(self) -> bool:
        """Tell whether the field itself is meant to be read on the documents."""
        return self.meta.imprime

    @property
    def drawn(self) -> Field | None:
        """Return the field below that names an item of the regional catalogue, None without any."""
        return next((each for each in self.fields.values() if each.meta.catalogue), None)

    def below(self, step: str | int) -> Field | None:
        """Return the field one step below in a document, None when the schema has none there."""
        return self.item if isinstance(step, int) and self.item else self.values or self.fields.get(str(step))


@dataclass(frozen=True, eq=False)
class Schema:
    """A type of contract; one is the same as itself alone."""

    type: str
    regime: str
    libelle: str
    root: Field

    def path_of(self, role: str) -> tuple[str, ...] | None:
        """Return the names that lead to the first field of that role, lists stepped through; None without any."""
        return self._roles[role][0] if role in self._roles else None

    def at_role(self, role: str) -> Field | None:
        """Return the first field of that role, None without any."""
        return self._roles[role][1] if role in self._roles else None

    @cached_property
    def linked(self) -> frozenset[str]:
        """Return the roles of the lists whose items a contract refers to by their id."""
        return frozenset(field.meta.vers for field in all_below(self.root) if field.meta.vers)

    @cached_property
    def _roles(self) -> dict[str, tuple[tuple[str, ...], Field]]:
        """Return the first field of each role, with the names that lead to it."""
        return {found.meta.role: (path, found) for path, found in reversed(list(walk(self.root))) if found.meta.role}


def walk(parent: Field, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Yield every field below `parent` with the names that lead to it."""
    for child in parent.fields.values():
        here = (*path, child.name)
        yield here, child
        yield from walk(child, here)
    for nested in (parent.item, parent.values):
        if nested is not None:
            yield from walk(nested, path)


def field_at(root: Field, path: Path) -> Field | None:
    """Return the field at a path of the document, None when the schema has none there."""
    found: Field | None = root
    for step in path:
        found = found and found.below(step)
    return found


def with_fields(node: Node, field: Field) -> Iterator[tuple[Node, Field]]:
    """Yield a node and those below it, in the order of the file, each with its field; what has none is left out."""
    yield node, field
    if isinstance(node, Sequence) and field.item is not None:
        for item in node.items:
            yield from with_fields(item, field.item)
    elif isinstance(node, MappingNode):
        for entry in node.entries:
            if (under := field.fields.get(entry.key.text)) is not None:
                yield from with_fields(entry.value, under)


def all_below(parent: Field) -> Iterator[Field]:
    """Yield every field below another, items and values included."""
    nested = (each for each in (parent.item, parent.values) if each is not None)
    for child in (*parent.fields.values(), *nested):
        yield child
        yield from all_below(child)
