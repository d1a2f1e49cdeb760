"""Contrat × Contrat, each with its Schema → the difference of their amounts, by source and exercise, with its sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cpomgen.contrat import Contrat, Fiche, Liste
from cpomgen.ecart import ZERO, Ligne, Poste, Tableau, summed
from cpomgen.schema import Field, Schema, walk

Amounts = Mapping[int, Decimal]


def finances(old: tuple[Contrat, Schema], new: tuple[Contrat, Schema]) -> tuple[Tableau, ...]:
    """Return the tables of amounts, one for each list whose items have them, where anything differs."""
    before, after = dict(_lists(old[1].root)), dict(_lists(new[1].root))
    found = []
    for role in dict.fromkeys((*after, *before)):
        field = (after.get(role) or before[role])[1]
        sides = [
            _sources(contrat.fiche, *lists[role]) if role in lists else {}
            for (contrat, _), lists in ((old, before), (new, after))
        ]
        found.append(_tableau(field.meta.libelle, role, sides[0], sides[1]))
    return tuple(tableau for tableau in found if tableau.changes)


def _lists(root: Field) -> Iterator[tuple[str, tuple[tuple[str, ...], Field]]]:
    """Yield, by role, the way to each list whose items have amounts by exercise, and the list."""
    for path, field in walk(root):
        if field.type == "list" and field.meta.role and field.item and _amounts_field(field.item):
            yield field.meta.role, (path, field)


def _amounts_field(item: Field) -> Field | None:
    return next((each for each in item.fields.values() if each.meta.role == "montants"), None)


def _sources(fiche: Fiche, path: Sequence[str], field: Field) -> Mapping[str, tuple[str, Amounts]]:
    """Return the items of a list by id: their title, their amounts by exercise."""
    found: dict[str, tuple[str, Amounts]] = {}
    item = field.item
    amounts = _amounts_field(item) if item else None
    for each in _items(fiche, path):
        if isinstance(each, Fiche) and item and amounts:
            values = {int(year): Decimal(value) for year, value in (each[amounts.name] or {}).items()}
            found[str(each["id"])] = (str(each.get(item.meta.intitule_par, each["id"])), values)
    return found


def _items(value: Any, path: Sequence[str]) -> Iterator[Any]:  # noqa: ANN401 - a Fiche, a Liste or Absent
    """Yield the items of the lists at a path, lists on the way stepped through."""
    if isinstance(value, Liste):
        for each in value:
            yield from _items(each, path) if path else (each,)
    elif isinstance(value, Fiche) and path:
        yield from _items(value[path[0]], path[1:])


def _tableau(
    libelle: str, role: str, old: Mapping[str, tuple[str, Amounts]], new: Mapping[str, tuple[str, Amounts]]
) -> Tableau:
    years = sorted({year for side in (old, new) for _, amounts in side.values() for year in amounts})
    names = dict.fromkeys((*new, *old))
    lignes = tuple(
        _ligne(name, (new.get(name) or old[name])[0], old.get(name, ("", {}))[1], new.get(name, ("", {}))[1], years)
        for name in names
    )
    sums = [_summed(amounts for _, amounts in side.values()) for side in (old, new)]
    total = _ligne("", "Total", sums[0], sums[1], years)
    if summed(ligne.total for ligne in lignes) != total.total:  # by source, then by exercise
        raise AssertionError(f"the sums of « {libelle} » disagree")  # a bug, told as one
    return Tableau(libelle, role, tuple(years), lignes, total)


def _ligne(name: str, libelle: str, old: Amounts, new: Amounts, years: Sequence[int]) -> Ligne:
    total = Poste(0, *(sum(side.values(), ZERO) if side else None for side in (old, new)))
    return Ligne(name, libelle, tuple(Poste(year, old.get(year), new.get(year)) for year in years), total)


def _summed(sides: Iterator[Amounts]) -> Amounts:
    found: dict[int, Decimal] = {}
    for amounts in sides:
        for year, amount in amounts.items():
            found[year] = found.get(year, ZERO) + amount
    return found
