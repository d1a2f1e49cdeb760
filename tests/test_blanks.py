"""The blanks of a contract: the lines that wait, and what goes in each."""

from __future__ import annotations

from memory import schema_of, source

from cpomgen.blanks import blanks

SCHEMA = """
nom: {type: ligne, required: true, meta: {libelle: Nom, aide: Le nom complet., exemple: "%"}}
texte: {type: texte, meta: {libelle: Texte}}
boites:
  type: list
  meta: {libelle: Boîtes}
  schema: {type: dict, schema: {id: {type: code}, sigle: {type: ligne}}}
themes: {type: list, schema: {type: ligne}, meta: {libelle: Thèmes, exemple: soins}}
montants: {type: dict, keysrules: {type: exercice}, valuesrules: {type: montant}, meta: {libelle: Montants}}
"""


def told(text: str) -> list[tuple[int, str, str]]:
    return [(each.mark.line, each.label, each.rubrique) for each in blanks(source(text), schema_of(SCHEMA))]


def it_finds_each_line_that_is_left_blank() -> None:
    text = "nom:\ntexte: |\nboites:\n  - id: a\n    sigle: # rien\n  - sigle: x\nthemes:\n  -\ninconnu:\n"
    assert told(text) == [(1, "Nom", "Nom"), (2, "Texte", "Texte"), (5, "sigle", "Boîtes"), (7, "Thèmes", "Thèmes")]


def it_counts_values_by_exercise_as_one_blank() -> None:
    assert told("montants: {2012: , 2013: 1}\n") == [(1, "Montants", "Montants")]
    assert told("montants: {2012: 0}\nnom: x\n") == []


def it_says_what_goes_in_a_blank_as_it_is_typed() -> None:
    found = {each.label: each.hint for each in blanks(source("nom:\nthemes:\ntexte:\n"), schema_of(SCHEMA))}
    assert found == {"Nom": 'Le nom complet. Exemple : nom: "%"', "Thèmes": "Exemple : - soins", "Texte": ""}
