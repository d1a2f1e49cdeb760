"""A part of a document, before and after → what an act does to its headings, its paragraphs, its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cpomgen.amendment import (
    ALINEA,
    Amendement,
    Endroit,
    IntricateError,
    cited,
    counted,
    gone_ids,
    inserted,
    opened,
    place_id,
    placed,
    reworded,
    rewritten,
    size,
    unit_ids,
)
from cpomgen.designation import NBSP, Nom, heading_nom, ordinal, ranked
from cpomgen.edits import exchanges
from cpomgen.grid import said
from cpomgen.imprime import Block, Paragraph, Table
from cpomgen.landmarks import Landmarks, Partie, closing
from cpomgen.lieu import level_of
from cpomgen.passage import passages
from cpomgen.rows import amended_table
from cpomgen.texts import Item, lines
from cpomgen.wording import accord

INTITULE = Nom("intitulé")


class Moitie(NamedTuple):
    """A part on one side: what its units are called, where it is, its blocks."""

    marks: Landmarks
    partie: Partie
    items: Sequence[Item]

    def block(self, position: int) -> Block:
        """Return a block by its position in the section."""
        return self.marks.blocks(self.partie)[position]

    @property
    def holds(self) -> bool:
        """Tell whether other parts are in what the heading of this one opens: a titre holds articles."""
        blocks, end = self.marks.blocks(self.partie), self.partie.end
        below = level_of(blocks[end]) if end < closing(blocks) else 0
        return self.partie.opened and below > level_of(self.block(self.partie.start))


def amended_part(old: Moitie, new: Moitie, moved: frozenset[str], *, anew: bool = False) -> list[Amendement]:
    """Return what an act does to a part; `moved` are the blocks placed elsewhere; all go and come if made `anew`."""
    return _Part(old, new, moved, anew=anew).amended()


def ending(half: Moitie) -> tuple[tuple[str, ...], str]:
    """Return a place, then after what in it comes what follows an old part: its last block when it holds others."""
    if not half.holds:
        return (), f"après {half.partie.nom.le}"
    part, last = _Part(half, half, frozenset()), half.partie.end - 1
    return (half.partie.nom.au, *part.within(last)), f"après {part.alinea(last).le}"


def emptied(half: Moitie) -> list[Amendement]:
    """Return that an old part which holds others is removed, and they are not; nothing of one that holds none."""
    if not half.holds:
        return []
    part, start = _Part(half, half, frozenset()), half.partie.start
    found = [Amendement((), INTITULE.done("supprimé"), (), gone_ids(half.items[0]), size(lines(half.items[0])))]
    found += [part.removed(run) for run in part.pieces(range(start + 1, half.partie.end))]
    return [each.within(half.partie.nom.au) for each in found]


class _Part:
    """A part before and after; blocks answer each other by their ids, which are positions in the old section."""

    def __init__(self, old: Moitie, new: Moitie, moved: frozenset[str], *, anew: bool = False) -> None:
        self.old, self.new, self.moved = old, new, moved
        self.before = {item["id"]: old.partie.start + n for n, item in enumerate(old.items)}
        known = {item["id"]: item for item in old.items}
        parted = {
            item["id"]
            for item in new.items[1 if anew else 0 :]
            if item["id"] in known and (anew or _is_another(known[item["id"]], item, moved))
        }
        self.after = {
            f"{item['id']} bis" if item["id"] in parted else item["id"]: new.partie.start + n
            for n, item in enumerate(new.items)
        }

    def amended(self) -> list[Amendement]:
        """Return what is done to the part, in order."""
        if self.old.partie.opened and next(iter(self.before)) != next(iter(self.after)):
            raise IntricateError
        found: list[Amendement] = []
        last = ""
        for gone, come, name in exchanges(self.before, self.after):
            found += self.exchanged(gone, come, together=last not in self.moved)
            last = name
            if name:
                found += [self.placed(name)] if name in self.moved else []
                found += self.changed(self.before[name], self.after[name])
        return found

    def item(self, position: int) -> Item:
        """Return a block of the old part."""
        return self.old.items[position - self.old.partie.start]

    def coming(self, position: int) -> Item:
        """Return a block of the new part."""
        return self.new.items[position - self.new.partie.start]

    def within(self, position: int) -> tuple[str, ...]:
        """Return the heading that an old block stands under, as a place; the only table of a part needs none."""
        if isinstance(self.old.block(position), Table) and self.old.marks.is_alone(self.old.partie):
            return ()
        rubrique = self.old.marks.rubrique(self.old.partie, position)
        return (rubrique.au,) if rubrique else ()

    def alinea(self, position: int) -> Nom:
        """Return an old block by its rank under its heading, a heading as its own title."""
        marks, partie = self.old.marks, self.old.partie
        block = self.old.block(position)
        if isinstance(block, Table):
            return marks.tableau(partie, position)
        if partie.opened and level_of(block):
            return INTITULE
        return ranked(marks.rank(partie, position), ALINEA)

    def changed(self, position: int, mate: int) -> list[Amendement]:
        """Return what is done within a block."""
        old, new = self.item(position), self.coming(mate)
        if old is new:
            return []
        if isinstance(old.unit, Table):
            marks, tableau = (self.old.marks, self.new.marks), self.old.marks.tableau(self.old.partie, position)
            found = amended_table(old, new, marks, tableau)
            return [each.within(*self.within(position)) for each in found]
        if old["texte"] == new["texte"]:
            return []
        lieux, nom = self.within(position), self.alinea(position)
        own = (*lieux, nom.au)
        return reworded(old, new, Endroit(lieux, nom, own, own, (old["texte"],)))

    def exchanged(self, gone: Sequence[int], come: Sequence[int], *, together: bool) -> list[Amendement]:
        """Return what is done where blocks go, come, or both; `together` when those come where those were."""
        if together and gone and come and self.is_run(gone) and all(self.is_alinea(self.new, n) for n in come):
            return [self.rewritten(gone, come)]
        pieces = list(self.pieces(gone)) if gone else []
        return [*(self.removed(each) for each in pieces), *self.brought_all(come)]

    def brought_all(self, come: Sequence[int]) -> list[Amendement]:
        """Return that blocks are inserted, those alike together; what is inserted second comes first."""
        runs: list[list[int]] = []
        for n in come:
            if runs and self.is_with(runs[-1], n):
                runs[-1].append(n)
            else:
                runs.append([n])
        found = [self.brought(run, come[0]) for run in runs]
        return found if come and come[0] == self.new.partie.start else found[::-1]

    def is_with(self, run: Sequence[int], position: int) -> bool:
        """Tell whether a block of the new part is inserted with a run of others."""
        top, level = ((level_of(self.new.block(n)) if self.new.partie.opened else 0) for n in (run[0], position))
        if top:
            same = _is_named(self.new.block(run[0])) is _is_named(self.new.block(position))
            return not level or level > top or (level == top and same)
        return not level and all(self.is_alinea(self.new, n) for n in (run[0], position))

    def is_alinea(self, side: Moitie, position: int) -> bool:
        """Tell whether a block is a paragraph that opens nothing."""
        block = side.block(position)
        return isinstance(block, Paragraph) and not (side.partie.opened and level_of(block))

    def is_run(self, positions: Sequence[int]) -> bool:
        """Tell whether old blocks are paragraphs that follow each other under one heading."""
        together = all(m == n + 1 for n, m in pairwise(positions))
        same = len({self.old.marks.under(self.old.partie, n) for n in positions}) == 1
        return together and same and all(self.is_alinea(self.old, n) for n in positions)

    def rewritten(self, gone: Sequence[int], come: Sequence[int]) -> Amendement:
        """Return that paragraphs are written again, or replaced by as many as come."""
        blocks = cited([self.coming(n).unit for n in come])
        units = gone_ids(*map(self.item, gone)) | unit_ids(*map(self.coming, come))
        words = size(self.item(n)["texte"] for n in gone)
        if len(gone) == len(come) == 1:
            return Amendement(self.within(gone[0]), rewritten(self.alinea(gone[0])), blocks, units, words)
        made = f"{counted(len(come), ALINEA)} ainsi {accord('rédigé', 'm', len(come))}{NBSP}:"
        geste = f"{self.run(gone, 'remplacé')} par {made}"
        return Amendement(self.within(gone[0]), geste, blocks, units, words)

    def run(self, positions: Sequence[int], participle: str) -> str:
        """Return what is done to paragraphs that follow each other: les deuxième à quatrième alinéas sont supprimés."""
        if len(positions) == 1:
            return self.alinea(positions[0]).done(participle)
        ranks = [self.old.marks.rank(self.old.partie, n) for n in positions]
        link = "et" if len(ranks) == 2 else "à"  # noqa: PLR2004 - a pair
        return f"les {ordinal(ranks[0])} {link} {ordinal(ranks[-1])} alinéas sont {accord(participle, 'm', 2)}"

    def pieces(self, gone: Sequence[int]) -> Iterator[list[int]]:
        """Yield the runs that old blocks make: what a heading opens, paragraphs under one heading, a table."""
        marks, partie = self.old.marks, self.old.partie
        left = list(gone)
        while left:
            first = left[0]
            if partie.opened and level_of(self.old.block(first)):
                run = list(range(first, marks.extent(partie, first)))
                if left[: len(run)] != run:
                    raise IntricateError
            elif isinstance(self.old.block(first), Table):
                run = [first]
            else:
                run = left[:1]
                while len(run) < len(left) and self.is_run(left[: len(run) + 1]):
                    run = left[: len(run) + 1]
            yield run
            left = left[len(run) :]

    def removed(self, run: Sequence[int]) -> Amendement:
        """Return that blocks are removed."""
        marks, partie, first = self.old.marks, self.old.partie, run[0]
        items = [self.item(n) for n in run]
        units, words = gone_ids(*items), size(line for item in items for line in lines(item))
        rubrique = marks.rubrique(partie, first)
        if partie.opened and level_of(self.old.block(first)) and rubrique:
            return Amendement((), rubrique.done("supprimé"), (), units, words)
        return Amendement(self.within(first), self.run(run, "supprimé"), (), units, words)

    def anchor(self, position: int, first: int) -> tuple[tuple[str, ...], str, Nom]:
        """Return the place, then after or before which old unit, comes what is at a position of the new part.

        The first block of it is at the position `first`.
        """
        if position == self.new.partie.start:
            start = self.old.partie.start
            return self.within(start), "avant", self.alinea(start)
        beside = self.coming(position - 1)["id"]
        if beside not in self.before:
            raise IntricateError
        old, partie, marks = self.before[beside], self.old.partie, self.old.marks
        level = level_of(self.new.block(first)) if self.new.partie.opened else 0
        for head in marks.heads(partie) if level else ():
            if level_of(self.old.block(head)) == level and marks.extent(partie, head) == old + 1:
                return (), "après", marks.rubrique(partie, head) or INTITULE
        return self.within(old), "après", self.alinea(old)

    def brought(self, come: Sequence[int], position: int) -> Amendement:
        """Return that blocks are inserted where those from a position of the new part come."""
        lieux, where, anchor = self.anchor(position, come[0])
        items = [self.coming(n) for n in come]
        units, blocks = unit_ids(*items), [item.unit for item in items]
        level = level_of(blocks[0]) if self.new.partie.opened else 0
        if level:
            tops = [heading_nom(lines(item)[0]) for item in items if level_of(item.unit) == level]
            return Amendement(lieux, opened(f"{where} {anchor.le}", tops), cited(blocks), units)
        if all(self.is_alinea(self.new, n) for n in come):
            return Amendement(lieux, inserted(where, anchor, ALINEA, len(come)), cited(blocks), units)
        if len(blocks) == 1 and isinstance(blocks[0], Table):
            geste = f"{where} {anchor.le}, est inséré le tableau suivant{NBSP}:"
            return Amendement(lieux, geste, (blocks[0],), units)
        raise IntricateError

    def placed(self, name: str) -> Amendement:
        """Return that a block is placed elsewhere; what a heading opens goes by parts that are written again."""
        position, mate = self.before[name], self.after[name]
        lieux, where, anchor = self.anchor(mate, mate)
        if not self.is_alinea(self.old, position) or where == "avant" or lieux != self.within(position):
            raise IntricateError
        return Amendement(lieux, placed(self.alinea(position), where, anchor), (), place_id(self.coming(mate)))


def _is_named(heading: Block) -> bool:
    return "«" not in heading_nom(said(heading)).mots


def _is_another(old: Item, new: Item, moved: frozenset[str]) -> bool:
    """Tell whether what is placed elsewhere is better said to go and to come: its words change too much."""
    if new["id"] not in moved or old is new:
        return False
    if "texte" not in old or "texte" not in new:
        return True
    return old["texte"] != new["texte"] and not passages(old["texte"], new["texte"], [old["texte"]])
