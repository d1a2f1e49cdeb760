"""Portefeuille → the sheets of its workbook: contracts, pieces, deadlines; amounts in euros, a column an exercise."""

from __future__ import annotations

from collections.abc import Iterator

from cpomgen.classeur import Table, Value
from cpomgen.portefeuille import Portefeuille

CONTRATS = (
    "Contrat", "Intitulé", "Étape", "Version", "Édition", "Avenant", "Reste à signer", "Effet", "Fin",
    "Renouvellement à demander", "Retard (jours)", "Ce qui ne se lit pas", "Total",
)  # fmt: skip
PIECES = ("Contrat", "Pièce", "Étape", "Version", "Signée le", "Reste à signer")
ECHEANCES = ("Jour", "Contrat", "Échéance", "Retard (jours)", "Reste à signer")


def tableaux(found: Portefeuille) -> tuple[Table, ...]:
    """Return the sheets of the workbook of a portfolio."""
    years = tuple(found.montants())
    return (
        Table("Contrats", (*CONTRATS, *map(str, years)), tuple(_contrats(found, years))),
        Table("Pièces", PIECES, tuple(_pieces(found))),
        Table("Échéances", ECHEANCES, tuple(_echeances(found))),
    )


def _contrats(found: Portefeuille, years: tuple[int, ...]) -> Iterator[tuple[Value, ...]]:
    for one in found.contrats:
        amounts = dict(one.montants)
        late = max((each.jours for each in one.retards), default=None)
        yield (
            one.identifiant, one.intitule, one.etape.value, one.version, one.edition, one.avenant,
            ", ".join(one.attendus), one.effet, one.terme, one.renouvellement, late, one.probleme,
            one.total if amounts else None, *(amounts.get(year) for year in years),
        )  # fmt: skip


def _pieces(found: Portefeuille) -> Iterator[tuple[Value, ...]]:
    for one in found.contrats:
        for each in one.pieces:
            yield one.identifiant, each.nom, each.etape.value, each.version, each.le, ", ".join(each.attendus)


def _echeances(found: Portefeuille) -> Iterator[tuple[Value, ...]]:
    for each in found.echeances():
        yield each.le, each.identifiant, each.quoi, each.jours if each.is_late else None, ", ".join(each.qui)
