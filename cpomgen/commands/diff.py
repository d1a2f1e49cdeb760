"""`cpomgen diff`: what changes from one version of a contract to another; nothing is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER, chosen_ids
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import ProblemError
from cpomgen.project import find_root
from cpomgen.tree import Instead, Tree, WorkTree

if TYPE_CHECKING:
    from cpomgen.changes import Pen
    from cpomgen.outcome import Changes, State

VERSION = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=FrenchCommand)
@click.argument("identifiant", metavar="ID")
@click.option("--from", "old", metavar="V", type=VERSION, required=True, help="Le fichier de la version d'avant.")
@click.option("--to", "new", metavar="V", type=VERSION, help="Celui de la version d'après ; à défaut, celui du projet.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="Pour qui écrire."
)
@FOLDER
def diff(identifiant: str, old: Path, new: Path | None, form: str, folder: Path) -> int:
    """Dire ce qui change dans le contrat ID d'une version à l'autre : au mot, au chiffre et au jour près."""
    from cpomgen import pipeline
    from cpomgen.kept import Kept

    tree, name = WorkTree(find_root(folder)), chosen_ids([identifiant])[0]
    kept = Kept()
    states: list[State] = []
    for version in (old, new):
        side = _at(tree, name, version)
        try:
            states.append(pipeline.state_of(pipeline.Reading(side, kept), name))
        except ProblemError as error:
            click.echo(f"La version « {version or 'du projet'} » ne se lit pas :", err=True)
            tell(error.problems, side)
            return 1
    say(_told(name, pipeline.differ(*states), form))
    return 0


def _at(tree: Tree, name: str, version: Path | None) -> Tree:
    """Return the project as it is, the contract's file being that of a version."""
    return Instead(tree, f"contracts/{name}.yaml", version.read_bytes()) if version else tree


def _told(name: str, changes: Changes, form: str) -> list[str]:
    from cpomgen.changes import PLAIN, as_markdown, as_text
    from cpomgen.records import as_json

    if form == "json":
        return [as_json(name, changes)]
    if not changes:
        return [f"{name} : rien ne change."]
    if form == "markdown":
        return [f"### {name} : ce qui change", "", *as_markdown(changes)]
    return [f"{name} : ce qui change", *as_text(changes, _coloured() if sys.stdout.isatty() else PLAIN)]


def _coloured() -> Pen:
    from cpomgen.changes import Pen

    return Pen(
        str,
        lambda text: click.style(text, fg="red", strikethrough=True),
        lambda text: click.style(text, fg="green", underline=True),
        lambda text: click.style(text, bold=True),
    )
