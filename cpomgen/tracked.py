"""Two texts side by side, each in step with its Word file → the XML of the one file where changes are tracked.

Units answer each other as `texts` says. One that stays in its order is kept and looked into; others go, and come.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from copy import deepcopy
from typing import Any, NamedTuple, TypeVar

from lxml import etree

from cpomgen.grid import Grid, grid_of
from cpomgen.imprime import Block, Cell, Paragraph, Table
from cpomgen.instep import Place, Step, places, steps
from cpomgen.package import w
from cpomgen.revision import DELETED, INSERTED, Reviser, first, made
from cpomgen.runs import alone, merged
from cpomgen.texts import Item

Element = etree._Element  # noqa: SLF001 - the only name that lxml has for it
Unit = TypeVar("Unit")
APART = ("rPr", "sectPr", "pPrChange")  # of a paragraph's properties: those of its mark, of its section


class Held(NamedTuple):
    """An element of a container under the key of its unit; with its block, and what `texts` made of it."""

    key: Hashable
    element: Element
    block: Block | None = None
    item: Item | None = None


class Pace(NamedTuple):
    """What becomes of a unit: it stays (both), goes (no new one), comes (no old one)."""

    old: Any
    new: Any


def held(
    found: Sequence[Step], blocks: Sequence[Block], items: Sequence[Item] | None, part: Hashable = ""
) -> list[Held]:
    """Return the elements of a container with their keys; `items` of its blocks, None when both sides say the same."""
    keys: list[Hashable] = []
    for step in found:
        if step.rank is None:
            keys.append(("after", keys[-1] if keys else part) if step is not found[-1] else ("end", part))
        else:
            keys.append((part, items[step.rank]["id"] if items is not None else step.rank))
    return [
        Held(key, step.element)
        if step.rank is None
        else Held(key, step.element, blocks[step.rank], items[step.rank] if items is not None else None)
        for key, step in zip(keys, found, strict=True)
    ]


class Tracker:
    """Texts being laid over each other in the name of somebody."""

    def __init__(self, by: Reviser) -> None:
        self.by = by

    def over(self, old: Sequence[Held], new: Sequence[Held]) -> list[Element]:
        """Return the elements of a container that ends with a paragraph, as all do: that one stays, whatever it says."""
        laid = _in_order(old, new, lambda each: each.key)
        laid = [pace for pace in laid for pace in _fitting(pace)]
        return [element for pace in self._ended(laid) for element in pace]

    def _ended(self, laid: list[Pace]) -> Iterator[list[Element]]:
        """Yield what becomes of the units of a container.

        Its last paragraph cannot come nor go: when another took its place, the mark that came or went is the one
        before, and the last has the properties of the one that it became, or was.
        """
        tail = _tail(laid)
        gone = [n for n in tail if laid[n].new is None]
        come = [n for n in tail if laid[n].old is None]
        stays = tail[0] - 1 if tail else -1
        if gone and come and _is_paragraph(laid[gone[-1]]) and _is_paragraph(laid[come[-1]]):
            pair = Pace(laid[gone[-1]].old, laid[come[-1]].new)
            dropped = {gone[-1], come[-1]}
            yield from map(self._pace, (pace for n, pace in enumerate(laid) if n not in dropped))
            yield self._pace(pair)
        elif stays >= 0 and bool(gone) != bool(come) and _is_paragraph(laid[stays]) and _is_paragraph(laid[-1]):
            yield from map(self._pace, laid[:stays])
            yield from self._handed(laid[stays:], DELETED if gone else INSERTED)
        else:
            yield from map(self._pace, laid)

    def _handed(self, laid: Sequence[Pace], name: str) -> Iterator[list[Element]]:
        """Yield a paragraph that was the last, or becomes it, and those that come or go after it."""
        kept, *between, final = laid
        paragraph = self.paragraph(kept.old.element, kept.new.element)
        if name == DELETED:
            _resectioned(paragraph, kept.old.element)
        self.by.end_of(paragraph, name)
        yield [paragraph]
        yield from map(self._pace, between)
        unit = final.old or final.new
        ending = self._alone(unit.element, name, ended=False)
        was, now = (kept.old, final.new) if name == INSERTED else (final.old, kept.new)
        properties = deepcopy(first(now.element, "pPr"))
        for each in properties.findall(w("sectPr")):
            properties.remove(each)
        ending.replace(first(ending, "pPr"), properties)
        self.by.changed(properties, first(was.element, "pPr"), "pPrChange", APART)
        yield [ending]

    def _pace(self, pace: Pace) -> list[Element]:
        """Return what becomes of a unit of a container."""
        old, new = pace
        if old is None or new is None:
            unit, name = (new, INSERTED) if old is None else (old, DELETED)
            whole = unit.element.tag == w("tbl")
            return [self._table_alone(unit.element, name) if whole else self._alone(unit.element, name)]
        if old.block is not None and old.block == new.block:
            return [new.element]
        if new.element.tag == w("p"):
            return [self.paragraph(old.element, new.element)]
        return self.table(old, new)

    # Paragraphs

    def paragraph(self, old: Element, new: Element) -> Element:
        """Return a paragraph that becomes another."""
        found = made("p")
        properties = deepcopy(first(new, "pPr"))
        found.append(properties)
        if [each for each in old if each.tag != w("pPr")] or [each for each in new if each.tag != w("pPr")]:
            found.extend(merged(old, new, self.by))
        self.by.changed(properties, first(old, "pPr"), "pPrChange", APART)
        sections = [first(each, "pPr").find(w("sectPr")) for each in (found, old)]
        if sections[0] is not None and sections[1] is not None:
            self.section(sections[0], sections[1])
        return found

    def section(self, new: Element, old: Element) -> None:
        """Say in the properties of a section what they were."""
        self.by.changed(new, old, "sectPrChange", ("headerReference", "footerReference"))

    def _alone(self, paragraph: Element, name: str, *, ended: bool = True) -> Element:
        """Return a paragraph that comes or goes; its mark too, when `ended`."""
        found = made("p")
        found.append(deepcopy(first(paragraph, "pPr")))
        found.extend(alone(paragraph, name, self.by))
        if ended:
            self.by.end_of(found, name)
        return found

    # Tables

    def _table_alone(self, table: Element, name: str) -> Element:
        """Return a table that comes or goes."""
        found = deepcopy(table)
        for row in found.iterchildren(w("tr")):
            self._row_alone(row, name)
        return found

    def _row_alone(self, row: Element, name: str) -> Element:
        """Return a row that comes or goes: Word wants its words marked beside it, cell by cell."""
        self.by.row(row, name)
        for cell in row.iterchildren(w("tc")):
            self._cell_alone(cell, name)
        return row

    def _cell_alone(self, cell: Element, name: str) -> None:
        for block in list(cell):
            if block.tag == w("p"):
                cell.replace(block, self._alone(block, name, ended=False))
            elif block.tag == w("tbl"):
                cell.replace(block, self._table_alone(block, name))

    def table(self, old: Held, new: Held) -> list[Element]:
        """Return a table that becomes another: row by row, unless its columns change places."""
        found = _Columns(old, new)
        if not found.are_in_order:
            return [self._table_alone(old.element, DELETED), self._parting(), self._table_alone(new.element, INSERTED)]
        table = made("tbl")
        table.extend(deepcopy(each) for each in new.element if each.tag != w("tr"))
        for name in ("tblPr",):
            self.by.changed(first(table, name), first(old.element, name), f"{name}Change", ("tblW",))
        for before, after in _in_order(*found.rows, lambda row: row.key):
            if before is None or after is None:
                unit, name = (after, INSERTED) if before is None else (before, DELETED)
                table.append(self._row_alone(deepcopy(unit.element), name))
            else:
                table.append(self.row(before, after))
        return [table]

    def _parting(self) -> Element:
        """Return a paragraph that came and went, between two tables that would be one."""
        found = made("p")
        for name in (DELETED, INSERTED):
            self.by.end_of(found, name)
        return found

    def row(self, old: _Row, new: _Row) -> Element:
        """Return a row that becomes another, cell by cell."""
        found = made("tr")
        found.extend(deepcopy(each) for each in new.element if each.tag != w("tc"))
        for before, after in _in_order(old.cells, new.cells, lambda cell: cell.key):
            if before is None or after is None:
                unit, name = (after, INSERTED) if before is None else (before, DELETED)
                cell = deepcopy(unit.place.element)
                self._cell_alone(cell, name)
                self.by.cell(cell, name)
            else:
                cell = self.cell(before, after)
            found.append(cell)
        return found

    def cell(self, old: _Cell, new: _Cell) -> Element:
        """Return a cell that becomes another, block by block."""
        found = made("tc")
        found.append(deepcopy(first(new.place.element, "tcPr")))
        found.extend(self.over(old.held(), new.held()))
        self.by.changed(first(found, "tcPr"), first(old.place.element, "tcPr"), "tcPrChange", ("tcW",))
        return found


class _Cell(NamedTuple):
    """A cell of a row, under its column; with what `texts` made of it."""

    key: str
    place: Place
    item: Item

    def held(self) -> list[Held]:
        cell = self.place.cell
        blocks = cell.blocks if cell else ()
        items = self.item.get("blocs") if cell else None
        return held(steps(blocks, self.place.element), blocks, items)


class _Row(NamedTuple):
    """A row under the id of its item."""

    key: str
    element: Element
    cells: list[_Cell]


class _Columns:
    """The rows of a table that becomes another, on both sides."""

    def __init__(self, old: Held, new: Held) -> None:
        self.rows = [_rows(old), _rows(new)]
        orders = (
            [[cell.key for cell in row.cells] for row in self.rows[0] if row.cells],
            [[cell.key for cell in row.cells] for row in self.rows[1] if row.cells],
        )
        self.are_in_order = all(_agree(some, others) for some in orders[0][:1] for others in orders[1][:1])


def _agree(some: Sequence[str], others: Sequence[str]) -> bool:
    common = set(some) & set(others)
    return [key for key in some if key in common] == [key for key in others if key in common]


def _rows(whole: Held) -> list[_Row]:
    assert isinstance(whole.block, Table)
    assert whole.item is not None
    lines = grid_of(whole.block).lines
    elements = list(whole.element.iterchildren(w("tr")))
    found = []
    for line, item, element in zip(lines, whole.item["lignes"], elements, strict=True):
        items = dict(zip(line.cells, item["cellules"], strict=True))
        cells = [_Cell(items[each.column]["id"], each, items[each.column]) for each in places(line, element)]
        found.append(_Row(item["id"], element, cells))
    return found


def _in_order(old: Sequence[Any], new: Sequence[Any], key: Any) -> list[Pace]:
    """Return what becomes of two runs: those in both that keep their order stay, as many as can."""
    ranks = {key(unit): n for n, unit in enumerate(old)}
    common = [(ranks[key(unit)], n) for n, unit in enumerate(new) if key(unit) in ranks]
    found: list[Pace] = []
    left = right = 0
    for rank, position in [*_rising(common), (len(old), len(new))]:
        found += [Pace(unit, None) for unit in old[left:rank]]
        found += [Pace(None, unit) for unit in new[right:position]]
        if rank < len(old):
            found.append(Pace(old[rank], new[position]))
        left, right = rank + 1, position + 1
    return found


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs whose first members rise."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (rank, _) in enumerate(pairs):
        at = bisect_left(tops, rank)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [rank]
        ends[at : at + 1] = [n]
    found, n = [], ends[-1] if ends else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _fitting(pace: Pace) -> list[Pace]:
    """Return a unit that stays; as one that goes and one that comes, when it is a paragraph then a table."""
    old, new = pace
    if old is not None and new is not None and old.element.tag != new.element.tag:
        return [Pace(old, None), Pace(None, new)]
    return [pace]


def _tail(laid: Sequence[Pace]) -> list[int]:
    """Return the positions of the paragraphs and tables that come or go after the last that stays."""
    found = []
    for n in range(len(laid) - 1, -1, -1):
        if laid[n].old is not None and laid[n].new is not None:
            break
        found.append(n)
    return found[::-1]


def _is_paragraph(pace: Pace) -> bool:
    return (pace.old or pace.new).element.tag == w("p")


def _resectioned(paragraph: Element, old: Element) -> None:
    """Give a paragraph that goes the section that it ended."""
    properties = first(paragraph, "pPr")
    for each in properties.findall(w("sectPr")):
        properties.remove(each)
    properties.extend(deepcopy(each) for each in first(old, "pPr").findall(w("sectPr")))
