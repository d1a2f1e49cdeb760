"""A contract as it was signed, as it is now → what only an avenant may change, and has changed without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cpomgen.contrat import Absent, Contrat, Fiche, Illisible, Liste
from cpomgen.problem import Problem
from cpomgen.schema import Field, Schema

FREE = ("notification", "interne")  # what changes without an avenant


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value, or the order of the items of a list; what its field is called; whether it takes an avenant."""

    value: object
    label: str
    binds: bool


def unannounced(
    before: tuple[Contrat, Schema], now: tuple[Contrat, Schema], signed: int, avenants: Sequence[int]
) -> tuple[Problem, ...]:
    """Return a problem when a contract has changed since `signed`, unless exactly one avenant to come announces it."""
    contrat = now[0]
    changes = changed(leaves(*before), leaves(*now))
    coming = sorted(each for each in avenants if each > signed)
    if not changes or len(coming) == 1:
        return ()
    path, label = next(iter(changes.items()))
    more = f" (et {len(changes) - 1} autres changements)" if len(changes) > 2 else ""  # noqa: PLR2004 - a plural
    more = " (et un autre changement)" if len(changes) == 2 else more  # noqa: PLR2004 - « autre »
    told = f"« {label} » a changé depuis la version v{signed}, qui est signée{more}"
    if coming:
        several = ", ".join(f"n° {each}" for each in coming)
        message = f"{told} ; plusieurs avenants à venir l'annoncent : {several}."
        remedy = "n'en laissez qu'un : arrêtez et signez le premier, ou retirez ceux qui sont abandonnés."
        return (Problem("CPOM632", contrat.mark(path), message, remedy),)
    remedy = f"annoncez-le sous « avenants », par exemple avec numero: {max((signed, *avenants)) + 1}, "
    remedy += "ou revenez au texte signé."
    return (Problem("CPOM631", contrat.mark(path), f"{told}, et aucun avenant ne l'annonce.", remedy),)


def changed(before: Mapping[str, Leaf], now: Mapping[str, Leaf]) -> dict[str, str]:
    """Return the paths of what takes an avenant and is no longer the same, each with its label, in today's order."""
    found = {}
    for path in dict.fromkeys((*now, *before)):
        was, is_ = before.get(path), now.get(path)
        known = [leaf for leaf in (is_, was) if leaf is not None]
        if all(leaf.binds for leaf in known) and not _same(was, is_):
            found[path] = known[0].label
    return found


def _same(was: Leaf | None, is_: Leaf | None) -> bool:
    if was is not None and is_ is not None:
        return was.value == is_.value or _only_items(was.value, is_.value)
    only = was or is_
    return only is not None and isinstance(only.value, tuple)  # a list: its items tell


def _only_items(was: object, now: object) -> bool:
    """Tell whether two lists differ by items added or removed alone, which are told by themselves."""
    if not isinstance(was, tuple) or not isinstance(now, tuple):
        return False
    common = set(was) & set(now)
    return [each for each in was if each in common] == [each for each in now if each in common]


def leaves(contrat: Contrat, schema: Schema) -> dict[str, Leaf]:
    """Return the values of a contract by path, and under the path of a list of items their order."""
    return dict(_leaves(contrat.fiche, schema.root, binds=True))


def _leaves(value: Any, field: Field, *, binds: bool) -> Iterator[tuple[str, Leaf]]:  # noqa: ANN401 - of a contract
    binds = binds and field.meta.modification not in FREE
    if isinstance(value, Fiche):
        for name, child in value.items():
            under = field.values or field.fields.get(str(name))
            if under is not None:
                yield from _leaves(child, under, binds=binds)
    elif isinstance(value, Liste) and field.item is not None:
        if all(isinstance(child, Fiche) for child in value):
            yield value.path, Leaf(tuple(child.path for child in value), field.meta.libelle, binds)
        for child in value:
            yield from _leaves(child, field.item, binds=binds)
    elif not isinstance(value, Absent | Illisible | Liste):
        yield value.path, Leaf(value, field.meta.libelle, binds)
