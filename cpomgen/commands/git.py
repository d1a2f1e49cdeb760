"""`cpomgen git`: `git diff` and `git log -p` that an officer reads; what git starts for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from cpomgen.commands.asked import FOLDER
from cpomgen.commands.told import say
from cpomgen.francais import FrenchCommand, FrenchGroup
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import FOLDERS, find_root
from cpomgen.tree import WorkTree

SHOWN = "git montre maintenant les contrats en lignes de français, sur ce poste : « git diff », « git log -p »."
AS_IS = "Pour voir le fichier lui-même : git diff --no-textconv"
SHARE = 'Une ligne de plus dans .gitattributes : git add .gitattributes, puis git commit -m "réglage de git"'
FETCHED = "« git fetch » apportera aussi, à part, les versions arrêtées que le serveur connaît."
GONE = "git montre de nouveau les contrats tels qu'ils sont écrits, sur ce poste."
KEPT = ".gitattributes garde sa ligne, que vos collègues partagent ; elle n'a plus d'effet ici."


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
    """Écrire un contrat en lignes de français, tel quel s'il ne se lit pas ; git lance cette commande de lui-même."""
    content = fichier.read_bytes()
    with suppress(Exception):  # whatever is in the file, git has something to show
        content = "".join(f"{line}\n" for line in _french(content, fichier)).encode()
    click.echo(content, nl=False)


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
