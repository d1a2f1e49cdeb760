"""What other contracts need of each → those that bind the same parties over the same days, by contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from cpomgen.disk import fingerprint
from cpomgen.voisin import Voisin


def meeting(voisins: Iterable[Voisin]) -> dict[str, tuple[Voisin, ...]]:
    """Return the contracts that meet others, each with those, found by whom they bind: few are compared."""
    bound: dict[tuple[str, str], list[Voisin]] = defaultdict(list)
    for each in sorted(voisins, key=lambda voisin: voisin.identifiant):
        for couple in each.couples:
            bound[couple].append(each)
    found: dict[str, dict[str, Voisin]] = defaultdict(dict)
    for together in bound.values():
        for one in together:
            others = {each.identifiant: each for each in together if each is not one and one.meets(each)}
            if others:
                found[one.identifiant] |= others
    return {identifiant: tuple(others.values()) for identifiant, others in found.items()}


def digests(voisins: Mapping[str, tuple[Voisin, ...]]) -> dict[str, str]:
    """Return what stands for the contracts that each one meets."""
    return {identifiant: fingerprint(repr(_said(others)).encode()) for identifiant, others in voisins.items()}


def _said(others: tuple[Voisin, ...]) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    ordered = sorted(others, key=lambda each: each.identifiant)
    return [(each.identifiant, str(each.debut), str(each.fin), sorted(each.couples)) for each in ordered]
