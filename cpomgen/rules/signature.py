"""Dossier → the last day on which the contract may be signed, and how a message tells it."""

from __future__ import annotations

from datetime import date

from cpomgen.rules.dossier import Dossier
from cpomgen.wording import jour


def last_day(dossier: Dossier) -> date | None:
    """Return the day when it is to be signed, else that of its effect; None when effect may precede signature."""
    unknown = dossier.one("effet_retroactif") or dossier.one("date_conclusion")
    late = None if unknown else dossier.effet
    return dossier.signature or late


def told(dossier: Dossier) -> str:
    """Return « la signature » with its day and, when it is not that expected, the reason why it is the last."""
    day = last_day(dossier)
    if day is None or dossier.signature:
        return f"la signature prévue le {jour(day)}" if day else "la signature"
    return f"la signature, au plus tard le {jour(day)} puisqu'aucune clause ne fait remonter l'effet"
