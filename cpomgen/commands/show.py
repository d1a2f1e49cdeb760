"""`cpomgen show`: what is in force of a contract on a day, as it was known on another; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cpomgen.commands.asked import DAY, FOLDER, chosen_ids
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import Mark, ProblemError
from cpomgen.project import contract_file, find_root
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from cpomgen.imprime import Imprime, Section
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
        texts, found = _situation(root, name, au.date(), (known or datetime.now().astimezone()).date())
        lines = _text(texts, found) if texte else None
    except ProblemError as error:
        tell(error.problems, tree)
        return 1
    return _told(name, found, lines, form)


class Texts(NamedTuple):
    """The versions of a contract that are signed, in part at least, and those of its pieces that were frozen apart."""

    versions: list[Version]
    apart: list[Version]


def _situation(root: Path, name: str, au: date, connu_le: date) -> tuple[Texts, Situation]:
    """Return what was known as signed, in part at least, and what is in force."""
    from cpomgen.reading import Reading, signatures
    from cpomgen.repository import frozen, open_repository
    from cpomgen.situation import situation
    from cpomgen.version import check_register, frozen_pieces, last_frozen, signed_version

    tree = WorkTree(root)
    repository, facts = open_repository(root, Mark(f"contracts/{name}.yaml")), signatures(tree, name)
    apart = frozen_pieces(repository, name)
    if not facts and not frozen(repository, name) and not apart:
        contract_file(tree, name)
        last_frozen(repository, name)  # says that there is none
    known = [each for each in facts if each.le <= connu_le]
    check_register(repository, name, known)
    versions, acts = [], []
    for number in sorted({each.version for each in known}):
        own = [fact for fact in known if fact.version == number]
        versions.append(signed_version(repository, name, number, own))
        acts.append(Reading(versions[-1].tree).signe(name, number, own))
    pieces = {each.piece for each in known if not each.version}
    return Texts(versions, [each for each in apart if each.piece in pieces]), situation(acts, au, connu_le)


def _text(texts: Texts, found: Situation) -> list[str] | None:
    """Return the lines of the text in force, sections that are not signed left out; None when nothing is.

    A piece that was signed before the whole was frozen reads as it was then.
    """
    from cpomgen.lecture import lecture
    from cpomgen.situation import Etat

    last = found.last
    if last is None or found.etat is not Etat.EN_VIGUEUR:
        return None
    version = next(each for each in texts.versions if each.number == last.numero)
    imprime, _ = _printed(version)
    own: dict[str, Section] = {}
    for each in texts.apart if not last.numero else ():
        piece, sections = _printed(each)
        own |= {section.name: section for section in piece.sections if section.name in sections}
    names = tuple(section.name for section in imprime.sections if section.name not in last.a_signer)
    whole = replace(imprime, sections=tuple(own.get(section.name, section) for section in imprime.sections))
    return list(lecture(whole.slice(imprime.title, names)))


def _printed(version: Version) -> tuple[Imprime, tuple[str, ...]]:
    """Return the text of a version, and which sections of it make the piece that it is, if it is one."""
    from cpomgen import pipeline
    from cpomgen.reading import Reading

    reading = Reading(version.tree)
    state = pipeline.state_of(reading, version.identifiant, version.file, settled=True)
    return state.imprime, reading.sections(state.contrat).get(version.piece, ())


def _told(name: str, found: Situation, lines: list[str] | None, form: str) -> int:
    from cpomgen.situation import as_json, lignes

    if form == "json":
        click.echo(as_json(name, found, lines))
        return 0
    for line in lignes(name, found):
        click.echo(line, err=lines is not None)
    say(lines or ())
    return 0
