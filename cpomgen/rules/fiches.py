"""Dossier → FicheContrat: what a portfolio needs of a contract, each value found by its role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cpomgen.fiche import Annonce, FicheContrat
from cpomgen.problem import is_blocking
from cpomgen.rules.actes import acte_of, duree_of
from cpomgen.rules.avenants import number_of, numbered
from cpomgen.rules.dossier import Dossier
from cpomgen.rules.montants import by_year


def fiche_of(
    dossier: Dossier,
    sections: Callable[[], Mapping[str, tuple[str, ...]]],
    number: int | None = None,
    due: Iterable[str] = (),
) -> FicheContrat:
    """Return what a portfolio needs of a contract: as its version of that `number` when it is given, else as it stands.

    `sections` gives those of its documents, by name; it is not asked of a contract that cannot be built. `due` are the
    documents that it must have.
    """
    contrat, acte = dossier.contrat, acte_of(dossier)
    numero = acte.number if number is None else number
    erreurs = sum(map(is_blocking, contrat.problems))
    days = ("effet_avenant", "date_avenant")
    pieces = {} if erreurs else sections()
    avenants = (Annonce(number_of(each), *map(each.day, days)) for each in numbered(dossier))
    return FicheContrat(
        contrat.identifiant, contrat.type, _intitule(dossier), numero, acte.qualites,
        tuple(pieces.items()),
        duree_of(dossier, numero), dossier.signature, tuple(avenants),
        tuple(sorted(by_year(dossier.items("sources")).items())),
        erreurs,
        tuple(each for each in due if each not in pieces),
    )  # fmt: skip


def _intitule(dossier: Dossier) -> str:
    """Return what a contract is about: its networks, else who signs for them."""
    names = [place.text("nom_reseau") for place in dossier.items("reseaux")]
    names = list(filter(None, names)) or [place.text("personne_morale") for place in dossier.items("promoteurs")]
    return ", ".join(dict.fromkeys(filter(None, names)))
