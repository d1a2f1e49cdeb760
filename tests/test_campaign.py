"""`cpomgen campaign`: from a spreadsheet to contracts and back, as it is typed."""

from __future__ import annotations

import io
from pathlib import Path
from unittest import mock

import pytest
from essai import CONTRACT, project
from memory import real_schema
from openpyxl import load_workbook
from specimens import real, type_line
from typed import in_git

from benchmarks.classeur import spreadsheet
from benchmarks.france import SEED, generate
from benchmarks.reseau import reseau
from cpomgen import disk
from cpomgen.blanks import blanks
from cpomgen.glance import typed
from cpomgen.pipeline import check
from cpomgen.tree import WorkTree

TITLES = "Identifiant;Nom;Échéance;Fin;Annexe\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path))
    return tmp_path


def put(folder: Path, text: str, name: str = "reseaux.csv") -> None:
    (folder / name).write_bytes(text.encode("cp1252"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def it_changes_what_a_row_changes_and_nothing_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, f"{TITLES}essai;Réseau d’été;;30/06/2014;\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 0
    assert (folder / "contracts/essai.yaml").read_text(encoding="utf-8") == CONTRACT.replace(
        "Réseau d'essai", "Réseau d’été"
    ).replace("2013-12-31", "2014-06-30")
    assert capsys.readouterr().out.splitlines() == [
        "ligne 2, essai : changé.",
        "    Nom : Réseau d'essai → Réseau d’été",
        "    Fin : 31/12/2013 → 30/06/2014",
        "1 ligne : 1 changé.",
    ]
    assert type_line("cpomgen campaign import reseaux.csv") == 0
    assert capsys.readouterr().out.splitlines() == ["ligne 2, essai : inchangé.", "1 ligne : 1 inchangé."]


def it_writes_nothing_when_it_is_dry(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, f"{TITLES}essai;Réseau;;;\nneuf;Appui;;31/12/2012;\nfaux;;31/12/12;;\n")
    before = files(folder)
    assert type_line("cpomgen campaign import reseaux.csv --dry-run") == 1
    assert files(folder) == before
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "ligne 2, essai : serait changé."
    assert out[2].startswith("ligne 3, neuf : serait créé, 2 champs de la feuille,")
    assert out[3:] == [
        "ligne 4, faux : serait refusé.",
        "Essai, rien n'est écrit. 3 lignes : 1 créé, 1 changé, 1 refusé.",
    ]


def it_begins_a_contract_as_new_does(folder: Path) -> None:
    put(folder, f"{TITLES}neuf;Appui;;;\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 0
    assert type_line("cpomgen new autre") == 0
    found, other = ((folder / f"contracts/{name}.yaml").read_text(encoding="utf-8") for name in ("neuf", "autre"))
    assert found.replace("neuf", "autre").replace("nom: Appui", "nom:") == other


def it_begins_a_contract_from_another(folder: Path) -> None:
    content = b"\xef\xbb\xbf" + CONTRACT.replace("nom:", "nom: # commun\n ").replace("\n", "\r\n").encode()
    (folder / "commun.yaml").write_bytes(content)
    put(folder, f'{TITLES}neuf;Appui;(vide);;"un\r\n\r\ndeux"\n')
    assert type_line("cpomgen campaign import reseaux.csv --depart commun.yaml") == 0
    expected = content.replace(b"identifiant: essai", b"identifiant: neuf").replace(b"R\xc3\xa9seau d'essai", b"Appui")
    expected = expected.replace(b"dossier: DOS/1\r\n", b"dossier: DOS/1\r\nannexe: |\r\n  un\r\n\r\n  deux\r\n")
    assert (folder / "contracts/neuf.yaml").read_bytes() == expected


def it_does_the_other_rows_and_gives_the_faulty_ones_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, f"Campagne\n{TITLES}essai;=1+1;31/12/12;2013;\nNeuf 2;;;;\nneuf;Appui;;31/12/2012;x\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 1
    assert (folder / "contracts/essai.yaml").read_text(encoding="utf-8") == CONTRACT
    assert (folder / "contracts/neuf.yaml").is_file()
    sheet = load_workbook(io.BytesIO((folder / "reseaux-erreurs.xlsx").read_bytes())).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)] == [
        ["Campagne", None, None, None, None, None],
        [*TITLES.strip().split(";"), "Erreurs"],
        ["essai", "=1+1", "31/12/12", "2013", None, sheet["F3"].value],
    ]
    assert sheet["B3"].data_type == "s"
    assert sheet["F3"].value.splitlines()[0].startswith("C : « 31/12/12 » a deux lectures")
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["C3", "D3", "A4"]
    assert sheet["C3"].fill.fgColor.rgb == "FFFFC7CE"
    first = files(folder)
    assert type_line("cpomgen campaign import reseaux.csv") == 1
    assert files(folder) == first
    capsys.readouterr()


def it_takes_the_workbook_of_errors_once_it_is_mended(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, f"{TITLES}essai;A;31/12/12;;\nneuf;B;;x;\n")
    assert type_line("cpomgen campaign import reseaux.csv --erreurs e.xlsx") == 1
    book = load_workbook(folder / "e.xlsx")
    book.active["C2"] = "31/12/2012"
    book.active["D3"] = "31/12/2013"
    book.save(folder / "e.xlsx")
    capsys.readouterr()
    assert type_line("cpomgen campaign import e.xlsx") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 lignes : 1 créé, 1 changé."


def it_does_not_write_over_a_workbook_of_errors_that_somebody_mends(folder: Path) -> None:
    put(folder, f"{TITLES}essai;A;31/12/12;;\n")
    (folder / "reseaux-erreurs.xlsx").write_bytes(b"relu")
    assert type_line("cpomgen campaign import reseaux.csv") == 1
    assert (folder / "reseaux-erreurs.xlsx").read_bytes() == b"relu"
    assert (folder / "reseaux-erreurs-2.xlsx").is_file()


def it_keeps_a_contract_that_a_row_would_put_in_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "Identifiant;Nom;Effet\nessai;(vide);01/01/2012\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 1
    assert (folder / "contracts/essai.yaml").read_text(encoding="utf-8") == CONTRACT
    assert "reseaux.csv (cellule B2): erreur CPOM212 : « Nom » manque." in capsys.readouterr().err


def it_changes_a_contract_that_was_in_error_already(folder: Path) -> None:
    (folder / "contracts/essai.yaml").write_text(CONTRACT.replace("nom: Réseau d'essai", "nom:"), encoding="utf-8")
    put(folder, "Identifiant;Dossier\nessai;DOS/2\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 0
    assert "DOS/2" in (folder / "contracts/essai.yaml").read_text(encoding="utf-8")


def it_tells_a_contract_that_it_cannot_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "contracts/essai.yaml").write_text("nom: [\n", encoding="utf-8")
    put(folder, "Identifiant;Nom\nessai;A\nneuf;B\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 1
    assert "contracts/essai.yaml:2:1: erreur CPOM106" in capsys.readouterr().err
    assert (folder / "contracts/neuf.yaml").is_file()


def it_tells_a_sign_that_no_document_prints(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "reseaux.csv").write_text("Identifiant;Nom\nessai;A\u200bB\n", encoding="utf-8")
    assert type_line("cpomgen campaign import reseaux.csv") == 1
    assert "cellule B2" in (told := capsys.readouterr().err)
    assert "caractère U+200B" in told


def it_stops_at_a_full_disk_with_whole_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "Identifiant;Nom\nessai;A\n")
    with mock.patch.object(disk, "put", side_effect=OSError(28, "")):
        assert type_line("cpomgen campaign import reseaux.csv") == 1
    assert (folder / "contracts/essai.yaml").read_text(encoding="utf-8") == CONTRACT
    assert "le disque est plein" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def it_exports_what_comes_back_without_a_change(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(folder)
    assert type_line(f"cpomgen campaign export --all -o {name}") == 0
    assert type_line(f"cpomgen campaign import {name}") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{name} : 1 contrat, 8 colonnes.",
        "ligne 2, essai : inchangé.",
        "1 ligne : 1 inchangé.",
    ]
    assert {**before, name: files(folder)[name]} == files(folder)


def it_exports_the_columns_that_are_asked_for(folder: Path) -> None:
    (folder / "colonnes.yaml").write_text("Code: identifiant\nTerme: duree.date_fin\n", encoding="utf-8")
    assert type_line("cpomgen campaign export essai -o a.csv --colonnes 'Identifiant ; Fin'") == 0
    assert (
        type_line("cpomgen campaign export essai -o b.csv --correspondance colonnes.yaml --encodage windows-1252") == 0
    )
    assert (folder / "a.csv").read_bytes() == b"\xef\xbb\xbfIdentifiant;Fin\r\nessai;31/12/2013\r\n"
    assert (folder / "b.csv").read_bytes() == b"Code;Terme\r\nessai;31/12/2013\r\n"


@pytest.mark.parametrize(
    "line",
    [
        "cpomgen campaign export",
        "cpomgen campaign export essai -o a.ods",
        "cpomgen campaign export essai --colonnes Nomm",
        "cpomgen campaign export essai --colonnes Nom --correspondance schemas/essai.yaml",
        "cpomgen campaign import absent.csv",
    ],
)
def it_says_how_it_is_typed(folder: Path, line: str) -> None:
    before = files(folder)
    assert type_line(line) == 2
    assert files(folder) == before


def it_exports_the_contracts_that_it_can_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "contracts/faux.yaml").write_text("nom: [\n", encoding="utf-8")
    assert type_line("cpomgen campaign export --all -o a.csv") == 1
    assert "CPOM106" in capsys.readouterr().err
    assert len((folder / "a.csv").read_text(encoding="utf-8").splitlines()) == 2


