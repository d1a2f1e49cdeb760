"""`cpomgen status`: how far the contracts of a project have come on a day, who is late, for how much, until when."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import DAY, FOLDER
from cpomgen.commands.placed import place
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import ProblemError
from cpomgen.project import find_root
from cpomgen.tree import WorkTree
from cpomgen.wording import combien, jour

if TYPE_CHECKING:
    from cpomgen.campagne import Campagne
    from cpomgen.portefeuille import Portefeuille
    from cpomgen.reading import Reading


@click.command(cls=FrenchCommand, short_help="Dire où en sont les contrats, et qui est en retard.")
@click.option("--au", "au", metavar="DATE", type=DAY, help="Le jour dont on veut l’état ; à défaut, aujourd’hui.")
@click.option(
    "--format", "form", type=click.Choice(["text", "xlsx"]), default="text", help="Au terminal, ou pour Excel."
)
@click.option("-o", "--sortie", metavar="FICHIER.xlsx", default="", help="Le classeur à écrire.")
@click.option("--ecraser", is_flag=True, help="Remplacer le classeur s’il existe déjà.")
@FOLDER
def status(au: datetime | None, form: str, sortie: str, folder: Path, *, ecraser: bool) -> int:
    """Dire où en est chaque contrat : édition et étape, pièces, retards, montants, fins et renouvellements à venir."""
    from cpomgen.commands.portfolio import Portfolio
    from cpomgen.portefeuille import Portefeuille
    from cpomgen.reading import Reading

    if (form == "xlsx") is not bool(sortie):
        raise click.UsageError("--format xlsx et -o FICHIER.xlsx vont ensemble.")
    if sortie and not sortie.lower().endswith(".xlsx"):
        raise click.BadParameter("donnez un nom qui finit par .xlsx.", param_hint="'-o'")
    reading = Reading(WorkTree(root := find_root(folder)))
    campagne, read = _campagne(reading)
    day = (au or datetime.now().astimezone()).date()
    found = Portefeuille(day, tuple(Portfolio(root, reading).avancements(campagne, day)))
    if form == "xlsx":
        from cpomgen.classeur import classeur
        from cpomgen.tableaux import tableaux

        place(folder, sortie, classeur(tableaux(found)), overwrite=ecraser)
        click.echo(f"{sortie} : {combien(len(found.contrats), 'contrat')}, au {jour(found.au)}.")
    else:
        _tell(found)
    return int(not read)


def _campagne(reading: Reading) -> tuple[Campagne | None, bool]:
    """Return the campaign of a project, and whether it is read; what keeps it from being so is told."""
    try:
        return reading.campagne(), True
    except ProblemError as error:
        tell(error.problems, reading.tree)
        return None, False


def _tell(found: Portefeuille) -> None:
    from cpomgen.markup import as_text
    from cpomgen.portefeuille import SHOWN, report

    say(as_text(report(found, most=SHOWN if sys.stdout.isatty() else None)))
