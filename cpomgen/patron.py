"""The template as a tree: the Imprime with expressions in its texts, and loops and conditions at every level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cpomgen.expression import Expression
from cpomgen.imprime import Layout, Span

BELOW = ("body", "inlines", "blocks", "rows", "cells")


@dataclass(frozen=True, slots=True)
class Value:
    """An expression printed in one character style."""

    expression: Expression
    style: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """`body` once for each item of `iterable`, under `name`; at whatever level it stands."""

    name: str
    iterable: Expression
    body: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first branch whose condition holds; a condition of None always does."""

    branches: tuple[tuple[Expression | None, tuple[Any, ...]], ...]


@dataclass(frozen=True, slots=True)
class ParagraphPattern:
    """Inlines under a style; a paragraph of one Value alone is cloned for each alinea, list items in `list_style`.

    What is printed as the template has it, words, a picture or the number of the page, is the Span that is printed.
    """

    style: str
    inlines: tuple[Span | Value | Loop | Choice, ...]
    list_style: str
    place: str

    @property
    def alone(self) -> Value | None:
        """Return the Value that stands alone in the paragraph."""
        first = self.inlines[0] if len(self.inlines) == 1 else None
        return first if isinstance(first, Value) else None


@dataclass(frozen=True, slots=True)
class Graft:
    """An expression whose value is a Citation, in the place of the paragraph that holds it."""

    expression: Expression
    place: str


@dataclass(frozen=True, slots=True)
class CellPattern:
    """Blocks of a cell; `merged` over the rows of its innermost loop."""

    blocks: tuple[Any, ...]
    colspan: int = 1
    rowspan: int = 1
    merged: bool = False


@dataclass(frozen=True, slots=True)
class RowPattern:
    """Cells of a row, with loops and conditions over cells."""

    cells: tuple[CellPattern | Loop | Choice, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the template's grid; a loop of columns shares the width of all its columns, tags included."""

    width: int


@dataclass(frozen=True, slots=True)
class TablePattern:
    """Rows under a table style, with loops and conditions over rows."""

    style: str
    columns: tuple[Any, ...]
    rows: tuple[RowPattern | Loop | Choice, ...]


@dataclass(frozen=True, slots=True)
class SectionPattern:
    """A section of the template: its page, its blocks, its header and footer."""

    layout: Layout
    blocks: tuple[Any, ...]
    header: tuple[Any, ...]
    footer: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Patron:
    """A Word template, compiled for printing."""

    file: str
    sections: tuple[SectionPattern, ...]


def rows_of(nodes: Iterable[Any]) -> Iterator[RowPattern]:
    """Yield the rows of nodes, those of conditions included; loops see to their own."""
    for node in nodes:
        if isinstance(node, RowPattern):
            yield node
        elif isinstance(node, Choice):
            yield from (row for _, body in node.branches for row in rows_of(body))


def cells_of(nodes: Iterable[Any]) -> Iterator[CellPattern]:
    """Yield the cells of nodes, those of loops and conditions included."""
    for node in nodes:
        if isinstance(node, CellPattern):
            yield node
        elif isinstance(node, Loop):
            yield from cells_of(node.body)
        else:
            yield from (cell for _, body in node.branches for cell in cells_of(body))


def gives_numbers(nodes: Iterable[Any]) -> bool:
    """Tell whether nodes hold a counter."""
    for node in nodes:
        if isinstance(node, Value) and "numero" in node.expression.text:
            return True
        if isinstance(node, Choice):
            below = tuple(each for _, body in node.branches for each in body)
        else:
            below = next((getattr(node, name) for name in BELOW if hasattr(node, name)), ())
        if gives_numbers(below):
            return True
    return False
