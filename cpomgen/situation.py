"""Acts that are signed, two days → what is in force on the one, as the register knew it on the other; so told."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from cpomgen.registre import waiting
from cpomgen.wording import jour

if TYPE_CHECKING:
    from cpomgen.acte import Duree
    from cpomgen.registre import Signature

WHOLE = ""  # a contract of which no piece is signed apart, as one section


class Etat(Enum):
    """Where a contract stands on a day; the value is the French of it."""

    NON_SIGNE = "aucune version n'est signée"
    A_VENIR = "signé, pas encore en vigueur"
    INCONNU = "le texte de ce jour n'a pas été repris ici"
    EN_VIGUEUR = "en vigueur"
    TERMINE = "a pris fin"


@dataclass(frozen=True, slots=True)
class Signe:
    """An act that is signed, but for sections signed apart: on which day at last, since when it has effect, its term.

    It has no day of effect when that hangs on an event.
    """

    numero: int
    le: date
    effet: date | None
    evenement: str
    terme: date | None
    a_signer: tuple[str, ...] = ()
    importe: bool = False

    def has_effect(self, on: date) -> bool:
        """Tell whether the act has effect on a day; one that an event gives effect may, from its signature on."""
        return (self.effet or self.le) <= on


@dataclass(frozen=True, slots=True)
class EnCours:
    """An act that some have signed; the qualities of those who have not."""

    numero: int
    attendus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """What is in force on `au`, as known on `connu_le`: the acts that make it up, those to come, those being signed."""

    au: date
    connu_le: date
    etat: Etat
    actes: tuple[Signe, ...] = ()
    a_venir: tuple[Signe, ...] = ()
    en_cours: tuple[EnCours, ...] = ()

    @property
    def last(self) -> Signe | None:
        """Return the act whose version is the text of that day, None when there is none."""
        return self.actes[-1] if self.actes else None


def signe(
    number: int,
    facts: Collection[Signature],
    qualites: Sequence[str],
    sections: Mapping[str, Collection[str]],
    on: Duree,
) -> Signe | EnCours:
    """Return what facts make of an act; `sections` are those of each piece, in the order of the contract.

    It is signed once its first section is, the others may be signed later.
    """
    parts = tuple(dict.fromkeys(part for piece in sections.values() for part in piece)) or (WHOLE,)
    told = {part: [each for each in facts if not each.piece or part in sections.get(each.piece, ())] for part in parts}
    left = {part: waiting(same, qualites) if same else tuple(qualites) for part, same in told.items()}
    unsigned = tuple(part for part, same in told.items() if left[part] or not same)
    if parts[0] in unsigned:
        return EnCours(number, left[parts[0]])
    days = {part: max(each.le for each in told[part]) for part in parts if part not in unsigned}
    effet = on.effet or (None if on.evenement else days[parts[0]])
    importe = any(each.importe for each in facts)
    return Signe(number, max(days.values()), effet, on.evenement, on.terme, unsigned, importe)


def situation(found: Iterable[Signe | EnCours], au: date, connu_le: date) -> Situation:
    """Return what is in force on a day, of the acts known on another."""
    known = sorted(found, key=lambda each: each.numero)
    signed = [each for each in known if isinstance(each, Signe)]
    en_cours = tuple(each for each in known if isinstance(each, EnCours))
    last = max((each.numero for each in signed if each.has_effect(au)), default=-1)
    actes, a_venir = ([each for each in signed if (each.numero <= last) is within] for within in (True, False))
    if not signed:
        etat = Etat.NON_SIGNE
    elif not actes:
        etat = Etat.INCONNU if signed[0].numero else Etat.A_VENIR
    else:
        etat = Etat.TERMINE if (terme := actes[-1].terme) and terme < au else Etat.EN_VIGUEUR
    return Situation(au, connu_le, etat, tuple(actes), tuple(a_venir), en_cours)


def nom(number: int) -> str:
    """Return what an act is called."""
    return f"avenant n° {number}" if number else "contrat"


def verdict(identifiant: str, found: Situation) -> str:
    """Return in one sentence what is in force."""
    last, etat = found.last, found.etat.value
    if last and found.etat is Etat.EN_VIGUEUR:
        etat += f" dans sa version v{last.numero}"
        hangs = next((each for each in found.actes if each.effet is None), None)
        etat += f", si cet événement est survenu : {hangs.evenement}" if hangs else ""
    elif last and last.terme:
        etat += f" le {jour(last.terme)}"
    return f"{identifiant}, au {jour(found.au)}, tel que connu le {jour(found.connu_le)} : {etat}."


def lignes(identifiant: str, found: Situation) -> Iterator[str]:
    """Yield the lines of a terminal: what is in force, the acts that make it up, the term, what is to come."""
    yield verdict(identifiant, found)
    for act in found.actes:
        early = f" ; le texte de la version v{found.actes[-1].numero} le contient déjà"
        yield f"  {_told(act, found.au, early)}"
    if found.last and found.last.terme and found.etat is Etat.EN_VIGUEUR:
        yield f"  terme : {jour(found.last.terme)}"
    for act in found.a_venir:
        yield f"  à venir : {_told(act, found.au)}"
    for each in found.en_cours:
        yield f"  en cours de signature : {nom(each.numero)}{_list(' ; reste à signer : ', each.attendus)}"


def _told(act: Signe, au: date, early: str = "") -> str:
    """Return an act with its days, and what a reader should know of them; `early` is said of one without effect yet."""
    effet = f"effet le {jour(act.effet)}" if act.effet else f"effet à cet événement : {act.evenement}"
    told = f"{nom(act.numero)} : signé{' ailleurs' if act.importe else ''} le {jour(act.le)}, {effet}"
    if act.effet and act.effet <= au < act.le:
        told += " (signé après le jour demandé : l'effet est rétroactif)"
    elif act.effet and act.effet > au:
        told += f" (pas encore, le jour demandé{early})"
    return f"{told}{_list(' ; pas encore signé : ', act.a_signer)}"


def _list(head: str, names: Sequence[str]) -> str:
    return f"{head}{', '.join(names)}" if names else ""


def as_json(identifiant: str, found: Situation, texte: Sequence[str] | None = None) -> str:
    """Return a situation as one JSON object, days as AAAA-MM-JJ; with its text, line by line, when it is given."""
    last = found.last
    record: dict[str, Any] = {
        "identifiant": identifiant,
        **asdict(found),
        "etat": found.etat.name.lower(),
        "version": last.numero if last and found.etat is Etat.EN_VIGUEUR else None,
        "terme": last.terme if last else None,
    }
    record |= {"texte": list(texte)} if texte is not None else {}
    return json.dumps(record, ensure_ascii=False, indent=2, default=date.isoformat)
