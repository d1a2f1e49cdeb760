"""Rows as a Word file has them → Table: the cells that begin in each, however its merged cells are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cpomgen.grid import grid_of
from cpomgen.imprime import Block, Cell, Row, Table


@dataclass(slots=True)
class WordCell:
    """A cell as the file has it: `merge` is restart or continue for one that goes over several rows."""

    blocks: tuple[Block, ...]
    colspan: int
    merge: str
    rowspan: int = 1
    hidden: tuple[Block, ...] = ()  # typed in the rows below that it covers


@dataclass(slots=True)
class WordRow:
    """A row as the file has it."""

    cells: tuple[WordCell, ...]
    header: bool
    own: list[WordCell] = field(default_factory=list)


def table_of(style: str, widths: list[int], lines: list[WordRow]) -> Table:
    """Return the table that rows are; its merged cells come apart when they do not hold together."""
    merged = Table(style, _wide(widths, [sum(cell.colspan for cell in line.cells) for line in lines]), _merged(lines))
    return merged if _stands(merged) else _unmerged(style, widths, lines)


def _merged(lines: list[WordRow]) -> tuple[Row, ...]:
    """Return rows with the cells that begin in each; words typed under a merged cell, which Word hides, are in it."""
    above: dict[tuple[int, int], WordCell] = {}
    for line in lines:
        column, here = 0, {}
        for cell in line.cells:
            held = above.get((column, cell.colspan)) if cell.merge == "continue" else None
            if held is None:
                line.own.append(cell)
            else:
                held.rowspan += 1
                held.hidden += cell.blocks
            if cell.merge:
                here[column, cell.colspan] = held or cell
            column += cell.colspan
        above = here
    return tuple(
        Row(tuple(Cell((*cell.blocks, *cell.hidden), cell.colspan, cell.rowspan) for cell in line.own), line.header)
        for line in lines
    )


def _stands(table: Table) -> bool:
    """Tell whether each cell of a table has its place in its grid: what has none would be read by nobody."""
    standing = {id(cell) for line in grid_of(table).lines for cell in line.cells.values()}
    return len(standing) == sum(len(row.cells) for row in table.rows)


def _unmerged(style: str, widths: list[int], lines: list[WordRow]) -> Table:
    """Return a table whose merged cells do not hold together as one without any."""
    rows = tuple(Row(tuple(Cell(cell.blocks) for cell in line.cells), line.header) for line in lines)
    return Table(style, _wide(widths, [len(row.cells) for row in rows]), rows)


def _wide(widths: list[int], counts: Iterable[int]) -> tuple[int, ...]:
    """Return the widths of columns, one at least for each there is."""
    return (*widths, *[0] * (max(counts) - len(widths)))
