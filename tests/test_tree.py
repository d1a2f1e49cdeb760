"""The door of the project: a file on disk, missing, unreadable; the names of a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from memory import problems_of, told

from cpomgen.problem import Mark, Problem
from cpomgen.tree import MAX_BYTES, Bundle, Moment, Overlaid, WorkTree, is_portable


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


@pytest.mark.parametrize(
    "path",
    ["../a", "/etc/hostname", "a/../../b", "a\x00b", "con", "a\\b", "x" * 300, "", "\udce9", "c:/a", "a/nul.yaml"],
)
def it_reads_nothing_outside_the_project(tmp_path: Path, path: str) -> None:
    [problem] = problems_of(WorkTree(tmp_path).read, path)
    assert problem.code in ("CPOM002", "CPOM005")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files on Windows")
def it_never_waits_on_a_file_that_has_no_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    (tmp_path / "b.yaml").symlink_to("/dev/zero")
    (tmp_path / "c.yaml").symlink_to("c.yaml")
    for name in "abc":
        [problem] = problems_of(WorkTree(tmp_path).read, f"{name}.yaml")
        assert problem.code == "CPOM002"


def it_does_not_open_a_file_beyond_all_measure(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    [problem] = problems_of(WorkTree(tmp_path).read, "a.yaml")
    assert problem.code == "CPOM002"


@pytest.mark.parametrize("name", ["arespa", "cpom_type", "Réseau été", "réseau.2012", "console", "com10", "a" * 100])
def it_takes_names_that_every_computer_keeps(name: str) -> None:
    assert is_portable(name)


def it_finds_the_same_whatever_is_saved_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"1")
    moment = Moment(WorkTree(tmp_path))
    assert moment.read("a.yaml") == b"1"
    (tmp_path / "a.yaml").write_bytes(b"2")
    assert moment.read("a.yaml") == b"1"
    assert Moment(WorkTree(tmp_path)).read("a.yaml") == b"2"
    assert moment.names("", ".yaml") == ("a",)


def it_reads_files_that_it_was_given_as_those_of_a_disk(tmp_path: Path) -> None:
    files = {"a.yaml": b"1", "contracts/b.yaml": b"2", "templates/t/c.docx": b"3"}
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    given, disk = Bundle(files), WorkTree(tmp_path)
    for folder, suffix in (("", ".yaml"), (".", ".yaml"), ("contracts", ".yaml"), ("templates/t", ""), ("x", "")):
        assert given.names(folder, suffix) == disk.names(folder, suffix)
    assert [given.read(path) for path in files] == [disk.read(path) for path in files]
    assert problems_of(given.read, "contracts/x.yaml") == problems_of(disk.read, "contracts/x.yaml")


def it_repeats_what_was_wrong_with_a_file_that_it_was_given() -> None:
    problem = Problem("CPOM002", Mark("a.yaml"), "illisible")
    assert problems_of(Bundle({"a.yaml": (problem,)}).read, "a.yaml") == [problem]


def it_remembers_which_files_were_sought(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"1")
    moment = Moment(WorkTree(tmp_path))
    moment.read("a.yaml")
    problems_of(moment.read, "b.yaml")
    assert (moment.sought, set(moment.contents)) == ({"a.yaml", "b.yaml"}, {"a.yaml"})


def it_lists_all_that_a_folder_holds_but_what_word_leaves_there(tmp_path: Path) -> None:
    for path in ("t/b/c.docx", "t/a.yaml", "t/b/~$c.docx", "t/.DS_Store"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert WorkTree(tmp_path).below("t") == ("t/a.yaml", "t/b/c.docx")


def it_reads_files_as_if_they_were_written() -> None:
    tree = Overlaid(Bundle({"contracts/a.yaml": b"a", "contracts/b.yaml": b"b"}))
    tree.contents |= {"contracts/a.yaml": b"A", "contracts/c.yaml": b"c", "schemas/d.yaml": b"d"}
    assert tree.names("contracts", ".yaml") == ("a", "b", "c")
    assert [tree.read(f"contracts/{name}.yaml") for name in "abc"] == [b"A", b"b", b"c"]
