"""What a portfolio needs of one text of a contract: a small value, which may be kept by the content of its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cpomgen.acte import Duree


class Annonce(NamedTuple):
    """An avenant as the text of a contract announces it: its number, the day it has effect, the day of its act."""

    numero: int
    effet: date | None
    le: date | None


@dataclass(frozen=True, slots=True)
class FicheContrat:
    """What a portfolio needs of a text of a contract, be it its file or that of a version that is frozen.

    `numero` is that of the version (for its file, of the last avenant announced); `pieces` are its documents, each with
    its sections; `montants` are those of its sources by exercise, in euros; `erreurs` counts what keeps it unbuilt;
    `manquent` are the documents that it is to have, and of which it has nothing yet.
    """

    identifiant: str
    type: str
    intitule: str
    numero: int
    qualites: tuple[str, ...]
    pieces: tuple[tuple[str, tuple[str, ...]], ...]
    duree: Duree
    conclusion: date | None
    avenants: tuple[Annonce, ...]
    montants: tuple[tuple[int, Decimal], ...]
    erreurs: int = 0
    manquent: tuple[str, ...] = ()
