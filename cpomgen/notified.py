"""Contrat × Contrat × Schema → the older one, what needs no avenant being as it now is: what an act amends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cpomgen.contrat import Absent, Contrat, Fiche, Liste
from cpomgen.schema import Field, Schema

FREE = ("notification", "interne")


def notified(old: Contrat, new: Contrat, schema: Schema) -> Contrat:
    """Return a contract with its notified and internal fields as those of another; items answer each other by id."""
    return replace(old, fiche=_fiche(old.fiche, new.fiche, schema.root))


def _fiche(old: Fiche, new: Fiche, field: Field) -> Fiche:
    if field.values is not None:
        return old
    names = dict.fromkeys((*old, *(name for name in new if name in field.fields)))
    found = Fiche({name: _value(old, new, name, field.fields.get(name)) for name in names}, old.path)
    is_kept = old or (new and found == new)  # an annex that was not there comes with the avenant, all of it
    return found if is_kept else old


def _value(old: Fiche, new: Fiche, name: str, field: Field | None) -> Any:  # noqa: ANN401 - a leaf, a Fiche, a Liste
    was = old.get(name, Absent(f"{old.path}.{name}".strip(".")))
    now = new.get(name, was)
    if field is None:
        return was
    if field.meta.modification in FREE:
        return now
    if isinstance(was, Fiche) and isinstance(now, Fiche):
        return _fiche(was, now, field)
    if isinstance(was, Liste) and isinstance(now, Liste) and field.item is not None:
        coming = {item["id"]: item for item in now if isinstance(item, Fiche) and "id" in item}
        return Liste([_item(item, coming, field.item) for item in was], was.path)
    return was


def _item(item: Any, coming: dict[Any, Fiche], field: Field) -> Any:  # noqa: ANN401 - a leaf or a Fiche
    mate = coming.get(item.get("id")) if isinstance(item, Fiche) else None
    return _fiche(item, mate, field) if mate is not None else item
