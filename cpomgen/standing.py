"""What of a contract is signed, announced, frozen, and how it has changed since → where it stands with its avenant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from cpomgen.changed import DUE, SEVERAL
from cpomgen.problem import Problem


class Etat(Enum):
    """Where a contract stands with its avenant; the value is the French of it."""

    NON_SIGNE = "contrat non signé"
    SANS_OBJET = "aucun avenant nécessaire"
    A_ANNONCER = "avenant à annoncer"
    PLUSIEURS = "plusieurs avenants annoncés"
    ANNONCE = "avenant annoncé"
    PREPARE = "avenant arrêté pour signature"
    DEPASSE = "avenant arrêté, puis modifié"
    INCONNU = "avenant à vérifier"


WANTING = {DUE: Etat.A_ANNONCER, SEVERAL: Etat.PLUSIEURS}


class Stade(NamedTuple):
    """Where a contract stands with its avenant: its number when there is one, the last version that is signed."""

    etat: Etat = Etat.NON_SIGNE
    numero: int | None = None
    signee: int | None = None


def standing(signed: int | None, coming: Sequence[int], frozen: Mapping[int, bool], since: Iterable[Problem]) -> Stade:
    """Return where a contract stands with its avenant, from what is signed, what it announces, what is frozen.

    `frozen` tells of a version that is frozen whether the contract is still the same.
    """
    if signed is None:
        return Stade()
    due = next((WANTING[each.code] for each in since if each.code in WANTING), None)
    if due:
        return Stade(due, None, signed)
    if not coming:
        return Stade(Etat.SANS_OBJET, None, signed)
    number = min(coming)
    etats = {None: Etat.ANNONCE, True: Etat.PREPARE, False: Etat.DEPASSE}
    return Stade(etats[frozen.get(number)], number, signed)
