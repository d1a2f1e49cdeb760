"""`cpomgen init`, typed as an officer does: from a checkout, and from the wheel that an agency installs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from generated import KINDS
from memory import ROOT
from repository import commit, put_command, run

from cpomgen.cli import cli, main
from cpomgen.commands.init import FOLDERS
from cpomgen.glance import types_of
from cpomgen.shipped import project_files
from cpomgen.tree import WorkTree

Typed = Callable[..., tuple[object, str, str]]
PACKED = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".gitignore",
    "cpomgen",
    "contracts",
    "docs",
    "schemas",
    "templates",
)
MODELINE = "# yaml-language-server: $schema="
LINK = re.compile(r"\]\(([^)#\s]+)")


class Laid(NamedTuple):
    """A project laid out by a process of its own: its root, where the program was read, what it said."""

    root: Path
    program: Path
    said: str

    def typed(self, *arguments: str) -> tuple[int, str]:
        """Return the status and the words of a command typed in the project."""
        return apart(self.program, self.root, *arguments)


def apart(program: Path, folder: Path, *arguments: str) -> tuple[int, str]:
    """Return the status and the words of a command run in `folder` by the program that is at `program`."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "cpomgen", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(program), "PYTHONIOENCODING": "utf-8"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the wheel of this repository is installed, made and installed without the network."""
    place = tmp_path_factory.mktemp("paquet")
    copy = place / "dépôt"
    copy.mkdir()
    for name in PACKED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    run_here(copy, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place))
    (wheel,) = place.glob("*.whl")
    assert f"pip install {wheel.name}\n" in (ROOT / "docs/guide/installer.md").read_text(encoding="utf-8")
    options = ("--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check", "--target")
    run_here(place, "-m", "pip", "install", "-q", *options, str(place / "là"), str(wheel))
    shutil.rmtree(copy)
    return place / "là"


