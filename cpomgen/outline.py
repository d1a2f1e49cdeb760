"""Source × Schema → the parts of a contract, each with its leaves as they read in French, whatever is wrong in it.

What the schema does not know goes by the name that was typed. Leaves of a part come before what is nested in it, fields
in the order of the schema: what is only laid out in another way reads the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cpomgen.partie import Partie, Trait
from cpomgen.scalars import Misread, read_scalar
from cpomgen.schema import Field, Schema
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Sequence, Source, is_empty
from cpomgen.wording import jour, montant, nombre

SHORT = re.compile(r" « .* » \((\S+)\)$", re.DOTALL)  # the title of an item, left out where its rubriques are named
READINGS: Mapping[str, Callable[[Any], str]] = {
    "date": jour,
    "montant": montant,
    "nombre": nombre,
    "oui_non": lambda yes: "oui" if yes else "non",
}


def outline(source: Source, schema: Schema) -> tuple[Partie, ...]:
    """Return the parts of a contract, each before those that it holds; rubriques without a leaf are left out."""
    found = _parts(source.root, schema.root, "", schema.libelle)
    return tuple(partie for partie in found if partie.traits or partie.path.endswith("]"))


def _parts(node: MappingNode, field: Field | None, path: str, titre: str) -> Iterator[Partie]:
    """Yield a part and those that it holds."""
    entries = list(_entries(node, field))
    naming = ("id", field.meta.intitule_par) if field and path.endswith("]") else ()
    traits = [
        trait._replace(titre=name in naming)
        for name, child, known in entries
        for trait in _traits(name, child, known, path)
    ]
    yield Partie(path, titre, node.mark, tuple(traits))
    above = SHORT.sub(r" \1", titre) if path else ""
    for name, child, known in entries:
        yield from _nested(child, known, _below(path, name), ", ".join(filter(None, (above, _called(known, name)))))


def _entries(node: MappingNode, field: Field | None) -> Iterator[tuple[str, Node, Field | None]]:
    """Yield what a mapping holds, in the order of the schema, then what that does not know; exercises in order."""
    found = [(entry.key.text, entry.value) for entry in node.entries if not is_empty(entry.value)]
    order = {name: rank for rank, name in enumerate(field.fields)} if field else {}
    if field and field.values:
        yield from ((name, value, field.values) for name, value in sorted(found, key=lambda each: each[0]))
        return
    for name, value in sorted(found, key=lambda each: order.get(each[0], len(order))):
        yield name, value, field.fields.get(name) if field else None


def _traits(name: str, node: Node, field: Field | None, path: str) -> Iterator[Trait]:
    """Yield the leaves that a field is: itself, the values of its list, those of its exercises."""
    here, libelle = _below(path, name), _called(field, name)
    if isinstance(node, Scalar):
        is_long = "\n" in node.text or (field is not None and field.type == "texte")
        yield Trait(here, libelle, _read(node, field), long=is_long)
    elif isinstance(node, Sequence):
        known = field.item if field else None
        for item in node.items:
            if isinstance(item, Scalar) and not is_empty(item):
                yield Trait(f"{here}[{item.text}]", libelle, " ".join(_read(item, known).split("\n")))
    elif field is not None and field.values is not None:
        for year, value, known in _entries(node, field):
            if isinstance(value, Scalar):
                yield Trait(f"{here}.{year}", f"{libelle}, {year}", _read(value, known))


def _nested(node: Node, field: Field | None, path: str, called: str) -> Iterator[Partie]:
    """Yield the parts that a field is: a rubrique, the items of a list."""
    if isinstance(node, MappingNode):
        if field is None or field.values is None:
            yield from _parts(node, field, path, called)
        return
    if isinstance(node, Sequence):
        known = field.item if field else None
        for rank, item in enumerate(node.items):
            if isinstance(item, MappingNode):
                name = _text(item, "id")
                kind = (known.meta.libelle if known else "") or _called(field, path.rpartition(".")[2])
                called = _item_called(item, known, kind, name or str(rank + 1))
                yield from _parts(item, known, f"{path}[{name or rank}]", called)


def _item_called(item: MappingNode, field: Field | None, kind: str, name: str) -> str:
    """Return what an item is called: « Source de financement « Coordination » (fir) »."""
    naming = field.fields.get(field.meta.intitule_par) if field else None
    typed = item.get(naming.name) if naming else None
    title = " ".join(_read(typed, naming).split()) if isinstance(typed, Scalar) else ""
    return f"{kind} « {title} » ({name})" if title and title != name else f"{kind} {name}"


def _text(item: MappingNode, name: str) -> str:
    found = item.get(name)
    return found.text.strip() if isinstance(found, Scalar) else ""


def _called(field: Field | None, name: str) -> str:
    return (field.meta.libelle if field else "") or name


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _read(node: Scalar, field: Field | None) -> str:
    """Return what a value reads as; one that its field cannot be is as it was typed."""
    if field is None or field.fields or field.item or field.values:
        return node.text.strip()
    if field.type == "choix":
        return field.meta.libelles.get(node.text.strip(), node.text.strip())
    value = read_scalar(node.text, field.type)
    if isinstance(value, Misread):
        return node.text.strip()
    return READINGS.get(field.type, str)(value)
