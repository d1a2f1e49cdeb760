"""`cpomgen build`: contracts into the Word and PDF files of out/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER, chosen_ids
from cpomgen.commands.told import counted, tell
from cpomgen.commands.viewer import show_first
from cpomgen.francais import FrenchCommand
from cpomgen.outcome import Options
from cpomgen.problem import is_blocking
from cpomgen.project import find_root
from cpomgen.tree import Tree, WorkTree

if TYPE_CHECKING:
    from cpomgen.outcome import Outcome


@click.command(cls=FrenchCommand, short_help="Construire les documents Word et PDF.")
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Construire tous les contrats du projet.")
@click.option("--document", "names", multiple=True, metavar="NOM", help="Ne construire que ce document (répétable).")
@click.option("--watch", is_flag=True, help="Reconstruire à chaque enregistrement, jusqu’à Ctrl-C.")
@click.option("--open", "opens", is_flag=True, help="Ouvrir le PDF du premier document construit.")
@click.option("--ecraser", is_flag=True, help="Remplacer aussi les documents modifiés à la main.")
@click.option("--sans-donnees", is_flag=True, help="Ne pas joindre aux documents les données du contrat.")
@FOLDER
def build(  # noqa: PLR0913 - one for each option
    identifiants: tuple[str, ...],
    names: tuple[str, ...],
    folder: Path,
    *,
    everything: bool,
    watch: bool,
    opens: bool,
    ecraser: bool,
    sans_donnees: bool,
) -> int:
    """Construire les documents Word et PDF des contrats ID, dans le dossier out."""
    from cpomgen import pipeline

    root = find_root(folder)
    tree = WorkTree(root)
    chosen = tree.names("contracts", ".yaml") if everything else chosen_ids(identifiants)
    if not chosen:
        known = ", ".join(tree.names("contracts", ".yaml")) or "aucun"
        raise click.UsageError(f"indiquez un contrat, ou --all pour tous. Contrats du projet : {known}.")
    options = Options(data=not sans_donnees, names=tuple(dict.fromkeys(names)))
    if watch:
        from cpomgen.commands.watching import Watch

        return Watch(root, options, everything=everything, overwrite=ecraser, opens=opens).run(chosen)
    outcomes = []
    for outcome in pipeline.build(tree, root, chosen, options, overwrite=ecraser):
        _report(outcome, tree)
        outcomes.append(outcome)
    if opens:
        show_first(root, (path for outcome in outcomes for path in outcome.paths))
    return int(any(is_blocking(problem) for outcome in outcomes for problem in outcome.problems))


def _report(outcome: Outcome, tree: Tree) -> None:
    """Tell what became of a contract that was to be built."""
    if any(map(is_blocking, outcome.problems)):
        tell(outcome.problems, tree)
        return
    place = f"out/{outcome.identifiant}"
    fresh = f"{len(outcome.written)} écrits" if len(outcome.written) > 1 else f"{len(outcome.written)} écrit"
    if outcome.paths:
        click.echo(f"{outcome.identifiant} : {len(outcome.paths)} documents dans {place} ({fresh}).")
    else:
        click.echo(f"{outcome.identifiant} : aucun document, ce contrat n’a pas les rubriques qu’il imprimerait.")
    if outcome.problems:
        click.echo(f"    {counted(outcome)} : voir « cpomgen validate {outcome.identifiant} ».")
