"""How far contracts and their pieces come, as values: stages, versions that are frozen, deadlines that are over."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cpomgen.fiche import FicheContrat


class Etape(Enum):
    """How far a contract or a piece has come; the value is the French of it."""

    ILLISIBLE = "illisible"
    REDACTION = "en rédaction"
    EN_PARTIE = "arrêté en partie"
    ARRETE = "arrêté"
    EN_SIGNATURE = "signé en partie"
    SIGNE = "signé"
    EN_VIGUEUR = "en vigueur"
    ECHU = "échu"


RANKS = {etape: rank for rank, etape in enumerate(Etape)}


class Arretee(NamedTuple):
    """A version that is frozen: its number, the day, its text; the piece of it that is, when it is not the whole."""

    numero: int
    le: date | None
    fiche: FicheContrat
    piece: str = ""


class Retard(NamedTuple):
    """A deadline that is over: how many days ago, of which documents, who still has to sign; which are not frozen."""

    libelle: str
    le: date
    jours: int
    documents: tuple[str, ...] = ()
    qui: tuple[str, ...] = ()
    redaction: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """Return what is due, of which documents; of those that are late and not even frozen, that they are not."""
        waiting = self.redaction if self.jours > 0 else ()
        named = ", ".join(f"{nom} {Etape.REDACTION.value}" if nom in waiting else nom for nom in self.documents)
        return f"{self.libelle} ({named})" if named else self.libelle


class Piece(NamedTuple):
    """A document of a contract: how far it has come, in which version, who still has to sign it, when it was signed.

    It is `absente` when the contract is to have it, and has nothing of it yet.
    """

    nom: str
    etape: Etape
    version: str
    attendus: tuple[str, ...] = ()
    le: date | None = None
    absente: bool = False
