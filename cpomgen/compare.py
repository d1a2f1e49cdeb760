"""Imprime × Imprime → Operations: what changes in the text, clauses and annexes; not headers, footers nor look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cpomgen.address import Lieux, address
from cpomgen.edits import Added, Changed, Edit, Id, Moved, Path, Removed, at
from cpomgen.grid import grid_of
from cpomgen.imprime import Cell, Imprime, Paragraph, Table, paragraphs
from cpomgen.lieu import Lieu
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
    """One of the documents: its tree, the names of its places."""

    def __init__(self, imprime: Imprime, tree: Item) -> None:
        self.tree = tree
        self.lieux = Lieux(imprime)

    def has(self, path: Path) -> bool:
        """Tell whether there is a unit at a path."""
        return at(self.tree, path) is not None

    def lieu(self, path: Path) -> Lieu:
        """Return the place of the unit at a path of the tree."""
        return self.lieux.at(address(self.tree, path))


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
