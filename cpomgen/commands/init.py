"""`cpomgen init`: a new project, with all that its contracts need; it works from the installed package alone."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Collection
from pathlib import Path

import click

from cpomgen.commands.told import say
from cpomgen.create import Created, create
from cpomgen.francais import FrenchCommand
from cpomgen.project import new_root
from cpomgen.shipped import project_files
from cpomgen.tree import WorkTree

FOLDERS = (
    ("contracts", "les contrats, un fichier chacun ; arespa.yaml est un exemple"),
    ("templates", "les modèles Word, et l'aspect des PDF"),
    ("schemas", "les champs qu'un contrat peut avoir"),
    ("docs", "le guide (docs/guide), les champs, les messages"),
    ("out", "les documents construits, vide pour l'instant"),
)
HISTORY = (
    "Pour garder l'historique des contrats dans git, une seule fois, dans le dossier du projet :",
    "    git init",
    "    git add .",
    '    git commit -m "Début des contrats"',
)


@click.command(cls=FrenchCommand, short_help="Créer un projet, prêt à l'emploi.")
@click.argument("folder", metavar="DOSSIER", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Créer un projet dans DOSSIER : modèles, schémas, exemple, guide, réglages ; rien n'y est jamais remplacé."""
    from cpomgen.glance import types_of

    here = folder == Path()
    done = create(root := new_root(folder), project_files(), shown="" if here else folder.as_posix())
    where = "ce dossier" if here else f"« {folder} »"
    if done.made:
        click.echo(f"Projet créé dans {where} ({_counted(done)}) :")
        say(f"    {name:<9}  {what}" for name, what in FOLDERS)
        click.echo("LISEZMOI.md dit le reste.")
    else:
        click.echo(f"Rien à créer : le projet est déjà en place dans {where}.")
    kinds = types_of(WorkTree(root))
    say(["", "À taper maintenant :", *(f"    {line}" for line in _next(folder, kinds))])
    if len(kinds) > 1:
        say(["", "Les types de contrat du projet :", *(f"    {kind} : {title}" for kind, title in kinds.items())])
    say(["", *HISTORY])


def _counted(done: Created) -> str:
    """Return how many files were made, and how many were there already."""
    made, kept = len(done.made), len(done.unchanged)
    there = f" ; {kept} y {'étaient' if kept > 1 else 'était'} déjà" if kept else ""
    return f"{made} fichier{'s' if made > 1 else ''}{there}"


def _next(folder: Path, kinds: Collection[str]) -> list[str]:
    """Return the commands that come next, to be typed where this one was."""
    enter = [] if folder == Path() else [f"cd {_quoted(folder)}"]
    choice = f" --type {next(iter(kinds))}" if len(kinds) > 1 else ""
    return [*enter, f"cpomgen new mon-contrat{choice}", "cpomgen validate mon-contrat"]


def _quoted(folder: Path) -> str:
    """Return a path as a terminal takes it, whatever its signs."""
    typed = f".{os.sep}{folder}" if str(folder).startswith("-") else str(folder)
    if os.name != "nt" and set(typed) & set('"$`\\!'):
        return shlex.quote(typed)
    return typed if re.fullmatch(r"[\w.:/\\-]+", typed) else f'"{typed}"'
