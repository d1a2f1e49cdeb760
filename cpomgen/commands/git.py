"""`cpomgen git`: `git diff` and `git log -p` that officers read; what git starts for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import click

from cpomgen.commands.asked import FOLDER
from cpomgen.commands.told import say
from cpomgen.francais import FrenchCommand, FrenchGroup
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import FOLDERS, find_root
from cpomgen.tree import WorkTree

ZIP = b"PK\x03\x04"  # how a Word file begins
SHOWN = (
    "git montre maintenant, sur ce poste, les contrats en lignes de français et le texte des modèles Word : « git "
    "diff », « git log -p »."
)
AS_IS = "Pour voir le fichier lui-même : git diff --no-textconv"
SHARE = 'Du nouveau dans .gitattributes : git add .gitattributes, puis git commit -m "réglage de git"'
FETCHED = "« git fetch » apportera aussi, à part, les versions arrêtées que le serveur connaît."
GONE = "git montre de nouveau les contrats tels qu'ils sont écrits, sur ce poste."
KEPT = ".gitattributes garde ses lignes, que vos collègues partagent ; elles n'ont plus d'effet ici."


@click.group(cls=FrenchGroup)
def git() -> None:
    """Régler git pour qu'il montre les contrats en français."""


@git.command()
@click.option("--cache", is_flag=True, help="Laisser git garder ce qu'il a lu : l'histoire s'affiche plus vite.")
@FOLDER
def install(folder: Path, *, cache: bool) -> None:
    """Régler git sur ce poste : « git diff » et « git log -p » montrent les contrats en lignes de français."""
    from cpomgen.driver import driver
    from cpomgen.driver import install as put
    from cpomgen.repository import identity, open_repository

    root = find_root(folder)
    repository = open_repository(root, Mark(".git"))
    if cache:
        identity(repository, Mark(".git"))  # git signs what it keeps, and stops when it cannot
    found = driver(repository, Path(sys.executable).as_posix(), cache=cache)
    changed = put(repository, root, found)
    say([SHOWN, AS_IS, *([FETCHED] if found.fetched else []), *([SHARE] if changed else [])])


@git.command()
@FOLDER
def uninstall(folder: Path) -> None:
    """Remettre git comme il était avant « cpomgen git install », sur ce poste."""
    from cpomgen.driver import uninstall as take_away
    from cpomgen.repository import open_repository

    root = find_root(folder)
    repository = open_repository(root, Mark(".git"))
    say([GONE, *([KEPT] if take_away(repository, root) else [])])


@git.command(cls=FrenchCommand)
@click.argument("fichier", metavar="FICHIER", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def textconv(fichier: Path) -> None:
    """Écrire un contrat, ou un modèle Word, en lignes de français ; git lance cette commande de lui-même."""
    content = fichier.read_bytes()
    is_word = content.startswith(ZIP)
    otherwise = f"Fichier Word qui ne se lit pas, {sha256(content).hexdigest()}\n".encode() if is_word else content
    with suppress(Exception):  # whatever is in the file, git has something to show
        otherwise = "".join(f"{line}\n" for line in (_word if is_word else _french)(content, fichier)).encode()
    click.echo(otherwise, nl=False)


def _word(content: bytes, file: Path) -> list[str]:
    """Return the lines of a Word file; raise what keeps it from being read."""
    from cpomgen.transcript import transcript

    return list(transcript(content, file.name))


def _french(content: bytes, file: Path) -> list[str]:
    """Return the lines of a contract, named by the schema that the project has now; raise what keeps it from that."""
    from cpomgen.glance import parties, schema_of, typed
    from cpomgen.partie import lines

    source = typed(content, "contracts/contrat.yaml")
    for root in _projects(file):
        with suppress(ProblemError):
            return list(lines(parties(source, schema_of(source, WorkTree(root)))))
    raise FileNotFoundError


def _projects(file: Path) -> Iterator[Path]:
    """Yield the projects that a file may be of: git gives it where it is, or a copy elsewhere, from the top folder."""
    here = Path.cwd()
    for start in (file.resolve().parent, here):
        try:
            if start.is_relative_to(here.resolve()):
                yield find_root(start)
        except ProblemError:
            continue
    for depth in ("*", "*/*"):
        yield from (each for each in sorted(here.glob(depth)) if all((each / name).is_dir() for name in FOLDERS))
