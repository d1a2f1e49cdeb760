"""`cpomgen validate`: what is wrong in contracts; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER, by_project
from cpomgen.commands.told import counted, say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import Problem, ProblemError, is_blocking
from cpomgen.project import find_root
from cpomgen.report import as_github, as_json
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from cpomgen.outcome import Outcome
    from cpomgen.registre import Signature
    from cpomgen.version import Version

    Facts = tuple[Signature, ...]
    Problems = tuple[Problem, ...]


@click.command(cls=FrenchCommand, short_help="Vérifier des contrats, sans rien écrire.")
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--signature", is_flag=True, help="Vérifier comme pour signer : ce qui manque est une erreur.")
@click.option("--strict", is_flag=True, help="Compter aussi les avertissements comme des problèmes.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="Pour qui écrire."
)
@FOLDER
def validate(identifiants: tuple[str, ...], folder: Path, *, signature: bool, strict: bool, form: str) -> int:
    """Vérifier les contrats ID, ou tous : forme, renvois, dates, montants, règles de droit ; rien n'est écrit."""
    from cpomgen import pipeline
    from cpomgen.commands.together import together

    found: list[Problem] = []
    for root, chosen in (by_project(folder, identifiants) or {find_root(folder): ()}).items():
        tree = WorkTree(root)
        names = chosen or tree.names("contracts", ".yaml")
        facts, signed, unread = _signed(tree, names)
        outcomes = [each.also(unread) for each in pipeline.check(tree, names, signed, settled=signature)]
        beside = together(root, tree, facts, {each.identifiant: each.problems for each in outcomes})
        outcomes = [each.also(beside) for each in outcomes]
        told = [problem for outcome in outcomes for problem in outcome.problems]
        found += told
        if form == "github":
            say(as_github(told, _from_here(root)))
        elif form == "text":
            tell(told, tree)
            say(map(_verdict, outcomes) if outcomes else ["Aucun contrat dans ce projet."])
    if form == "json":
        click.echo(as_json(found))
    return int(any(is_blocking(problem) or (strict and not problem.waiver) for problem in found))


def _signed(tree: WorkTree, names: Iterable[str]) -> tuple[dict[str, Facts], dict[str, Version], dict[str, Problems]]:
    """Return what is signed of contracts, the last version of each that is, and what keeps others from being read."""
    from cpomgen.reading import signatures

    facts, found, unread, known = {}, {}, {}, set(tree.names("signatures", ".yaml"))
    for name in names:
        try:
            if name in known and (signed := signatures(tree, name)):
                from cpomgen.version import last_signed

                facts[name] = signed
                found[name] = last_signed(tree.root, name, signed)
        except ProblemError as error:
            unread[name] = error.problems
    return facts, found, unread


def _from_here(root: Path) -> str:
    """Return the way from the current folder to the project, empty when they are the same or apart."""
    here = Path.cwd()
    return root.relative_to(here).as_posix().removeprefix(".") if root.is_relative_to(here) else ""


def _verdict(outcome: Outcome) -> str:
    return f"{outcome.identifiant} : {counted(outcome) or 'aucun problème'}."
