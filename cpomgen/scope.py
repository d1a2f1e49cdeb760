"""Contrat → what its documents are made with: the names that templates see, the time that files bear."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from cpomgen.contrat import Absent, Contrat, Fiche
from cpomgen.edition import Edition
from cpomgen.filters import Numbers

if TYPE_CHECKING:
    from cpomgen.modele import Modele


def dawn(contrat: Contrat, day: date | None = None) -> datetime:
    """Return the time that documents bear, that of a day or of the contract: none depends on the day it is built."""
    return datetime.combine(day or contrat.debut, time(), UTC)


def named(number: int) -> str:
    """Return what documents call a version: the contract as it was concluded, or after an avenant."""
    return f"avenant n°\u00a0{number}" if number else "v0"


def scope_of(contrat: Contrat, modele: Modele, edition: Edition, fingerprint: str, number: int = 0) -> dict[str, Any]:
    """Return what templates see: the contract's fields, its exercises, its words, the edition, the fingerprint."""
    return {
        **contrat.fiche,
        "exercices": contrat.exercices,
        "edition": Fiche({"mention": edition.mention(number), "consolide": edition.is_consolidated}, "edition"),
        "consolidation": Absent("consolidation"),
        "version": f"{named(number)} ({fingerprint[:8]})",
        "empreinte": fingerprint[:8],
        "numeros": Numbers(),
        "mots": modele.words(contrat.fiche),
        "appels": modele.appels(contrat.fiche),
    }
