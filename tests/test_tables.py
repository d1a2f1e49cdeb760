"""Sheets of contracts in a project of several types: which type they are of; they come back without a change."""

from __future__ import annotations

from pathlib import Path

import pytest
from essai import CONTRACT, MODELE, SCHEMA, project, put
from generated import KINDS
from memory import ROOT, real_schema
from specimens import type_line

from cpomgen.commands.exporting import Table, read_contracts
from cpomgen.commands.tables import read_columns
from cpomgen.glance import typed
from cpomgen.ligne import Asked, propose
from cpomgen.tree import WorkTree

OTHER = {
    "schemas/autre.yaml": SCHEMA.replace("type: essai", "type: autre").replace("libelle: Nom,", "libelle: Titre,"),
    "templates/autre/modele.yaml": MODELE.replace("type: essai", "type: autre"),
    "contracts/second.yaml": CONTRACT.replace("type: essai", "type: autre").replace(": essai\n", ": second\n"),
}
ASKED = "indiquez le type des contrats, par --type :\n    --type autre : Essai\n    --type essai : Essai\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of two types of contract, with one contract of each."""
    monkeypatch.chdir(project(tmp_path))
    return put(tmp_path, OTHER)


def it_exports_contracts_under_the_titles_of_their_own_type(folder: Path) -> None:
    assert type_line("cpomgen campaign export second -o a.csv") == 0
    assert (folder / "a.csv").read_text(encoding="utf-8-sig").startswith("Identifiant;Type;Titre;")
    assert type_line("cpomgen campaign export --all --type essai -o b.csv") == 0
    assert (folder / "b.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("essai;essai;")


@pytest.mark.parametrize("names", ["--all", "essai second"])
def it_asks_for_the_type_of_contracts_of_several(names: str, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert type_line(f"cpomgen campaign export {names} -o a.csv") == 2
    assert ASKED in capsys.readouterr().err
    assert not (folder / "a.csv").exists()


def it_exports_no_contract_of_another_type_unasked(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert type_line("cpomgen campaign export essai second --type autre -o a.csv") == 2
    assert "« essai » est du type essai : exportez-le à part, avec --type essai." in capsys.readouterr().err
    assert type_line("cpomgen campaign export essai --type autr -o a.csv") == 1
    assert "CPOM220" in capsys.readouterr().err
    assert not (folder / "a.csv").exists()


def it_reads_a_sheet_by_the_only_type_that_has_its_titles(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.csv").write_text("Identifiant;Titre\nsecond;Nouveau\n", encoding="utf-8")
    assert type_line("cpomgen campaign import a.csv --dry-run") == 0
    assert "    Titre : Réseau d'essai → Nouveau\n" in capsys.readouterr().out


@pytest.mark.parametrize("titles", ["Identifiant;Fin", "Identifiant;Inconnu"])
def it_asks_for_the_type_that_titles_do_not_tell(folder: Path, titles: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.csv").write_text(f"{titles}\nsecond;31/12/2014\n", encoding="utf-8")
    assert type_line("cpomgen campaign import a.csv --dry-run") == 2
    assert ASKED in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def it_changes_nothing_in_the_examples_of_a_type_when_their_sheet_comes_back(kind: str) -> None:
    tree, schema = WorkTree(ROOT), real_schema(kind)
    chosen, sources, problems = read_contracts(tree, kind, tree.names("contracts", ".yaml"), everything=True)
    assert (chosen, problems, len(sources) > 1) == (kind, [], True)
    feuille = Table(schema, sources, None, "").feuille("a.xlsx")
    titles = read_columns(feuille, schema, None)[1]
    assert len(titles.columns) == len(feuille.rows[1]) > 100
    for number, source in enumerate(sources, 2):
        content = tree.read(source.file)
        made = propose(content, typed(content, source.file).root, schema, Asked(feuille, titles, number))
        assert (made.changes, made.faults, made.content) == ([], [], content)
