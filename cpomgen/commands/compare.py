"""`cpomgen compare`: what a hand has changed in a Word file since cpomgen made it; nothing is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER, chosen_ids
from cpomgen.commands.received import received
from cpomgen.commands.told import say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.project import find_root
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpomgen.commands.original import Original
    from cpomgen.remarque import Relu
    from cpomgen.retouche import Retouches


@click.command(cls=FrenchCommand)
@click.argument("fichier", metavar="FICHIER.docx")
@click.argument("origine", metavar="[ID|ORIGINAL.docx]", default="")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="Pour qui écrire."
)
@FOLDER
def compare(fichier: str, origine: str, form: str, folder: Path) -> int:
    """Dire ce qu’une main a changé dans FICHIER.docx depuis que cpomgen l’a écrit, à la place et au mot près."""
    from cpomgen.returned import returned

    found = _read(folder, fichier)
    known = _original(folder, fichier, found, origine)
    tell(known.problems, WorkTree(folder))
    retouches = returned(known.relu, found, known.printed)
    say(_told(Path(fichier).name, known, retouches, form))
    return 0


def _read(folder: Path, file: str) -> Relu:
    """Return a Word file as it reads; raise ProblemError when it is none."""
    from cpomgen.reread import reread

    return reread(received(folder, file, linked=True))


def _original(folder: Path, file: str, found: Relu, asked: str) -> Original:
    """Return what a file is to be compared with: the file that is given, else what it was made from."""
    from cpomgen.commands.original import Original, identified, original

    if asked.lower().endswith((".docx", ".pdf")):
        return Original(f"le fichier {Path(asked).name}", _read(folder, asked))
    identifiant = identified(found, file, chosen_ids([asked])[0] if asked else "")
    return original(find_root(folder), found, file, identifiant)


def _told(file: str, known: Original, retouches: Retouches, form: str) -> Iterator[str]:
    from cpomgen.commands.told import coloured
    from cpomgen.pen import MARKDOWN, PLAIN
    from cpomgen.retold import AS_MARKDOWN, AS_TEXT, as_json, told

    if form == "json":
        yield as_json(file, known.name, retouches)
    elif not retouches:
        yield f"{file} : rien n’a changé, comparé avec {known.name}."
    elif form == "markdown":
        yield from (
            f"### {MARKDOWN.kept(file)} : ce qui a changé",
            "",
            f"Comparé avec {MARKDOWN.kept(known.name)}.",
            "",
        )
        yield from told(retouches, MARKDOWN, AS_MARKDOWN, known.marks)
    else:
        yield f"{file} : ce qui a changé, comparé avec {known.name}"
        yield from told(retouches, coloured() if sys.stdout.isatty() else PLAIN, AS_TEXT, known.marks)
