"""Elements of a Word file, each with the unit of the text that it is, under the key that it has in another one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from lxml import etree

from cpomgen.grid import grid_of
from cpomgen.imprime import Block, Paragraph, Table
from cpomgen.instep import OutOfStepError, Place, Step, places, steps
from cpomgen.package import w
from cpomgen.texts import Item


class Held(NamedTuple):
    """A paragraph or table; with its block, and what `texts` made of it, unless it has no words."""

    key: Hashable
    element: etree._Element
    block: Block | None = None
    item: Item | None = None

    @property
    def is_paragraph(self) -> bool:
        """Tell whether it is a paragraph."""
        return bool(self.element.tag == w("p"))


class HeldCell(NamedTuple):
    """A cell of a row, under its column."""

    key: str
    place: Place
    item: Item

    @property
    def is_full(self) -> bool:
        """Tell whether all that it holds has words: what has none is styled after what stands around."""
        return bool(self.place.cell and self.place.cell.blocks and isinstance(self.place.cell.blocks[-1], Paragraph))

    @property
    def blocks(self) -> list[Held]:
        """Return what it holds; nothing is known of a cell that goes on from above."""
        cell = self.place.cell
        blocks = cell.blocks if cell else ()
        return held(steps(blocks, self.place.element), blocks, self.item.get("blocs") if cell else None)


class HeldRow(NamedTuple):
    """A row under the id of its item."""

    key: str
    element: etree._Element
    cells: list[HeldCell]


def held(
    found: Sequence[Step], blocks: Sequence[Block], items: Sequence[Item] | None, part: Hashable = ""
) -> list[Held]:
    """Return the elements of a section or cell; `items` are those of its blocks, None when both texts say the same."""
    all_: list[Held] = []
    for step in found:
        if step.rank is None:
            before = all_[-1].key if all_ else part
            all_.append(Held(("end", part) if step is found[-1] else ("after", before), step.element))
        else:
            item = items[step.rank] if items is not None else None
            key = (part, item["id"] if item is not None else step.rank)
            all_.append(Held(key, step.element, blocks[step.rank], item))
    return all_


def rows(table: Held) -> list[HeldRow]:
    """Return the rows of a table that is not the same in both texts."""
    if not isinstance(table.block, Table) or table.item is None:
        raise TypeError("no table that changes")
    elements = list(table.element.iterchildren(w("tr")))
    if len(elements) != len(table.block.rows):
        raise OutOfStepError("rows")
    found = []
    for line, item, element in zip(grid_of(table.block).lines, table.item["lignes"], elements, strict=True):
        items = dict(zip(line.cells, item["cellules"], strict=True))
        cells = [HeldCell(items[each.column]["id"], each, items[each.column]) for each in places(line, element)]
        found.append(HeldRow(item["id"], element, cells))
    return found
