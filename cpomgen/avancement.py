"""Texts of a contract, facts of signature, a calendar, a day → how far it has come, and each of its pieces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.registre import waiting
from cpomgen.situation import EnCours, Etat, Signe, Situation, signe, situation
from cpomgen.term import later

if TYPE_CHECKING:
    from cpomgen.campagne import Echeance
    from cpomgen.fiche import FicheContrat
    from cpomgen.registre import Signature

YEAR = 12  # months


class Etape(Enum):
    """How far a contract or a piece has come; the value is the French of it."""

    ILLISIBLE = "illisible"
    REDACTION = "en rédaction"
    ARRETE = "arrêté"
    EN_SIGNATURE = "signé en partie"
    SIGNE = "signé"
    EN_VIGUEUR = "en vigueur"
    ECHU = "échu"


RANKS = {etape: rank for rank, etape in enumerate(Etape)}


class Arretee(NamedTuple):
    """A version that is frozen: its number, the day, its text."""

    numero: int
    le: date | None
    fiche: FicheContrat


class Retard(NamedTuple):
    """A deadline that is over: how many days ago, of which documents, who still has to sign."""

    libelle: str
    le: date
    jours: int
    documents: tuple[str, ...] = ()
    qui: tuple[str, ...] = ()


class Piece(NamedTuple):
    """A document of a contract: how far it has come, in which version, who still has to sign it, when it was signed."""

    nom: str
    etape: Etape
    version: str
    attendus: tuple[str, ...] = ()
    le: date | None = None


@dataclass(frozen=True, slots=True)
class Avancement:
    """How far a contract has come on a day: its version, its edition, the avenant under way, its pieces, what is late.

    `montants` are in euros, those of the version that it is in; `probleme` is why it, or a part of it, cannot be read.
    """

    identifiant: str
    etape: Etape
    intitule: str = ""
    version: str = ""
    edition: str = ""
    avenant: str = ""
    attendus: tuple[str, ...] = ()
    effet: date | None = None
    terme: date | None = None
    montants: tuple[tuple[int, Decimal], ...] = ()
    pieces: tuple[Piece, ...] = ()
    retards: tuple[Retard, ...] = ()
    a_venir: tuple[Retard, ...] = ()
    probleme: str = ""

    @property
    def total(self) -> Decimal:
        """Return the sum of its amounts, in euros."""
        return sum((amount for _, amount in self.montants), Decimal(0))

    @property
    def renouvellement(self) -> date | None:
        """Return the day by which its renewal is asked for: a year before its term."""
        return later(self.terme, -YEAR) if self.terme else None


class Textes(NamedTuple):
    """What is known of a contract: its file, its frozen versions, the facts of its register."""

    fiche: FicheContrat
    versions: Sequence[Arretee]
    facts: Sequence[Signature]


def avancement(textes: Textes, calendrier: Collection[Echeance], au: date, probleme: str = "") -> Avancement:
    """Return how far a contract had come on a day, as far as its tags and its register tell."""
    now = textes.fiche
    versions = sorted(each for each in textes.versions if each.le is None or each.le <= au)
    facts = [each for each in textes.facts if each.le <= au]
    known = _Known(now, versions, facts, situation(_acts(now, versions, facts), au, au))
    pieces = tuple(known.pieces())
    own, text = known.etape, known.text
    due = [each for each in calendrier if own is not Etape.ECHU and not _reached(each, known, pieces)]
    told = [_retard(each, known, pieces, au) for each in due]
    return Avancement(
        now.identifiant, own, now.intitule, known.version, known.edition, known.avenant,
        known.attendus, text.duree.effet, text.duree.terme, text.montants, pieces,
        tuple(sorted((each for each in told if each.jours > 0), key=lambda each: each.le)),
        tuple(sorted((each for each in told if each.jours <= 0), key=lambda each: each.le)), probleme,
    )  # fmt: skip


def unread(identifiant: str, probleme: str) -> Avancement:
    """Return the line of a contract that cannot be read."""
    return Avancement(identifiant, Etape.ILLISIBLE, probleme=probleme)


def _acts(now: FicheContrat, versions: Sequence[Arretee], facts: Sequence[Signature]) -> Iterator[Signe | EnCours]:
    """Yield the acts that facts make signed, in part at least; one without its tag is read as the contract stands."""
    fiches = {each.numero: each.fiche for each in versions}
    for number in sorted({each.version for each in facts}):
        fiche = fiches.get(number, now)
        own = [each for each in facts if each.version == number]
        sections = dict(fiche.pieces) if any(each.piece for each in own) else {}
        yield signe(number, own, fiche.qualites, sections, fiche.duree)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a day knew of a contract: its file, the versions frozen, the facts, what is in force."""

    now: FicheContrat
    versions: Sequence[Arretee]
    facts: Sequence[Signature]
    found: Situation

    @property
    def etape(self) -> Etape:
        """Return how far the contract has come."""
        known = {Etat.EN_VIGUEUR: Etape.EN_VIGUEUR, Etat.TERMINE: Etape.ECHU}
        if self.found.etat is not Etat.NON_SIGNE:
            return known.get(self.found.etat, Etape.SIGNE)
        if self.found.en_cours:
            return Etape.EN_SIGNATURE
        return Etape.ARRETE if self.versions else Etape.REDACTION

    @property
    def current(self) -> int | None:
        """Return the number of the version that the contract is in: in force, else signed, else frozen; None."""
        signed = self.found.actes or self.found.a_venir
        numbers = [each.numero for each in (self.found.actes[-1:] or signed[:1])]
        return next(iter((*numbers, *(each.numero for each in self.versions))), None)

    @property
    def text(self) -> FicheContrat:
        """Return the text of that version, that of the file without any."""
        return next((each.fiche for each in self.versions if each.numero == self.current), self.now)

    @property
    def version(self) -> str:
        """Return what that version is called."""
        return "" if self.current is None else f"v{self.current}"

    @property
    def edition(self) -> str:
        """Return the edition that its documents are of."""
        if self.current is None:
            return "projet"
        if RANKS[self.etape] < RANKS[Etape.SIGNE]:
            return "à signer"
        return "consolidé" if self.current else "signé"

    @property
    def avenant(self) -> str:
        """Return the avenant that is under way, after the version that the contract is in, and how far it has come."""
        if RANKS[self.etape] < RANKS[Etape.SIGNE]:
            return ""
        states = {each.numero: "annoncé" for each in self.now.avenants}
        states |= {each.numero: "arrêté" for each in self.versions}
        states |= {each.numero: "signé en partie" for each in self.found.en_cours}
        states |= {each.numero: "signé" for each in self.found.a_venir}
        later_ = [number for number in states if number > (self.current or 0)]
        return ", ".join(f"avenant n° {number} {states[number]}" for number in sorted(later_))

    @property
    def attendus(self) -> tuple[str, ...]:
        """Return who still has to sign: an act that some have signed, else a version that is frozen."""
        if self.found.en_cours:
            return self.found.en_cours[0].attendus
        return self.text.qualites if self.etape is Etape.ARRETE else ()

    def pieces(self) -> Iterator[Piece]:
        """Yield the documents of the contract, each as far as it has come."""
        for nom, sections in self.text.pieces:
            yield self.piece(nom, sections)

    def piece(self, nom: str, sections: tuple[str, ...]) -> Piece:
        """Return how far a document has come: in the last version that says it signed, as a whole or in part."""
        for version in reversed(self.versions):
            told = {part: list(self.said(version, part)) for part in sections}
            if not any(told.values()):
                continue
            left = dict.fromkeys(who for same in told.values() for who in waiting(same, version.fiche.qualites))
            days = [each.le for same in told.values() for each in same]
            if not left and all(told.values()):
                return Piece(
                    nom, max(self.etape, Etape.SIGNE, key=RANKS.__getitem__), f"v{version.numero}", (), max(days)
                )
            return Piece(nom, Etape.EN_SIGNATURE, f"v{version.numero}", tuple(left) or version.fiche.qualites)
        if self.versions and self.versions[0].numero == (self.current or 0):
            return Piece(nom, Etape.ARRETE, self.version, self.text.qualites)
        return Piece(nom, Etape.REDACTION if not self.versions else self.etape, self.version)

    def said(self, version: Arretee, part: str) -> Iterator[Signature]:
        """Yield the facts that a section of a version is signed by."""
        pieces = dict(version.fiche.pieces)
        for each in self.facts:
            if each.version == version.numero and (not each.piece or part in pieces.get(each.piece, ())):
                yield each


