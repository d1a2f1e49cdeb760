"""The data that documents carry: the same for the same contract, without what is internal."""

from __future__ import annotations

import json
from typing import Any

from memory import contract_of, schema_of

from cpomgen.canonical import canonical

SCHEMA = schema_of(
    """
    type: {type: code, meta: {modification: interne}}
    identifiant: {type: code, meta: {imprime: false, modification: interne, role: identifiant}}
    dossier: {type: code, meta: {modification: interne}}
    nom: {type: ligne}
    jour: {type: date, meta: {role: date_effet}}
    fin: {type: date, meta: {role: date_fin}}
    pilote: {type: oui_non}
    annee: {type: annee}
    statut: {type: choix, allowed: [notifie], meta: {libelles: {notifie: notifié}}}
    montants: {type: dict, keysrules: {type: exercice}, valuesrules: {type: montant}}
    actions:
      type: list
      schema: {type: dict, schema: {id: {type: code, meta: {modification: interne}}, notes: {type: ligne, meta: {modification: interne}}, part: {type: nombre}}}
    themes: {type: list, schema: {type: ligne}}
    """  # noqa: E501
)
TEXT = """
type: essai
identifiant: essai
dossier: DOS/1
nom: R&D «\u00a0x\u00a0»
jour: 2012-01-01
fin: 2012-12-31
pilote: non
annee: 2012
statut: notifie
montants: {2012: 412000.10}
actions: [{id: a, notes: entre nous, part: 1.50}]
themes: [b, a]
"""


def data(text: str = TEXT) -> Any:
    return json.loads(canonical(contract_of(SCHEMA, text), SCHEMA))


def it_says_values_as_the_schema_types_them() -> None:
    assert data() == {
        "type": "essai",
        "identifiant": "essai",
        "nom": "R&D «\u00a0x\u00a0»",
        "jour": "2012-01-01",
        "fin": "2012-12-31",
        "pilote": False,
        "annee": 2012,
        "statut": "notifie",
        "montants": {"2012": "412000.10"},
        "actions": [{"id": "a", "part": "1.50"}],
        "themes": ["b", "a"],
    }


def it_leaves_out_what_is_internal_to_the_agency() -> None:
    text = canonical(contract_of(SCHEMA, TEXT), SCHEMA)
    assert "DOS/1" not in text
    assert "entre nous" not in text


def it_is_the_same_whatever_the_layout_and_the_comments_of_the_file() -> None:
    lines = TEXT.strip().splitlines()
    other = "# note\n" + "\n\n".join(reversed(lines)).replace("themes: [b, a]", "themes:\n- b\n- 'a'  # deux")
    assert canonical(contract_of(SCHEMA, other), SCHEMA) == canonical(contract_of(SCHEMA, TEXT), SCHEMA)


def it_changes_with_any_value() -> None:
    assert data(TEXT.replace("412000.10", "412000.1")) != data()


def it_leaves_out_what_is_absent_or_empty() -> None:
    assert data("nom: x\nthemes: []\nmontants: {}\npilote: ~") == {"nom": "x"}


def it_is_one_line() -> None:
    assert "\n" not in canonical(contract_of(SCHEMA, TEXT), SCHEMA)
