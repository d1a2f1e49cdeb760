"""Dossier → the last day on which the contract may be signed, and how a message tells it."""

from __future__ import annotations

from datetime import date

from cpomgen.rules.avenants import numbered
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


def act_day(dossier: Dossier) -> date | None:
    """Return the day when the last act is to be signed: that of the last avenant, else the contract's."""
    last = next(reversed(numbered(dossier)), None)
    return last.day("date_avenant") if last else last_day(dossier)


def told_of_act(dossier: Dossier) -> str:
    """Return « la signature » of the last act, with its day."""
    day = act_day(dossier)
    return f"la signature de son dernier avenant, le {jour(day)}" if numbered(dossier) and day else told(dossier)
