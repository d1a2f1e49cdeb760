"""A contract → the same, changed here and there as officers change contracts: leaves, items, ids, exercises."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st
from strategies import Author, Document, Drawn, Sown, contracts

from cpomgen.schema import Field, Schema

SETTLED = ("id", "type", "identifiant", "date_effet", "date_fin", "date_conclusion")  # the term says which years are


class Pair(NamedTuple):
    """A contract and how many changes make another of it, from one seed."""

    sown: Sown
    changes: int
    seed: int

    def documents(self, schema: Schema) -> tuple[Document, Document]:
        """Return the contract before and after."""
        before = self.sown.document(schema)
        return before, changed(schema, before, Random(self.seed), self.changes)  # noqa: S311 - no secret


def pairs() -> st.SearchStrategy[Pair]:
    """Return contracts with changes of every kind."""
    return st.builds(Pair, contracts(), st.integers(0, 12), st.integers(1, 10**6))


def changed(schema: Schema, document: Document, random: Random, count: int) -> Document:
    """Return a copy of a contract after so many changes."""
    made = deepcopy(document)
    for _ in range(count):
        _Change(random).anywhere(made, schema)
    return made


class _Change:
    """One change of a contract, drawn by chance."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.drawn = Drawn(random, 50, 2)
        self.author = Author(self.drawn)
        self.author.items = random.randrange(10**6, 10**9)  # ids of new items are like no other

    def anywhere(self, document: Document, schema: Schema) -> None:
        """Change a list or a rubrique of a contract."""
        self.years = [str(year) for year in _years(document)]
        found = list(_containers(document, schema.root))
        lists = [each for each in found if isinstance(each[0], list)]
        value, field = self.random.choice(lists if lists and self.random.randrange(2) else found)
        if isinstance(value, list):
            self.items(value, field)
        elif field.values is not None:
            self.exercise(value, field.values)
        else:
            self.fields(value, field)

    def items(self, value: list[Any], field: Field) -> None:
        """Add, remove, move or rename an item."""
        gesture = self.random.choice(("add", "remove", "move", "rename"))
        place = self.random.randrange(len(value)) if value else 0
        if gesture == "add" and field.item:
            value.insert(place, self.author.value(field.item, hidden=False))
        elif gesture == "remove" and len(value) > 1:
            value.pop(place)
        elif gesture == "move" and len(value) > 1:
            value.insert(self.random.randrange(len(value)), value.pop(place))
        elif value and isinstance(value[place], dict) and "id" in value[place]:
            value[place]["id"] += "-bis"

    def exercise(self, value: dict[str, Any], field: Field) -> None:
        """Give an exercise a value, or take it away."""
        year = self.random.choice(self.years)
        if year in value and self.random.randrange(2):
            del value[year]
        else:
            value[year] = self.author.value(field, hidden=False)

    def fields(self, value: Document, field: Field) -> None:
        """Write a field again, or leave out one that is not required."""
        names = [name for name in value if name not in SETTLED and name in field.fields]
        leaves = [name for name in names if not isinstance(value[name], dict | list)]
        leaves = [name for name in leaves if field.fields[name].type != "renvoi"]
        optional = [name for name in names if not field.fields[name].rules.get("required")]
        if optional and not self.random.randrange(3):
            del value[self.random.choice(optional)]
        elif leaves:
            name = self.random.choice(leaves)
            value[name] = self.author.leaf(field.fields[name], hidden=False)


def _containers(value: Any, field: Field) -> Iterator[tuple[Any, Field]]:
    """Yield every rubrique and every list of a contract, with its field."""
    if isinstance(value, dict):
        yield value, field
        for name, child in value.items():
            below = field.values or field.fields.get(name)
            if below is not None:
                yield from _containers(child, below)
    elif isinstance(value, list) and field.item is not None:
        yield value, field
        for child in value:
            yield from _containers(child, field.item)


def _years(document: Document) -> range:
    term = document["duree"]
    end = int(term["date_fin"][:4])
    return range(int(term.get("date_effet", term["date_fin"])[:4]), end + 1)
