"""A cell, before and after → what an act does to it: to its words, to its items, or to all of it."""

from __future__ import annotations

from collections.abc import Sequence

from cpomgen.amendment import (
    ALINEA,
    Amendement,
    Endroit,
    IntricateError,
    cited,
    inserted,
    is_most,
    reworded,
    rewritten,
    size,
    unit_ids,
)
from cpomgen.designation import NBSP, Nom, ranked
from cpomgen.edits import exchanges
from cpomgen.grid import said
from cpomgen.imprime import Cell, Paragraph
from cpomgen.landmarks import Landmarks, Objet
from cpomgen.texts import Item

NOTHING = "–"  # what a cell without anything to say holds
CELL = Nom("cellule", "f")


def amended_cell(old: Item, new: Item, marks: tuple[Landmarks, Landmarks], places: tuple[str, ...]) -> list[Amendement]:
    """Return what an act does to a cell, from the place that it has in its table."""
    try:
        found = _Cell(old, new, marks, places).amended()
        whole = len(found) > 1 and is_most(found, map(said, old.unit.blocks))
    except IntricateError:
        whole = True
    if whole or _is_empty(old.unit) or _is_empty(new.unit):
        text = size(map(said, old.unit.blocks))
        blocks = cited(new.unit.blocks or (Paragraph("", ()),))
        found = [Amendement((), rewritten(CELL), blocks, unit_ids(old, new), text)]
    return [each.within(*places) for each in found]


def _is_empty(cell: Cell) -> bool:
    return [said(block) for block in cell.blocks] in ([], [NOTHING])


