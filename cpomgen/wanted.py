"""What rows of a spreadsheet want of a contract, as a tree of its own: found in the contract, or to be added to it.

By name of field, by index or Item for lists, by year; at its ends, the texts of a leaf, or `None` to empty it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cpomgen.column import Column, Item, leads_by
from cpomgen.schema import Field
from cpomgen.source import Mapping, Node, Scalar, Sequence, is_empty

Texts = tuple[str, ...]
Wanted = dict[Any, Any]  # by name, index, Item or year: Wanted, Texts or None


class MisplacedError(Exception):
    """Raised for a value that has no place in a contract; its text says why, in French."""


def want(wanted: Wanted, root: Mapping, column: Column, texts: Texts | None) -> None:
    """Add what a cell wants to a tree; raise MisplacedError when the contract has no such place."""
    at, node = wanted, root
    *steps, last = column.steps
    here: Node | None = node
    for step in steps:
        key, here = below(step, here)
        at = at.setdefault(key, {})
    _check_leaf(last, here, column)
    if last in at and at[last] != texts:
        raise MisplacedError("une autre colonne donne une autre valeur au même champ")
    at[last] = texts


def _check_leaf(last: str | Item, node: Node | None, column: Column) -> None:
    """Raise MisplacedError when a contract has something else than a value, or a list of values, where one goes."""
    if node is None or is_empty(node):
        return
    held = node.get(str(last)) if isinstance(node, Mapping) else node
    is_kept = held is None or is_empty(held) or isinstance(held, Sequence if column.is_list else Scalar)
    if not isinstance(node, Mapping) or not is_kept:
        raise MisplacedError(f"le contrat a autre chose à la place de « {last} »")


def below(step: str | Item, node: Node | None) -> tuple[str | int | Item, Node | None]:
    """Return the key of a step in a tree of what is wanted, and what the contract has there."""
    node = None if node is not None and is_empty(node) and not isinstance(node, Mapping | Sequence) else node
    if isinstance(step, str):
        if node is not None and not isinstance(node, Mapping):
            raise MisplacedError(f"le contrat a autre chose à la place de la rubrique qui contient « {step} »")
        return step, node.get(step) if node is not None else None
    if node is not None and not isinstance(node, Sequence):
        raise MisplacedError("le contrat a autre chose qu'une liste à cette place")
    index = leads_by(step, node) if node is not None else -1
    count = len(node.items) if node is not None else 0
    if index is None:
        raise MisplacedError(
            f"le contrat a {count} éléments dans cette liste : dites lequel dans le titre, par son rang ou son id"
        )
    if index >= 0 and node is not None:
        return index, node.items[index]
    if step.rank > count + 1:
        raise MisplacedError(f"le contrat a {count} éléments dans cette liste : il n'y a pas de rang {step.rank}")
    return step if step.id or step.rank else Item("", 1), None


def ordered(field: Field, wanted: Wanted) -> list[tuple[str, Field]]:
    """Return the names of what is wanted in a mapping, in the order of the schema, exercises in order."""
    if field.values is not None:
        return [(year, field.values) for year in sorted(wanted)]
    return [(name, under) for name, under in field.fields.items() if name in wanted]


def carries(new: Any) -> bool:  # noqa: ANN401 - Wanted, Texts or None
    """Tell whether something is wanted, were it far below."""
    return any(map(carries, new.values())) if isinstance(new, dict) else bool(new)


def new_items(field: Field, new: Wanted) -> Iterator[Wanted]:
    """Yield the items that a list lacks, with the ids by which they are asked for."""
    fresh = {key: each for key, each in new.items() if isinstance(key, Item)}
    has_id = field.item is not None and "id" in field.item.fields
    for key, each in sorted(fresh.items(), key=lambda pair: pair[0].rank):
        named = {"id": (key.id,)} if key.id and has_id else {}
        yield {**named, **each} if carries(each) else {}
