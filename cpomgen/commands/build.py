"""`cpomgen build`: contracts into the Word and PDF files of out/."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cpomgen.commands.asked import FOLDER, contracts_of
from cpomgen.commands.told import tell
from cpomgen.commands.viewer import show_first
from cpomgen.francais import FrenchCommand
from cpomgen.outcome import Options, Outcome
from cpomgen.problem import ProblemError, is_blocking
from cpomgen.project import find_root
from cpomgen.tree import Tree, WorkTree

if TYPE_CHECKING:
    from cpomgen.commands.building import Tally
    from cpomgen.commands.due import Asked
    from cpomgen.commands.progress import Lines

KEPT = "cette version est imprimée telle qu’elle a été arrêtée ou signée."
FEW = 12  # documents that no contract has any more, which are named


class Wanted(NamedTuple):
    """How a build is to be told: the reasons of each, errors alone, lines or JSON; whether the first PDF is shown."""

    explains: bool
    quiet: bool
    form: str
    opens: bool


@click.command(cls=FrenchCommand, short_help="Construire les documents Word et PDF.")
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Construire tous les contrats du projet qui ont un projet.")
@click.option("--document", "names", multiple=True, metavar="NOM", help="Ne construire que ce document (répétable).")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Avec --all : contrats construits à la fois (les cœurs)."
)
@click.option("--rebuild", is_flag=True, help="Reconstruire aussi ce qui n’a pas changé.")
@click.option("--explain", is_flag=True, help="Dire pourquoi chaque contrat est reconstruit.")
@click.option("--prune", is_flag=True, help="Avec --all : retirer les documents qu’aucun contrat n’a plus.")
@click.option("--quiet", is_flag=True, help="Ne dire que les erreurs.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Pour qui écrire.")
@click.option(
    "--scheduler", default="", metavar="ADRESSE", help="Avec --all : construire sur une grappe Dask (tcp://…)."
)
@click.option("--watch", is_flag=True, help="Reconstruire à chaque enregistrement, jusqu’à Ctrl-C.")
@click.option("--open", "opens", is_flag=True, help="Ouvrir le PDF du premier document construit.")
@click.option("--version", "version", metavar="VERSION", help="Construire cette version, telle qu’elle était.")
@click.option("--ecraser", is_flag=True, help="Remplacer aussi les documents modifiés à la main.")
@click.option("--sans-donnees", is_flag=True, help="Ne pas joindre aux documents les données du contrat.")
@FOLDER
def build(  # noqa: PLR0913 - one for each option
    identifiants: tuple[str, ...],
    names: tuple[str, ...],
    folder: Path,
    *,
    everything: bool,
    jobs: int | None,
    rebuild: bool,
    explain: bool,
    prune: bool,
    quiet: bool,
    form: str,
    scheduler: str,
    version: str | None,
    watch: bool,
    opens: bool,
    ecraser: bool,
    sans_donnees: bool,
) -> int:
    """Construire les documents Word et PDF des contrats ID, dans le dossier out."""
    from cpomgen.commands.due import Asked

    root = find_root(folder)
    chosen = contracts_of(WorkTree(root), identifiants, everything=everything)
    options = Options(data=not sans_donnees, names=tuple(dict.fromkeys(names)))
    asked = Asked(options, jobs or 0, ecraser, rebuild, everything, prune, scheduler)
    if version is not None and watch:
        raise click.UsageError("une version ne change plus : --version et --watch ne vont pas ensemble.")
    if (prune or scheduler) and not everything:
        raise click.UsageError("--prune et --scheduler ne vont qu’avec --all, avec tous les contrats du projet.")
    if watch:
        from cpomgen.commands.watching import Watch

        return Watch(root, options, everything=everything, overwrite=ecraser, opens=opens).run(chosen)
    if version is not None:
        outcomes = [_build_version(root, each, version, folder, asked) for each in chosen]
        return _versions(outcomes, root, opens=opens)
    return _projects(root, chosen, asked, Wanted(explain, quiet, form, opens))


def _projects(root: Path, chosen: tuple[str, ...], asked: Asked, wanted: Wanted) -> int:
    """Build contracts as they are, and tell what became of them."""
    from cpomgen.boundary import bug
    from cpomgen.commands.building import Building
    from cpomgen.commands.progress import as_json, table
    from cpomgen.pool import cores

    start, tree = time.monotonic(), WorkTree(root)
    asked = replace(asked, jobs=asked.jobs or cores())
    with _teller(tree, chosen, asked, wanted) as teller:
        tally = Building(root, asked, teller).run(chosen)
    if wanted.form == "json":
        click.echo(as_json(tally))
    elif not wanted.quiet:
        for line in _gone(tally):
            click.echo(line)
        if asked.every:
            for line in table(tally, time.monotonic() - start if sys.stdout.isatty() else 0):
                click.echo(line)
    tell(tally.gone.problems, tree)
    if wanted.opens:
        show_first(root, (path for outcome in tally.outcomes for path in outcome.paths))
    return bug("\n".join(tally.bugs)) if tally.bugs else int(tally.failed)


@contextmanager
def _teller(tree: Tree, chosen: tuple[str, ...], asked: Asked, wanted: Wanted) -> Iterator[Lines]:
    """Give who tells of a build, as it is asked to: a bar on a terminal, when there are many contracts."""
    from cpomgen.commands.progress import Bar, Lines, Quiet, Silent, bar

    if wanted.form == "json":
        yield Silent(tree, chosen)
    elif wanted.quiet:
        yield Quiet(tree, chosen)
    elif asked.every and sys.stdout.isatty():
        with bar() as progress:
            yield Bar(tree, chosen, progress, explains=wanted.explains)
    else:
        yield Lines(tree, chosen, explains=wanted.explains, brief=asked.every)


def _gone(tally: Tally) -> Iterator[str]:
    """Yield what is said of the documents that no contract has any more."""
    gone = tally.gone
    left = [path for path in gone.paths if path not in gone.removed]
    if gone.removed:
        yield f"{len(gone.removed)} documents qu’aucun contrat n’a plus sont retirés de out/."
    elif left:
        yield f"{len(left)} documents de out/ ne sont plus ceux d’aucun contrat (--prune les retire) :"
        yield from (f"    out/{path}" for path in left[:FEW])
        yield from [f"    et {len(left) - FEW} autres"] if len(left) > FEW else []


def _versions(outcomes: list[Outcome], root: Path, *, opens: bool) -> int:
    """Show the first document of versions, if asked to, and return whether something was wrong in one."""
    if opens:
        show_first(root, (path for outcome in outcomes for path in outcome.paths))
    return int(any(is_blocking(problem) for outcome in outcomes for problem in outcome.problems))


def _build_version(root: Path, identifiant: str, name: str, folder: Path, asked: Asked) -> Outcome:
    """Build a version of a contract, and tell what became of it; the path of a file is typed from `folder`."""
    from cpomgen.commands.progress import tell_built
    from cpomgen.commands.remaking import built, parts
    from cpomgen.engines import engines
    from cpomgen.version import aged

    tree: Tree = WorkTree(root)
    try:
        found = parts(root, identifiant, name, folder, asked.options.names)
        tree, below = found[0].version.tree, found[0].version.folder
        outcome = built(root, found, asked.options, overwrite=asked.overwrite)
    except ProblemError as error:
        tell(error.problems, tree)
        return Outcome(identifiant, problems=error.problems)
    if any(map(is_blocking, outcome.problems)):
        tell(outcome.problems, tree)
    else:
        tell_built(outcome, below, KEPT)
    tell((problem for each in found for problem in aged(each.version, engines())), tree)
    return outcome
