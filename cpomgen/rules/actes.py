"""Dossier → what signing needs of a contract: the number of its version, who signs it, when it has effect."""

from __future__ import annotations

from cpomgen.acte import Acte, Duree
from cpomgen.rules.avenants import number_of, numbered
from cpomgen.rules.dossier import Dossier


def acte_of(dossier: Dossier, pieces: tuple[str, ...] = (), files: tuple[str, ...] = ()) -> Acte:
    """Return what is signed when a contract is, as it stands: its last avenant, or itself when it has none."""
    numbers = tuple(map(number_of, numbered(dossier)))
    given_up = {number_of(each): each.one("abandon").mark for each in numbered(dossier, abandoned=True)}
    qualites = (one.text("qualite") for one in dossier.items("signataires"))
    own = f"contracts/{dossier.contrat.identifiant}.yaml"
    made = (path for path in files if path == own or not path.startswith("contracts/"))
    return Acte(
        dossier.contrat.identifiant,
        max(numbers, default=0),
        tuple(filter(None, qualites)),
        pieces,
        tuple(made),
        numbers,
        {number: mark for number, mark in given_up.items() if number not in numbers},
    )


def duree_of(dossier: Dossier, number: int) -> Duree:
    """Return when a version has effect, as its own text says, and when the contract then ends."""
    avenants = [each for each in numbered(dossier) if number_of(each) <= number]
    own = next((each for each in avenants if number_of(each) == number), None)
    ends = [end for each in avenants if (end := each.day("nouvelle_fin"))]
    terme = ends[-1] if ends and dossier.fin not in ends else dossier.fin
    if own is not None:
        return Duree(own.day("effet_avenant"), "", terme)
    return Duree(dossier.effet, dossier.root.text("evenement_effet"), terme)
