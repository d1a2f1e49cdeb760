"""Imprime × Imprime → the texts of both as trees of items, those that answer each other under the same id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from cpomgen.align import Mates, Unit, mates
from cpomgen.edits import Edit, edits
from cpomgen.grid import Grid, Line, grid_of, said
from cpomgen.imprime import Block, Cell, Imprime, Paragraph, Section, Table, paragraphs

BELOW = ("parties", "blocs", "lignes", "cellules")  # what items hold
Whole = TypeVar("Whole")


class Item(dict[str, Any]):
    """A unit of a document under its id: its text, the items it holds, or itself (`meme`) when nothing in it differs.

    `unit` is the unit itself, in any case.
    """

    __slots__ = ("unit",)

    def __init__(self, unit: Any, **fields: Any) -> None:  # noqa: ANN401 - a unit of an Imprime, its text or items
        super().__init__(fields)
        self.unit = unit

    def __repr__(self) -> str:
        return f"Item({self['id']})" if "id" in self else "Item"


Pair = tuple[Item, Item]


@dataclass(frozen=True, slots=True)
class Paired:
    """Two documents, the trees of their texts, and the edits that make the one tree of the other."""

    old: Imprime
    new: Imprime
    before: Item
    after: Item
    edits: tuple[Edit, ...]


def paired(old: Imprime, new: Imprime) -> Paired:
    """Return two documents with what tells them apart."""
    before, after = trees(old, new)
    return Paired(old, new, before, after, tuple(edits(before, after)))


def trees(old: Imprime, new: Imprime) -> Pair:
    """Return the texts of two documents, headers and footers left out: matching units have the same id."""
    names = [[section.name for section in imprime.sections] for imprime in (old, new)]
    found = {n: names[0].index(name) for n, name in enumerate(names[1]) if name in names[0]}
    parties = _both(old.sections, new.sections, found, _Texts().section)
    return Item(old, parties=parties[0]), Item(new, parties=parties[1])


def side_by_side(old: Sequence[Block], new: Sequence[Block]) -> tuple[list[Item], list[Item]]:
    """Return blocks of two documents as items: matching ones have the same id."""
    return _Texts().blocks(old, new)


def lines(item: Item) -> tuple[str, ...]:
    """Return the text of an item, line by line."""
    if "texte" in item:
        return (item["texte"],)
    if "meme" in item:
        return tuple(map(said, paragraphs(item["meme"])))
    return tuple(line for name in BELOW for child in item.get(name, ()) for line in lines(child))


def _both(
    old: Sequence[Whole], new: Sequence[Whole], found: Mates, make: Callable[[Whole | None, Whole | None, str], Pair]
) -> tuple[list[Item], list[Item]]:
    """Return the items of two runs, each pair under the position of the old one."""
    before: dict[int, Item] = {}
    after = []
    for position, unit in enumerate(new):
        mate = found.get(position)
        pair = make(old[mate] if mate is not None else None, unit, f"+{position}" if mate is None else str(mate))
        after.append(pair[1])
        if mate is not None:
            before[mate] = pair[0]
    alone = [before.get(n) or make(unit, None, str(n))[0] for n, unit in enumerate(old)]
    return alone, after


class _Texts:
    """Two documents being read side by side; a merged cell is read once."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int, str], Pair] = {}
        self.grids: dict[int, Grid] = {}

    def section(self, old: Section | None, new: Section | None, _key: str) -> Pair:
        """Return a section of each document; a section goes by its name."""
        if old and new and old.blocks == new.blocks:
            same = Item(old, id=old.name, meme=old.blocks)
            return same, same
        blocks = self.blocks(old.blocks if old else (), new.blocks if new else ())
        names = [section.name if section else "" for section in (old, new)]
        return Item(old, id=names[0], blocs=blocks[0]), Item(new, id=names[1], blocs=blocks[1])

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> tuple[list[Item], list[Item]]:
        """Return the blocks of a section or of a cell; the same list for both when nothing differs."""
        if old == new:
            items = [self.block(block, block, str(n))[0] for n, block in enumerate(old)]
            return items, items
        units = [[self.unit(block) for block in blocks] for blocks in (old, new)]
        return _both(old, new, mates(units[0], units[1], by_id=_are_items(*units)), self.block)

    def block(self, old: Block | None, new: Block | None, key: str) -> Pair:
        """Return a paragraph or a table; the same item for both when they say the same."""
        if isinstance(old or new, Paragraph):
            texts = ["" if each is None else said(each) for each in (old, new)]
            before = Item(old, id=key, texte=texts[0])
            return before, before if old and texts[0] == texts[1] else Item(new, id=key, texte=texts[1])
        if old == new:
            same = Item(old, id=key, meme=(old,))
            return same, same
        grids = [self.grid(each) for each in (old, new)]
        columns = mates(*(tuple(Unit("colonne", "", name) for name in grid.columns) for grid in grids))
        found = mates(*(_rows(grid) for grid in grids), by_id=True)

        def line(first: Line | None, second: Line | None, name: str) -> Pair:
            return self.line(first, second, name, columns)

        before_rows, after_rows = _both(grids[0].lines, grids[1].lines, found, line)
        return Item(old, id=key, lignes=before_rows), Item(new, id=key, lignes=after_rows)

    def grid(self, block: Block | None) -> Grid:
        """Return the grid of a table, an empty one for nothing."""
        if not isinstance(block, Table):
            return Grid((), ())
        if id(block) not in self.grids:
            self.grids[id(block)] = grid_of(block)
        return self.grids[id(block)]

    def unit(self, block: Block) -> Unit:
        """Return what tells a block from others."""
        if isinstance(block, Paragraph):
            return Unit("titre" if block.style.startswith("heading") else "alinéa", block.id, said(block))
        return Unit("tableau", "", " | ".join(self.grid(block).columns))

    def line(self, old: Line | None, new: Line | None, key: str, columns: Mates) -> Pair:
        """Return a row; its cells go by the columns that they begin in."""
        before, after = (each.cells if each else {} for each in (old, new))
        pairs: dict[str, list[Cell | None]] = {str(column): [cell, None] for column, cell in before.items()}
        for column, cell in after.items():
            name = str(columns[column]) if column in columns else f"+{column}"
            pairs.setdefault(name, [None, None])[1] = cell
        items = {name: self.cell(pair[0], pair[1], name) for name, pair in pairs.items()}
        order = [str(columns[column]) if column in columns else f"+{column}" for column in after]
        first = [items[str(column)][0] for column in before]
        return Item(old, id=key, cellules=first), Item(new, id=key, cellules=[items[name][1] for name in order])

    def cell(self, old: Cell | None, new: Cell | None, key: str) -> Pair:
        """Return a cell of each table; that of a merged cell is the same item in all of its rows."""
        name = (id(old), id(new), key)
        if name not in self.cells and old and new and old.blocks == new.blocks:
            same = Item(old, id=key, meme=old.blocks)
            self.cells[name] = same, same
        elif name not in self.cells:
            blocks = self.blocks(old.blocks if old else (), new.blocks if new else ())
            self.cells[name] = Item(old, id=key, blocs=blocks[0]), Item(new, id=key, blocs=blocks[1])
        return self.cells[name]


def _rows(grid: Grid) -> list[Unit]:
    """Return what tells rows apart: the ids of their items; their words where several have the same, or none."""
    count = Counter(line.row.id for line in grid.lines)
    return [
        Unit("en-tête" if line.row.header else "ligne", name, line.text if count[name] > 1 or not name else "")
        for line in grid.lines
        for name in [line.row.id]
    ]


def _are_items(old: Sequence[Unit], new: Sequence[Unit]) -> bool:
    """Tell whether units all are of items, some of them the same: what an item says is then never said by another."""
    names = [{unit.id for unit in units} for units in (old, new)]
    return "" not in names[0] | names[1] and not names[0].isdisjoint(names[1])
