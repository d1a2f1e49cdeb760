"""What a day knew of a contract: texts, facts of signature, what is in force → how far it has come, and each piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpomgen.etape import RANKS, Arretee, Etape, Piece
from cpomgen.registre import waiting
from cpomgen.situation import Etat

if TYPE_CHECKING:
    from cpomgen.fiche import FicheContrat
    from cpomgen.registre import Signature
    from cpomgen.situation import Situation


@dataclass(frozen=True, slots=True)
class Connu:
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
