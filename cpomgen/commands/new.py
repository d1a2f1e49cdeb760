"""`cpomgen new`: a contract to fill, explained line by line, and the list of what it waits for."""

from __future__ import annotations

from pathlib import Path

import click

from cpomgen.commands.asked import FOLDER
from cpomgen.commands.told import say, to_fill
from cpomgen.francais import FrenchCommand
from cpomgen.project import find_root
from cpomgen.tree import Tree, WorkTree
from cpomgen.wording import combien


@click.command(cls=FrenchCommand, short_help="Commencer un contrat, à remplir.")
@click.argument("identifiant", metavar="ID")
@click.option("--type", "kind", metavar="TYPE", help="Le type du contrat, si le projet en a plusieurs.")
@FOLDER
def new(identifiant: str, kind: str | None, folder: Path) -> None:
    """Commencer le contrat ID : un fichier expliqué, prêt à remplir, et la liste de ce qui y va."""
    from cpomgen.begin import begin

    root = find_root(folder)
    tree = WorkTree(root)
    started = begin(tree, root, identifiant, kind or _only_type(tree))
    say([f"{started.file} est prêt : {combien(len(started.blanks), 'champ')} à remplir.", *to_fill(started.blanks)])
    say(["", f"Remplissez ce fichier dans un éditeur de texte, puis vérifiez-le : cpomgen validate {identifiant}"])


def _only_type(tree: Tree) -> str:
    known = tree.names("schemas", ".yaml")
    if len(known) > 1:
        raise click.UsageError(f"indiquez le type du contrat, par --type. Types du projet : {', '.join(known)}.")
    return known[0] if known else ""