class _Cell:
    """A cell before and after, whose paragraphs answer each other by their ids."""

    def __init__(self, old: Item, new: Item, marks: tuple[Landmarks, Landmarks], places: tuple[str, ...]) -> None:
        self.places = places
        self.old = old.get("blocs", [])
        self.new = new.get("blocs", [])
        if not all("texte" in item for item in (*self.old, *self.new)):
            raise IntricateError
        self.objets = marks[0].objets(old.unit)
        self.coming = marks[1].objets(new.unit)
        self.before = {item["id"]: n for n, item in enumerate(self.old)}
        self.after = {item["id"]: n for n, item in enumerate(self.new)}
        kept = [self.before[name] for name in self.after if name in self.before]
        if kept != sorted(kept):
            raise IntricateError

    def amended(self) -> list[Amendement]:
        """Return what is done to the cell, in order."""
        found: list[Amendement] = []
        for gone, come, name in exchanges(self.before, self.after):
            found += self.exchanged(gone, come)
            found += self.worded(self.before[name], self.after[name]) if name else []
        return found

    def objet(self, position: int) -> Objet:
        """Return the item that an old paragraph is of; paragraphs before the first title have none."""
        found = next((each for each in self.objets if each.start <= position < each.end), None)
        if found is None:
            raise IntricateError
        return found

    def place(self, objet: Objet) -> tuple[str, ...]:
        """Return the place of an item: none when it is all of the cell and its row says its name."""
        if len(self.objets) == 1:
            alone = objet.nom is None or objet.nom.nom in self.places[0] or objet.end - objet.start == 1
            return () if alone or objet.nom is None else (objet.nom.au,)
        if objet.nom is None and objet.end - objet.start > 1:
            raise IntricateError
        return (objet.nom.au if objet.nom else ranked(objet.start + 1, ALINEA).au,)

    def worded(self, position: int, mate: int) -> list[Amendement]:
        """Return what is done to the words of a paragraph."""
        old, new = self.old[position], self.new[mate]
        if old["texte"] == new["texte"]:
            return []
        objet = self.objet(position)
        unit = tuple(self.old[n]["texte"] for n in range(objet.start, objet.end))
        lieux, nom = self.unit(objet, position)
        within = self.place(objet)
        return reworded(old, new, Endroit(lieux, nom, (*lieux, nom.au) if unit[1:] else within, within, unit))

    def unit(self, objet: Objet, position: int) -> tuple[tuple[str, ...], Nom]:
        """Return the place and the name of a paragraph: that of its item when it is all of it."""
        if objet.end - objet.start > 1:
            return self.place(objet), ranked(position - objet.start + 1, ALINEA)
        if len(self.objets) == 1:
            return (), CELL
        return (), objet.nom or ranked(position + 1, ALINEA)

    def exchanged(self, gone: Sequence[int], come: Sequence[int]) -> list[Amendement]:
        """Return what is done where paragraphs go, come, or both."""
        taken = [each for each in self.objets if each.start in gone]
        whole = [n for each in taken for n in range(each.start, each.end)] == list(gone)
        brought = [each for each in self.coming if each.start in come]
        items = [n for each in brought for n in range(each.start, each.end)] == list(come)
        if gone and come:
            if whole and items and len(taken) == len(brought) == 1 and len(self.objets) > 1:
                units = unit_ids(*(self.old[n] for n in gone), *(self.new[n] for n in come))
                text = size(self.old[n]["texte"] for n in gone)
                nom = taken[0].nom or self.only(taken[0])
                return [Amendement((), rewritten(nom), cited([self.new[n].unit for n in come]), units, text)]
            return [*self.exchanged(gone, ()), *self.exchanged((), come)]
        if gone:
            return [self.removed(each) for each in taken] if whole else self.shortened(gone)
        return [self.brought(come, brought, items=items)] if come else []

    def only(self, objet: Objet) -> Nom:
        """Return an item that has no name by its rank; raise IntricateError when it has several paragraphs."""
        if objet.end - objet.start > 1:
            raise IntricateError
        return ranked(objet.start + 1, ALINEA)

    def removed(self, objet: Objet) -> Amendement:
        """Return that an item is removed."""
        units = unit_ids(*(self.old[n] for n in range(objet.start, objet.end)))
        text = size(self.old[n]["texte"] for n in range(objet.start, objet.end))
        return Amendement((), (objet.nom or self.only(objet)).done("supprimé"), (), units, text)

    def shortened(self, gone: Sequence[int]) -> list[Amendement]:
        """Return that paragraphs of items are removed."""
        found = []
        for position in gone:
            objet = self.objet(position)
            if objet.start == position:
                raise IntricateError
            nom = ranked(position - objet.start + 1, ALINEA)
            text = size([self.old[position]["texte"]])
            found.append(Amendement(self.place(objet), nom.done("supprimé"), (), unit_ids(self.old[position]), text))
        return found

    def brought(self, come: Sequence[int], brought: Sequence[Objet], *, items: bool) -> Amendement:
        """Return that items, or paragraphs of one, are inserted."""
        blocks = cited([self.new[n].unit for n in come])
        units = unit_ids(*(self.new[n] for n in come))
        before = self.new[come[0] - 1]["id"] if come[0] else None
        position = self.before[before] if before is not None else -1
        ends = position < 0 or self.objet(position).end == position + 1
        if items and ends:
            objet = self.objet(max(position, 0))
            where = "après" if position >= 0 else "avant"
            noun, genre = self.noun(brought, objet)
            anchor = ranked(max(position, 0) + 1, ALINEA) if noun == ALINEA or not objet.nom else objet.nom
            return Amendement((), inserted(where, anchor, noun, len(brought), genre), blocks, units)
        if position < 0 or any(each.start in come for each in self.coming):
            raise IntricateError
        objet = self.objet(position)
        anchor = ranked(position - objet.start + 1, ALINEA)
        return Amendement(self.place(objet), inserted("après", anchor, ALINEA, len(come)), blocks, units)

    def noun(self, brought: Sequence[Objet], objet: Objet) -> tuple[str, str]:
        """Return what items that come are called, and its gender."""
        nouns = {(each.nom.mots.partition(f" «{NBSP}")[0], each.nom.genre) if each.nom else None for each in brought}
        found = nouns.pop() if len(nouns) == 1 else None
        if found and objet.nom:
            return found
        if any(each.end - each.start > 1 for each in brought):
            raise IntricateError
        return ALINEA, "m"
