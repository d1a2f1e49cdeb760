"""Where a unit stands in a text: as positions, as its reader names it, and where it stands in the next version."""

from __future__ import annotations

from dataclasses import replace

from cpomgen.edits import Path
from cpomgen.grid import Grid, first_line, grid_of
from cpomgen.imprime import Block, Imprime, Paragraph, Table
from cpomgen.lieu import TITLE, Lieu, Outline, is_alinea
from cpomgen.texts import Item

Address = tuple[int, ...]  # positions: section, block, row, cell of the row, block of the cell
WITHIN = 3  # positions of what is in a cell, from its table on
LEVELS = ("parties", "blocs", "lignes", "cellules", "blocs")  # what items hold, from the whole to the part


def address(tree: Item, path: Path) -> Address:
    """Return the address of the unit at a path of a tree: lists, and in each an id."""
    found = []
    for name, key in zip(path[::2], path[1::2], strict=True):
        found.append(next(n for n, item in enumerate(tree[str(name)]) if item["id"] == key))
        tree = tree[str(name)][found[-1]]
    return tuple(found)


def carried(before: Item, after: Item, start: Address) -> Address | None:
    """Return the address in a text of the unit that stood at another in the text before; None when it is gone.

    What is the same in both is one unit, whose own units are not told apart: each stands where it stood.
    """
    found: list[int] = []
    for name, position in zip(LEVELS, start, strict=False):
        if name not in before or name not in after:
            return (*found, *start[len(found) :])
        key = before[name][position]["id"]
        mate = next((n for n, item in enumerate(after[name]) if item["id"] == key), None)
        if mate is None:
            return None
        before, after = before[name][position], after[name][mate]
        found.append(mate)
    return tuple(found)


class Lieux:
    """The places of a document: its outline, its tables."""

    def __init__(self, imprime: Imprime) -> None:
        self.imprime = imprime
        self.outline = Outline(imprime)
        self.grids: dict[int, Grid] = {}

    def at(self, where: Address, *, titled: bool = False) -> Lieu:
        """Return the place of the unit at an address, of the first part of a section for the section itself.

        When `titled`, what names others in a cell is itself named so.
        """
        section = self.imprime.sections[where[0]]
        if len(where) == 1:
            return Lieu(self.outline.parties(section.name, 0) if section.blocks else ())
        position, blocks = where[1], section.blocks
        block = blocks[position]
        if isinstance(block, Paragraph):
            alinea = self.outline.alinea(section.name, position, blocks)
            parties = self.outline.parties(section.name, position)
            return Lieu(parties, alinea=alinea, intitule=not alinea and not is_alinea(block))
        parties, name = self.outline.tableau(section.name, position, blocks)
        lieu = self._in_table(block, where[2:], Lieu(parties, name))
        return self._titled(block, where[2:], lieu) if titled and len(where) == len(LEVELS) else lieu

    def _in_table(self, table: Table, where: Address, lieu: Lieu) -> Lieu:
        """Return the place of what is at an address of a table, which is at a place."""
        if not where:
            return lieu
        grid = self.grids.get(id(table)) or self.grids.setdefault(id(table), grid_of(table))
        line = grid.lines[where[0]]
        ligne, intitule = line.name, line.row.header
        if len(where) == 1:
            return Lieu(lieu.parties, lieu.tableau, () if intitule else ligne, intitule=intitule)
        column = list(line.cells)[where[1]]
        colonne = grid.columns[column]
        cell = line.cells[column]
        titre, alinea = _in_cell(cell.blocks, where[2]) if len(where) == WITHIN else ("", 0)
        titre = "" if titre in ligne else titre
        ligne = ligne[: 1 + list(line.cells).index(column)] if cell.rowspan > 1 else ligne
        return Lieu(lieu.parties, lieu.tableau, () if intitule else ligne, colonne, titre, alinea, intitule)

    def _titled(self, table: Table, where: Address, lieu: Lieu) -> Lieu:
        """Return the place of a paragraph of a cell, under its own words when others are named by it."""
        cells = self.grids[id(table)].lines[where[0]].cells
        blocks = list(cells.values())[where[1]].blocks
        block = blocks[where[2]]
        names = isinstance(block, Paragraph) and len(blocks) > 1 and block.style.startswith(TITLE)
        if not names or first_line([block]) in lieu.ligne:
            return lieu
        return replace(lieu, titre=first_line([block]), intitule=True)


def _in_cell(blocks: tuple[Block, ...], position: int) -> tuple[str, int]:
    """Return what names a paragraph of a cell, and its rank from that name, which is the first; 0 for the only one."""
    named = [n for n in range(position) if blocks[n].style.startswith(TITLE)]
    start = named[-1] if named else 0
    title = blocks[start] if named else None
    alone = len(blocks) == 1 or blocks[position].style.startswith(TITLE)
    return title.text if isinstance(title, Paragraph) else "", 0 if alone else position - start + 1
