"""campagne.yaml, as typed → Catalogue: the items that contracts may refer to, by list and by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cpomgen.contrat import Fiche, Liste
from cpomgen.problem import Problem, nearest
from cpomgen.schema import Field
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Sequence, Source, is_empty, shown
from cpomgen.term import day_of


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What contracts may refer to: items as typed, by list and by id; the days between which the campaign runs."""

    listes: Mapping[str, Mapping[str, MappingNode]]
    debut: date | None = None
    fin: date | None = None

    def item(self, liste: str, name: str) -> MappingNode | None:
        """Return an item of one of its lists, None when it has none of that name."""
        return self.listes.get(liste, {}).get(name)

    def cited(self, node: Node, field: Field) -> Node:
        """Return the value of a field, the titles of what it cites by id in the place of these ids."""
        if not field.meta.reference or not isinstance(node, Sequence):
            return node
        return replace(node, items=tuple(self._title(each, field.meta.reference) for each in node.items))

    def strangers(self, node: Node, field: Field) -> Iterator[Problem]:
        """Yield a problem for each id that the value of a field cites, and that names nothing."""
        liste = field.meta.reference
        for each in node.items if liste and isinstance(node, Sequence) else ():
            if isinstance(each, Scalar) and not is_empty(each) and self.item(liste, each.text.strip()) is None:
                known = sorted(self.listes.get(liste, ()))
                among = shown(f"connus : {', '.join(known)}") if known else f"écrivez-le sous « {liste} »."
                message = f"« {shown(each.text)} » n'est pas une référence de « {liste} »."
                yield Problem("CPOM725", each.mark, message, nearest(each.text, known, among))

    def _title(self, node: Node, liste: str) -> Node:
        item = self.item(liste, node.text.strip()) if isinstance(node, Scalar) else None
        title = item.get("intitule") if item else None
        return title if isinstance(title, Scalar) else Scalar("", node.mark)


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


def references(value: object, field: Field) -> Iterator[tuple[str, str]]:
    """Yield what a contract, resolved, refers to: the list, the id."""
    if isinstance(value, Liste) and field.item is not None:
        for child in value:
            yield from references(child, field.item)
    elif isinstance(value, Fiche) and field.fields:
        if (drawn := field.drawn) and isinstance(name := value[drawn.name], str):
            yield drawn.meta.catalogue, str(name)
        for name, below in field.fields.items():
            if below.item or below.fields:
                yield from references(value[name], below)