def it_fills_a_draft_of_the_real_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(real(tmp_path))
    put(
        tmp_path, "Identifiant du contrat;Personne morale;Promoteurs > Commune;Date de fin\nneuf;Asso;Lyon;31/12/2016\n"
    )
    assert type_line("cpomgen campaign import reseaux.csv") == 0
    source = typed((tmp_path / "contracts/neuf.yaml").read_bytes(), "contracts/neuf.yaml")
    assert type_line("cpomgen new vide") == 0
    blank = typed((tmp_path / "contracts/vide.yaml").read_bytes(), "contracts/vide.yaml")
    schema = real_schema()
    assert len(blanks(source, schema)) == len(blanks(blank, schema)) - 3
    (outcome,) = check(WorkTree(tmp_path), ["neuf"])
    assert {each.code for each in outcome.problems if each.severity.value == "erreur"} == {"CPOM212"}


def it_tells_once_what_is_wrong_in_the_base(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "commun.yaml").write_text("nom: [\n", encoding="utf-8")
    put(folder, "Identifiant;Nom\nun;A\ndeux;B\n")
    assert type_line("cpomgen campaign import reseaux.csv --depart commun.yaml") == 1
    assert capsys.readouterr().err.splitlines()[0].startswith("commun.yaml:2:1: erreur CPOM106")


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose contract is signed."""
    root = in_git(tmp_path / "projet")
    monkeypatch.chdir(root)
    assert type_line("cpomgen freeze essai --le 2012-06-11") == 0
    assert type_line("cpomgen sign essai --le 2012-06-18") == 0
    return root


def it_changes_a_signed_contract_by_an_avenant_alone(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = signed / "contracts/essai.yaml"
    before = path.read_bytes()
    put(signed, "Identifiant;Nom;Dossier\nessai;Autre;\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 1
    assert path.read_bytes() == before
    assert "reseaux.csv (cellule B2): erreur CPOM631" in capsys.readouterr().err
    put(signed, "Identifiant;Nom;Dossier\nessai;;DOS/2\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 0
    path.write_bytes(before + b"avenants: [{numero: 1}]\n")
    put(signed, "Identifiant;Nom\nessai;Autre\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 0


def it_imports_where_there_are_files_without_git(signed: Path) -> None:
    (signed / ".git").rename(signed / "git")
    put(signed, "Identifiant;Nom\nessai;Autre\n")
    assert type_line("cpomgen campaign import reseaux.csv") == 0


def it_exports_the_titles_of_a_first_campaign(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "contracts/essai.yaml").unlink()
    assert type_line("cpomgen campaign export --all -o a.csv") == 0
    assert capsys.readouterr().out == "a.csv : aucun contrat, 8 colonnes.\n"
    assert (folder / "a.csv").read_text(encoding="utf-8-sig").startswith("Identifiant;Type;Nom;")
    assert type_line("cpomgen campaign import a.csv") == 0
    assert capsys.readouterr().out == "Aucune ligne.\n"


def it_goes_from_a_spreadsheet_to_documents_with_two_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generate(root := tmp_path / "projet", 0)
    monkeypatch.chdir(root)
    spreadsheet(Path("reseaux.xlsx"), 3)
    asked = "cpomgen campaign import reseaux.xlsx --correspondance colonnes.yaml --depart depart.yaml"
    assert type_line(asked) == 0
    assert type_line("cpomgen build --all") == 0
    names = {reseau(rank, SEED).identifiant for rank in range(3)}
    assert {path.parent.name for path in Path("out").rglob("contrat.pdf")} == names
