"""What has changed since a contract was signed: by what the schema says takes an avenant, whatever the layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from essai import CONTRACT
from history import record, repository
from memory import contract_of, schema_of
from typed import edit, said, signed_in_git, typed

from cpomgen.acte import Acte
from cpomgen.changed import unannounced
from cpomgen.difference import difference
from cpomgen.schema import Schema

FIELDS = """\
nom: {type: ligne, meta: {libelle: Nom}}
dossier: {type: code, meta: {libelle: Dossier, modification: interne}}
contact:
  type: dict
  meta: {libelle: Contact, modification: notification}
  schema: {ville: {type: ligne, meta: {libelle: Ville}}}
lignes:
  type: list
  meta: {libelle: Lignes}
  schema:
    type: dict
    schema:
      id: {type: code, meta: {libelle: Identifiant}}
      texte: {type: ligne, meta: {libelle: Texte}}
duree:
  type: dict
  meta: {libelle: Durée}
  schema:
    date_effet: {type: date, meta: {libelle: Effet, role: date_effet}}
    date_fin: {type: date, meta: {libelle: Fin, role: date_fin}}
montants:
  type: dict
  meta: {libelle: Montants}
  keysrules: {type: exercice}
  valuesrules: {type: montant, meta: {libelle: Montant}}
"""
BASE = """\
nom: Un
dossier: D1
contact: {ville: Gray}
lignes: [{id: a, texte: A}, {id: b, texte: B}]
duree: {date_effet: 2012-01-01, date_fin: 2013-12-31}
montants: {2012: 100.00, 2013: 200.00}
"""


def found(before: str, now: str, was: Schema, is_: Schema, *avenants: int) -> list[str]:
    """Return the places that a contract signed as version 0 is said to have changed in, with what else is said."""
    contrat, acte = contract_of(is_, now), Acte("essai", 0, (), avenants=avenants)
    problems = unannounced(contrat, difference((contract_of(was, before), was), (contrat, is_)), 0, acte)
    return [each.message.partition(" depuis la version v0")[0].removesuffix(" a changé") for each in problems]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("nom: Un", "nom: Deux", ["« Nom »"]),
        ("nom: Un\n", "", ["« Nom »"]),
        ("dossier: D1", "dossier: D2", []),
        ("contact: {ville: Gray}", "contact: {ville: Vesoul}", []),
        ("contact: {ville: Gray}\n", "", []),
        ("texte: B", "texte: C", ["« Lignes, “b”, Texte »"]),
        ("{id: a, texte: A}, {id: b, texte: B}", "{id: b, texte: B}, {id: a, texte: A}", ["« Lignes »"]),
        ("2013: 200.00", "2013: 200", []),
        ("2013: 200.00", "2013: 201.00", ["« Montants, 2013 »"]),
        (", {id: b, texte: B}", "", ["« Lignes, “b” »"]),
        ("[{id: a", "[{id: n, texte: N}, {id: a", ["« Lignes, “n” »"]),
        ("nom: Un\ndossier: D1", "dossier: D1 # le même\n\nnom:   'Un'", []),
    ],
)
def it_finds_what_takes_an_avenant(old: str, new: str, expected: list[str]) -> None:
    schema = schema_of(FIELDS)
    assert old in BASE
    now = BASE.replace(old, new)
    assert found(BASE, now, schema, schema) == expected
    assert len(found(now, BASE, schema, schema)) == len(expected)
    assert found(BASE, now, schema, schema, 1) == found(now, now, schema, schema) == []


def it_minds_nothing_that_either_schema_lets_change() -> None:
    bound, free = (
        schema_of(FIELDS),
        schema_of(FIELDS.replace("{libelle: Nom}", "{libelle: Nom, modification: interne}")),
    )
    now = BASE.replace("Un", "Deux")
    assert found(BASE, now, bound, bound)
    assert found(BASE, now, bound, free) == found(BASE, now, free, bound) == []


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose contract is signed."""
    return signed_in_git(tmp_path / "projet", monkeypatch)


def announce(root: Path, *numbers: int) -> None:
    text = CONTRACT.replace("Réseau d'essai", "Réseau revu")
    told = ", ".join(f"{{numero: {number}}}" for number in numbers)
    (root / "contracts/essai.yaml").write_text(f"{text}avenants: [{told}]\n", encoding="utf-8")


def it_accepts_what_exactly_one_avenant_announces(root: Path) -> None:
    assert "CPOM63" not in said("validate", "essai")
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau revu")
    done = typed("validate", "essai")
    assert (done.return_value, "3:1: erreur CPOM631" in done.output) == (1, True)
    announce(root, 1)
    assert "CPOM63" not in said("validate", "essai")
    announce(root, 1, 2)
    assert "erreur CPOM632" in said("validate", "essai")


def it_starts_again_from_the_avenant_that_is_signed(root: Path) -> None:
    announce(root, 1)
    record(root)
    typed("freeze", "essai", "--le", "2012-12-03")
    assert "CPOM63" not in said("validate", "essai")
    assert "version v1 signée" in said("sign", "essai", "--le", "2012-12-12")
    assert "CPOM63" not in said("validate", "essai")
    edit(root / "contracts/essai.yaml", "Réseau revu", "Réseau encore")
    assert "numero: 2" in said("validate", "essai")


def it_lets_what_needs_no_avenant_change(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "dossier: DOS/1", "dossier: DOS/2")
    assert "CPOM63" not in said("validate", "essai")


def it_builds_the_project_all_the_same(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau revu")
    assert typed("build", "essai").return_value == 0


def it_says_what_it_cannot_compare_with(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "nom:", "nmo:")
    repository(root).references.delete("refs/tags/cpom/essai/v0")
    answer = said("validate", "essai")
    assert "erreur CPOM211" in answer
    assert "erreur CPOM622" in answer


def it_only_warns_where_there_are_files_without_git(root: Path) -> None:
    (root / ".git").rename(root / "git")
    done = typed("validate", "essai")
    assert (done.return_value, "avertissement CPOM601" in done.output) == (0, True)


def abandon(root: Path, *numbers: int, more: str = "") -> None:
    """Announce avenants that are abandoned, then others."""
    given_up = [f"{{numero: {number}, abandon: Sans crédits.}}" for number in numbers]
    told = ", ".join([*given_up, *([more] if more else [])])
    (root / "contracts/essai.yaml").write_text(f"{CONTRACT}avenants: [{told}]\n", encoding="utf-8")


def it_counts_no_avenant_that_is_abandoned(root: Path) -> None:
    abandon(root, 1)
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau revu")
    assert "numero: 2" in said("validate", "essai")
    abandon(root, 1, more="{numero: 2}")
    edit(root / "contracts/essai.yaml", "Réseau d'essai", "Réseau revu")
    assert "CPOM63" not in said("validate", "essai")
