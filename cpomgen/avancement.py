"""Texts of a contract, facts of signature, a calendar, a day → how far it has come, and each of its pieces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.connu import Connu
from cpomgen.echeances import is_reached, retard
from cpomgen.etape import Arretee, Etape, Piece, Retard
from cpomgen.situation import EnCours, Signe, signe, situation
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
    one = Connu(now, stock, apart, facts, situation(_acts(now, stock, facts), au, au))
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
