"""Dossier → what signing needs of a contract: the number of its version, and the quality of those who sign it."""

from __future__ import annotations

from cpomgen.acte import Acte
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
