"""The commands: each opens the project, calls the pipeline once, reports, and returns its exit status."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen import __version__
from cpomgen.boundary import bounded
from cpomgen.francais import FrenchGroup
from cpomgen.problem import Problem, is_blocking

if TYPE_CHECKING:
    from cpomgen.pipeline import Outcome
    from cpomgen.tree import Tree

FOLDER = click.option(
    "-C", "folder", metavar="DOSSIER", default=".", type=click.Path(path_type=Path), help="Travailler dans ce dossier."
)


@click.group(cls=FrenchGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="cpomgen %(version)s", help="Afficher la version.")
def cli() -> None:
    """Écrire, modifier et régénérer des contrats pluriannuels d'objectifs et de moyens (CPOM)."""


@cli.command()
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
    from cpomgen.project import find_root
    from cpomgen.report import as_github, as_json
    from cpomgen.tree import WorkTree

    found: list[Problem] = []
    for root, chosen in (_by_project(folder, identifiants) or {find_root(folder): ()}).items():
        tree = WorkTree(root)
        outcomes = list(pipeline.check(tree, chosen or tree.names("contracts", ".yaml"), settled=signature))
        told = [problem for outcome in outcomes for problem in outcome.problems]
        found += told
        if form == "github":
            _say(as_github(told, _from_here(root)))
        elif form == "text":
            _tell(told, tree)
            _say(map(_verdict, outcomes) if outcomes else ["Aucun contrat dans ce projet."])
    if form == "json":
        click.echo(as_json(found))
    return int(any(is_blocking(problem) or (strict and not problem.waiver) for problem in found))


@cli.command()
@click.argument("identifiants", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Construire tous les contrats du projet.")
@click.option("--ecraser", is_flag=True, help="Remplacer aussi les documents modifiés à la main.")
@click.option("--sans-donnees", is_flag=True, help="Ne pas joindre aux documents les données du contrat.")
@FOLDER
def build(identifiants: tuple[str, ...], folder: Path, *, everything: bool, ecraser: bool, sans_donnees: bool) -> int:
    """Construire les documents Word et PDF des contrats ID, dans le dossier out."""
    from cpomgen import pipeline
    from cpomgen.project import find_root
    from cpomgen.tree import WorkTree

    root = find_root(folder)
    tree = WorkTree(root)
    chosen = tree.names("contracts", ".yaml") if everything else _chosen(identifiants)
    if not chosen:
        known = ", ".join(tree.names("contracts", ".yaml")) or "aucun"
        raise click.UsageError(f"indiquez un contrat, ou --all pour tous. Contrats du projet : {known}.")
    options = pipeline.Options(data=not sans_donnees)
    outcomes = pipeline.build(tree, root, chosen, options, overwrite=ecraser)
    return max([_report(outcome, tree) for outcome in outcomes])


@cli.command()
@click.argument("kind", metavar="TYPE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json-schema", "markdown"]),
    default="json-schema",
    show_default=True,
    help="Pour un éditeur de texte (json-schema), ou à lire (markdown).",
)
@FOLDER
def schema(kind: str, form: str, folder: Path) -> None:
    """Décrire les champs des contrats d'un TYPE : pour l'aide à la saisie, ou pour qui les lit."""
    from cpomgen import pipeline
    from cpomgen.project import find_root
    from cpomgen.tree import WorkTree

    described = pipeline.describe(WorkTree(find_root(folder)), kind, form)
    click.echo(described.encode(), nl=False)  # as bytes: UTF-8 and LF on any system


@cli.group()
def template() -> None:
    """Vérifier les modèles Word."""


@template.command()
@click.argument("types", nargs=-1, metavar="[TYPE]...")
@FOLDER
def check(types: tuple[str, ...], folder: Path) -> int:
    """Vérifier les modèles des TYPES de contrat, ou de tous : balises, champs, mise en forme, numéros, signes."""
    from cpomgen import pipeline
    from cpomgen.project import find_root
    from cpomgen.tree import WorkTree

    tree = WorkTree(find_root(folder))
    found = [
        problem for kind in types or tree.names("schemas", ".yaml") for problem in pipeline.check_template(tree, kind)
    ]
    if not found:
        click.echo("Aucun problème.")
    _tell(found, tree)
    return int(any(map(is_blocking, found)))


@cli.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
def explain(codes: tuple[str, ...]) -> None:
    """Expliquer les messages de ces CODES, écrits avec ou sans « CPOM » ; sans CODE, en donner la liste."""
    from cpomgen.explain import code_of, nearest_codes, plain, read_pages

    pages = read_pages()
    for code in codes:
        if code_of(code) not in pages:
            near = ", ".join(nearest_codes(code, pages))
            also = f"Les plus proches : {near}." if near else "« cpomgen explain » seul en donne la liste."
            raise click.UsageError(f"il n'y a pas de code « {code} ». {also}")
    told = [plain(pages[code_of(code)]) for code in dict.fromkeys(codes)]
    click.echo("\n\n".join(told) if codes else "\n".join(f"{page.code}  {page.title}" for page in pages.values()))


def _chosen(identifiants: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of contracts, each given by its id or by the path of its file."""
    return tuple(dict.fromkeys(Path(text).name.removesuffix(".yaml") for text in identifiants))


def _by_project(folder: Path, identifiants: Iterable[str]) -> dict[Path, tuple[str, ...]]:
    """Return the ids of contracts by project: that of the file for one given by its path, else that of the folder."""
    from cpomgen.project import find_root

    found: dict[Path, tuple[str, ...]] = {}
    for text in identifiants:
        path = folder / text
        root = find_root(path.parent if path.is_file() else folder)
        found[root] = tuple(dict.fromkeys((*found.get(root, ()), *_chosen([text]))))
    return found


def _from_here(root: Path) -> str:
    """Return the way from the current folder to the project, empty when they are the same or apart."""
    here = Path.cwd()
    return root.relative_to(here).as_posix().removeprefix(".") if root.is_relative_to(here) else ""


def _report(outcome: Outcome, tree: Tree) -> int:
    """Tell what became of a contract that was to be built, and return its exit status."""
    if any(map(is_blocking, outcome.problems)):
        _tell(outcome.problems, tree)
        return 1
    count = len(outcome.written) + len(outcome.unchanged)
    fresh = f"{len(outcome.written)} écrits" if len(outcome.written) > 1 else f"{len(outcome.written)} écrit"
    click.echo(f"{outcome.identifiant} : {count} documents dans out/{outcome.identifiant} ({fresh}).")
    if outcome.problems:
        click.echo(f"    {_counted(outcome)} : voir « cpomgen validate {outcome.identifiant} ».")
    return 0


def _verdict(outcome: Outcome) -> str:
    return f"{outcome.identifiant} : {_counted(outcome) or 'aucun problème'}."


def _counted(outcome: Outcome) -> str:
    from cpomgen.report import summary

    return summary(outcome.problems)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _tell(problems: Iterable[Problem], tree: Tree) -> None:
    from cpomgen.report import Excerpts, as_text

    for text in as_text(problems, Excerpts(tree)):
        click.echo(text, err=True)


def main() -> None:
    """Run the command line; exit 0 fine, 1 problems, 2 usage, 3 a bug, 130 interrupted."""
    bounded(cli)
