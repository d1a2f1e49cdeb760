"""Contracts resolved: years, ids, cross-references, titles, paths; and what leads nowhere, told where it stands."""

from __future__ import annotations

from datetime import date

import pytest
from memory import contract_of, problems_of, schema_of, told

from cpomgen.contrat import Absent, Choix, Jour, Ligne, Montant, OuiNon, Renvoi, feuilles
from cpomgen.schema import Schema

SCHEMA = """
type: {type: code}
identifiant: {type: code, meta: {role: identifiant}}
duree:
  type: dict
  schema:
    date_effet: {type: date, meta: {role: date_effet}}
    date_fin: {type: date, meta: {role: date_fin}}
    date_conclusion: {type: date, meta: {role: date_conclusion}}
orientations:
  type: list
  meta: {role: orientations}
  schema: {type: dict, meta: {intitule_par: titre}, schema: {id: {type: code, required: true}, titre: {type: ligne}}}
objectifs:
  type: list
  schema: {type: dict, schema: {id: {type: code}, orientation: {type: renvoi, meta: {vers: orientations}}}}
montants: {type: dict, keysrules: {type: exercice}, valuesrules: {type: montant}}
statut: {type: choix, allowed: [notifie], meta: {libelles: {notifie: "dit « notifié »"}}}
pilote: {type: oui_non}
themes: {type: list, schema: {type: ligne}}
"""
DUREE = "duree: {date_effet: 2012-01-01, date_fin: 2014-12-31}\n"


def schema() -> Schema:
    return schema_of(SCHEMA)


def refused(text: str) -> list[tuple[str, str, str, str]]:
    return [told(problem) for problem in problems_of(contract_of, schema(), text)]


def it_counts_the_years_that_the_contract_touches() -> None:
    found = contract_of(schema(), "duree: {date_effet: 2012-07-01, date_fin: 2014-01-31}")
    assert (found.exercices, found.debut) == ((2012, 2013, 2014), date(2012, 7, 1))


def it_counts_from_the_first_year_given_when_effect_hangs_on_an_event() -> None:
    found = contract_of(schema(), "duree: {date_fin: 2014-12-31}\nmontants: {2013: 1, 2014: 1}")
    assert (found.exercices, found.debut) == ((2013, 2014), date(2013, 1, 1))


def it_counts_from_the_year_of_conclusion_when_effect_hangs_on_an_event() -> None:
    found = contract_of(schema(), "duree: {date_fin: 2014-03-31, date_conclusion: 2013-03-18}\nmontants: {2014: 1}")
    assert found.exercices == (2013, 2014)


def it_has_no_year_without_an_end() -> None:
    assert contract_of(schema(), "pilote: oui").exercices == ()


def it_refuses_a_year_outside_the_contract() -> None:
    assert refused(DUREE + "montants: {2014: 1, 2015: 1}") == [
        (
            "contracts/essai.yaml:2:21",
            "CPOM221",
            "l'exercice 2015 n'est pas couvert par le contrat.",
            "exercices du contrat : 2012 à 2014",
        )
    ]


def it_asks_for_the_duration_before_any_year() -> None:
    [(_, code, _, remedy)] = refused("montants: {2014: 1}\nduree: {date_effet: 2012-01-01}")
    assert (code, remedy) == ("CPOM221", "donnez la durée du contrat.")


def it_takes_a_contract_of_a_century_for_a_slip() -> None:
    [(_, code, *_)] = refused("duree: {date_effet: 1012-01-01, date_fin: 2014-12-31}\nmontants: {2012: 1}")
    assert code == "CPOM226"


def it_refuses_a_contract_that_ends_before_it_begins() -> None:
    [(place, code, message, _)] = refused("duree: {date_effet: 2013-01-01, date_fin: 2012-12-31}")
    assert code == "CPOM226"
    assert message == "le contrat finit avant de prendre effet."
    assert "date_fin" in "duree: {date_effet: 2013-01-01, date_fin: 2012-12-31}"[int(place.split(":")[2]) - 1 :]


def it_refuses_an_identifier_that_is_not_the_files_name() -> None:
    assert refused("type: essai\nidentifiant: autre\n") == [
        (
            "contracts/essai.yaml:2:1",
            "CPOM222",
            "l'identifiant « autre » diffère du nom du fichier.",
            "écrivez identifiant: essai, ou renommez le fichier autre.yaml",
        )
    ]


