"""Source × Schema → the blanks of a contract: each line that waits for its value, with what goes in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cpomgen.hint import hint
from cpomgen.problem import Mark
from cpomgen.schema import Field, Schema
from cpomgen.source import Mapping, Node, Sequence, Source, is_empty


class Blank(NamedTuple):
    """A line to fill: where, its field, in which rubrique of the contract."""

    mark: Mark
    field: Field
    rubrique: str

    @property
    def label(self) -> str:
        """Return what its field is called."""
        return self.field.meta.libelle or self.field.name

    @property
    def hint(self) -> str:
        """Return what goes in it."""
        return hint(self.field)


def blanks(source: Source, schema: Schema) -> tuple[Blank, ...]:
    """Return the fields that are written and left blank, from top to bottom; values by exercise are one blank."""
    return tuple(_below(source.root, schema.root, ""))


def _below(node: Node, field: Field, rubrique: str) -> Iterator[Blank]:
    if isinstance(node, Sequence) and field.item is not None:
        for item in node.items:
            yield from _below(item, field.item, rubrique)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            under = field.fields.get(entry.key.text)
            if under is None:
                continue
            group = rubrique or under.meta.libelle or under.name
            if _is_blank(entry.value, under):
                yield Blank(entry.key.mark, under, group)
            else:
                yield from _below(entry.value, under, group)


def _is_blank(node: Node, field: Field) -> bool:
    if field.values is not None and isinstance(node, Mapping):
        return any(is_empty(entry.value) for entry in node.entries)
    return is_empty(node)
