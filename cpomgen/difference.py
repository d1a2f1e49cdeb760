"""Contrat × Contrat, each with its Schema → what changes in their fields, item by item by id, each named in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cpomgen.contrat import (
    Absent,
    Choix,
    Contrat,
    Entier,
    Fiche,
    Illisible,
    Jour,
    Ligne,
    Liste,
    Montant,
    Nombre,
    OuiNon,
    Renvoi,
    Texte,
)
from cpomgen.ecart import Ecart
from cpomgen.edits import Added, Edit, Id, Path, Removed, at, edits
from cpomgen.schema import Field, Schema

INTERNAL = ("interne", "notification", "avenant")  # how a field may change, the freest first


def difference(old: tuple[Contrat, Schema], new: tuple[Contrat, Schema]) -> tuple[Ecart, ...]:
    """Return what changes from one contract to another, in their order; the layout of their files is nothing."""
    before, after = _apart(old[0].fiche, new[0].fiche) if old[1] is new[1] else (donnees(old[0]), donnees(new[0]))
    return tuple(_ecart(edit, (before, old[1]), (after, new[1])) for edit in edits(before, after))


def donnees(contrat: Contrat) -> dict[Any, Any]:
    """Return the values of a contract, typed, as plain mappings and lists; what is empty is left out."""
    found: dict[Any, Any] = _plain(contrat.fiche)
    return found


def _apart(old: Fiche, new: Fiche) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Return the values of two contracts of one schema, as `donnees` does, without the rubriques that are the same."""
    before: dict[Any, Any] = {}
    after: dict[Any, Any] = {}
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        if isinstance(was, Fiche | Liste) and was == now:
            continue
        if isinstance(was, Fiche) and isinstance(now, Fiche):
            pair: tuple[Any, Any] = _apart(was, now)
        elif isinstance(was, Liste) and isinstance(now, Liste) and _have_ids(was) and _have_ids(now):
            pair = _items_apart(was, now)
        else:
            pair = (None if was is None else _plain(was), None if now is None else _plain(now))
        for made, found in zip(pair, (before, after), strict=True):
            if made or type(made) in NUMBERS:  # nought and no are values
                found[name] = made
    return before, after


def _items_apart(old: Liste, new: Liste) -> tuple[list[Any], list[Any]]:
    """Return the items of two lists; of one that is the same in both, its id alone."""
    known = {item["id"]: item for item in new}
    pairs = {item["id"]: _apart(item, known[item["id"]]) for item in old if item["id"] in known}
    before = [pairs[item["id"]][0] if item["id"] in pairs else _plain(item) for item in old]
    return before, [pairs[item["id"]][1] if item["id"] in pairs else _plain(item) for item in new]


def _have_ids(items: Liste) -> bool:
    """Tell whether the items of a list go by their ids: each has one, of its own."""
    ids = [item.get("id") if isinstance(item, Fiche) else None for item in items]
    return all(isinstance(each, str) for each in ids) and len(set(ids)) == len(ids)


PLAIN: Mapping[type, Callable[[Any], Any]] = {
    **dict.fromkeys((Texte, Ligne, Choix, Renvoi), str),
    **dict.fromkeys((Nombre, Montant), Decimal),
    Entier: int,
    OuiNon: bool,
    Jour: lambda day: date(day.year, day.month, day.day),
    **dict.fromkeys((Absent, Illisible), lambda _: None),
}  # the same value is the same, whatever its field is called

NUMBERS = (Decimal, int, bool)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a leaf, a Fiche or a Liste
    plain = PLAIN.get(type(value))
    if plain is not None:
        return plain(value)
    if isinstance(value, Liste):
        return [_plain(child) for child in value]
    found = {}
    for name, child in value.items():
        made = _plain(child) if type(child) is not Absent else None
        if made or type(made) in NUMBERS:  # nought and no are values
            found[name] = made
    return found


Side = tuple[dict[Any, Any], Schema]


def _ecart(edit: Edit, old: Side, new: Side) -> Ecart:
    """Return an edit in words: those of the side that has what it is about."""
    gone = isinstance(edit, Removed) or getattr(edit, "new", ...) is None
    (document, schema), other = (old, new[1]) if gone else (new, old[1])
    path = (*edit.path, Id(edit.item["id"])) if isinstance(edit, Added | Removed) else edit.path
    steps = list(_steps(path, document, schema.root))
    fields = [field for field, _ in steps if field]
    both = (*fields, *(field for field, _ in _steps(path, {}, other.root) if field))  # free in either, it is free
    modification = min((field.meta.modification for field in both), key=INTERNAL.index, default="avenant")
    lieu = ", ".join(name for _, name in steps if name)
    return Ecart(edit, lieu, modification, all(field.is_printed for field in fields))


def _steps(path: Path, document: Any, root: Field) -> Iterator[tuple[Field | None, str]]:  # noqa: ANN401
    """Yield the field and the name of each step of a path: the label of a field, the title of an item, an exercise."""
    field: Field | None = root
    for length, step in enumerate(path, 1):
        if isinstance(step, Id):
            field = field.item if field else None
            yield field, f"« {_title(field, at(document, path[:length]) or {}, step)} »"
        elif field is not None and field.values is not None:
            field = field.values
            yield field, str(step)
        else:
            field = field.fields.get(str(step)) if field else None
            yield field, (field.meta.libelle if field else "") or str(step)


def _title(field: Field | None, item: dict[Any, Any], name: str) -> str:
    """Return the title of an item, its id without any."""
    naming = field.fields.get(field.meta.intitule_par) if field else None
    title = str(item.get(naming.name, name)) if naming else name
    return naming.meta.libelles.get(title, title) if naming else title
