"""What cells show of a contract, and the columns that say most of several."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from memory import ROOT, real_schema, source

from cpomgen.column import column_at
from cpomgen.feuille import Cell
from cpomgen.glance import typed
from cpomgen.tabulate import cell_of, tabulated, usual

TEXT = """\
identifiant: essai
nature: transitoire
duree: {date_effet: 2012-01-01, date_fin: 31/12/2013}
parties:
  ars:
    - {id: ars, pilote: oui}
  promoteurs:
    - id: p
      siren: "012345678"
      reseaux: [{id: r, themes: [un, deux]}, {id: s, themes: ["un ; deux"]}, {id: t, themes: [trois, "a;b"]}]
zone_intervention:
  population: 12
  presentation: |
    un

    deux
annexes:
  financement:
    sources:
      - {id: fir, montants: {2012: 10, 2013: x}}
    moyens: [{id: etp, valeurs: {2012: 1.50}}]
"""


@pytest.mark.parametrize(
    ("way", "cell"),
    [
        ("nature", Cell("socle transitoire")),
        ("duree.date_effet", Cell(date(2012, 1, 1))),
        ("duree.date_fin", Cell("31/12/2013")),
        ("parties.ars[1].pilote", Cell("oui")),
        ("parties.promoteurs[p].siren", Cell("012345678")),
        ("parties.promoteurs.siren", Cell("012345678")),
        ("parties.promoteurs.reseaux.themes", Cell()),
        ("parties.promoteurs.reseaux[r].themes", Cell("un ; deux")),
        ("parties.promoteurs.reseaux[s].themes", Cell("un ; deux\n")),
        ("parties.promoteurs.reseaux[t].themes", Cell("trois\na;b")),
        ("zone_intervention.population", Cell(Decimal(12), form="#,##0")),
        ("zone_intervention.presentation", Cell("un\n\ndeux")),
        ("annexes.financement.sources[fir].montants.2012", Cell(Decimal("10.00"), form="#,##0.00")),
        ("annexes.financement.sources[fir].montants.2013", Cell("x")),
        ("annexes.financement.sources[fir].montants.2014", Cell()),
        ("annexes.financement.sources[cg].libelle", Cell()),
        ("annexes.financement.moyens[etp].valeurs.2012", Cell(Decimal("1.50"))),
    ],
)
def it_shows_what_a_contract_has(way: str, cell: Cell) -> None:
    column = column_at(real_schema().root, way)
    assert column is not None
    assert cell_of(source(TEXT).root, column) == cell


def it_chooses_single_values_parties_and_amounts() -> None:
    example = typed((ROOT / "contracts/arespa.yaml").read_bytes(), "contracts/arespa.yaml")
    found = list(map(str, usual(real_schema(), [source(TEXT), example])))
    assert found[0] == "identifiant"
    assert {"duree.date_fin", "parties.promoteurs[1].siege.commune", "parties.ars[1].signataires[1].qualite"} <= set(
        found
    )
    assert "annexes.financement.sources[fir-coordination].montants.2016" in found
    assert not [way for way in found if "objectifs" in way or "moyens" in way or way.endswith("sources[fir].id")]
    assert "parties.promoteurs[1].reseaux[3].nom" not in found
    assert "parties.promoteurs[1].reseaux[3].themes" in found


def it_has_columns_for_a_first_contract() -> None:
    found = list(map(str, usual(real_schema(), [])))
    assert {"parties.promoteurs[1].siren", "duree.date_fin"} <= set(found)


def it_lays_contracts_out_one_a_row() -> None:
    column = column_at(real_schema().root, "nature")
    assert column is not None
    found = tabulated([source(TEXT), source("nature: ~\n"), source("nature: complet\n")], {"Nature": column}, "a.xlsx")
    assert [row.get(1, Cell()).value for row in found.rows.values()] == [
        "Nature",
        "socle transitoire",
        "",
        "contrat complet",
    ]
