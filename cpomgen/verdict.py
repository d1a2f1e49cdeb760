"""What is answered of a file: one of six things, told in words or in JSON, each with an exit status of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from cpomgen.retold import retouches_record
from cpomgen.wording import combien, enumere, jour, nombre

if TYPE_CHECKING:
    from cpomgen.appended import Appended
    from cpomgen.gittree import Recorded
    from cpomgen.retouche import Retouches

FINE = 0


class Answer(Enum):
    """What a file is; the value is the French words."""

    IDENTIQUE = "identique"
    SIGNE = "identique, puis signé"
    AUTRE_REVISION = "fait d’une autre révision"
    TEXTE_EGAL = "mêmes données, texte égal"
    ALTERE = "altéré, ou inconnu ici"
    SANS_EMPREINTE = "sans empreinte"

    @property
    def status(self) -> int:
        """Return the exit status that tells it."""
        return STATUS[self]


STATUS = {
    Answer.IDENTIQUE: FINE, Answer.SIGNE: FINE, Answer.AUTRE_REVISION: 4, Answer.TEXTE_EGAL: 5, Answer.ALTERE: 6,
    Answer.SANS_EMPREINTE: 7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origine:
    """What a file was made from, as an officer calls it, and what git has of it.

    `etiquette` is the tag of a version that is frozen, `arretee` its day; `revision` is the commit that first had all
    that the file is made of, `ligne` the one that first had that very text of the contract.
    """

    identifiant: str
    document: str
    source: str
    edition: str
    fichier: str
    etiquette: str = ""
    arretee: date | None = None
    revision: Recorded | None = None
    ligne: Recorded | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is answered of a file, what it was made from, what was added to its end, what else is known, in words."""

    fichier: str
    answer: Answer
    origine: Origine | None = None
    ajout: Appended | None = None
    faits: tuple[str, ...] = ()
    retouches: Retouches | None = None


def lines(verdict: Verdict) -> Iterator[str]:
    """Yield what is told of a file, but what a hand has changed in its text."""
    yield f"{verdict.fichier} : {verdict.answer.value}"
    known = (*_origine(verdict.origine), *_ajout(verdict), *verdict.faits)
    yield from (f"    {line}" for line in known)


def _origine(origine: Origine | None) -> Iterator[str]:
    """Yield what a file was made from, down to the commit that holds the contract that it says."""
    if origine is None:
        return
    yield f"contrat {origine.identifiant}, {origine.document}, {origine.source} ({origine.edition})"
    if origine.etiquette:
        day = f", posée le {jour(origine.arretee)}" if origine.arretee else ""
        yield f"étiquette git {origine.etiquette}{day}"
    if origine.revision:
        yield f"textes réunis dans git depuis {_commit(origine.revision)}"
    if origine.ligne:
        yield f"{origine.fichier}, tel que l’a enregistré {_commit(origine.ligne)}"
    else:
        yield f"{origine.fichier}, tel qu’il est ici : git ne l’a pas encore"


def _commit(commit: Recorded) -> str:
    return f"{commit.name}, le {jour(commit.day)} (« {commit.subject} »)"


def _ajout(verdict: Verdict) -> Iterator[str]:
    """Yield what was added to the end of a PDF."""
    added = verdict.ajout
    if added is None:
        return
    octets = f"{nombre(added.octets)} octet{'s' if added.octets > 1 else ''}"
    yield f"les octets de cpomgen y sont tous, suivis de {octets}"
    if added.signatures:
        pages = enumere([str(page) for page in added.affichees])
        shown = f", qui s’affiche page{'s' if added.affichees[1:] else ''} {pages}" if pages else ""
        told = "cpomgen ne dit pas de qui, un lecteur de PDF le vérifie"
        yield f"{combien(added.signatures, 'signature électronique')}{shown} : {told}"
    elif verdict.answer is Answer.SIGNE:
        yield "aucune signature électronique n’est reconnue dans ce qui suit"
    yield from added.autres


def record(verdict: Verdict) -> dict[str, Any]:
    """Return what is answered of a file, as JSON has it."""
    added, origine = verdict.ajout, verdict.origine
    found: dict[str, Any] = {
        "fichier": verdict.fichier,
        "reponse": verdict.answer.name.lower(),
        "code": verdict.answer.status,
        "origine": _record(origine) if origine else None,
        "ajout": asdict(added) if added else None,
        "faits": verdict.faits,
    }
    return found | ({"retouches": retouches_record(verdict.retouches)} if verdict.retouches else {})


def _record(origine: Origine) -> dict[str, Any]:
    return {
        "contrat": origine.identifiant, "document": origine.document, "version": origine.source,
        "edition": origine.edition, "fichier": origine.fichier, "etiquette": origine.etiquette,
        "arretee": origine.arretee.isoformat() if origine.arretee else None,
        "revision": _recorded(origine.revision), "ligne": _recorded(origine.ligne),
    }  # fmt: skip


def _recorded(commit: Recorded | None) -> dict[str, str] | None:
    return {"commit": commit.name, "jour": commit.day.isoformat(), "objet": commit.subject} if commit else None
