"""`cpomgen sign`: who has signed a version of a contract, and when; no document changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import DAY, FOLDER, asked_version, chosen_ids
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import find_root
from cpomgen.tree import WorkTree
from cpomgen.wording import jour

if TYPE_CHECKING:
    from cpomgen.repository import Repository
    from cpomgen.version import Version


@click.command(cls=FrenchCommand)
@click.argument("identifiant", metavar="ID")
@click.option("--le", "day", metavar="DATE", type=DAY, required=True, help="Le jour de la signature (AAAA-MM-JJ).")
@click.option(
    "--version", "number", metavar="N", type=click.IntRange(0, 999), help="La version ; à défaut, la dernière."
)
@click.option("--piece", metavar="NOM", default="", help="Le document signé, si ce n’est pas le tout : annexe-2.")
@click.option("--par", metavar="QUALITE", default="", help="La qualité de qui a signé ; à défaut, tous ont signé.")
@FOLDER
def sign(  # noqa: PLR0913 - one for each option
    identifiant: str, folder: Path, *, day: datetime, number: int | None, piece: str, par: str
) -> int:
    """Inscrire au registre qu’une version du contrat ID a été signée ; aucun document ne change."""
    from cpomgen.abandon import check_kept
    from cpomgen.reading import Reading, abandons, signatures
    from cpomgen.registre import Signature, register_file
    from cpomgen.repository import open_repository, tag_day
    from cpomgen.sign import check_fact, record, remaining
    from cpomgen.version import check_register

    root, name = find_root(folder), chosen_ids([identifiant])[0]
    tree = WorkTree(root)
    try:
        repository = open_repository(root, Mark(f"contracts/{name}.yaml"))
        version, signed = _version(root, repository, name, number, piece), signatures(tree, name)
        check_register(repository, name, signed)
        check_kept(version.number or 0, abandons(tree, name))
        fact = Signature(version.number or 0, day.date(), piece, par)
        acte, on = Reading(version.tree).acte(name), tag_day(repository, version.tag)
        check_fact(fact, acte, signed, frozen_on=on, today=datetime.now().astimezone().date())
        record(root, tree, name, fact)
    except ProblemError as error:
        tell(error.problems, tree)
        return 1
    who = f" par « {par} »" if par else ""
    what = f", pièce {piece}," if piece else ""
    fact_told = f"version v{fact.version}{what} signée le {jour(fact.le)}{who}"
    click.echo(f"{name} : {fact_told} (registre {register_file(name)}).")
    if waiting := remaining(acte, (*signed, fact), fact):
        click.echo(f"Reste à signer : {', '.join(waiting)}.")
    say([f'Pour le garder dans git : git add {register_file(name)}, puis git commit -m "signature"'])
    return 0


def _version(root: Path, repository: Repository, name: str, number: int | None, piece: str) -> Version:
    """Return the version that is signed: the last one if none is said; a piece frozen apart, as it was then."""
    from cpomgen.etiquette import pieces
    from cpomgen.reading import abandons
    from cpomgen.repository import frozen
    from cpomgen.version import frozen_version

    if piece in pieces(repository, name):
        given_up = abandons(WorkTree(root), name) if number is None else ()
        last = max((each for each in frozen(repository, name) if each not in given_up), default=0)
        if (last if number is None else number) == 0:
            return frozen_version(repository, name, 0, piece)
    return asked_version(root, name, "" if number is None else str(number))
