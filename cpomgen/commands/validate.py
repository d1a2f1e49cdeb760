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
from cpomgen.project import CAMPAGNE, find_root
from cpomgen.report import as_github, as_json, summary
from cpomgen.tree import Tree, WorkTree

if TYPE_CHECKING:
    from cpomgen.outcome import Outcome
    from cpomgen.registre import Signature
    from cpomgen.version import Version

    Facts = tuple[Signature, ...]
    Problems = tuple[Problem, ...]

STEM = CAMPAGNE.removesuffix(".yaml")  # what is given to check its file, and all contracts with it


@click.command(cls=FrenchCommand, short_help="Vérifier des contrats, sans rien écrire.")
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--signature", is_flag=True, help="Vérifier comme pour signer : ce qui manque est une erreur.")
@click.option("--strict", is_flag=True, help="Compter aussi les avertissements comme des problèmes.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="Pour qui écrire."
)
@FOLDER
def validate(identifiants: tuple[str, ...], folder: Path, *, signature: bool, strict: bool, form: str) -> int:
    """Vérifier les contrats ID, ou tous, et campagne.yaml : forme, dates, montants, droit ; rien n'est écrit."""
    from cpomgen import pipeline
    from cpomgen.commands.together import together

    found: list[Problem] = []
    for root, chosen in (by_project(folder, identifiants) or {find_root(folder): ()}).items():
        tree = WorkTree(root)
        campagne = _campagne(tree)
        known = tree.names("contracts", ".yaml")
        names = known if not chosen or (STEM in chosen and STEM not in known) else chosen
        facts, bound, unread = _bound(tree, names)
        outcomes = [each.also(unread) for each in pipeline.check(tree, names, bound, settled=signature)]
        beside = together(root, tree, facts, {each.identifiant: each.problems for each in outcomes})
        outcomes = [each.also(beside) for each in outcomes]
        told = once([*(campagne or ()), *(problem for outcome in outcomes for problem in outcome.problems)])
        found += told
        if form == "github":
            say(as_github(told, _from_here(root)))
        elif form == "text":
            tell(told, tree)
            say([] if campagne is None else [f"{CAMPAGNE} : {summary(campagne) or 'aucun problème'}."])
            say(map(_verdict, outcomes) if outcomes else ["Aucun contrat dans ce projet."])
    if form == "json":
        click.echo(as_json(found))
    return int(any(is_blocking(problem) or (strict and not problem.waiver) for problem in found))


def _campagne(tree: Tree) -> Problems | None:
    """Return what is wrong in the campaign of a project, None when it has none."""
    from cpomgen.reading import Reading

    try:
        found = Reading(tree).campagne()
    except ProblemError as error:
        return error.problems
    return found.problems if found else None


def once(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems, those of the campaign told once, however many contracts have them."""
    numbered = ((each, 0 if each.mark.file == CAMPAGNE else rank) for rank, each in enumerate(problems))
    return [each for each, _ in dict.fromkeys(numbered)]


def _bound(
    tree: WorkTree, names: Iterable[str]
) -> tuple[dict[str, Facts], dict[str, tuple[Version, ...]], dict[str, Problems]]:
    """Return what is signed of contracts, what each must still say, and what keeps others from being read."""
    from cpomgen.reading import signatures
    from cpomgen.version import Bindings

    facts, found, unread = {}, {}, {}
    known, bindings = set(tree.names("signatures", ".yaml")), Bindings(tree.root)
    for name in names:
        try:
            if name in known and (signed := signatures(tree, name)):
                facts[name] = signed
            if name in facts or name in bindings.apart:
                found[name] = bindings.of(name, facts.get(name, ()))
        except ProblemError as error:
            unread[name] = error.problems
    return facts, found, unread


def _from_here(root: Path) -> str:
    """Return the way from the current folder to the project, empty when they are the same or apart."""
    here = Path.cwd()
    return root.relative_to(here).as_posix().removeprefix(".") if root.is_relative_to(here) else ""


def _verdict(outcome: Outcome) -> str:
    return f"{outcome.identifiant} : {counted(outcome) or 'aucun problème'}."
