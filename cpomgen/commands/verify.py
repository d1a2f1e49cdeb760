"""`cpomgen verify`: whether a Word file or a PDF is what cpomgen made, and of which text; nothing is written."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.commands.asked import FOLDER, chosen_ids
from cpomgen.commands.told import coloured, say, tell
from cpomgen.francais import FrenchCommand
from cpomgen.problem import ProblemError
from cpomgen.project import find_root
from cpomgen.tree import WorkTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cpomgen.commands.candidates import Reader
    from cpomgen.commands.verifying import Received
    from cpomgen.verdict import Verdict

CODES = """\b
Finit par, selon la réponse (la plus forte, pour plusieurs fichiers) :
  0  identique, ou identique puis signé
  1  fichier qui ne se lit pas
  4  fait d’une autre révision que celle d’ici
  5  mêmes données, texte égal : enregistré, ou fait, par un autre programme
  6  altéré, ou inconnu ici
  7  sans empreinte : rien ne dit que cpomgen l’a fait
"""


@click.command(
    cls=FrenchCommand, short_help="Dire d’un fichier Word ou PDF s’il est ce que cpomgen a fait.", epilog=CODES
)
@click.argument("fichiers", metavar="FICHIER...", nargs=-1, required=True)
@click.option("--contrat", "asked", metavar="ID", default="", help="Le contrat, quand le fichier ne le dit pas.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Pour qui écrire.")
@FOLDER
def verify(fichiers: tuple[str, ...], asked: str, form: str, folder: Path) -> int:
    """Dire si chaque FICHIER, Word ou PDF, est ce que cpomgen a fait, de quel texte, s’il a été signé, ou altéré."""
    from cpomgen.commands.candidates import Reader
    from cpomgen.kept import Kept
    from cpomgen.verdict import record

    reader = Reader(find_root(folder), Kept())
    identifiant = chosen_ids([asked])[0] if asked else ""
    status, records = 0, []
    for rank, file in enumerate(fichiers):
        try:
            found = _verified(reader, _received(folder, file), identifiant)
        except ProblemError as error:
            tell(error.problems, WorkTree(folder))
            records.append({"fichier": file, "reponse": "illisible", "code": 1})
            status = max(status, 1)
            continue
        records.append(record(found))
        status = max(status, found.answer.status)
        if form == "text":
            say((*([""] if rank else []), *_told(found)))
    if form == "json":
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    return status


def _verified(reader: Reader, received: Received, asked: str) -> Verdict:
    """Return what a file is; files verified together share what reads them."""
    from cpomgen.commands.altered import altered
    from cpomgen.commands.verifying import Search, proved

    search = Search(reader, received)
    made = search.made(asked)
    return proved(search, made) if made else altered(search)


def _received(folder: Path, file: str) -> Received:
    """Return a file as it says what it is; raise ProblemError when it is neither Word nor PDF, or cannot be read."""
    from cpomgen.claim import Claim, claimed
    from cpomgen.commands.received import content_of
    from cpomgen.commands.verifying import Received
    from cpomgen.package import unpack
    from cpomgen.pdf import read_pdf
    from cpomgen.reread import reread

    content = content_of(folder, file)
    if b"%PDF-" in content[:1024]:
        pdf = read_pdf(content, file)
        return Received(file, content, Claim(pdf.donnees, pdf.title, pdf.edges), None)
    relu = reread(unpack(content, file, linked=True))
    return Received(file, content, claimed(relu.imprime, relu.donnees), relu)


def _told(verdict: Verdict) -> Iterator[str]:
    from cpomgen.pen import PLAIN
    from cpomgen.retold import AS_TEXT, told
    from cpomgen.verdict import lines

    yield from lines(verdict)
    if verdict.retouches:
        yield from told(verdict.retouches, coloured() if sys.stdout.isatty() else PLAIN, AS_TEXT, {})
