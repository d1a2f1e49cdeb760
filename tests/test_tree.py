"""The door of the project: a file on disk, missing, unreadable; the names of a folder."""

from __future__ import annotations

from pathlib import Path

from memory import problems_of, told

from cpomgen.tree import WorkTree


def it_reads_the_bytes_of_a_file_below_an_accented_folder(tmp_path: Path) -> None:
    (tmp_path / "modèles été").mkdir()
    (tmp_path / "modèles été" / "a.yaml").write_bytes(b"\xff\r\n")
    assert WorkTree(tmp_path).read("modèles été/a.yaml") == b"\xff\r\n"


def it_says_in_french_that_a_file_is_missing(tmp_path: Path) -> None:
    [problem] = problems_of(WorkTree(tmp_path).read, "contracts/inconnu.yaml")
    assert told(problem)[:3] == ("contracts/inconnu.yaml", "CPOM001", "ce fichier n'existe pas.")


def it_says_that_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "contracts").mkdir()
    [problem] = problems_of(WorkTree(tmp_path).read, "contracts")
    assert problem.code == "CPOM002"


def it_lists_stems_in_order_and_files_only(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", "c.yml", "a.yaml.bak"):
        (tmp_path / name).touch()
    (tmp_path / "dossier.yaml").mkdir()
    assert WorkTree(tmp_path).names(".", ".yaml") == ("a", "b")


def it_lists_nothing_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert WorkTree(tmp_path).names("contracts", ".yaml") == ()
