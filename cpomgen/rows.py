"""A table, before and after → what an act does to it: to its cells, its rows, its columns, or to all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import is_

from cpomgen.amendment import Amendement, IntricateError, inserted, is_most, place_id, placed, size, unit_ids
from cpomgen.cells import amended_cell
from cpomgen.designation import NBSP, Nom
from cpomgen.edits import exchanges, longest, merged
from cpomgen.grid import Line
from cpomgen.imprime import Cell, Row, Table, paragraphs
from cpomgen.landmarks import Landmarks
from cpomgen.texts import Item

LIGNE, LIGNES = "ligne", "f"


def amended_table(old: Item, new: Item, marks: tuple[Landmarks, Landmarks], tableau: Nom) -> list[Amendement]:
    """Return what an act does to a table, from the place that it has in its part."""
    try:
        found = _Table(old, new, marks).amended()
        if not is_most(found, (paragraph.text for paragraph in paragraphs([old.unit]))):
            return [each.within(tableau.au) for each in found]
    except IntricateError:
        pass
    return [replaced(old, new, tableau)]


def replaced(old: Item, new: Item, tableau: Nom) -> Amendement:
    """Return that a table is replaced by another."""
    words = size(paragraph.text for paragraph in paragraphs([old.unit]))
    geste = f"{tableau.done('remplacé')} par le tableau suivant{NBSP}:"
    return Amendement((), geste, (new.unit,), unit_ids(old, new), words)


class _Table:
    """A table before and after, whose rows and columns answer each other by their ids."""

    def __init__(self, old: Item, new: Item, marks: tuple[Landmarks, Landmarks]) -> None:
        self.marks = marks
        self.table: Table = old.unit
        self.coming: Table = new.unit
        self.old: list[Item] = old["lignes"]
        self.new: list[Item] = new["lignes"]
        self.before = {item["id"]: n for n, item in enumerate(self.old)}
        self.after = {item["id"]: n for n, item in enumerate(self.new)}
        self.lines = tuple([item.unit for item in items] for items in (self.old, self.new))
        self.begun = _columns(self.old, self.lines[0]), _columns(self.new, self.lines[1])
        self.seen: dict[int, int] = {}

    def amended(self) -> list[Amendement]:
        """Return what is done to the table, in order."""
        heads = [[line.row.header for line in lines] for lines in self.lines]
        rows = [item["id"] for item in self.old] == [item["id"] for item in self.new]
        kept = [self.before[name] for name in self.after if name in self.before]
        if sum(heads[0]) != sum(heads[1]) or len(kept) < sum(heads[0]):
            raise IntricateError
        columns = list(self.columns())
        if columns and not rows:
            raise IntricateError
        found = list(columns)
        moved = _out_of_order(kept)
        for gone, come, name in exchanges(self.before, self.after):
            found += [self.removed(number) for number in gone]
            found += [self.brought(come)] if come else []
            if name:
                found += [self.moved(name)] if self.before[name] in moved else []
                found += self.cells(self.before[name], self.after[name])
        return found

    def ligne(self, number: int) -> Nom:
        """Return a row of the old table."""
        return self.marks[0].ligne(self.table, number)

    def removed(self, number: int) -> Amendement:
        """Return that a row is removed."""
        if self.lines[0][number].row.header:
            raise IntricateError
        words = size(self.lines[0][number].text.replace("|", " ").split("\n"))
        return Amendement((), self.ligne(number).done("supprimé"), (), unit_ids(self.old[number]), words)

    def anchor(self, number: int) -> tuple[str, Nom]:
        """Return after which row of the old table, or before which, the `number`-th of the new one comes."""
        beside = self.new[number - 1]["id"] if number else ""
        header = not number or self.lines[1][number - 1].row.header
        if header:
            first = next((n for n, line in enumerate(self.lines[0]) if not line.row.header), None)
            if first is None or self.lines[1][number].row.header:
                raise IntricateError
            return "avant", self.ligne(first)
        if beside not in self.before:
            raise IntricateError
        return "après", self.ligne(self.before[beside])

    def brought(self, come: Sequence[int]) -> Amendement:
        """Return that rows are inserted."""
        where, anchor = self.anchor(come[0])
        rows = _rows([self.lines[1][n] for n in come])
        table = Table(self.coming.style, self.coming.widths, tuple(rows))
        units = unit_ids(*(self.new[n] for n in come))
        return Amendement((), inserted(where, anchor, LIGNE, len(come), LIGNES), (table,), units)

    def moved(self, name: str) -> Amendement:
        """Return that a row is placed elsewhere."""
        where, anchor = self.anchor(self.after[name])
        ligne = self.ligne(self.before[name])
        if where == "avant" and anchor == ligne:
            raise IntricateError
        return Amendement((), placed(ligne, where, anchor), (), place_id(self.new[self.after[name]]))

    def columns(self) -> Iterator[Amendement]:
        """Yield what is done to columns: those that go, those that come."""
        old, new = self.begun
        kept = [name for name in new if name in old]
        if kept != [name for name in old if name in new]:
            raise IntricateError
        if old == new:
            return
        last = ""
        for name in merged(old, new):
            if name not in new:
                cells = [cell for item in self.old for cell in item["cellules"] if cell["id"] == name]
                words = size(each.text for cell in cells for each in paragraphs(cell.unit.blocks))
                colonne = self.marks[0].colonne(self.table, int(name))
                yield Amendement((), colonne.done("supprimé"), (), unit_ids(*cells), words)
            elif name not in old:
                yield self.column(name, last)
            else:
                last = name
                continue
            if name in new:
                last = "?"  # one that comes after it has no old one to follow

    def column(self, name: str, last: str) -> Amendement:
        """Return that a column is inserted after another of the old table."""
        number = int(name.removeprefix("+"))
        cells = [cell for item in self.new for cell in item["cellules"] if cell["id"] == name]
        if last == "?" or len(cells) != len(self.new) or any(cell.unit.colspan > 1 for cell in cells):
            raise IntricateError
        named = [Cell(line.cells[0].blocks) if last else None for line in self.lines[1]]  # what tells rows apart
        rows = tuple(
            Row(tuple(filter(None, (name, Cell(cell.unit.blocks)))), line.row.header)
            for name, cell, line in zip(named, cells, self.lines[1], strict=True)
        )
        widths = self.coming.widths
        table = Table(self.coming.style, (widths[0], widths[number]) if last else (widths[number],), rows)
        where, anchor = ("après", int(last)) if last else ("avant", 0)
        colonne = self.marks[0].colonne(self.table, anchor)
        return Amendement((), inserted(where, colonne, "colonne", 1, "f"), (table,), unit_ids(*cells))

    def cells(self, number: int, mate: int) -> list[Amendement]:
        """Return what is done to the cells of a row; a merged cell is dealt with once."""
        found: list[Amendement] = []
        sides = self.old[number]["cellules"], self.new[mate]["cellules"]
        if len(sides[0]) == len(sides[1]) and all(map(is_, *sides)):
            for cell in sides[0]:
                self.is_seen(cell, cell)
            return found
        columns = list(self.lines[0][number].cells)
        before = {cell["id"]: cell for cell in self.old[number]["cellules"]}
        self.check_widths(number, mate)
        for cell in self.new[mate]["cellules"]:
            old = before.get(cell["id"])
            if old is None or self.is_seen(old, cell) or old is cell:
                continue
            column = columns[self.old[number]["cellules"].index(old)]
            places = self.marks[0].groupe(self.table, number, column).au, self.marks[0].colonne(self.table, column).au
            found += amended_cell(old, cell, self.marks, places)
        return found

    def check_widths(self, number: int, mate: int) -> None:
        """Raise IntricateError when cells of a row are merged or parted: an act says it of the whole table."""
        old, new = ({cell["id"] for cell in row["cellules"]} for row in (self.old[number], self.new[mate]))
        if old & set(self.begun[1]) != new & set(self.begun[0]):
            raise IntricateError

    def is_seen(self, old: Item, new: Item) -> bool:
        """Tell whether a merged cell is dealt with; raise IntricateError when it becomes two."""
        seen = old.unit.rowspan > 1 and id(old.unit) in self.seen
        if seen and self.seen[id(old.unit)] != id(new.unit):
            raise IntricateError
        self.seen[id(old.unit)] = id(new.unit)
        return seen


def _columns(items: Sequence[Item], lines: Sequence[Line]) -> list[str]:
    """Return the ids of the columns in which cells begin, from left to right."""
    found = {
        column: cell["id"]
        for item, line in zip(items, lines, strict=True)
        for column, cell in zip(line.cells, item["cellules"], strict=True)
    }
    return list(dict.fromkeys(found[column] for column in sorted(found)))


def _rows(lines: Sequence[Line]) -> Iterator[Row]:
    """Yield rows that stand alone: their merged cells begin and end with them."""
    for n, line in enumerate(lines):
        cells = []
        for column, cell in line.cells.items():
            if n and lines[n - 1].cells.get(column) is cell:
                continue
            span = 1
            while n + span < len(lines) and lines[n + span].cells.get(column) is cell:
                span += 1
            cells.append(Cell(cell.blocks, cell.colspan, span))
        yield Row(tuple(cells))


def _out_of_order(kept: Sequence[int]) -> frozenset[int]:
    """Return the fewest positions to place elsewhere for the others to be in order."""
    still = longest(list(kept))
    return frozenset(position for position in kept if position not in still)
