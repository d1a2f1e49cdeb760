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
    before, after = donnees(old[0]), donnees(new[0])
    return tuple(_ecart(edit, (before, old[1]), (after, new[1])) for edit in edits(before, after))


def donnees(contrat: Contrat) -> dict[Any, Any]:
    """Return the values of a contract, typed, as plain mappings and lists; what is empty is left out."""
    found: dict[Any, Any] = _plain(contrat.fiche)
    return found


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
