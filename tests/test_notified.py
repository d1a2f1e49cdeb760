from __future__ import annotations

import pytest
from memory import contract_of, schema_of

from cpomgen.notified import notified

SCHEMA = schema_of("""
nom: {type: ligne, meta: {libelle: Nom}}
siege: {type: ligne, meta: {libelle: Siège, modification: notification}}
dossier: {type: code, meta: {libelle: Dossier, modification: interne}}
signataires:
  type: list
  meta: {libelle: Signataires}
  schema:
    type: dict
    meta: {libelle: Signataire, intitule_par: qualite}
    schema:
      id: {type: code, meta: {libelle: Identifiant}}
      qualite: {type: ligne, meta: {libelle: Qualité, modification: notification}}
      pouvoir: {type: ligne, meta: {libelle: Pouvoir}}
adresse:
  type: dict
  meta: {libelle: Adresse}
  schema:
    voie: {type: ligne, meta: {libelle: Voie, modification: notification}}
annexe:
  type: dict
  meta: {libelle: Annexe}
  schema:
    objet: {type: ligne, meta: {libelle: Objet}}
    cote: {type: ligne, meta: {libelle: Cote, modification: interne}}
pieces:
  type: list
  meta: {libelle: Pièces, modification: notification}
  schema: {type: ligne, meta: {libelle: Pièce}}
""")
OLD = """
nom: Réseau
siege: Rennes
signataires: [{id: a, qualite: président, pouvoir: statuts}, {id: b, qualite: trésorier, pouvoir: mandat}]
pieces: [projet]
"""
CASES = {
    "nothing": ("", "", {}),
    "what asks for an avenant stays": ("nom: Réseau", "nom: Appui", {}),
    "what is notified is as it is now": ("siege: Rennes", "siege: Brest", {"siege": "Brest"}),
    "what is notified for the first time too": (
        "pieces: [projet]",
        "pieces: [projet, accord]",
        {"pieces": ["projet", "accord"]},
    ),
    "what is internal too": ("siege: Rennes", "siege: Rennes\ndossier: DOS-1", {"dossier": "DOS-1"}),
    "in an item, by its id": (
        "[{id: a, qualite: président, pouvoir: statuts}, {id: b, qualite: trésorier, pouvoir: mandat}]",
        "[{id: b, qualite: trésorière, pouvoir: statuts}, {id: a, qualite: président, pouvoir: mandat}]",
        {"signataires": [("a", "président", "statuts"), ("b", "trésorière", "mandat")]},
    ),
    "an item that comes or goes asks for an avenant": (
        ", {id: b, qualite: trésorier, pouvoir: mandat}",
        ", {id: c, qualite: directeur, pouvoir: mandat}",
        {},
    ),
}


def it_leaves_an_annex_to_the_avenant_that_adds_it() -> None:
    old, new = (
        contract_of(SCHEMA, text)
        for text in (OLD, f"{OLD}annexe: {{objet: Soins, cote: A1}}\nadresse: {{voie: 1 rue}}\n")
    )
    made = notified(old, new, SCHEMA).fiche
    assert not made["annexe"]
    assert made["adresse"]["voie"] == "1 rue"


def plain(text: str) -> dict[str, object]:
    """Return the fields of a contract, as plain values."""
    fiche = contract_of(SCHEMA, text).fiche
    return {name: _plain(fiche[name]) for name in fiche}


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [tuple(map(str, each.values())) if hasattr(each, "values") else str(each) for each in value]
    return bool(value) if hasattr(value, "values") else str(value)


@pytest.mark.parametrize(("was", "now", "changes"), CASES.values(), ids=CASES)
def it_takes_what_needs_no_avenant_as_it_is_now(was: str, now: str, changes: dict[str, object]) -> None:
    old, new = (contract_of(SCHEMA, text) for text in (OLD, OLD.replace(was, now) if was else OLD))
    made = notified(old, new, SCHEMA).fiche
    assert {name: _plain(made[name]) for name in made} == plain(OLD) | changes
