"""Contrat → what its documents are made with: the names that templates see, the time that files bear."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from cpomgen.contrat import Contrat, Fiche
from cpomgen.edition import Edition
from cpomgen.filters import Numbers


def dawn(contrat: Contrat) -> datetime:
    """Return the time that documents bear: no document depends on the day it is built."""
    return datetime.combine(contrat.debut, time(), UTC)


def scope_of(contrat: Contrat, edition: Edition, fingerprint: str) -> dict[str, Any]:
    """Return what templates see: the contract's fields, its exercises, the edition, the version and its fingerprint."""
    return {
        **contrat.fiche,
        "exercices": contrat.exercices,
        "edition": Fiche({"mention": edition.value}, "edition"),
        "version": f"v0 ({fingerprint[:8]})",
        "empreinte": fingerprint[:8],
        "numeros": Numbers(),
    }