def run_here(folder: Path, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - Python's own tools
        [sys.executable, *arguments], cwd=folder, check=False, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module", params=["checkout", "wheel"])
def laid(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """Return a project laid out by the checkout, then by the wheel."""
    program = ROOT if request.param == "checkout" else request.getfixturevalue("installed")
    folder = tmp_path_factory.mktemp("ailleurs")
    status, said = apart(program, folder, "init", "Réseaux de santé/Contrats d'été")
    assert status == 0, said
    return Laid(folder / "Réseaux de santé/Contrats d'été", program, said)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Return what runs `cpomgen init` in a folder: its exit status, what it says, what it complains of."""

    def init(folder: Path, *arguments: str) -> tuple[object, str, str]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr("sys.argv", ["cpomgen", "init", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        return caught.value.code, *capsys.readouterr()

    return init


def found(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def it_lays_out_what_this_repository_holds(laid: Laid) -> None:
    assert found(laid.root) == project_files()
    assert [path.name for path in laid.root.parent.iterdir()] == [laid.root.name]
    assert all(not path.is_symlink() for path in laid.root.rglob("*"))


def it_reads_the_program_it_is_said_to(laid: Laid) -> None:
    where = "import sys, cpomgen; sys.stdout.buffer.write(cpomgen.__file__.encode())"
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", where],
        cwd=laid.root,
        env=os.environ | {"PYTHONPATH": str(laid.program)},
        check=True,
        capture_output=True,
    )
    assert Path(done.stdout.decode()).parents[1].samefile(laid.program)
    assert (laid.program / "cpomgen/shipped").is_dir() == (laid.program != ROOT)


def it_lays_out_a_project_in_which_all_works(laid: Laid) -> None:
    assert laid.typed("validate", "--strict") == (0, "arespa : aucun problème.\n")
    assert laid.typed("template", "check") == (0, "Aucun problème.\n")
    assert laid.typed("explain", "CPOM554")[1].startswith("CPOM554 – ")
    described = laid.typed("schema", "cpom_type")[1]
    assert described == (laid.root / "schemas/cpom_type.schema.json").read_text(encoding="utf-8")
    built = laid.typed("build", "arespa", "--sans-donnees")
    shutil.rmtree(laid.root / "out/arespa")
    (laid.root / "out/manifest.json").unlink()
    shutil.rmtree(laid.root / ".cpomgen")
    assert built == (0, "arespa : 14 documents dans out/arespa (14 écrits).\n")


def it_says_what_it_laid_out_and_what_comes_next(laid: Laid) -> None:
    assert (
        laid.said
        == f"""\
Projet créé dans « {Path("Réseaux de santé/Contrats d'été")} » ({len(project_files())} fichiers) :
    contracts  les contrats, un fichier chacun ; arespa.yaml est un exemple
    templates  les modèles Word, et l'aspect des PDF
    schemas    les champs qu'un contrat peut avoir
    docs       le guide (docs/guide), les champs, les messages
    out        les documents construits, vide pour l'instant
LISEZMOI.md dit le reste.

À taper maintenant :
    cd "{Path("Réseaux de santé/Contrats d'été")}"
    cpomgen new mon-contrat --type {KINDS[0]}
    cpomgen validate mon-contrat

Les types de contrat du projet :
{"".join(f"    {kind} : {title}{chr(10)}" for kind, title in types_of(WorkTree(ROOT)).items())}
Pour garder l'historique des contrats dans git, une seule fois, dans le dossier du projet :
    git init
    git add .
    git commit -m "Début des contrats"
"""
    )
    assert {name for name, _ in FOLDERS} == {path.partition("/")[0] for path in project_files() if "/" in path} - {
        ".vscode"
    }


def it_lays_out_pages_whose_links_hold_and_stay_in_it(laid: Laid) -> None:
    pages = sorted(laid.root.rglob("*.md"))
    assert {"LISEZMOI.md", "README.md", "erreurs.md", "champs-cpom_type.md"} <= {page.name for page in pages}
    for page in pages:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            place = (page.parent / target).resolve()
            assert target.startswith("https://") or place.exists(), f"{page.name}: {target}"
            assert target.startswith("https://") or place.is_relative_to(laid.root.resolve()), f"{page.name}: {target}"


def it_lays_out_a_page_that_names_what_is_there(laid: Laid) -> None:
    text = (laid.root / "LISEZMOI.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith(("| [", "| `"))]
    named = [name for row in rows for names in re.findall(r"\[([^]]+)\]|`([^`]+)`", row) for name in names if name]
    assert all((laid.root / name).exists() for name in named)
    assert set(named) | {"LISEZMOI.md"} == {path.name for path in laid.root.iterdir()}


def it_gives_the_editor_settings_that_lead_somewhere(laid: Laid) -> None:
    (contract,) = laid.root.glob("contracts/*.yaml")
    schema = contract.read_text(encoding="utf-8").partition("\n")[0].removeprefix(MODELINE)
    assert json.loads((contract.parent / schema).read_text(encoding="utf-8"))["$schema"]
    settings = json.loads((laid.root / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert "yaml.schemas" not in settings  # it would be one for contracts of all types
    assert settings["files.eol"] == "\n"
    extensions = json.loads((laid.root / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}


def chosen(words: list[str]) -> click.Command | None:
    """Return the command that words choose, None when there is none."""
    command: click.Command | None = cli
    for word in words:
        if isinstance(command, click.Group):
            command = command.get_command(click.Context(command), word)
    return command


def it_advises_five_commands_that_exist() -> None:
    text = project_files()["LISEZMOI.md"].decode()
    lines = [line.partition("#")[0].split() for line in text.splitlines() if line.startswith("cpomgen ")]
    assert len(lines) == 5
    assert [words for words in lines if chosen(words[1:]) is None] == []


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def it_lays_out_a_project_that_git_keeps_as_it_is(laid: Laid, tmp_path: Path) -> None:
    root = tmp_path / "Contrats d'été"
    shutil.copytree(laid.root, root)
    left = (
        "out/arespa/socle.pdf",
        "out/manifest.json",
        ".cpomgen/lock",
        ".venv/x",
        "templates/cpom_type/~$contrat.docx",
    )
    for path in left:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"")
    run(root, "git", "init", "-q")
    assert commit(root).returncode == 0
    assert set(run(root, "git", "ls-files", "-z").stdout.strip("\0").split("\0")) == set(project_files())
    copy = run(tmp_path, "git", "clone", "-q", "-c", "core.autocrlf=true", root.name, "copie")
    assert copy.returncode == 0, copy.stderr
    shutil.rmtree(tmp_path / "copie/.git")
    assert found(tmp_path / "copie") == project_files()


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.skipif(os.name == "nt", reason="the command is stood for by a shell script")
def it_lays_out_a_hook_that_stops_a_contract_in_error(laid: Laid, tmp_path: Path) -> None:
    root = tmp_path / "Contrats d'été"
    shutil.copytree(laid.root, root)
    put_command(tmp_path)
    run(root, "git", "init", "-q")
    run(root, sys.executable, "-m", "pre_commit", "install")
    first = commit(root)
    assert first.returncode == 0, first.stderr
    assert "cpomgen validate" in first.stderr
    contract = root / "contracts/arespa.yaml"
    contract.write_text(contract.read_text(encoding="utf-8").replace("nature: complet", "natur: complet"), "utf-8")
    second = commit(root)
    assert second.returncode == 1
    assert "erreur CPOM211" in second.stderr


def it_fills_a_folder_that_holds_other_files(tmp_path: Path, typed: Typed) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "notes.txt").write_bytes(b"")
    (tmp_path / "LISEZMOI.md").write_bytes(project_files()["LISEZMOI.md"])
    status, said, told = typed(tmp_path, ".")
    assert (status, told) == (0, "")
    count = len(project_files())
    assert said.startswith(f"Projet créé dans ce dossier ({count - 1} fichiers ; 1 y était déjà) :\n")
    assert "    cd " not in said
    assert found(tmp_path) == {**project_files(), "notes.txt": b""}
    status, said, _ = typed(tmp_path, ".")
    assert (status, said.splitlines()[0]) == (0, "Rien à créer : le projet est déjà en place dans ce dossier.")


def it_touches_nothing_when_a_file_is_in_the_way(tmp_path: Path, typed: Typed) -> None:
    mine = {".gitignore": b"*.tmp\n", "contracts/arespa.yaml": b"", "schemas": b""}
    for path, content in mine.items():
        (tmp_path / "agence" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "agence" / path).write_bytes(content)
    status, said, told = typed(tmp_path, "agence")
    assert (status, said) == (1, "")
    places = [line.partition(": erreur CPOM554 :")[0] for line in told.splitlines() if "CPOM554" in line]
    assert places == ["agence/.gitignore", "agence/contracts/arespa.yaml", "agence/schemas"]
    assert found(tmp_path / "agence") == mine


@pytest.mark.parametrize("inside", ["agence", "contracts/agence/plus/bas"])
def it_refuses_to_begin_inside_a_project(tmp_path: Path, typed: Typed, inside: str) -> None:
    root = tmp_path / "projet"
    for name in ("contracts", "schemas", "templates"):
        (root / name).mkdir(parents=True)
    status, said, told = typed(root, inside)
    assert (status, said) == (1, "")
    assert "erreur CPOM007 : ce dossier serait à l'intérieur du projet cpomgen « projet »." in told
    assert found(root) == {}
    assert typed(root / "contracts", "..")[0] == 0


def it_refuses_a_file_and_a_folder_below_a_file(tmp_path: Path, typed: Typed) -> None:
    (tmp_path / "x").write_bytes(b"")
    assert "x: erreur CPOM554" in typed(tmp_path, "x")[2]
    assert "erreur CPOM553 : écriture impossible : un fichier porte le nom de son dossier" in typed(tmp_path, "x/y")[2]
    assert found(tmp_path) == {"x": b""}


def it_wants_a_folder(tmp_path: Path, typed: Typed) -> None:
    status, _, told = typed(tmp_path)
    assert status == 2
    assert "il manque l’argument « DOSSIER »." in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="other signs, other quotes")
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("agence", "cd agence"),
        ("été", "cd été"),
        ("a b", 'cd "a b"'),
        ("l'été", 'cd "l\'été"'),
        ("a$b", "cd 'a$b'"),
        ("-n", "cd ./-n"),
        ("a;b&c", 'cd "a;b&c"'),
    ],
)
def it_gives_a_line_that_leads_there_whatever_the_name(tmp_path: Path, typed: Typed, name: str, line: str) -> None:
    status, said, _ = typed(tmp_path, "--", name)
    assert status == 0
    assert f"    {line}\n" in said
    there = subprocess.run(["/bin/sh", "-c", f"{line} && ls"], cwd=tmp_path, check=True, capture_output=True)  # noqa: S603
    assert b"LISEZMOI.md" in there.stdout
