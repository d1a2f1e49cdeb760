"""`cpomgen show`: what is in force of a contract on a day, as it was known on another; nothing is written."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import DAY, FOLDER, chosen_ids
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import contract_file, find_root
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from cpomgen.situation import Situation
    from cpomgen.version import Version


@click.command(cls=FrenchCommand)
@click.argument("identifiant", metavar="ID")
@click.option("--au", "au", metavar="DATE", type=DAY, required=True, help="Le jour dont on veut l’état (AAAA-MM-JJ).")
@click.option(
    "--connu-le", "known", metavar="DATE", type=DAY, help="Ce que l’on savait ce jour ; à défaut, aujourd’hui."
)
@click.option("--texte", is_flag=True, help="Donner le texte en vigueur lui-même, ligne par ligne.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Pour qui écrire.")
@FOLDER
def show(  # noqa: PLR0913 - one for each option
    identifiant: str, folder: Path, *, au: datetime, known: datetime | None, texte: bool, form: str
) -> int:
    """Dire ce qui est en vigueur du contrat ID un jour donné, par quels actes, et ce qui est signé et à venir."""
    root, name = find_root(folder), chosen_ids([identifiant])[0]
    tree = WorkTree(root)
    try:
        versions, found = _situation(root, name, au.date(), (known or datetime.now().astimezone()).date())
        lines = _text(versions, found) if texte else None
    except ProblemError as error:
        tell(error.problems, tree)
        return 1
    return _told(name, found, lines, form)


def _situation(root: Path, name: str, au: date, connu_le: date) -> tuple[list[Version], Situation]:
    """Return the versions that were known as signed, in part at least, and what is in force."""
    from cpomgen.reading import Reading, signatures
    from cpomgen.repository import frozen, open_repository
    from cpomgen.situation import situation
    from cpomgen.version import check_register, frozen_version, last_frozen

    tree = WorkTree(root)
    repository, facts = open_repository(root, Mark(f"contracts/{name}.yaml")), signatures(tree, name)
    if not facts and not frozen(repository, name):
        contract_file(tree, name)
        last_frozen(repository, name)  # says that there is none
    known = [each for each in facts if each.le <= connu_le]
    check_register(repository, name, known)
    versions = [frozen_version(repository, name, number) for number in sorted({each.version for each in known})]
    numbered = ((each, each.number or 0) for each in versions)
    acts = [Reading(each.tree).signe(name, n, [fact for fact in known if fact.version == n]) for each, n in numbered]
    return versions, situation(acts, au, connu_le)


def _text(versions: list[Version], found: Situation) -> list[str] | None:
    """Return the lines of the text in force, sections that are not signed left out; None when nothing is."""
    from cpomgen import pipeline
    from cpomgen.lecture import lecture
    from cpomgen.reading import Reading
    from cpomgen.situation import Etat

    last = found.last
    if last is None or found.etat is not Etat.EN_VIGUEUR:
        return None
    version = next(each for each in versions if each.number == last.numero)
    imprime = pipeline.state_of(Reading(version.tree), version.identifiant, version.file, settled=True).imprime
    names = (section.name for section in imprime.sections if section.name not in last.a_signer)
    return list(lecture(imprime.slice(imprime.title, tuple(names))))


def _told(name: str, found: Situation, lines: list[str] | None, form: str) -> int:
    from cpomgen.situation import as_json, lignes

    if form == "json":
        click.echo(as_json(name, found, lines))
        return 0
    for line in lignes(name, found):
        click.echo(line, err=lines is not None)
    say(lines or ())
    return 0
