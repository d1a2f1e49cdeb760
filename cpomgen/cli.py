"""The commands: each opens the project, calls the pipeline once, reports, and returns its exit status."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen import __version__
from cpomgen.boundary import bounded
from cpomgen.francais import FrenchGroup
from cpomgen.problem import Problem, format_problem

if TYPE_CHECKING:
    from cpomgen.pipeline import Outcome

FOLDER = click.option(
    "-C", "folder", metavar="DOSSIER", default=".", type=click.Path(path_type=Path), help="Travailler dans ce dossier."
)


@click.group(cls=FrenchGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="cpomgen %(version)s", help="Afficher la version.")
def cli() -> None:
    """Écrire, modifier et régénérer des contrats pluriannuels d'objectifs et de moyens (CPOM)."""


@cli.command()
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Construire tous les contrats du projet.")
@click.option("--ecraser", is_flag=True, help="Remplacer aussi les documents modifiés à la main.")
@click.option("--sans-donnees", is_flag=True, help="Ne pas joindre aux documents les données du contrat.")
@FOLDER
def build(identifiants: tuple[str, ...], folder: Path, *, everything: bool, ecraser: bool, sans_donnees: bool) -> int:
    """Construire les documents Word et PDF des contrats ID, dans le dossier out."""
    from cpomgen import pipeline
    from cpomgen.project import find_root
    from cpomgen.tree import WorkTree

    root = find_root(folder)
    tree = WorkTree(root)
    chosen = tree.names("contracts", ".yaml") if everything else tuple(dict.fromkeys(map(_identifiant, identifiants)))
    if not chosen:
        known = ", ".join(tree.names("contracts", ".yaml")) or "aucun"
        raise click.UsageError(f"indiquez un contrat, ou --all pour tous. Contrats du projet : {known}.")
    options = pipeline.Options(data=not sans_donnees)
    return max([_report(outcome) for outcome in pipeline.build(tree, root, chosen, options, overwrite=ecraser)])


@cli.command()
@click.argument("kind", metavar="TYPE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json-schema", "markdown"]),
    default="json-schema",
    show_default=True,
    help="Pour un éditeur de texte (json-schema), ou à lire (markdown).",
)
@FOLDER
def schema(kind: str, form: str, folder: Path) -> None:
    """Décrire les champs des contrats d'un TYPE : pour l'aide à la saisie, ou pour qui les lit."""
    from cpomgen import pipeline
    from cpomgen.project import find_root
    from cpomgen.tree import WorkTree

    described = pipeline.describe(WorkTree(find_root(folder)), kind, form)
    click.echo(described.encode(), nl=False)  # as bytes: UTF-8 and LF on any system


@cli.group()
def template() -> None:
    """Vérifier les modèles Word."""


@template.command()
@click.argument("types", nargs=-1, metavar="[TYPE]...")
@FOLDER
def check(types: tuple[str, ...], folder: Path) -> int:
    """Vérifier les modèles des TYPES de contrat, ou de tous : balises, champs, mise en forme, numéros, signes."""
    from cpomgen import pipeline
    from cpomgen.project import find_root
    from cpomgen.tree import WorkTree

    tree = WorkTree(find_root(folder))
    found = [
        problem for kind in types or tree.names("schemas", ".yaml") for problem in pipeline.check_template(tree, kind)
    ]
    if not found:
        click.echo("Aucun problème.")
    return _tell(found)


def _identifiant(text: str) -> str:
    """Return the id of a contract, given by id or by the path of its file."""
    return Path(text).name.removesuffix(".yaml")


def _report(outcome: Outcome) -> int:
    if outcome.problems:
        return _tell(outcome.problems)
    count = len(outcome.written) + len(outcome.unchanged)
    fresh = f"{len(outcome.written)} écrits" if len(outcome.written) > 1 else f"{len(outcome.written)} écrit"
    click.echo(f"{outcome.identifiant} : {count} documents dans out/{outcome.identifiant} ({fresh}).")
    return 0


def _tell(problems: Iterable[Problem]) -> int:
    count = 0
    for problem in problems:
        click.echo(format_problem(problem), err=True)
        count += 1
    return 1 if count else 0


def main() -> None:
    """Run the command line; exit 0 fine, 1 problems, 2 usage, 3 a bug, 130 interrupted."""
    bounded(cli)
