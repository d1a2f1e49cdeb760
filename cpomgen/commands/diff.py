"""`cpomgen diff`: what changes from one version of a contract to another; nothing is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER, asked_version, chosen_ids
from cpomgen.commands.told import coloured, say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import ProblemError
from cpomgen.project import find_root
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from cpomgen.kept import Kept
    from cpomgen.outcome import Changes, State


@click.command(cls=FrenchCommand)
@click.argument("identifiant", metavar="ID")
@click.option("--from", "old", metavar="V", default="", help="La version d’avant ; à défaut, la dernière arrêtée.")
@click.option("--to", "new", metavar="V", help="La version d’après ; à défaut, le projet tel qu’il est.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="Pour qui écrire."
)
@FOLDER
def diff(identifiant: str, old: str, new: str | None, form: str, folder: Path) -> int:
    """Dire ce qui change dans le contrat ID d’une version à l’autre, au mot près ; V : numéro, étiquette, fichier."""
    from cpomgen import pipeline
    from cpomgen.kept import Kept

    root, name = find_root(folder), chosen_ids([identifiant])[0]
    kept, states = Kept(), []
    for version in (old, new):
        found = _state(root, name, version, folder, kept)
        if found is None:
            return 1
        states.append(found)
    say(_told(name, pipeline.differ(states[0], states[1]), form))
    return 0


def _state(root: Path, name: str, version: str | None, folder: Path, kept: Kept) -> State | None:
    """Return a version of a contract, the project's own for None; what is wrong in it is told."""
    from cpomgen import pipeline
    from cpomgen.reading import Reading

    tree = WorkTree(root)
    if version is None:
        try:
            return pipeline.state_of(Reading(tree, kept), name)
        except ProblemError as error:
            tell(error.problems, tree)
            return None
    found = asked_version(root, name, version, folder)
    try:
        return pipeline.state_of(Reading(found.tree, kept), name, found.file, settled=found.number is not None)
    except ProblemError as error:
        click.echo(f"La version « {found.name} » ne se lit pas :", err=True)
        tell(error.problems, found.tree)
        return None


def _told(name: str, changes: Changes, form: str) -> list[str]:
    from cpomgen.changes import as_markdown, as_text
    from cpomgen.pen import PLAIN
    from cpomgen.records import as_json

    if form == "json":
        return [as_json(name, changes)]
    if not changes:
        return [f"{name} : rien ne change."]
    if form == "markdown":
        return [f"### {name} : ce qui change", "", *as_markdown(changes)]
    return [f"{name} : ce qui change", *as_text(changes, coloured() if sys.stdout.isatty() else PLAIN)]
