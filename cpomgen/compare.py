"""Imprime × Imprime → Operations: what changes in the text, clauses and annexes; not headers, footers nor look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cpomgen.edits import Added, Changed, Edit, Id, Moved, Path, Removed, at
from cpomgen.grid import Grid, grid_of
from cpomgen.imprime import Block, Cell, Imprime, Paragraph, Table, paragraphs
from cpomgen.lieu import TITLE, Lieu, Outline, is_alinea
from cpomgen.operation import Action, Operation, Unite
from cpomgen.texts import BELOW, Item, Paired, lines

ACTIONS: Mapping[type, Action] = {
    Changed: Action.REMPLACER,
    Added: Action.INSERER,
    Removed: Action.SUPPRIMER,
    Moved: Action.DEPLACER,
}
UNITES = {"lignes": Unite.LIGNE, "cellules": Unite.COLONNE, "parties": Unite.PARTIE, "texte": Unite.ALINEA}


def compare(both: Paired) -> tuple[Operation, ...]:
    """Return what changes from one document to another, in reading order."""
    sides = _Side(both.old, both.before), _Side(both.new, both.after)
    return tuple(_operation(group, *sides) for group in _groups(both.edits, both.before, both.after))


class _Side:
    """One of the documents: its tree, its outline, the names of its places."""

    def __init__(self, imprime: Imprime, tree: Item) -> None:
        self.imprime = imprime
        self.tree = tree
        self.outline = Outline(imprime)
        self.grids: dict[int, Grid] = {}

    def has(self, path: Path) -> bool:
        """Tell whether there is a unit at a path."""
        return at(self.tree, path) is not None

    def lieu(self, path: Path) -> Lieu:
        """Return the place of the unit at a path of the tree."""
        _, section, *rest = path
        blocks = at(self.tree, path[:2]).unit.blocks
        if not rest:
            return Lieu(self.outline.parties(str(section), 0) if blocks else ())
        if len(rest) == 1:
            return Lieu(self.outline.parties(str(section), 0))
        position = self.position(path[:4])
        block = blocks[position]
        if isinstance(block, Paragraph):
            alinea = self.outline.alinea(str(section), position, blocks)
            parties = self.outline.parties(str(section), position)
            return Lieu(parties, alinea=alinea, intitule=not alinea and not is_alinea(block))
        parties, name = self.outline.tableau(str(section), position, blocks)
        return self.in_table(block, path, 4, Lieu(parties, name))

    def position(self, path: Path) -> int:
        """Return the position, in its list, of the unit at a path."""
        return next(n for n, item in enumerate(at(self.tree, path[:-1])) if item["id"] == path[-1])

    def in_table(self, table: Table, path: Path, depth: int, lieu: Lieu) -> Lieu:
        """Return the place of what is at a path of a table, which is `depth` steps down."""
        grid = self.grids.get(id(table)) or self.grids.setdefault(id(table), grid_of(table))
        if len(path) < depth + 2:
            return lieu
        line = grid.lines[self.position(path[: depth + 2])]
        ligne, colonne, intitule = line.name, "", line.row.header
        if len(path) >= depth + 4:
            column = list(line.cells)[self.position(path[: depth + 4])]
            colonne = grid.columns[column]
            cell = line.cells[column]
            titre, alinea = (
                _in_cell(cell.blocks, self.position(path[: depth + 6])) if len(path) >= depth + 6 else ("", 0)
            )
            titre = "" if titre in ligne else titre
            ligne = ligne[: 1 + list(line.cells).index(column)] if cell.rowspan > 1 else ligne
            return Lieu(lieu.parties, lieu.tableau, () if intitule else ligne, colonne, titre, alinea, intitule)
        return Lieu(lieu.parties, lieu.tableau, () if intitule else ligne, intitule=intitule)


def _in_cell(blocks: tuple[Block, ...], position: int) -> tuple[str, int]:
    """Return what names a paragraph of a cell, and its rank from that name, which is the first; 0 for the only one."""
    named = [n for n in range(position) if blocks[n].style.startswith(TITLE)]
    start = named[-1] if named else 0
    title = blocks[start] if named else None
    alone = len(blocks) == 1 or blocks[position].style.startswith(TITLE)
    return title.text if isinstance(title, Paragraph) else "", 0 if alone else position - start + 1


def _groups(found: Iterable[Edit], before: Item, after: Item) -> Iterator[list[Edit]]:
    """Return edits by operation: a merged cell, a column, a run of paragraphs make one each."""
    groups: dict[Any, list[Edit]] = {}
    first: dict[Any, int] = {}
    for edit in found:
        lists = (type(edit), id(at(before, edit.path)), id(at(after, edit.path)))
        if isinstance(edit, Changed):
            key: Any = (id(at(before, edit.path[:-1])), id(at(after, edit.path[:-1])))
        elif edit.path[-1] == "cellules" and isinstance(edit, Added | Removed):
            key = (type(edit), edit.path[:-3], edit.item["id"])
        elif edit.path[-1] == "blocs" and isinstance(edit, Added | Removed):
            first[*lists, edit.at] = start = first.get((*lists, edit.at - 1), edit.at)
            key = (*lists, start)
        elif edit.path[-1] == "blocs" and isinstance(edit, Moved):
            first[*lists, edit.at, edit.to] = start = first.get((*lists, edit.at - 1, edit.to - 1), edit.at)
            key = (*lists, start)
        else:
            key = (*lists, getattr(edit, "at", 0))
        groups.setdefault(key, []).append(edit)
    yield from groups.values()


def _operation(group: list[Edit], old: _Side, new: _Side) -> Operation:
    edit = group[0]
    action, unite = ACTIONS[type(edit)], UNITES.get(str(edit.path[-1]))
    if isinstance(edit, Changed):
        return Operation(
            action, Unite.ALINEA, old.lieu(edit.path[:-1]), (edit.old or "",), (edit.new or "",),
            paths=_paths(at(old.tree, edit.path[:-1]).unit, at(new.tree, edit.path[:-1]).unit), edits=tuple(group),
        )  # fmt: skip
    if isinstance(edit, Moved):
        moves = [each for each in group if isinstance(each, Moved) and each.path == edit.path]  # a merged cell, once
        places = [(*each.path, Id(each.id)) for each in moves]
        units, moved = ([at(side.tree, place) for place in places] for side in (old, new))
        before, after = (tuple(text for item in items for text in _texts(item)) for items in (units, moved))
        vers, premier = _after(edit.path, edit.to, old, new)
        return Operation(
            action, unite or _kind(units[0]), old.lieu((*edit.path, Id(edit.id))), before, after, premier, vers,
            paths=_leaves(units), edits=tuple(group),
        )  # fmt: skip
    assert isinstance(edit, Added | Removed)  # noqa: S101 - lists of a text have ids
    items = list({id(each.item): each.item for each in group if isinstance(each, Added | Removed)}.values())
    texts = tuple(text for item in items for text in _texts(item))
    if isinstance(edit, Removed):
        lieu = old.lieu((*edit.path, Id(edit.item["id"])))
        lieu = replace(lieu, ligne=(), intitule=False) if unite is Unite.COLONNE else lieu
        return Operation(action, unite or _kind(items[0]), lieu, old=texts, paths=_leaves(items), edits=tuple(group))
    lieu, premier = _after(edit.path, edit.at, old, new)
    kind = unite or _kind(items[0])
    return Operation(action, kind, lieu, new=texts, premier=premier, paths=_leaves(items), edits=tuple(group))


def _after(path: Path, position: int, old: _Side, new: _Side) -> tuple[Lieu, bool]:
    """Return the place of the unit that comes before a position of the new list, of the list when none does."""
    beside = at(new.tree, path)[position - 1] if position else None
    if beside is None:
        side = old if len(path) > 1 and old.has(path[:-1]) else new
        lieu = side.lieu(path[:-1]) if len(path) > 1 else Lieu(())
        return replace(lieu, ligne=() if path[-1] == "cellules" else lieu.ligne, intitule=False), True
    here = (*path, Id(beside["id"]))
    lieu = (old if old.has(here) else new).lieu(here)
    if path[-1] == "cellules":
        return replace(lieu, ligne=(), intitule=False), False
    return replace(lieu, intitule=False), lieu.intitule


def _texts(item: Item) -> tuple[str, ...]:
    """Return the words of a unit: by cell those of a row, by row those of a table, by paragraph the others."""
    if "lignes" in item:
        return tuple(" | ".join(_texts(row)) for row in item["lignes"])
    if isinstance(item.unit, Table):
        return tuple(line.text for line in grid_of(item.unit).lines)
    if "cellules" in item:
        return tuple("\n".join(lines(cell)) for cell in item["cellules"])
    if isinstance(item.unit, Cell):
        return ("\n".join(lines(item)),)
    return (item["texte"],) if "texte" in item else tuple(text for block in item["blocs"] for text in _texts(block))


def _kind(item: Item) -> Unite:
    return Unite.TABLEAU if isinstance(item.unit, Table) else Unite.ALINEA


def _paths(old: Paragraph, new: Paragraph) -> tuple[str, ...]:
    """Return the paths of the leaves that do not read the same in two paragraphs."""
    sides = [{(span.path, span.text) for span in each.spans if span.path} for each in (old, new)]
    order = (*old.spans, *new.spans)
    return tuple(dict.fromkeys(s.path for s in order if s.path and (s.path, s.text) in sides[0] ^ sides[1]))


def _leaves(items: Iterable[Item]) -> tuple[str, ...]:
    """Return the paths of the leaves that units print."""
    return tuple(dict.fromkeys(path for item in items for path in _printed(item)))


def _printed(item: Item) -> Iterator[str]:
    if "texte" in item or "meme" in item:
        found = paragraphs(item["meme"]) if "meme" in item else (item.unit,)
        yield from (span.path for paragraph in found for span in paragraph.spans if span.path)
    for name in BELOW:
        for child in item.get(name, ()):
            yield from _printed(child)
