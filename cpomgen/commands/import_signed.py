"""`cpomgen import-signed`: a contract signed without this program, kept as it is, what is wrong in it noted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import DAY, FOLDER, chosen_ids
from cpomgen.commands.freeze import to_share
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.outcome import Options
from cpomgen.problem import Mark, ProblemError, Severity
from cpomgen.project import contract_file, find_root
from cpomgen.tree import WorkTree
from cpomgen.wording import accord, combien, jour

if TYPE_CHECKING:
    from cpomgen.reading import Reading


@click.command("import-signed", cls=FrenchCommand)
@click.argument("identifiant", metavar="ID")
@click.option("--le", "day", metavar="DATE", type=DAY, required=True, help="Le jour de la signature (AAAA-MM-JJ).")
@FOLDER
def import_signed(identifiant: str, day: datetime, folder: Path) -> int:
    """Faire entrer le contrat ID, signé ailleurs, tel qu’il est ; ce qui y cloche est noté au registre, non refusé."""
    from cpomgen.engines import engines
    from cpomgen.freeze import Stamp, bring_in
    from cpomgen.reading import Reading, signatures
    from cpomgen.registre import register_file
    from cpomgen.repository import identity, open_repository
    from cpomgen.sign import check_imported, record
    from cpomgen.version import check_register

    root, name = find_root(folder), chosen_ids([identifiant])[0]
    tree = WorkTree(root)
    mark = Mark(contract_file(tree, name))
    repository = open_repository(root, mark)
    stamp = Stamp(day.date(), identity(repository, mark), engines())
    try:
        signed = signatures(tree, name)
        check_register(repository, name, signed)
        reading = Reading(tree)
        problems = reading.examined(name, settled=True).problems
        acte = reading.acte(name)
        fact = check_imported(acte, signed, problems, on=stamp.on, today=datetime.now().astimezone().date())
        done = bring_in(repository, tree, acte, stamp)
        record(root, tree, name, fact)
    except ProblemError as error:
        tell(error.problems, tree)
        return 1
    count = len(fact.problemes)
    noted = f" ; {combien(count, 'remarque')} {accord('noté', 'f', count)}" if count else ""
    click.echo(f"{name} : version v{done.number}, signée ailleurs le {jour(stamp.on)}, reprise telle quelle{noted}.")
    say([f'Pour garder le registre dans git : git add {register_file(name)}, puis git commit -m "signature"'])
    say(to_share(repository, [done]))
    _tell_unprintable(reading, name)
    return 0


def _tell_unprintable(reading: Reading, name: str) -> None:
    """Warn of a version that has just come in, and whose documents cannot be made."""
    from cpomgen import pipeline

    try:
        pipeline.remade(reading, reading.resolved(name)[0], Options())
    except ProblemError as error:
        tell((each._replace(severity=Severity.AVERTISSEMENT) for each in error.problems), reading.tree)
