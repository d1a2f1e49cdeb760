"""`cpomgen review`: what a pull request changes, contract by contract, for who never reads YAML; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER
from cpomgen.commands.told import say
from cpomgen.francais import FrenchCommand
from cpomgen.project import find_root

if TYPE_CHECKING:
    from cpomgen.review import Review

LONG = 20  # contracts to print: beyond, it is told how many are left
STEP = 50
COMMENT = 60_000  # signs that servers take in a comment; GitHub takes 65 536


@click.command(cls=FrenchCommand)
@click.option("--base", metavar="REF", default="", help="D’où part la demande ; à défaut, la branche principale.")
@click.option("--head", metavar="REF", default="", help="Ce qui est demandé ; à défaut, le projet tel qu’il est.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="Pour qui écrire."
)
@FOLDER
def review(base: str, head: str, form: str, folder: Path) -> int:
    """Dire ce qu’une demande de fusion change, contrat par contrat : texte, argent, problèmes, avenants, modèles."""
    from cpomgen.commands.reviewing import review as read
    from cpomgen.request import open_request

    root = find_root(folder)
    found = read(open_request(root, base, head), root, _progress)
    say(_told(found, form))
    return int(bool(found.erreurs))


def _progress(done: int, total: int) -> None:
    if total > LONG and done % STEP == 0:
        click.echo(f"Ce qu’ils partagent change : {done} contrats sur {total} relus…", err=True)


def _told(found: Review, form: str) -> list[str]:
    if form == "json":
        from cpomgen.minutes import as_json

        return [as_json(found)]
    from cpomgen.markup import as_markdown, as_text
    from cpomgen.pen import MARKDOWN, PLAIN
    from cpomgen.summary import summary

    if form == "markdown":
        whole = list(as_markdown(summary(found, MARKDOWN)))
        return whole if sum(map(len, whole)) < COMMENT else list(as_markdown(summary(found, MARKDOWN, brief=True)))
    return list(as_text(summary(found, PLAIN)))
