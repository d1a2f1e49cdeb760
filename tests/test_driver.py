"""`cpomgen git`: what git shows of contracts once it is set up, by git itself; and nothing else of it has changed."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from essai import CONTRACT, gabarit, project
from memory import ROOT
from repository import commit, run
from typed import Done, edit, typed

from cpomgen.cli import cli
from cpomgen.driver import DRIVERS, LINES, OPTIONS, with_lines, without_lines

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
FILE = "projet/contracts/essai.yaml"
FRENCH = [
    "@@ Essai",
    "-    Nom : Réseau d’essai",
    "+    Nom : Réseau revu",
    "@@ Durée",
    "-    Fin : 31 décembre 2013",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a git repository, of a name that shells mind, whose project stands in a subfolder."""
    root = tmp_path / "contrats de l'été"
    project(root / "projet")
    run(root, "git", "init", "-q", "-b", "main")
    (root / "projet/.gitattributes").write_bytes(b"*.docx binary\r\n")
    commit(root)
    return root


def shown(root: Path, *words: str) -> list[str]:
    """Return what git shows, but for the lines that name files."""
    done = run(root, "git", "-c", "diff.context=0", *words)
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith(("@@", "-", "+"))]
    return [re.sub("^@@.*@@", "@@", line) for line in lines if not line.startswith(("---", "+++"))]


def change(root: Path) -> None:
    edit(root / FILE, "nom: Réseau d'essai", "nom: Réseau revu # enfin")
    edit(root / FILE, ", date_fin: 2013-12-31", "")


def it_shows_contracts_in_french_wherever_git_has_them(root: Path) -> None:
    assert typed("git", "install", "-C", str(root / "projet")).return_value == 0
    commit(root)
    change(root)
    assert shown(root, "diff") == FRENCH
    commit(root)
    assert shown(root, "log", "-p", "-1") == FRENCH
    assert "+nom: Réseau revu # enfin" in shown(root, "diff", "--no-textconv", "HEAD~1")


def it_shows_the_file_itself_when_it_cannot_be_read(root: Path) -> None:
    typed("git", "install", "-C", str(root / "projet"))
    (root / FILE).write_bytes(b"type: essai\nnom: [\n<<<<<<< HEAD\n")
    assert "+<<<<<<< HEAD" in shown(root, "diff")


def it_shows_the_file_itself_when_the_program_is_gone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/parti/d'ici/python")
    typed("git", "install", "-C", str(root / "projet"))
    change(root)
    assert "+nom: Réseau revu # enfin" in shown(root, "diff")


def it_runs_nothing_that_stands_in_the_folder(root: Path) -> None:
    typed("git", "install", "-C", str(root / "projet"))
    change(root)
    (root / "click.py").write_text("open('lu', 'w')\n", encoding="utf-8")
    (root / "yaml.py").write_text("open('lu', 'w')\n", encoding="utf-8")
    assert "+    Nom : Réseau revu" in shown(root, "diff")
    assert not (root / "lu").exists()


def it_shows_the_text_of_word_templates(root: Path) -> None:
    template = root / "projet/templates/essai/gabarit.docx"
    typed("git", "install", "-C", str(root / "projet"))
    commit(root)
    template.write_bytes(gabarit("{{ nom }}, dès le {{ duree.date_effet }}."))
    assert shown(root, "diff") == [
        "@@ Contrat",
        "-    {{ nom }}, du {{ duree.date_effet }} au {{ duree.date_fin }}.",
        "+    {{ nom }}, dès le {{ duree.date_effet }}.",
    ]
    template.write_bytes(b"PK\x03\x04\x00\x1b[31m")
    assert [line[:33] for line in shown(root, "diff") if line.startswith("+")] == ["+Fichier Word qui ne se lit pas, "]


def settings(root: Path) -> tuple[bytes, list[str]]:
    """Return what git is told in a repository."""
    listed = run(root, "git", "config", "--local", "--list").stdout.splitlines()
    return (root / "projet/.gitattributes").read_bytes(), sorted(listed)


