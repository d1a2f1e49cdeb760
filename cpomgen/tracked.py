"""Two texts side by side, each in step with its Word file → the XML of the one file where changes are tracked.

Units answer each other as `texts` says. One that stays in its order is kept and looked into; others go, and come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from cpomgen.held import Held, HeldCell, HeldRow, rows
from cpomgen.pace import Pace, paces, tail
from cpomgen.package import made, w
from cpomgen.revision import DELETED, INSERTED, Reviser, first
from cpomgen.wordwise import alone, merged

Element = etree._Element  # noqa: SLF001 - the only name that lxml has for it
APART = ("rPr", "sectPr", "pPrChange")  # of a paragraph's properties: those of its mark, of its section


class Tracker:
    """Texts being laid over each other in the name of somebody."""

    def __init__(self, by: Reviser) -> None:
        self.by = by

    def over(self, old: Sequence[Held], new: Sequence[Held]) -> list[Element]:
        """Return the elements of a section, cell, header or footer."""
        laid = [pace for each in paces(old, new, lambda unit: unit.key) for pace in _fitting(each)]
        return [element for pace in self._ended(laid) for element in pace]

    def _ended(self, laid: list[Pace[Held]]) -> Iterator[list[Element]]:
        """Yield what becomes of units, the last of which is a paragraph that can neither come nor go.

        When another took its place, the end of paragraph that came or went is the one before, and the last paragraph
        has the properties of the one that it became, or was.
        """
        ending = tail(laid)
        gone = [n for n in ending if laid[n].new is None]
        come = [n for n in ending if laid[n].old is None]
        kept = ending[0] - 1 if ending else -1
        if gone and come and laid[gone[-1]].unit.is_paragraph and laid[come[-1]].unit.is_paragraph:
            yield from map(self._pace, (pace for n, pace in enumerate(laid) if n not in (gone[-1], come[-1])))
            yield self._pace(Pace(laid[gone[-1]].old, laid[come[-1]].new))
        elif kept >= 0 and bool(gone) != bool(come) and laid[kept].unit.is_paragraph and laid[-1].unit.is_paragraph:
            yield from map(self._pace, laid[:kept])
            yield from self._handed(laid[kept:], DELETED if gone else INSERTED)
        else:
            yield from map(self._pace, laid)

    def _handed(self, laid: Sequence[Pace[Held]], name: str) -> Iterator[list[Element]]:
        """Yield a paragraph that was the last, or becomes it, and those that come or go after it."""
        kept, *between, final = laid
        if kept.old is None or kept.new is None:
            raise ValueError("the first does not stay")
        paragraph = self.paragraph(kept.old.element, kept.new.element)
        if name == DELETED:
            _resectioned(paragraph, kept.old.element)
        self.by.end_of(paragraph, name)
        yield [paragraph]
        yield from map(self._pace, between)
        ending = self._alone(final.unit.element, name, ended=False)
        was, now = (kept.old, final.unit) if name == INSERTED else (final.unit, kept.new)
        properties = deepcopy(first(now.element, "pPr"))
        _unsectioned(properties)
        ending.replace(first(ending, "pPr"), properties)
        self.by.changed(properties, first(was.element, "pPr"), "pPrChange", APART)
        yield [ending]

    def _pace(self, pace: Pace[Held]) -> list[Element]:
        """Return what becomes of a unit."""
        old, new = pace
        if old is None or new is None:
            name = INSERTED if old is None else DELETED
            return [(self._alone if pace.unit.is_paragraph else self._table_alone)(pace.unit.element, name)]
        if old.block is not None and old.block == new.block:
            return [new.element]
        return [self.paragraph(old.element, new.element)] if new.is_paragraph else self.table(old, new)

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
        """Mark what a cell says as inserted or deleted; not the end of its last paragraph, which goes with it."""
        for block in list(cell):
            if block.tag == w("p"):
                cell.replace(block, self._alone(block, name, ended=block is not cell[-1]))
            elif block.tag == w("tbl"):
                cell.replace(block, self._table_alone(block, name))

    def table(self, old: Held, new: Held) -> list[Element]:
        """Return a table that becomes another: row by row, unless its columns change places."""
        sides = rows(old), rows(new)
        if not _are_in_order(*sides):
            return [self._table_alone(old.element, DELETED), self._parting(), self._table_alone(new.element, INSERTED)]
        table = made("tbl")
        table.extend(deepcopy(each) for each in new.element if each.tag != w("tr"))
        self.by.changed(first(table, "tblPr"), first(old.element, "tblPr"), "tblPrChange", ("tblW", "tblLook"))
        for pace in paces(*sides, lambda row: row.key):
            if pace.old is None or pace.new is None:
                name = INSERTED if pace.old is None else DELETED
                table.append(self._row_alone(deepcopy(pace.unit.element), name))
            else:
                table.append(self.row(pace.old, pace.new))
        return [table]

    def _parting(self) -> Element:
        """Return a paragraph that came and went, between two tables that would be one."""
        found = made("p")
        for name in (DELETED, INSERTED):
            self.by.end_of(found, name)
        return found

    def row(self, old: HeldRow, new: HeldRow) -> Element:
        """Return a row that becomes another, cell by cell."""
        found = made("tr")
        found.extend(deepcopy(each) for each in new.element if each.tag != w("tc"))
        for pace in paces(old.cells, new.cells, lambda cell: cell.key):
            if pace.old is None or pace.new is None:
                name = INSERTED if pace.old is None else DELETED
                cell = deepcopy(pace.unit.place.element)
                self._cell_alone(cell, name)
                self.by.cell(cell, name)
            else:
                cell = self.cell(pace.old, pace.new)
            found.append(cell)
        return found

    def cell(self, old: HeldCell, new: HeldCell) -> Element:
        """Return a cell that becomes another, block by block."""
        if old.place.cell == new.place.cell and new.is_full:
            return new.place.element
        found = made("tc")
        found.append(deepcopy(first(new.place.element, "tcPr")))
        found.extend(self.over(old.blocks, new.blocks))
        self.by.changed(first(found, "tcPr"), first(old.place.element, "tcPr"), "tcPrChange", ("tcW",))
        return found


def _are_in_order(old: Sequence[HeldRow], new: Sequence[HeldRow]) -> bool:
    """Tell whether the columns that two tables share stand in the same order."""
    keys = [[cell.key for cell in side[0].cells] if side else [] for side in (old, new)]
    common = set(keys[0]) & set(keys[1])
    return [key for key in keys[0] if key in common] == [key for key in keys[1] if key in common]


def _fitting(pace: Pace[Held]) -> list[Pace[Held]]:
    """Return a unit that stays; one that goes and one that comes, when a table takes the place of a paragraph."""
    old, new = pace
    if old is not None and new is not None and old.is_paragraph != new.is_paragraph:
        return [Pace(old, None), Pace(None, new)]
    return [pace]


def _resectioned(paragraph: Element, old: Element) -> None:
    """Give a paragraph that goes the section that it ended."""
    properties = first(paragraph, "pPr")
    _unsectioned(properties)
    properties.extend(deepcopy(each) for each in first(old, "pPr").findall(w("sectPr")))


def _unsectioned(properties: Element) -> None:
    """Take out of a paragraph's properties the section that it ends."""
    for each in properties.findall(w("sectPr")):
        properties.remove(each)
