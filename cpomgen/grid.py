"""Table → its grid as it reads: the name of each column, the cells of each row, a merged one in all of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cpomgen.imprime import Block, Cell, Paragraph, Row, Table, paragraphs
from cpomgen.places import Place, places


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the cells that stand in it, by their first column."""

    row: Row
    places: Mapping[int, Place]

    @property
    def name(self) -> tuple[str, ...]:
        """Return how a reader calls the row: by its first cell, and the next ones when it shares that one."""
        found = []
        for _, place in sorted(self.places.items()):
            if text := first_line(place.cell.blocks):
                found.append(text)
                if not place.is_merged():
                    break
        return tuple(found)

    @property
    def text(self) -> str:
        """Return the words of the row."""
        return " | ".join(text_of(place.cell.blocks) for _, place in sorted(self.places.items()))


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table and the names of its columns: the last header above each, or the first row."""

    lines: tuple[Line, ...]
    columns: tuple[str, ...]


def grid_of(table: Table) -> Grid:
    """Return the grid of a table."""
    cells: list[dict[int, Place]] = [{} for _ in table.rows]
    for place in places(table.rows, tuple(float(width) for width in table.widths)):
        for number in range(place.first, place.last + 1):
            cells[number][place.column] = place
    lines = tuple(Line(row, found) for row, found in zip(table.rows, cells, strict=True))
    heads = [line for line in lines if line.row.header] or list(lines[:1])
    names = {column: text_of(place.cell.blocks) for line in heads for column, place in line.places.items()}
    return Grid(lines, tuple(names.get(column, "") for column in range(len(table.widths))))


def said(paragraph: Block) -> str:
    """Return a paragraph as it reads: its dash, its words, what stands for a picture; nothing of a table."""
    if not isinstance(paragraph, Paragraph):
        return ""
    text = "".join([span.image.said if span.image else span.text for span in paragraph.spans])
    return f"– {text}" if paragraph.style.endswith(" puce") else text


def text_of(blocks: Iterable[Block]) -> str:
    """Return the words of blocks, a line for each paragraph."""
    return "\n".join(map(said, paragraphs(blocks)))


def first_line(blocks: Iterable[Block]) -> str:
    """Return the first paragraph that says something."""
    return next((paragraph.text for paragraph in paragraphs(blocks) if paragraph.text), "")


def cells_of(line: Line) -> tuple[tuple[int, Cell], ...]:
    """Return the cells of a row with their first columns, in order."""
    return tuple((column, place.cell) for column, place in sorted(line.places.items()))
