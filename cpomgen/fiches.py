"""What a portfolio needs of contracts ⇄ .cpomgen/fiches.json: each by the content that it was made from."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from cpomgen.acte import Duree
from cpomgen.disk import swap
from cpomgen.fiche import Annonce, FicheContrat

DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError)


class Fiches:
    """The values of a project, kept from one run to the next; those of which nobody asks any more are let go."""

    def __init__(self, root: Path) -> None:
        self.path = root / ".cpomgen" / "fiches.json"
        self.known = _read(self.path)
        self.used: dict[str, dict[str, Any]] = {}

    def of(self, key: str, make: Callable[[], FicheContrat]) -> FicheContrat:
        """Return the value of a content, made when it is not known."""
        with suppress(*DAMAGED):
            fiche = _fiche(self.known[key])
            self.used[key] = self.known[key]
            return fiche
        fiche = make()
        self.used[key] = _record(fiche)
        return fiche

    def keep(self) -> None:
        """Write the values that were asked for; where the disk refuses, they are made again the next time."""
        if self.used.keys() != self.known.keys():
            with suppress(OSError):
                swap(self.path, (json.dumps(self.used, ensure_ascii=False) + "\n").encode())


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """Return the values of a file, none when it is missing or damaged."""
    try:
        found = json.loads(path.read_bytes())
    except DAMAGED:
        return {}
    return found if isinstance(found, dict) else {}


def _record(fiche: FicheContrat) -> dict[str, Any]:
    return {
        "identifiant": fiche.identifiant, "type": fiche.type, "intitule": fiche.intitule, "numero": fiche.numero,
        "qualites": fiche.qualites, "pieces": fiche.pieces,
        "duree": [_said(fiche.duree.effet), fiche.duree.evenement, _said(fiche.duree.terme)],
        "conclusion": _said(fiche.conclusion),
        "avenants": [[each.numero, _said(each.effet), _said(each.le)] for each in fiche.avenants],
        "montants": [[year, str(amount)] for year, amount in fiche.montants],
        "erreurs": fiche.erreurs,
        "manquent": fiche.manquent,
    }  # fmt: skip


def _fiche(record: dict[str, Any]) -> FicheContrat:
    effet, evenement, terme = record["duree"]
    pieces = ((str(nom), tuple(map(str, parts))) for nom, parts in record["pieces"])
    return FicheContrat(
        str(record["identifiant"]), str(record["type"]), str(record["intitule"]), int(record["numero"]),
        tuple(map(str, record["qualites"])), tuple(pieces),
        Duree(_day(effet), str(evenement), _day(terme)), _day(record["conclusion"]),
        tuple(Annonce(int(number), _day(effet), _day(le)) for number, effet, le in record["avenants"]),
        tuple((int(year), Decimal(amount)) for year, amount in record["montants"]), int(record["erreurs"]),
        tuple(map(str, record["manquent"])),
    )  # fmt: skip


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
