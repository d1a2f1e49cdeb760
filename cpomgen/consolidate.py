"""What avenants changed in turn → what closes the text as it stands, under the name `consolidation`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cpomgen.contrat import Entier, Fiche, Ligne, Liste
from cpomgen.designation import NBSP
from cpomgen.operation import Action
from cpomgen.registre import concluded
from cpomgen.retrace import Etape, Passage, retrace
from cpomgen.wording import enumere, jour, majuscule

if TYPE_CHECKING:
    from cpomgen.acte import Avenant
    from cpomgen.outcome import Projet

PATH = "consolidation"
NOUNS = {
    Action.REMPLACER: "modification",
    Action.INSERER: "ajout",
    Action.SUPPRIMER: "suppression",
    Action.DEPLACER: "déplacement",
}
PENDING, FROZEN, UNKNOWN = "en préparation", "à signer", "date non enregistrée"
AT_SIGNATURE, AS_AGREED = "à sa signature", "comme il le stipule"
FROM_FILE = (
    "Le texte de départ est pris d’un fichier : les passages que des avenants antérieurs auraient modifiés ne sont pas "
    "connus ici."
)


def consolidate(
    projet: Projet, etapes: Sequence[Etape], avenants: Sequence[Avenant], base: int | None, *, settled: bool = False
) -> Fiche:
    """Return what the closing section prints; `etapes` are those known, the first first, from the version `base` on.

    `base` is None for a text of which no version is frozen; the last avenant is to be signed when `settled`.
    """
    told = _Told(projet, avenants, settled=settled)
    grouped = _grouped(etapes, base, [each.numero for each in avenants])
    return Fiche(
        {
            "numero": Entier(projet.avenant.numero, f"{PATH}.numero"),
            "actes": Liste(told.acts(), f"{PATH}.actes"),
            "lacunes": Liste((Ligne(each, PATH) for each in _gaps(grouped, base, avenants)), f"{PATH}.lacunes"),
            "passages": Liste((told.passage(each, grouped) for each in retrace(etapes)), f"{PATH}.passages"),
        },
        PATH,
    )


def _grouped(etapes: Sequence[Etape], base: int | None, announced: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return, by the number of each step, the avenants whose changes it holds: one, unless a version is missing."""
    starts = [base if base is not None else etapes[0].numero - 1, *(each.numero for each in etapes)]
    return {
        each.numero: tuple(number for number in announced if start < number <= each.numero) or (each.numero,)
        for start, each in zip(starts, etapes, strict=False)
    }


def _gaps(grouped: dict[int, tuple[int, ...]], base: int | None, avenants: Sequence[Avenant]) -> Iterator[str]:
    """Yield a sentence for each thing that is not known."""
    earlier = [each.numero for each in avenants if base and each.numero <= base]
    if base is None:
        yield FROM_FILE
    elif base:
        yield f"Les passages modifiés par {_named(earlier or [base])} ne sont pas connus ici : {_first(base)}"
    for number, numbers in grouped.items():
        if lacking := [each for each in numbers if each != number]:
            told = f"Les modifications apportées par {_named(lacking)}, dont la version manque ici, sont dites avec"
            yield f"{told} {_named([number])}."


def _first(base: int) -> str:
    return f"la première version tenue ici est celle qui suit l’avenant n°{NBSP}{base}."


def _named(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"l’avenant n°{NBSP}{numbers[0]}"
    return f"les avenants n°{NBSP}{enumere([str(each) for each in numbers])}"


class _Told:
    """The avenants of a contract, with what is told of each."""

    def __init__(self, projet: Projet, avenants: Sequence[Avenant], *, settled: bool) -> None:
        self.projet = projet
        self.avenants = {each.numero: each for each in avenants if each.numero <= projet.avenant.numero}
        self.settled = settled

    def signature(self, number: int) -> str:
        """Return the day on which an avenant was signed, or where it stands."""
        facts, own = self.projet.signed, number == self.projet.avenant.numero
        day = concluded(facts, number) or (None if own else self.projet.avenant.dates.get(number))
        if day:
            return jour(day)
        return (FROZEN if self.settled else PENDING) if own else UNKNOWN

    def acts(self) -> Iterator[Fiche]:
        """Yield the contract and its avenants, each with its days."""
        avenant = self.projet.avenant
        conclu = concluded(self.projet.signed, 0) or avenant.conclusion
        effet = jour(avenant.debut) if avenant.debut else AS_AGREED
        yield _act("contrat", "", jour(conclu) if conclu else UNKNOWN, effet)
        for number, each in sorted(self.avenants.items()):
            effet = jour(each.effet) if each.effet else AT_SIGNATURE
            yield _act(f"avenant n°{NBSP}{number}", str(each.objet), self.signature(number), effet)

    def passage(self, found: Passage, grouped: dict[int, tuple[int, ...]]) -> Fiche:
        """Return a row of the table."""
        numbers = grouped[found.numero]
        since = f" (passage supprimé par l’avenant n°{NBSP}{found.retire})" if found.retire else ""
        texts = {
            "lieu": majuscule(found.lieu), "modification": NOUNS[found.action] + since,
            "avenant": f"n°{NBSP}{enumere([str(each) for each in numbers])}", "signature": self.signature(found.numero),
        }  # fmt: skip
        return Fiche({name: Ligne(text, PATH) for name, text in texts.items()}, PATH)


def _act(nom: str, objet: str, signature: str, effet: str) -> Fiche:
    texts = {"nom": majuscule(nom), "objet": objet or "–", "signature": signature, "effet": effet}
    return Fiche({name: Ligne(text, PATH) for name, text in texts.items()}, PATH)
