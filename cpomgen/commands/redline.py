"""`cpomgen redline`: two Word files that cpomgen made → the second, with what tells it from the first tracked in it."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import click

from cpomgen.commands.asked import DAY, FOLDER
from cpomgen.commands.placed import place
from cpomgen.commands.received import received
from cpomgen.francais import FrenchCommand
from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.wording import combien

WORD = re.compile(r"\.docx$", re.IGNORECASE)


def _readable(_context: click.Context, _option: click.Parameter, name: str) -> str:
    """Return the name of an author; BadParameter for one that Word could not show."""
    if not name.strip() or any(unicodedata.category(sign).startswith("C") for sign in name):
        raise click.BadParameter("écrivez un nom, sans signe invisible.")
    return name


@click.command(cls=FrenchCommand, short_help="Suivre dans Word ce qui change d’un fichier à un autre.")
@click.argument("ancien", metavar="ANCIEN.docx")
@click.argument("nouveau", metavar="NOUVEAU.docx")
@click.option("-o", "--sortie", metavar="FICHIER", default="", help="Où l’écrire ; à défaut, dans NOUVEAU-suivi.docx.")
@click.option(
    "--auteur", metavar="NOM", default="cpomgen", show_default=True, callback=_readable, help="Au nom de qui suivre."
)
@click.option("--le", "day", metavar="DATE", type=DAY, help="À quelle date ; à défaut, celle que porte NOUVEAU.docx.")
@click.option("--ecraser", is_flag=True, help="Remplacer le fichier s’il existe déjà.")
@FOLDER
def redline(  # noqa: PLR0913, PLR0917 - one for each option
    ancien: str, nouveau: str, sortie: str, auteur: str, day: datetime | None, folder: Path, *, ecraser: bool
) -> int:
    """Écrire NOUVEAU.docx en y suivant, comme Word, ce qui change depuis ANCIEN.docx : deux fichiers de cpomgen."""
    from cpomgen.overlay import dated, overlay
    from cpomgen.revision import Reviser

    target = _target(folder, nouveau, sortie)
    old, new = received(folder, ancien), received(folder, nouveau)
    by = Reviser(auteur, day.replace(tzinfo=UTC) if day else dated(new))
    tracked = overlay(old, new, by)
    if not by.count:
        click.echo(f"{nouveau} : rien n’a changé depuis {ancien}, aucun fichier n’est écrit.")
        return 0
    if folder.joinpath(target).resolve() in {folder.joinpath(each).resolve() for each in (ancien, nouveau)}:
        message, remedy = "c'est l'un des deux fichiers à comparer.", "donnez un autre nom par « -o »."
        raise ProblemError(Problem("CPOM681", Mark(target), message, remedy))
    place(folder, target, tracked, overwrite=ecraser)
    click.echo(f"{target} : {combien(by.count, 'marque')} de révision, au nom de « {auteur} ».")
    return 0


def _target(folder: Path, nouveau: str, sortie: str) -> str:
    """Return the file to write: that which is asked for, in that folder, or beside the new one."""
    beside = f"{WORD.sub('', nouveau)}-suivi.docx"
    if sortie and (folder / sortie).is_dir():
        return str(Path(sortie, Path(beside).name))
    if sortie and not WORD.search(sortie):
        raise click.BadParameter("donnez un nom qui finit par .docx, ou un dossier qui existe.", param_hint="'-o'")
    return sortie or beside
