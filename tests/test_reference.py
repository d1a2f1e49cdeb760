"""The page of fields: kept true, whole, and such that each link leads somewhere."""

from __future__ import annotations

import re

import pytest
from generated import KINDS, ROOT, check
from memory import real_schema, schema_of

from cpomgen.reference import reference
from cpomgen.schema import walk


@pytest.mark.parametrize("kind", KINDS)
def it_is_the_page_that_the_project_keeps(kind: str, pytestconfig: pytest.Config) -> None:
    check(ROOT / f"docs/champs-{kind}.md", kind, "markdown", pytestconfig)


def it_tells_of_every_field() -> None:
    page = reference(real_schema())
    for path, field in walk(real_schema().root):
        assert field.meta.libelle in page, path
        assert field.meta.aide in page, path
        assert field.meta.source in page, path
        assert all(f"`{name}` ({label})" in page for name, label in field.meta.libelles.items() if name != label), path


def it_describes_once_what_several_fields_share() -> None:
    page = reference(real_schema())
    assert page.count("**Mode de calcul.**") == 1
    assert page.count("\n### Adresse\n") == 1


def it_leads_somewhere_by_each_link() -> None:
    page = reference(real_schema())
    anchors = re.findall(r'<a id="([^"]+)">', page)
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= set(anchors)


FIELDS = """
nom: {type: ligne, required: true, minlength: 3, meta: {libelle: Nom, exemple: a|b, source: L. 1}}
dossier: {type: date, meta: {libelle: Dossier, imprime: false, modification: interne}}
genre: {type: choix, allowed: [m, f], meta: {libelle: Genre, libelles: {m: mâle, f: f}, modification: notification}}
part: {type: nombre, min: 0, max: 100, excludes: genre, meta: {libelle: Part}}
montants: {type: dict, keysrules: {type: exercice}, valuesrules: {type: montant}, meta: {libelle: Montants}}
themes: {type: list, maxlength: 1, schema: {type: ligne}, meta: {libelle: Thèmes}}
cible: {type: renvoi, meta: {libelle: Cible, vers: points}}
points: {type: list, meta: {libelle: Points, role: points}, schema: {type: dict, meta: {libelle: Point}, schema: {id: {type: code, meta: {libelle: Id}}}}}
"""  # noqa: E501


@pytest.mark.parametrize(
    "row",
    [
        "| `nom`<br>**obligatoire** | texte d'une ligne<br>3 signes au moins | **Nom.**<br>Exemple : `a\\|b` | L. 1. |",
        "| `dossier` | date, AAAA-MM-JJ | **Dossier.** | Ne s'imprime pas.<br>Se modifie sans formalité. |",
        "| `genre` | au choix | **Genre.**<br>Valeurs : `m` (mâle), `f`. | Se modifie par simple notification. |",
        "| `part` | nombre<br>0 au moins<br>100 au plus<br>pas en même temps que `genre` | **Part.** |  |",
        "| `montants` | par exercice : montant en euros | **Montants.** |  |",
        "| `themes` | liste : texte d'une ligne<br>1 élément au plus | **Thèmes.** |  |",
        "| `cible` | renvoi vers [points](#points) | **Cible.** |  |",
        "| `id` | code, gardé tel qu'il est écrit | **Id.** |  |",
    ],
)
def it_says_in_french_words_what_a_field_is(row: str) -> None:
    assert row in reference(schema_of(FIELDS)).splitlines()
