"""A column of a spreadsheet: the field that it gives, by the way that leads there from the contract.

A way is written `parties.promoteurs[1].siren`, `annexes.financement.sources[fir].montants.2012`: an item of a list is
named by its `id`, or by its rank when it has none; a list of which nothing is said must have one item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.schema import Field, all_below
from cpomgen.source import Mapping, Node, Scalar, Sequence
from cpomgen.wording import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP = re.compile(r"([A-Za-z_][A-Za-z0-9_]*|[0-9]{4})((?:\[[^\[\]]*\])?)(\.|$)")
QUOTES = "\"'"
RANKS = 3  # digits of a rank at most
LEAVES = ("dict", "list")


class Item(NamedTuple):
    """An item of a list: by its id, by its rank from 1, or the only one when neither is given."""

    id: str = ""
    rank: int = 0

    def __str__(self) -> str:
        return self.id or str(self.rank or "")


Step = str | Item


@dataclass(frozen=True, slots=True)
class Column:
    """A field that the cells of a column give, and the steps that lead to it."""

    steps: tuple[Step, ...]
    field: Field

    def __str__(self) -> str:
        found = ""
        for step in self.steps:
            if isinstance(step, Item):
                named = f'"{step.id}"' if step.id.isdecimal() else str(step)
                found += f"[{named}]" if named else ""
            else:
                found += f".{step}" if found else step
        return found

    @property
    def is_list(self) -> bool:
        """Tell whether its cells hold the values of a list, one after another."""
        return self.field.type == "list"

    @property
    def leaf(self) -> Field:
        """Return the field of a value of its cells."""
        return self.field.item or self.field


def is_leaf(field: Field) -> bool:
    """Tell whether a cell can hold a field: a value, or a list of values."""
    inner = field.item if field.type == "list" and field.item else field
    return inner.type not in LEAVES


def column_at(root: Field, way: str) -> Column | None:
    """Return the column that a way leads to, None when it leads to no field that a cell can hold."""
    steps: list[Step] = []
    field, at = root, 0
    while at < len(way):
        found = STEP.match(way, at)
        under = _under(field, found[1]) if found else None
        if found is None or under is None or (found[3] and found.end() == len(way)):
            return None
        field, at = under, found.end()
        steps.append(found[1])
        if field.item is not None and not is_leaf(field):
            steps.append(item_of(found[2][1:-1]))
            field = field.item
        elif found[2]:
            return None
    return Column(tuple(steps), field) if steps and is_leaf(field) else None


def _under(field: Field, name: str) -> Field | None:
    if field.values is not None:
        return field.values if name.isdecimal() else None
    return field.fields.get(name)


def item_of(text: str) -> Item:
    """Return the item that is written between brackets: a rank in digits, else an id; an id in digits is quoted."""
    if text.isdecimal() and len(text) <= RANKS:
        return Item("", int(text))
    return Item(text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in QUOTES else text)


def leads_by(step: Step, node: Sequence) -> int | None:
    """Return the index of the item that a step names, -1 when the list has none yet, None when it has several."""
    item = step if isinstance(step, Item) else Item()
    if item.id:
        names = [_id(each) for each in node.items]
        exact = [at for at, name in enumerate(names) if name == item.id]
        near = exact or [at for at, name in enumerate(names) if name and plain(name) == plain(item.id)]
        return near[0] if near else -1
    if item.rank:
        return item.rank - 1 if item.rank <= len(node.items) else -1
    return len(node.items) - 1 if len(node.items) <= 1 else None


def _id(node: Node) -> str:
    found = node.get("id") if isinstance(node, Mapping) else None
    return found.text.strip() if isinstance(found, Scalar) else ""


def node_at(root: Mapping, steps: tuple[Step, ...]) -> Node | None:
    """Return what a contract has at the end of a way, None when it has nothing there, or several things."""
    node: Node | None = root
    for step in steps:
        if isinstance(step, Item):
            at = leads_by(step, node) if isinstance(node, Sequence) else None
            node = node.items[at] if at is not None and at >= 0 and isinstance(node, Sequence) else None
        else:
            node = node.get(step) if isinstance(node, Mapping) else None
        if node is None:
            return None
    return node


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return the letters and digits of a text, without case nor accents: how titles are compared."""
    return re.sub(r"[^a-z0-9°]+", "", unaccented(text).lower())


def leaves(parent: Field, steps: tuple[Step, ...] = ()) -> Iterator[Column]:
    """Yield the columns of the fields below another; lists are stepped through, years left to be said."""
    for child in parent.fields.values():
        here = (*steps, child.name)
        if is_leaf(child):
            yield Column(here, child)
        elif child.item is not None:
            yield from leaves(child.item, (*here, Item()))
        elif child.values is not None:
            yield Column(here, child.values)
        else:
            yield from leaves(child, here)


def holds_amounts(field: Field) -> bool:
    """Tell whether amounts by exercise are somewhere below a field."""
    return any(each.values is not None and each.values.type == "montant" for each in all_below(field))
