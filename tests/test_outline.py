"""A contract as lines of French, a line a leaf: whatever is typed, in the order of its schema."""

from __future__ import annotations

import re

import pytest
from examined import ARESPA
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import real_schema, schema_of, source
from strategies import Sown, as_yaml, contracts

from cpomgen.contrat import feuilles
from cpomgen.outline import outline
from cpomgen.partie import lines
from cpomgen.resolve import resolve
from cpomgen.validate import validate

SCHEMA = schema_of("""\
nom: {type: ligne, meta: {libelle: Nom}}
forme: {type: choix, allowed: [gcs], meta: {libelle: Forme, libelles: {gcs: groupement}}}
conclu: {type: date, meta: {libelle: Conclu le}}
ferme: {type: oui_non, meta: {libelle: Ferme}}
objet: {type: texte, meta: {libelle: Objet}}
themes: {type: list, meta: {libelle: Thèmes}, schema: {type: ligne}}
siege:
  type: dict
  meta: {libelle: Siège}
  schema: {ville: {type: ligne, meta: {libelle: Ville}}}
sources:
  type: list
  meta: {libelle: Sources}
  schema:
    type: dict
    meta: {libelle: Source, intitule_par: libelle}
    schema:
      id: {type: code, meta: {libelle: Identifiant}}
      libelle: {type: ligne, meta: {libelle: Libellé}}
      montants:
        type: dict
        meta: {libelle: Montants}
        keysrules: {type: exercice}
        valuesrules: {type: montant}
      pieces:
        type: list
        meta: {libelle: Pièces}
        schema: {type: dict, schema: {id: {type: code}, jour: {type: date, meta: {libelle: Jour}}}}
      siege: {type: dict, meta: {libelle: Siège}, schema: {ville: {type: ligne, meta: {libelle: Ville}}}}
""")


def told(text: str) -> list[str]:
    return list(lines(outline(source(text), SCHEMA)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nom: Un", ["    Nom : Un"]),
        ("nom:", []),
        ("forme: gcs", ["    Forme : groupement"]),
        ("conclu: 2012-06-01", ["    Conclu le : 1er juin 2012"]),
        ("conclu: demain", ["    Conclu le : demain"]),
        ("ferme: non", ["    Ferme : non"]),
        ("ferme: peut-être", ["    Ferme : peut-être"]),
        ("themes: [Un, Deux]", ["    Thèmes : Un", "    Thèmes : Deux"]),
        ("inconnu: [Un, {a: Deux}]", ["    inconnu : Un", "inconnu 2", "    a : Deux"]),
        ("nom: {a: b}", ["Nom", "    a : b"]),
        ("siege: Gray", ["    Siège : Gray"]),
        ("siege:\n  ville: Gray\nnom: Un", ["    Nom : Un", "Siège", "    Ville : Gray"]),
        ("objet: Un seul", ["    Objet :", "        Un seul"]),
        ("objet: |\n  Un,\n  suivi.\n\n  - deux", ["    Objet :", "        Un, suivi.", "        - deux"]),
    ],
)
def it_writes_a_line_for_a_leaf(text: str, expected: list[str]) -> None:
    assert told(f"{text}\n")[1 if told(text)[:1] == ["Essai"] else 0 :] == expected


def it_names_items_by_their_title_and_their_id() -> None:
    text = """\
    sources:
      - id: fir
        siege: {ville: Gray}
        montants: {2013: 200, 2012: 1000.5}
        libelle: Fonds
        pieces: [{id: p1, jour: 2012-01-02}]
      - {libelle: Sans id}
    """
    assert told(text) == [
        "Source « Fonds » (fir)",
        "    Montants, 2012 : 1 000,50 €",
        "    Montants, 2013 : 200,00 €",
        "Pièces p1",
        "    Jour : 2 janvier 2012",
        "Source fir, Siège",
        "    Ville : Gray",
        "Source « Sans id » (2)",
    ]


def it_reads_alike_what_is_laid_out_otherwise() -> None:
    old = "nom: Un\nsiege: {ville: Gray}\nconclu: 2012-06-01\n"
    assert told(old) == told("# le même\nconclu: '2012-06-01'\nsiege:\n\n  ville: \"Gray\" # là\nnom: Un\n")


@given(contracts(), st.integers(1, 10**6))
@settings(max_examples=15)
def it_has_a_line_for_each_leaf_whatever_the_layout(sown: Sown, seed: int) -> None:
    document = sown.document(real_schema())
    plain, laid = (source(as_yaml(document, each)) for each in (0, seed))
    contrat = resolve(validate(plain, real_schema()), real_schema())
    parties = outline(plain, real_schema())
    found = {trait.path for partie in parties for trait in partie.traits}
    assert {leaf.path for leaf in feuilles(contrat.fiche) if not re.search(r"\[\d+\]$", leaf.path)} <= found
    assert all(line == " ".join(line.splitlines()) for line in lines(parties))
    assert list(lines(outline(laid, real_schema()))) == list(lines(parties))


def it_shows_all_of_the_example() -> None:
    found = list(lines(outline(source(ARESPA), real_schema())))
    assert len(found) > 1000
    assert "    Montants par exercice, 2012 : 398 500,00 €" in found
