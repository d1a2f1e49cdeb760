"""campagne.yaml, as typed → Catalogue: the items that contracts may refer to, by list and by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Sequence, Source
from cpomgen.term import day_of

CAMPAGNE = "campagne.yaml"  # its path in a project


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What contracts may refer to: items as typed, by list and by id; the days between which the campaign runs."""

    listes: Mapping[str, Mapping[str, MappingNode]]
    debut: date | None = None
    fin: date | None = None


def catalogue_of(source: Source) -> Catalogue:
    """Return what the file of a campaign offers; what cannot be read of it is left out, and told elsewhere."""
    listes = {entry.key.text: dict(_items(entry.value)) for entry in source.root.entries}
    periode = source.root.get("periode")
    return Catalogue(listes, _day(periode, "debut"), _day(periode, "fin"))


def _items(node: Node) -> Iterator[tuple[str, MappingNode]]:
    for item in reversed(node.items) if isinstance(node, Sequence) else ():  # of two alike, the first is meant
        name = item.get("id") if isinstance(item, MappingNode) else None
        if isinstance(item, MappingNode) and isinstance(name, Scalar) and name.text.strip():
            yield name.text.strip(), item


def _day(node: Node | None, name: str) -> date | None:
    found = node.get(name) if isinstance(node, MappingNode) else None
    return day_of(found) if found is not None else None
