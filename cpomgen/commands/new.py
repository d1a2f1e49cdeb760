"""`cpomgen new`: a contract to fill, explained line by line, and the list of what it waits for."""

from __future__ import annotations

from pathlib import Path

import click

from cpomgen.commands.asked import FOLDER, type_of
from cpomgen.commands.told import say, to_fill
from cpomgen.francais import FrenchCommand
from cpomgen.project import find_root
from cpomgen.tree import WorkTree
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
    started = begin(tree, root, identifiant, type_of(tree, kind))
    say([f"{started.file} est prêt : {combien(len(started.blanks), 'champ')} à remplir.", *to_fill(started.blanks)])
    say(["", f"Remplissez ce fichier dans un éditeur de texte, puis vérifiez-le : cpomgen validate {identifiant}"])
