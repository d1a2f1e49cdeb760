"""`cpomgen avenant`: the act that amends a contract, and what comes with it, written from what changes in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cpomgen.commands.acts import DOCUMENTS, Acts
from cpomgen.commands.asked import FOLDER, contracts_of
from cpomgen.commands.told import tell
from cpomgen.commands.viewer import show_first
from cpomgen.edition import Edition
from cpomgen.francais import FrenchCommand
from cpomgen.outcome import Options, Outcome
from cpomgen.problem import ProblemError, is_blocking
from cpomgen.project import find_root
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    pass


class Asked(NamedTuple):
    """How acts are to be made: from which version, of which one, with which options, over edited files or not."""

    old: str
    new: str | None
    options: Options
    folder: Path
    overwrite: bool


@click.command(cls=FrenchCommand, short_help="Écrire l’acte d’un avenant, en Word et PDF.")
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Écrire celui de chaque contrat qui en annonce un.")
@click.option(
    "--from", "old", metavar="V", default="", help="La version d’avant ; à défaut, la dernière arrêtée avant lui."
)
@click.option("--version", "new", metavar="V", help="L’avenant de cette version arrêtée, tel qu’il sera signé.")
@click.option(
    "--document", "names", multiple=True, type=click.Choice(DOCUMENTS), help="N’écrire que ce document (répétable)."
)
@click.option("--open", "opens", is_flag=True, help="Ouvrir le premier PDF.")
@click.option("--ecraser", is_flag=True, help="Remplacer aussi un acte modifié à la main.")
@click.option("--sans-donnees", is_flag=True, help="Ne pas joindre à l’acte les données du contrat.")
@FOLDER
def avenant(  # noqa: PLR0913 - one for each option
    identifiants: tuple[str, ...],
    old: str,
    new: str | None,
    names: tuple[str, ...],
    folder: Path,
    *,
    everything: bool,
    opens: bool,
    ecraser: bool,
    sans_donnees: bool,
) -> int:
    """Écrire l’acte de l’avenant que les contrats ID annoncent, d’après ce qui change depuis leur version d’avant."""
    root = find_root(folder)
    tree = WorkTree(root)
    chosen = contracts_of(tree, identifiants, everything=everything)
    asked = Asked(old, new, Options(data=not sans_donnees, names=names), folder, ecraser)
    outcomes = [found for each in chosen if (found := _written(root, each, asked, announced=everything))]
    if opens:
        show_first(root, (path for outcome in outcomes for path in outcome.paths))
    failed = any(is_blocking(problem) for outcome in outcomes for problem in outcome.problems)
    return int(failed or any(not outcome.paths for outcome in outcomes))


def _written(root: Path, identifiant: str, asked: Asked, *, announced: bool) -> Outcome | None:
    """Write the act of a contract and tell what became of it; None for one that announces none, when that is fine."""
    from cpomgen import amending, pipeline
    from cpomgen.engines import engines
    from cpomgen.freeze import check_unsigned
    from cpomgen.reading import Reading, abandons, signatures
    from cpomgen.version import aged, amended_version, open_version

    tree = WorkTree(root)
    after = None
    try:
        after = open_version(root, identifiant, asked.new, asked.folder) if asked.new is not None else None
        reading = Reading(after.tree if after else tree)
        number = after.number if after and after.number else reading.acte(identifiant).number
        signed = signatures(tree, identifiant)
        if announced and (not number or any(each.version == number for each in signed)):
            return None
        if after is None:
            check_unsigned(identifiant, number, signed if number else ())
            reading.examined(identifiant).check_sound()
        if asked.old:
            before = open_version(root, identifiant, asked.old, asked.folder)
        else:
            before = amended_version(root, identifiant, number, abandons(tree, identifiant))
        projet = amending.project(before, reading, identifiant, number, after)
        if not projet.articles:
            click.echo(f"{identifiant} : rien à modifier, le texte est celui de la version {before.name}.")
            return Outcome(identifiant)
        settled = after is not None and after.number is not None
        options = replace(asked.options, edition=Edition.A_SIGNER if settled else Edition.PROJET)
        made = dict(Acts(projet, before, reading, settled).files(root, options))
        facts = pipeline.origin(reading, projet.new.contrat, f"avenant-{number}", *(after.of if after else ()))
        outcome = pipeline.put(root, projet.new.contrat, made, facts, overwrite=asked.overwrite)
        tell(amending.advice(projet, reading), after.tree if after else tree)
    except ProblemError as error:
        tell(error.problems, after.tree if after else tree)
        return Outcome(identifiant, problems=error.problems)
    _report(outcome, number, len(projet.articles))
    tell(aged(after, engines()) if after else (), tree)
    return outcome


def _report(outcome: Outcome, number: int, articles: int) -> None:
    """Tell what was written: the act, and in its folder what comes with it."""
    if any(map(is_blocking, outcome.problems)):
        return
    kinds: dict[str, list[str]] = {}
    for path in outcome.paths:
        kinds.setdefault(path.rpartition(".")[0], []).append(f".{path.rpartition('.')[2]}")
    count = f"{articles} articles modificatifs" if articles > 1 else "1 article modificatif"
    stems = [f"{stem.rpartition('/')[2]} ({', '.join(suffixes)})" for stem, suffixes in kinds.items()]
    folder = f"{next(iter(kinds)).rpartition('/')[0]}"
    click.echo(f"{outcome.identifiant} : avenant n° {number}, {count}, dans out/{folder} : {', '.join(stems)}.")
