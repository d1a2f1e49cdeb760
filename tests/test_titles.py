"""Titles of columns: the labels of the schema, as few of them as it takes; what is not understood is told."""

from __future__ import annotations

import pytest
from memory import problems_of, real_schema
from tableur import headings, rows

from cpomgen.column import Column, Item, column_at, leaves
from cpomgen.feuille import Cell, Feuille
from cpomgen.glance import typed
from cpomgen.titles import read_mapping, read_titles

ID = "Identifiant du contrat"


@pytest.mark.parametrize(
    ("title", "way"),
    [
        (ID, "identifiant"),
        ("identifiant du CONTRAT", "identifiant"),
        ("Date d’effet", "duree.date_effet"),
        ("  date   d'effet ", "duree.date_effet"),
        ("duree.date_effet", "duree.date_effet"),
        ("SIREN", "parties.promoteurs.siren"),
        ("Promoteurs › 2 › SIREN", "parties.promoteurs[2].siren"),
        ("Promoteur 2 > SIREN", "parties.promoteurs[2].siren"),
        ("Promoteurs › association-arespa › SIREN", "parties.promoteurs[association-arespa].siren"),
        ("Promoteurs › Code postal", "parties.promoteurs.siege.code_postal"),
        ("Siège du promoteur › Commune", "parties.promoteurs.siege.commune"),
        ("Thèmes", "parties.promoteurs.reseaux.themes"),
        (
            "Financement › Sources › FIR coordination › 2012",
            "annexes.financement.sources[fir-coordination].montants.2012",
        ),
        (
            "Sources de financement › fir › Montants par exercice › 2012",
            "annexes.financement.sources[fir].montants.2012",
        ),
        ("Montants par exercice 2012", "annexes.financement.sources.montants.2012"),
        ('Territoires › "1" › Population du territoire', 'zone_intervention.territoires["1"].population'),
        ("Signataires pour le promoteur › 2 › Qualité du signataire", "parties.promoteurs.signataires[2].qualite"),
    ],
)
def it_understands_a_title(title: str, way: str) -> None:
    assert [str(each) for each in headings().columns(title)] == [way]


@pytest.mark.parametrize(
    "title", ["", "›", "Promoteurs", "Duree", "2012 › SIREN", "SIREN › 2012", "x.y", "duree.", "[1]"]
)
def it_does_not_understand_another(title: str) -> None:
    assert headings().columns(title) == []


def it_sees_several_fields_in_some() -> None:
    assert len(headings().columns("Code postal")) == 2
    assert len(headings().columns("2012")) > 2


def it_gives_each_field_a_title_that_means_it_alone() -> None:
    for each in leaves(real_schema().root):
        way = f"{each}.2012" if column_at(real_schema().root, str(each)) is None else str(each)
        column = column_at(real_schema().root, way)
        assert column is not None
        assert [str(found) for found in headings().columns(headings().title(column))] == [way]


def it_names_an_item_by_its_rank_or_its_id() -> None:
    names = {
        way: headings().title(column)
        for way in ("parties.promoteurs[2].siren", 'zone_intervention.territoires["1"].nom')
        if (column := column_at(real_schema().root, way))
    }
    assert list(names.values()) == ["Promoteurs › 2 › SIREN", 'Territoires › "1" › Territoire']


def told(feuille: Feuille) -> list[tuple[str, str, str]]:
    return [(each.mark.place, each.message, each.remedy) for each in problems_of(read_titles, feuille, headings())]


def it_finds_titles_below_other_rows() -> None:
    sheet = Feuille("a.csv", {1: {1: Cell("Campagne 2012")}, 3: {2: Cell(ID), 3: Cell("SIREN"), 4: Cell("Erreurs")}})
    found = read_titles(sheet, headings())
    assert (found.row, found.identity, sorted(found.columns)) == (3, 2, [2, 3])


def it_wants_to_know_of_which_contract_rows_are() -> None:
    assert told(rows({"SIREN": "1"})) == [
        (
            "ligne 1",
            f"aucune colonne n'a pour titre « {ID} » : on ne sait pas de quel contrat parle une ligne.",
            "Ajoutez cette colonne, parmi les 30 premières lignes.",
        )
    ]
    assert told(Feuille("a.csv", {}))[0][0] == ""


def it_tells_all_that_is_wrong_in_titles() -> None:
    sheet = rows({ID: "a", "Sirenn": "1", "Code postal": "2", "SIREN": "3", "Promoteurs › 1 › SIREN": "4"})
    sheet.rows[2][7] = Cell("orphelin")
    sheet.rows[1][6] = Cell("#REF!", "cette cellule est en erreur (#REF!)")
    assert [(place, message) for place, message, _ in told(sheet)] == [
        ("cellule B1", "aucun champ ne s'appelle « Sirenn »."),
        ("cellule C1", "« Code postal » peut désigner 2 champs."),
        ("cellule E1", "« Promoteurs › 1 › SIREN » donne le même champ que la cellule D1."),
        ("cellule F1", "cette cellule est en erreur (#REF!) : ce n'est pas un titre."),
        ("cellule G2", "cette colonne a des valeurs, et pas de titre."),
    ]
    remedies = [remedy for _, _, remedy in told(sheet)]
    assert remedies[0].startswith("vouliez-vous écrire « SIREN » ?")
    assert remedies[1] == (
        "Écrivez l'un de ces titres : « Agences régionales de santé › Code postal » ; « Promoteurs › Code postal »"
    )


def it_takes_titles_from_a_mapping_file() -> None:
    source = typed("Code: identifiant\nN° SIREN: parties.promoteurs[1].siren\n".encode(), "colonnes.yaml")
    mapping = read_mapping(source, headings())
    found = read_titles(rows({"CODE": "a", "N° Siren": "1", "Notes": "x"}), headings(), mapping)
    assert [str(each) for each in found.columns.values()] == ["identifiant", "parties.promoteurs[1].siren"]
    assert [each.message for each in found.problems] == [
        "colonnes que le fichier de correspondance ne cite pas, non lues : « Notes »."
    ]


def it_says_where_a_mapping_file_is_wrong() -> None:
    source = typed(b"Code: identifian\nFin: [duree, date_fin]\nTotal: annexes.financement.sources\n", "colonnes.yaml")
    found = problems_of(read_mapping, source, headings())
    assert [(each.mark.line, each.remedy.partition(" ?")[0]) for each in found] == [
        (1, "vouliez-vous écrire « identifiant »"),
        (2, "Un chemin s'écrit comme duree.date_fin, ou annexes.financement.sources[fir].montants.2012."),
        (3, "vouliez-vous écrire « annexes.financement.sources.id »"),
        (1, "Ajoutez une ligne « titre: identifiant »."),
    ]


def it_writes_a_way_as_it_reads_it() -> None:
    way = 'annexes.financement.sources["12"].montants.2012'
    column = column_at(real_schema().root, way)
    assert isinstance(column, Column)
    assert column.steps[3] == Item("12")
    assert str(column) == way
