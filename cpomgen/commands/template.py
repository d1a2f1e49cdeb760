"""`cpomgen template check`: what is wrong in Word templates."""

from __future__ import annotations

from pathlib import Path

import click

from cpomgen.commands.asked import FOLDER
from cpomgen.commands.told import tell
from cpomgen.francais import FrenchGroup
from cpomgen.problem import is_blocking
from cpomgen.project import find_root
from cpomgen.tree import WorkTree


@click.group(cls=FrenchGroup)
def template() -> None:
    """Vérifier les modèles Word."""


@template.command()
@click.argument("types", nargs=-1, metavar="[TYPE]...")
@FOLDER
def check(types: tuple[str, ...], folder: Path) -> int:
    """Vérifier les modèles des TYPES de contrat, ou de tous : balises, champs, mise en forme, numéros, signes."""
    from cpomgen.gabarits import check_template

    tree = WorkTree(find_root(folder))
    found = [problem for kind in types or tree.names("schemas", ".yaml") for problem in check_template(tree, kind)]
    if not found:
        click.echo("Aucun problème.")
    tell(found, tree)
    return int(any(map(is_blocking, found)))
