"""`cpomgen freeze`: a contract as it will be signed, kept in git under a name that stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import DAY, FOLDER, chosen_ids
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import contract_file, find_root
from cpomgen.tree import WorkTree
from cpomgen.wording import jour

if TYPE_CHECKING:
    from cpomgen.freeze import Frozen
    from cpomgen.problem import Problem
    from cpomgen.repository import Repository


@click.command(cls=FrenchCommand)
@click.argument("identifiant", metavar="ID")
@click.option("--piece", "pieces", metavar="NOM", multiple=True, help="N’arrêter que ce document : socle (répétable).")
@click.option("--reprendre", is_flag=True, help="Arrêter de nouveau ce que personne n’a signé.")
@click.option("--le", "day", metavar="DATE", type=DAY, help="Le jour (AAAA-MM-JJ) ; à défaut, aujourd’hui.")
@click.option("--abandonner", is_flag=True, help="Retirer les versions des avenants que le contrat dit abandonnés.")
@FOLDER
def freeze(  # noqa: PLR0913 - one for each option
    identifiant: str,
    pieces: tuple[str, ...],
    day: datetime | None,
    folder: Path,
    *,
    reprendre: bool,
    abandonner: bool,
) -> int:
    """Arrêter le contrat ID pour signature : ses documents ne changeront plus, et se construiront sans « PROJET »."""
    if abandonner:
        if reprendre or day or pieces:
            raise click.UsageError("--abandonner ne va avec aucune autre option : il retire, et n'arrête rien.")
        return _withdraw(find_root(folder), chosen_ids([identifiant])[0])
    named = tuple(dict.fromkeys(pieces))
    return _freeze(find_root(folder), chosen_ids([identifiant])[0], day, named, again=reprendre)


def _freeze(root: Path, name: str, day: datetime | None, pieces: tuple[str, ...], *, again: bool) -> int:
    """Freeze a contract as it stands, or some of its pieces, and tell under which tags."""
    from cpomgen.commands.freezing import Freezing
    from cpomgen.engines import engines
    from cpomgen.freeze import Stamp
    from cpomgen.repository import identity, open_repository

    tree = WorkTree(root)
    mark = Mark(contract_file(tree, name))
    on = (day or datetime.now().astimezone()).date()
    stamp = Stamp(on, identity(open_repository(root, mark), mark), engines())
    problems: tuple[Problem, ...] = ()
    try:
        freezing = Freezing(root, name, stamp, again)
        if pieces:
            done = freezing.pieces(pieces)
        else:
            done, problems = freezing.whole()
    except ProblemError as error:
        tell(error.problems, tree)
        return 1
    tell(problems, tree)
    for each in done:
        what = f"pièce {each.piece} de la version v0" if each.piece else f"version v{each.number}"
        click.echo(f"{name} : {what} arrêtée le {jour(on)}, sous l’étiquette git {each.tag}.")
    say(_then(name, done))
    if pieces:
        say(_remaining(name, freezing.left()))
    say(to_share(freezing.repository, done))
    return 0


def _then(name: str, done: Sequence[Frozen]) -> list[str]:
    """Return how the documents of what is frozen are built."""
    if done[0].piece:
        which = "0" if done[1:] else done[0].tag.rpartition("/")[2]
        return [f"Pour ses documents, sans « PROJET » : cpomgen build {name} --version {which}"]
    what, command = ("son acte", "avenant") if done[0].number else ("ses documents", "build")
    return [f"Pour {what}, sans « PROJET » : cpomgen {command} {name} --version {done[0].number}"]


def _remaining(name: str, left: Sequence[str]) -> list[str]:
    """Return what is yet to be frozen before the contract is whole."""
    told = f"Pas encore arrêté : {', '.join(left)}. " if left else ""
    return [f"{told}Quand le contrat sera complet, arrêtez-le en entier : cpomgen freeze {name}"]


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


def to_share(repository: Repository, done: Sequence[Frozen]) -> list[str]:
    """Return how colleagues get tags, when there is somewhere to get them from."""
    force = "--force " if any(each.again for each in done) else ""
    tags = " ".join(each.tag for each in done)
    return [f"Pour que vos collègues l’aient : git push {force}origin {tags}"] if repository.is_copy else []
