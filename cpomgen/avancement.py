"""Texts of a contract, facts of signature, a calendar, a day → how far it has come, and each of its pieces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.echeances import is_reached, retard
from cpomgen.etape import RANKS, Arretee, Etape, Piece, Retard
from cpomgen.registre import waiting
from cpomgen.situation import EnCours, Etat, Signe, Situation, signe, situation
from cpomgen.term import later

if TYPE_CHECKING:
    from cpomgen.campagne import Echeance
    from cpomgen.fiche import FicheContrat
    from cpomgen.registre import Signature

YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class Avancement:
    """How far a contract has come on a day: its version, its edition, the avenant under way, its pieces, what is late.

    `montants` are in euros, those of the version that it is in; `probleme` is why it, or a part of it, cannot be read.
    It `is_apart` when its pieces are frozen one by one.
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
    is_apart: bool = False

    @property
    def total(self) -> Decimal:
        """Return the sum of its amounts, in euros."""
        return sum((amount for _, amount in self.montants), Decimal(0))

    @property
    def renouvellement(self) -> date | None:
        """Return the day by which its renewal is asked for: a year before its term."""
        return later(self.terme, -YEAR) if self.terme else None


class Textes(NamedTuple):
    """What is known of a contract: its file, its frozen versions and pieces, the facts of its register."""

    fiche: FicheContrat
    versions: Sequence[Arretee]
    facts: Sequence[Signature]


def avancement(textes: Textes, calendrier: Collection[Echeance], au: date, probleme: str = "") -> Avancement:
    """Return how far a contract had come on a day, as far as its tags and its register tell."""
    now = textes.fiche
    known = [each for each in textes.versions if each.le is None or each.le <= au]
    versions, apart = ([each for each in known if bool(each.piece) is wanted] for wanted in (False, True))
    facts = [each for each in textes.facts if each.le <= au]
    versions.sort(key=lambda each: each.numero)
    apart.sort(key=lambda each: (each.le or au, each.piece))
    stock = versions or _in_part(now, apart)
    one = _Known(now, stock, apart, facts, situation(_acts(now, stock, facts), au, au))
    pieces = tuple(one.pieces())
    own, text = one.etape, one.text
    due = [each for each in calendrier if own is not Etape.ECHU and not is_reached(each, one, pieces)]
    told = [retard(each, one, pieces, au) for each in due]
    return Avancement(
        now.identifiant, own, now.intitule, one.version, one.edition, one.avenant,
        one.attendus, text.duree.effet, text.duree.terme, text.montants, pieces,
        tuple(sorted((each for each in told if each.jours > 0), key=lambda each: each.le)),
        tuple(sorted((each for each in told if each.jours <= 0), key=lambda each: each.le)), probleme, bool(apart),
    )  # fmt: skip


def _in_part(now: FicheContrat, apart: Sequence[Arretee]) -> list[Arretee]:
    """Return the version that pieces make as long as the whole is not frozen: as the last of them, with all pieces."""
    return [each._replace(fiche=replace(each.fiche, pieces=now.pieces or each.fiche.pieces)) for each in apart[-1:]]


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
    """What a day knew of a contract: its file, versions frozen, pieces frozen apart, facts, what is in force.

    As long as the whole is not frozen, one version stands for its pieces.
    """

    now: FicheContrat
    versions: Sequence[Arretee]
    apart: Sequence[Arretee]
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
        if self.in_part:
            return Etape.EN_PARTIE
        return Etape.ARRETE if self.versions else Etape.REDACTION

    @property
    def in_part(self) -> bool:
        """Tell whether pieces of it are frozen while the whole is not."""
        return any(each.piece for each in self.versions)

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
        if self.in_part:
            return "en partie"
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
        return self.text.qualites if self.etape in (Etape.ARRETE, Etape.EN_PARTIE) else ()

    def pieces(self) -> Iterator[Piece]:
        """Yield the documents of the contract, each as far as it has come."""
        for nom, sections in self.text.pieces:
            yield self.piece(nom, sections)
        yield from (Piece(nom, Etape.REDACTION, "", absente=True) for nom in self.lacking)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return the documents that the contract is yet to have, when the version that it is in lacks them too."""
        return tuple(nom for nom in self.now.manquent if nom not in dict(self.text.pieces))

    def piece(self, nom: str, sections: tuple[str, ...]) -> Piece:
        """Return how far a document has come: in the last version that says it signed, as a whole or in part."""
        for version in reversed(self.versions):
            told = {part: list(self.said(version, part)) for part in sections}
            if not any(told.values()):
                continue
            left = dict.fromkeys(who for same in told.values() for who in waiting(same, version.fiche.qualites))
            days = [each.le for same in told.values() for each in same]
            if not left and all(told.values()) and not self.is_unfinished(nom, sections):
                return Piece(
                    nom, max(self.etape, Etape.SIGNE, key=RANKS.__getitem__), f"v{version.numero}", (), max(days)
                )
            qui = tuple(left) or (() if self.is_unfinished(nom, sections) else version.fiche.qualites)
            return Piece(nom, Etape.EN_SIGNATURE, f"v{version.numero}", qui)
        if self.in_part:
            return self.piece_apart(nom, sections)
        if self.versions and self.versions[0].numero == (self.current or 0):
            return Piece(nom, Etape.ARRETE, self.version, self.text.qualites)
        return Piece(nom, Etape.REDACTION if not self.versions else self.etape, self.version)

    def is_unfinished(self, nom: str, sections: tuple[str, ...]) -> bool:
        """Tell whether a document is the contract itself, as long as only pieces of it are frozen: it lacks others."""
        known = {part for _, parts in self.text.pieces for part in parts}
        return self.in_part and nom not in {each.piece for each in self.apart} and known <= set(sections)

    def piece_apart(self, nom: str, sections: tuple[str, ...]) -> Piece:
        """Return how far a document that nobody has signed has come, when pieces are frozen one by one."""
        frozen = {each.piece: each for each in self.apart}
        if nom in frozen:
            return Piece(nom, Etape.ARRETE, self.version, frozen[nom].fiche.qualites)
        known = {part for each in self.apart for part in dict(each.fiche.pieces).get(each.piece, ())}
        return Piece(nom, Etape.EN_PARTIE if known & set(sections) else Etape.REDACTION, self.version)

    def said(self, version: Arretee, part: str) -> Iterator[Signature]:
        """Yield the facts that a section of a version is signed by."""
        pieces = dict(version.fiche.pieces)
        for each in self.facts:
            if each.version == version.numero and (not each.piece or part in pieces.get(each.piece, ())):
                yield each
