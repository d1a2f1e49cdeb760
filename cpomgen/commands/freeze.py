"""`cpomgen freeze`: a contract as it will be signed, kept in git under a name that stays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import DAY, FOLDER, chosen_ids
from cpomgen.commands.told import say, tell
from cpomgen.edition import Edition
from cpomgen.francais import FrenchCommand
from cpomgen.outcome import Options
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import contract_file, find_root
from cpomgen.tree import WorkTree
from cpomgen.wording import jour

if TYPE_CHECKING:
    from cpomgen.acte import Acte
    from cpomgen.freeze import Frozen
    from cpomgen.reading import Reading
    from cpomgen.repository import Repository


@click.command(cls=FrenchCommand)
@click.argument("identifiant", metavar="ID")
@click.option("--reprendre", is_flag=True, help="Arrêter de nouveau une version que personne n’a signée.")
@click.option("--le", "day", metavar="DATE", type=DAY, help="Le jour (AAAA-MM-JJ) ; à défaut, aujourd’hui.")
@click.option("--abandonner", is_flag=True, help="Retirer les versions des avenants que le contrat dit abandonnés.")
@FOLDER
def freeze(identifiant: str, day: datetime | None, folder: Path, *, reprendre: bool, abandonner: bool) -> int:
    """Arrêter le contrat ID pour signature : ses documents ne changeront plus, et se construiront sans « PROJET »."""
    if abandonner:
        if reprendre or day:
            raise click.UsageError("--abandonner ne va avec aucune autre option : il retire, et n'arrête rien.")
        return _withdraw(find_root(folder), chosen_ids([identifiant])[0])
    return _freeze(find_root(folder), chosen_ids([identifiant])[0], day, again=reprendre)


def _freeze(root: Path, name: str, day: datetime | None, *, again: bool) -> int:
    """Freeze a contract as it stands, and tell under which tag."""
    from cpomgen import pipeline
    from cpomgen.engines import engines
    from cpomgen.freeze import Stamp, check_free
    from cpomgen.freeze import freeze as put
    from cpomgen.reading import Reading, signatures
    from cpomgen.repository import identity, open_repository
    from cpomgen.version import check_register

    tree = WorkTree(root)
    mark = Mark(contract_file(tree, name))
    repository = open_repository(root, mark)
    on = (day or datetime.now().astimezone()).date()
    stamp = Stamp(on, identity(repository, mark), engines())
    try:
        signed = signatures(tree, name)
        check_register(repository, name, signed)
        reading = Reading(tree)
        acte = reading.acte(name)
        check_free(repository, acte, signed, again=again)
        contrat = reading.examined(name, settled=True)
        dict(pipeline.build_contract(reading, contrat, Options(Edition.A_SIGNER)))
        _check_act(root, reading, acte, contrat.type)
        done = put(repository, tree, reading.acte(name), stamp)  # with all the files that were read for it
    except ProblemError as error:
        tell(error.problems, tree)
        return 1
    click.echo(f"{name} : version v{done.number} arrêtée le {jour(on)}, sous l’étiquette git {done.tag}.")
    what, command = ("son acte", "avenant") if done.number else ("ses documents", "build")
    say([f"Pour {what}, sans « PROJET » : cpomgen {command} {name} --version {done.number}"])
    say(to_share(repository, done))
    return 0


def _check_act(root: Path, reading: Reading, acte: Acte, kind: str) -> None:
    """Raise ProblemError when an avenant amends nothing, or its act cannot be written; a contract has none.

    A type of contract may have no template for acts: they are written elsewhere.
    """
    from cpomgen import amending
    from cpomgen.freeze import check_amends
    from cpomgen.gabarits import read_acte
    from cpomgen.version import amended_version

    if acte.number and read_acte(reading.tree, kind, reading.kept) is not None:
        before = amended_version(root, acte.identifiant, acte.number, acte.abandons)
        projet = amending.project(before, reading, acte.identifiant, acte.number)
        check_amends(acte, len(projet.articles))
        dict(amending.act(projet, reading, Options(Edition.A_SIGNER, names=("avenant",))))


def _withdraw(root: Path, name: str) -> int:
    """Take away the tags of avenants that are abandoned, and tell how colleagues lose them too."""
    from cpomgen.abandon import withdrawn
    from cpomgen.reading import Reading, signatures
    from cpomgen.repository import drop_tag, frozen, open_repository, tag_of

    tree = WorkTree(root)
    repository = open_repository(root, Mark(contract_file(tree, name)))
    try:
        signed = {each.version for each in signatures(tree, name)}
        numbers = withdrawn(Reading(tree).acte(name), signed, frozen(repository, name))
    except ProblemError as error:
        tell(error.problems, tree)
        return 1
    for number in numbers:
        drop_tag(repository, tag_of(name, number))
        click.echo(f"{name} : version v{number} retirée, avec son étiquette git {tag_of(name, number)}.")
    if repository.is_copy:
        say([f"Si elle a été partagée : git push origin --delete {' '.join(tag_of(name, each) for each in numbers)}"])
    return 0


def to_share(repository: Repository, done: Frozen) -> list[str]:
    """Return how colleagues get a tag, when there is somewhere to get it from."""
    force = "--force " if done.again else ""
    return [f"Pour que vos collègues l’aient : git push {force}origin {done.tag}"] if repository.is_copy else []