def it_sets_up_the_same_twice_and_takes_all_away(root: Path) -> None:
    run(root, "git", "remote", "add", "origin", "../serveur")
    run(root, "git", "config", "user.name", "essai")
    run(root, "git", "config", "user.email", "essai@exemple.fr")
    before, where = settings(root), ("-C", str(root / "projet"))
    assert ".gitattributes" in typed("git", "install", "--cache", *where).output
    once = settings(root)
    assert once[0] == with_lines(before[0])
    assert {name.partition("=")[0] for name in set(once[1]) - set(before[1])} == {
        *(f"diff.{name}.{option}" for name in DRIVERS for option in OPTIONS), "remote.origin.fetch",
    }  # fmt: skip
    assert ".gitattributes" not in typed("git", "install", "--cache", *where).output
    assert settings(root) == once
    typed("git", "uninstall", *where)
    assert settings(root) == before
    assert typed("git", "uninstall", *where).return_value == 0


def it_leaves_to_colleagues_the_line_that_they_share(root: Path) -> None:
    where = ("-C", str(root / "projet"))
    typed("git", "install", *where)
    commit(root)
    assert "garde ses lignes" in typed("git", "uninstall", *where).output
    change(root)
    assert "+nom: Réseau revu # enfin" in shown(root, "diff")


def it_keeps_for_later_only_what_git_can_sign(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "projet")
    assert typed("git", "install", "--cache") == Done(1, "CPOM614")
    run(root, "git", "config", "user.name", "essai")
    run(root, "git", "config", "user.email", "essai@exemple.fr")
    assert typed("git", "install", "--cache").return_value == 0
    change(root)
    commit(root)
    shown(root, "log", "-p")
    kept = run(root, "git", "for-each-ref", "refs/notes").stdout
    assert "refs/notes/textconv/cpomgen" in kept
    typed("git", "install")
    assert run(root, "git", "for-each-ref", "refs/notes").stdout == ""


@pytest.mark.parametrize("content", [b"", b"*.docx binary", b"# \xe9t\xe9\n*.png binary\n\n", b"a\r\nb\r\n"])
def it_keeps_what_is_in_the_attributes(content: bytes) -> None:
    made = with_lines(content)
    assert made.startswith(content)
    assert set(LINES) <= set(made.splitlines())
    assert with_lines(made) == made
    assert without_lines(made).rstrip(b"\r\n") == content.rstrip(b"\r\n")


def it_lays_the_line_out_in_new_projects() -> None:
    skeleton = (ROOT / "cpomgen/skeleton/dot-gitattributes").read_bytes()
    assert with_lines(skeleton) == skeleton
    assert LINES[0] in skeleton.splitlines()


def converted(path: Path) -> bytes:
    done = CliRunner().invoke(cli, ["git", "textconv", str(path)], standalone_mode=False)
    assert done.exception is None, done.exception
    return done.stdout_bytes


HOSTILE = (
    b"", b"\x00\xff", b"type: essai", b"type: [essai]\n", b"type: ../../schemas/essai\n", b"type: autre\nnom: Un\n",
    b"a: &a [*a]\n", b"[" * 3000, b"nom: \x1b[31mrouge\n", CONTRACT.encode() + b"\xe9", b"x: y\n" * 300000,
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Stand in a project, where a copy of a file is given from elsewhere."""
    here = Path.cwd()
    os.chdir(project(tmp_path_factory.mktemp("ici")))
    yield tmp_path_factory.mktemp("copie")
    os.chdir(here)


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def it_gives_as_it_is_what_it_cannot_read(folder: Path, content: bytes) -> None:
    path = folder / "essai.yaml"
    path.write_bytes(content)
    known = content == b"type: essai"
    assert converted(path) == (b"Essai\n    Type : essai\n" if known else content)


def it_finds_the_schema_of_a_copy_and_shows_what_is_in_error(folder: Path) -> None:
    path = folder / "essai.yaml"
    path.write_text(CONTRACT.replace("nom:", "nmo:").replace("2012-01-01", "demain"), encoding="utf-8")
    lines = converted(path).decode().splitlines()
    assert "    nmo : Réseau d'essai" in lines
    assert "    Effet : demain" in lines
