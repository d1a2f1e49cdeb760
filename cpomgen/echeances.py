"""A deadline, how far a contract and its documents have come → whether it is reached; if not, by which, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cpomgen.etape import RANKS, Etape, Piece, Retard

if TYPE_CHECKING:
    from datetime import date

    from cpomgen.campagne import Echeance
    from cpomgen.connu import Connu

ASKED = {"arret": RANKS[Etape.ARRETE], "signature": RANKS[Etape.SIGNE]}  # the ranks that stages of a deadline ask for


def is_reached(due: Echeance, known: Connu, pieces: Sequence[Piece]) -> bool:
    """Tell whether a contract has reached what a deadline asks for, or is not concerned by it."""
    if due.types and known.now.type not in due.types:
        return True
    if due.documents and (known.now.pieces or known.versions):
        return not _late(due, known, pieces)
    whole = bool(known.versions) and not known.in_part
    if due.etape == "redaction":
        return whole or not (known.now.erreurs or known.now.manquent)
    if due.etape == "arret":
        return whole
    return (
        RANKS[known.etape] >= RANKS[Etape.SIGNE] and whole and not any(each.a_signer for each in known.found.actes[:1])
    )


def retard(due: Echeance, known: Connu, pieces: Sequence[Piece], au: date) -> Retard:
    """Return a deadline that is not reached, how many days ago it was (none yet: 0 or less), who is waited for."""
    late = _late(due, known, pieces)
    qui: tuple[str, ...] = ()
    if due.etape == "signature":
        waited = (who for each in late for who in each.attendus)
        qui = tuple(dict.fromkeys(waited)) or (() if due.documents else known.attendus)
    asked = due.etape != "redaction"
    unfrozen = tuple(each.nom for each in late if asked and each.etape is Etape.REDACTION)
    documents = tuple(each.nom for each in late) if due.documents and late else due.documents
    return Retard(due.libelle, due.le, (au - due.le).days, documents, qui, unfrozen)


def _late(due: Echeance, known: Connu, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the documents that have not reached what a deadline asks of them: of all of them when it names none."""
    concerned = (each for each in pieces if not due.documents or each.nom in due.documents)
    if due.etape == "redaction":
        unwritten = Etape.REDACTION if known.now.erreurs else None
        return [each for each in concerned if each.absente or each.etape is unwritten]
    return [each for each in concerned if RANKS[each.etape] < ASKED[due.etape]]
