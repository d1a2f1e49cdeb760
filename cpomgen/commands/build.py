"""`cpomgen build`: contracts into the Word and PDF files of out/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER, chosen_ids
from cpomgen.commands.told import counted, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import is_blocking
from cpomgen.project import find_root
from cpomgen.tree import Tree, WorkTree

if TYPE_CHECKING:
    from cpomgen.pipeline import Outcome


@click.command(cls=FrenchCommand)
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Construire tous les contrats du projet.")
@click.option("--ecraser", is_flag=True, help="Remplacer aussi les documents modifiés à la main.")
@click.option("--sans-donnees", is_flag=True, help="Ne pas joindre aux documents les données du contrat.")
@FOLDER
def build(identifiants: tuple[str, ...], folder: Path, *, everything: bool, ecraser: bool, sans_donnees: bool) -> int:
    """Construire les documents Word et PDF des contrats ID, dans le dossier out."""
    from cpomgen import pipeline

    root = find_root(folder)
    tree = WorkTree(root)
    chosen = tree.names("contracts", ".yaml") if everything else chosen_ids(identifiants)
    if not chosen:
        known = ", ".join(tree.names("contracts", ".yaml")) or "aucun"
        raise click.UsageError(f"indiquez un contrat, ou --all pour tous. Contrats du projet : {known}.")
    options = pipeline.Options(data=not sans_donnees)
    outcomes = pipeline.build(tree, root, chosen, options, overwrite=ecraser)
    return max([_report(outcome, tree) for outcome in outcomes])


def _report(outcome: Outcome, tree: Tree) -> int:
    """Tell what became of a contract that was to be built, and return its exit status."""
    if any(map(is_blocking, outcome.problems)):
        tell(outcome.problems, tree)
        return 1
    count = len(outcome.written) + len(outcome.unchanged)
    fresh = f"{len(outcome.written)} écrits" if len(outcome.written) > 1 else f"{len(outcome.written)} écrit"
    click.echo(f"{outcome.identifiant} : {count} documents dans out/{outcome.identifiant} ({fresh}).")
    if outcome.problems:
        click.echo(f"    {counted(outcome)} : voir « cpomgen validate {outcome.identifiant} ».")
    return 0
