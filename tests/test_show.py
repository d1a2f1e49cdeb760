"""`cpomgen show`, as an officer types it: what is in force on a day, as it was known on another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from essai import CONTRACT, project
from history import record, repository
from specimens import real
from typed import edit, said, signed_in_git, typed

SECOND = f"{CONTRACT.replace('Réseau d', 'Réseau plus grand d')}avenants: [{{numero: 1, date_effet: 2013-01-01}}]\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose contract is signed on 18 June 2012, its avenant 1 on 12 December, for January."""
    root = signed_in_git(tmp_path / "projet", monkeypatch)
    (root / "contracts/essai.yaml").write_text(SECOND, encoding="utf-8")
    record(root)
    typed("freeze", "essai", "--le", "2012-12-03")
    assert typed("sign", "essai", "--le", "2012-12-12").return_value == 0
    return root


def show(*words: str) -> str:
    return said("show", "essai", "--au", *words).replace("\u00a0", " ")


def it_tells_what_is_in_force_and_what_is_to_come(root: Path) -> None:
    assert root
    before = show("2012-10-15")
    assert "en vigueur dans sa version v0." in before
    assert "à venir : avenant n° 1 : signé le 12 décembre 2012, effet le 1er janvier 2013" in before
    after = show("2013-01-01")
    assert ("version v1" in after, "terme : 31 décembre 2013" in after) == (True, True)
    assert "a pris fin le 31 décembre 2013" in show("2014-01-01")
    assert "signé, pas encore en vigueur" in show("2011-12-31")


def it_forgets_what_was_not_yet_known(root: Path) -> None:
    assert root
    found = show("2013-06-01", "--connu-le", "2012-12-11")
    assert ("version v0" in found, "avenant" in found) == (True, False)
    assert "aucune version n'est signée" in show("2013-06-01", "--connu-le", "2012-06-17")


def it_gives_the_text_as_it_was_signed(root: Path) -> None:
    edit(root / "contracts/essai.yaml", "Réseau plus grand d", "Autre réseau d")
    done = typed("show", "essai", "--au", "2013-01-01", "--texte")
    assert "\nContrat\nRéseau plus grand d’essai, du 1er" in done.output
    assert "Réseau d’essai, du 1er" in show("2012-10-15", "--texte")
    assert "du 1er" not in show("2014-01-01", "--texte")


def it_answers_a_program(root: Path) -> None:
    assert root
    found = json.loads(show("2012-10-15", "--format", "json", "--texte"))
    assert (found["etat"], found["version"], found["terme"]) == ("en_vigueur", 0, "2013-12-31")
    assert [(each["numero"], each["le"], each["effet"]) for each in found["actes"]] == [(0, "2012-06-18", "2012-01-01")]
    assert [each["numero"] for each in found["a_venir"]] == [1]
    assert "Contrat" in found["texte"]
    over = json.loads(show("2014-01-01", "--format", "json"))
    assert (over["etat"], over["version"], "texte" in over) == ("termine", None, False)


def it_says_what_it_lacks(root: Path) -> None:
    repository(root).references.delete("refs/tags/cpom/essai/v1")
    assert "erreur CPOM622" in show("2013-01-01")
    assert "version v0" in show("2013-01-01", "--connu-le", "2012-07-01")
    (root / "signatures/essai.yaml").unlink()
    assert "aucune version n'est signée" in show("2013-01-01")
    repository(root).references.delete("refs/tags/cpom/essai/v0")
    assert "erreur CPOM603" in show("2013-01-01")
    assert "erreur CPOM004" in said("show", "esai", "--au", "2013-01-01")


def it_needs_git(tmp_path: Path) -> None:
    project(tmp_path)
    assert "erreur CPOM601" in said("show", "essai", "--au", "2013-01-01", "-C", str(tmp_path))


def it_leaves_out_of_the_text_what_is_not_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = real(tmp_path)
    record(root)
    monkeypatch.chdir(root)
    typed("freeze", "reseau", "--le", "2012-06-11")
    assert typed("sign", "reseau", "--le", "2012-06-18", "--piece", "socle").return_value == 0
    found = said("show", "reseau", "--au", "2012-07-01", "--texte").replace("\u00a0", " ")
    assert "; pas encore signé : annexe-1, annexe-2, annexe-3, annexe-4, annexe-5" in found
    assert ("\nTitre 1 – Objet du contrat\n" in found, "\nSources de financement\n" in found) == (True, False)
    typed("sign", "reseau", "--le", "2012-09-03", "--piece", "annexe-4")
    rows = [line for line in said("show", "reseau", "--au", "2012-10-01", "--texte").splitlines() if " | " in line]
    assert any("120\u202f000,00\u00a0€ | 120\u202f000,00\u00a0€" in row for row in rows)
