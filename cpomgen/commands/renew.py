"""`cpomgen renew`: the contract that follows another, and the list of what it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER, chosen_ids
from cpomgen.commands.told import say, to_fill
from cpomgen.francais import FrenchCommand
from cpomgen.project import find_root
from cpomgen.tree import WorkTree
from cpomgen.wording import combien, jour

if TYPE_CHECKING:
    from cpomgen.term import Renewed


@click.command(cls=FrenchCommand, short_help="Commencer le contrat qui suit.")
@click.argument("identifiant", metavar="ID")
@click.argument("nouveau", required=False, default="", metavar="[NOUVEAU]")
@FOLDER
def renew(identifiant: str, nouveau: str, folder: Path) -> None:
    """Commencer, sous le nom NOUVEAU, le contrat qui suit le contrat ID ; à défaut, ID et son premier exercice."""
    from cpomgen.begin import follow

    root = find_root(folder)
    started = follow(WorkTree(root), root, chosen_ids([identifiant])[0], nouveau)
    say([f"{started.file} est prêt : {combien(len(started.blanks), 'champ')} à remplir."])
    if started.renewed:
        say(_told(started.renewed))
    say(to_fill(started.blanks))
    name = started.file.removeprefix("contracts/").removesuffix(".yaml")
    say(["", f"Remplissez ce fichier dans un éditeur de texte, puis vérifiez-le : cpomgen validate {name}"])


def _told(renewed: Renewed) -> Iterator[str]:
    """Yield what became of the contract that this one follows."""
    term, done = renewed.term, renewed.done
    until = f" et finit le {jour(term.end)}" if term.end else ""
    yield from ("", f"Il commence le {jour(term.start)}{until}.")
    yield from _counted(f"Avancé de {term.years} {'ans' if term.years > 1 else 'an'}", done["decaler"])
    yield from _counted("À remplir de nouveau, l'ancienne valeur à côté en commentaire", done["vider"])
    yield from _counted("Retiré", done["retirer"])
    yield "Tout le reste est gardé tel quel, commentaires compris."
    if renewed.cited:
        lines = ", ".join(map(str, renewed.cited))
        yield f"À relire, car une année passée y est citée : ligne{'s' if renewed.cited[1:] else ''} {lines}."


def _counted(lead: str, fields: Mapping[str, int]) -> Iterator[str]:
    told = (f"{name} ({count} fois)" if count > 1 else name for name, count in fields.items())
    if fields:
        yield f"{lead} : {' ; '.join(told)}."