def it_refuses_an_id_given_twice_anywhere_in_the_contract() -> None:
    text = "orientations:\n  - {id: A, titre: a}\nobjectifs:\n  - {id: B}\n  - {id: A}\n"
    assert refused(text) == [
        (
            "contracts/essai.yaml:5:6",
            "CPOM223",
            "l'identifiant « A » est déjà pris, ligne 2.",
            "donnez à chaque élément un identifiant unique dans ce fichier.",
        )
    ]


@pytest.mark.parametrize(
    ("target", "remedy"),
    [("O11", "vouliez-vous écrire « O1 » ?"), ("zzz", "connus : O1, O2"), ("", "connus : O1, O2")],
)
def it_refuses_a_reference_to_nothing(target: str, remedy: str) -> None:
    text = "orientations: [{id: O1, titre: a}, {id: O2, titre: b}]\nobjectifs:\n  - id: X\n    orientation: TARGET\n"
    if not target:
        assert (
            contract_of(schema(), text.replace("TARGET", "")).fiche["objectifs"][0]["orientation"].__class__ is Absent
        )
        return
    assert refused(text.replace("TARGET", target)) == [
        (
            "contracts/essai.yaml:4:5",
            "CPOM224",
            f"« {target} » ne désigne aucun élément de « orientations ».",
            remedy,
        )
    ]


def it_tells_all_that_leads_nowhere_in_the_order_of_the_file() -> None:
    text = "objectifs: [{id: A, orientation: O9}, {id: A}]\n" + DUREE + "montants: {1999: 1}\nidentifiant: autre\n"
    assert [code for _, code, *_ in refused(text)] == ["CPOM224", "CPOM223", "CPOM221", "CPOM222"]


def it_gives_a_reference_the_title_of_its_target() -> None:
    text = "orientations: [{id: O1, titre: Couvrir les bassins}]\nobjectifs: [{id: A, orientation: O1}]"
    found = contract_of(schema(), text).fiche["objectifs"][0]["orientation"]
    assert (type(found), str(found), found.intitule) == (Renvoi, "O1", "Couvrir les bassins")


def it_names_an_item_by_its_id_when_it_has_no_title() -> None:
    text = "orientations: [{id: O1}]\nobjectifs: [{id: A, orientation: O1}]"
    assert contract_of(schema(), text).fiche["objectifs"][0]["orientation"].intitule == "O1"


def it_gives_every_leaf_its_path_by_ids() -> None:
    text = DUREE + "orientations: [{id: O1, titre: a}]\nmontants: {2012: 1}\nthemes: [x, y]\npilote: non\n"
    paths = {leaf.path for leaf in feuilles(contract_of(schema(), text).fiche)}
    assert paths == {
        "duree.date_effet",
        "duree.date_fin",
        "orientations[O1].id",
        "orientations[O1].titre",
        "montants.2012",
        "themes[0]",
        "themes[1]",
        "pilote",
    }


def it_keeps_the_mark_of_each_path() -> None:
    found = contract_of(schema(), "orientations:\n  - id: O1\n    titre: a\nthemes: [x, y]\n")
    places = {path: (mark.line, mark.column) for path, mark in found.marks.items()}
    assert (places["orientations[O1].titre"], places["themes[1]"]) == ((3, 5), (4, 13))


def it_gives_each_leaf_the_type_that_prints_it() -> None:
    found = contract_of(schema(), DUREE + "montants: {2012: 1.5}\nstatut: notifie\npilote: oui\nthemes: [x]").fiche
    kinds = (found["duree"]["date_fin"], found["montants"][2012], found["statut"], found["pilote"], found["themes"][0])
    assert [type(each) for each in kinds] == [Jour, Montant, Choix, OuiNon, Ligne]
    assert found["statut"].libelle == "dit «\u00a0notifié\u00a0»"


def it_makes_what_is_left_out_false_at_any_depth() -> None:
    found = contract_of(schema(), "pilote: oui").fiche
    assert not found["duree"]
    assert isinstance(found["duree"]["date_fin"], Absent)
    assert found["duree"]["date_fin"].path == "duree.date_fin"
    assert not found["orientations"]
