"""`cpomgen build`: contracts into the Word and PDF files of out/."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from cpomgen.commands.asked import FOLDER, asked_version, contracts_of
from cpomgen.commands.told import counted, tell
from cpomgen.commands.viewer import show_first
from cpomgen.edition import edition_of
from cpomgen.francais import FrenchCommand
from cpomgen.outcome import Options, Outcome
from cpomgen.problem import ProblemError, is_blocking
from cpomgen.project import find_root
from cpomgen.tree import Tree, WorkTree

KEPT = "cette version est imprimée telle qu’elle a été arrêtée ou signée."


class Asked(NamedTuple):
    """How a version is to be built, and the folder from which the path of a file is typed."""

    options: Options
    folder: Path
    overwrite: bool


@click.command(cls=FrenchCommand, short_help="Construire les documents Word et PDF.")
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Construire tous les contrats du projet.")
@click.option("--document", "names", multiple=True, metavar="NOM", help="Ne construire que ce document (répétable).")
@click.option("--watch", is_flag=True, help="Reconstruire à chaque enregistrement, jusqu’à Ctrl-C.")
@click.option("--open", "opens", is_flag=True, help="Ouvrir le PDF du premier document construit.")
@click.option("--version", "version", metavar="VERSION", help="Construire cette version, telle qu’elle était.")
@click.option("--ecraser", is_flag=True, help="Remplacer aussi les documents modifiés à la main.")
@click.option("--sans-donnees", is_flag=True, help="Ne pas joindre aux documents les données du contrat.")
@FOLDER
def build(  # noqa: PLR0913 - one for each option
    identifiants: tuple[str, ...],
    names: tuple[str, ...],
    folder: Path,
    *,
    everything: bool,
    version: str | None,
    watch: bool,
    opens: bool,
    ecraser: bool,
    sans_donnees: bool,
) -> int:
    """Construire les documents Word et PDF des contrats ID, dans le dossier out."""
    from cpomgen import pipeline

    root = find_root(folder)
    tree = WorkTree(root)
    chosen = contracts_of(tree, identifiants, everything=everything)
    options = Options(data=not sans_donnees, names=tuple(dict.fromkeys(names)))
    if version is not None and watch:
        raise click.UsageError("une version ne change plus : --version et --watch ne vont pas ensemble.")
    if watch:
        from cpomgen.commands.watching import Watch

        return Watch(root, options, everything=everything, overwrite=ecraser, opens=opens).run(chosen)
    outcomes = []
    if version is not None:
        outcomes = [_build_version(root, each, version, Asked(options, folder, ecraser)) for each in chosen]
    else:
        for outcome in pipeline.build(tree, root, chosen, options, overwrite=ecraser):
            _report(outcome, tree)
            outcomes.append(outcome)
    if opens:
        show_first(root, (path for outcome in outcomes for path in outcome.paths))
    return int(any(is_blocking(problem) for outcome in outcomes for problem in outcome.problems))


def _build_version(root: Path, identifiant: str, name: str, asked: Asked) -> Outcome:
    """Build a version of a contract, and tell what became of it."""
    from cpomgen import pipeline
    from cpomgen.engines import engines
    from cpomgen.version import aged

    tree: Tree = WorkTree(root)
    try:
        version = asked_version(root, identifiant, name, asked.folder)
        tree, number = version.tree, version.number
        options = replace(asked.options, edition=edition_of(number), number=number or 0, below=version.folder)
        outcome = pipeline.build_version(version, root, options, overwrite=asked.overwrite)
    except ProblemError as error:
        tell(error.problems, tree)
        return Outcome(identifiant, problems=error.problems)
    _report(outcome, tree, version.folder)
    tell(aged(version, engines()), tree)
    return outcome


def _report(outcome: Outcome, tree: Tree, folder: str = "") -> None:
    """Tell what became of a contract that was to be built."""
    if any(map(is_blocking, outcome.problems)):
        tell(outcome.problems, tree)
        return
    place = "/".join(filter(None, ("out", outcome.identifiant, folder)))
    fresh = f"{len(outcome.written)} écrits" if len(outcome.written) > 1 else f"{len(outcome.written)} écrit"
    if outcome.paths:
        click.echo(f"{outcome.identifiant} : {len(outcome.paths)} documents dans {place} ({fresh}).")
    else:
        click.echo(f"{outcome.identifiant} : aucun document, ce contrat n’a pas les rubriques qu’il imprimerait.")
    if outcome.problems:
        seen = f"voir « cpomgen validate {outcome.identifiant} »." if not folder else KEPT
        click.echo(f"    {counted(outcome)} : {seen}")
