"""`cpomgen schema`: the fields of a type of contract, for an editor or a reader."""

from __future__ import annotations

from pathlib import Path

import click

from cpomgen.commands.asked import FOLDER
from cpomgen.francais import FrenchCommand
from cpomgen.project import find_root
from cpomgen.tree import WorkTree


@click.command(cls=FrenchCommand, short_help="Décrire les champs d'un type de contrat.")
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
    from cpomgen.describe import describe

    described = describe(WorkTree(find_root(folder)), kind, form)
    click.echo(described.encode(), nl=False)  # as bytes: UTF-8 and LF on any system
