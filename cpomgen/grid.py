"""Table → its grid as it reads: the name of each column, the cells of each row, a merged one in all of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cpomgen.imprime import Block, Cell, Paragraph, Row, Table, paragraphs


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the cells that stand in it, by their first column, from left to right."""

    row: Row
    cells: Mapping[int, Cell]

    @property
    def name(self) -> tuple[str, ...]:
        """Return how a reader calls the row: by its first cell, and the next ones when it shares that one."""
        found = []
        for cell in self.cells.values():
            if text := first_line(cell.blocks):
                found.append(text)
                if cell.rowspan == 1:
                    break
        return tuple(found)

    @property
    def text(self) -> str:
        """Return the words of the row."""
        return " | ".join(text_of(cell.blocks) for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table and the names of its columns: the last header above each, or the first row."""

    lines: tuple[Line, ...]
    columns: tuple[str, ...]


def grid_of(table: Table) -> Grid:
    """Return the grid of a table."""
    lines = tuple(Line(row, cells) for row, cells in zip(table.rows, _standing(table), strict=True))
    heads = [line for line in lines if line.row.header] or list(lines[:1])
    names = {
        column: text_of(cell.blocks)
        for line in heads
        for first, cell in line.cells.items()
        for column in range(first, first + cell.colspan)
    }
    return Grid(lines, tuple(names.get(column, "") for column in range(len(table.widths))))


def _standing(table: Table) -> Iterator[dict[int, Cell]]:
    """Yield the cells that stand in each row by their first column, those of earlier rows that go on included."""
    above: dict[int, tuple[Cell, int]] = {}  # by first column, with the first row where it no longer stands
    for number, row in enumerate(table.rows):
        coming, column = iter(row.cells), 0
        found: dict[int, Cell] = {}
        while column < len(table.widths):
            cell, end = above.get(column, (None, 0))
            if cell is None or end <= number:
                cell = next(coming, None)
                if cell is None:
                    break
                above[column] = cell, number + cell.rowspan
            found[column] = cell
            column += cell.colspan
        yield found


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
