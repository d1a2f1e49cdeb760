"""Sheets for tests: a contract put in a spreadsheet, what comes back of it, what its rows make of contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from memory import real_schema

from cpomgen.column import Column, Item, Step
from cpomgen.delimited import read_delimited, write_delimited
from cpomgen.feuille import Cell, Feuille
from cpomgen.glance import typed
from cpomgen.heading import Headings
from cpomgen.ligne import Asked, Proposal, propose
from cpomgen.schema import Field, Schema
from cpomgen.source import Mapping as MappingNode
from cpomgen.source import Node, Scalar, Sequence, Source
from cpomgen.tabulate import tabulated
from cpomgen.titles import Titles, read_titles
from cpomgen.workbook import read_workbook
from cpomgen.writebook import write_workbook

FORMS = ("xlsx", "utf-8", "windows-1252")


@cache
def headings() -> Headings:
    """Return the titles that the real schema knows."""
    return Headings(real_schema())


def through(feuille: Feuille, form: str) -> Feuille:
    """Return a sheet as it comes back from a file."""
    if form == "xlsx":
        return read_workbook(write_workbook(feuille), "essai.xlsx")
    return read_delimited(write_delimited(feuille, form)[0], "essai.csv")


def every_column(source: Source, schema: Schema) -> list[Column]:
    """Return the columns of all that a contract holds, each item by its id, by its rank when it has none."""
    return list(_columns(source.root, schema.root, ()))


def _columns(node: Node, field: Field, steps: tuple[Step, ...]) -> Iterator[Column]:
    if isinstance(node, MappingNode):
        for entry in node.entries:
            under = field.values or field.fields.get(entry.key.text)
            if under is not None:
                yield from _columns(entry.value, under, (*steps, entry.key.text))
    elif isinstance(node, Sequence) and field.item is not None and field.item.fields:
        for rank, item in enumerate(node.items, 1):
            found = item.get("id") if isinstance(item, MappingNode) else None
            step = Item(found.text) if isinstance(found, Scalar) and found.text else Item("", rank)
            yield from _columns(item, field.item, (*steps, step))
    else:
        yield Column(steps, field)


def sheet(source: Source, columns: list[Column]) -> Feuille:
    """Return the sheet of a contract, in columns of which none is lost."""
    named = {headings().title(column): column for column in columns}
    assert len(named) == len(columns)
    return tabulated([source], named, "essai")


def proposed(content: bytes, feuille: Feuille, schema: Schema | None = None) -> tuple[Proposal, Titles]:
    """Return what the first row of a sheet makes of a contract."""
    known = Headings(schema) if schema else headings()
    titles = read_titles(feuille, known)
    root = typed(content, "contracts/essai.yaml").root
    return propose(
        content, root, known.schema, Asked(feuille, titles, min(n for n in feuille.rows if n > titles.row))
    ), titles


def rows(*lines: Mapping[str, Cell | str]) -> Feuille:
    """Return a sheet, from the cells of each row by their titles."""
    titles = list(dict.fromkeys(title for line in lines for title in line))
    found = [
        {title: each if isinstance(each, Cell) else Cell(each, loose=True) for title, each in line.items()}
        for line in lines
    ]
    cells = {
        number: {titles.index(title) + 1: each for title, each in line.items()} for number, line in enumerate(found, 2)
    }
    return Feuille("essai.csv", {1: {rank: Cell(title) for rank, title in enumerate(titles, 1)}, **cells})