def _concerned(due: Echeance, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the documents that a deadline is about: all of them when it names none."""
    return [each for each in pieces if not due.documents or each.nom in due.documents]


def _reached(due: Echeance, known: _Known, pieces: Sequence[Piece]) -> bool:
    """Tell whether a contract has reached what a deadline asks for, or is not concerned by it."""
    concerned = _concerned(due, pieces)
    if due.documents and not concerned and known.now.pieces:
        return True
    if due.etape == "redaction":
        return bool(known.versions) or not known.now.erreurs
    if due.etape == "arret":
        return bool(known.versions)
    signed = RANKS[Etape.SIGNE]
    if not due.documents:
        return RANKS[known.etape] >= signed and not any(each.a_signer for each in known.found.actes[:1])
    return all(RANKS[each.etape] >= signed for each in concerned)


def _retard(due: Echeance, known: _Known, pieces: Sequence[Piece], au: date) -> Retard:
    """Return a deadline that is not reached, how many days ago it was (none yet: 0 or less), who is waited for."""
    qui: tuple[str, ...] = ()
    if due.etape == "signature":
        waited = (who for each in _concerned(due, pieces) for who in each.attendus)
        qui = tuple(dict.fromkeys(waited)) or known.attendus
    return Retard(due.libelle, due.le, (au - due.le).days, due.documents, qui)
