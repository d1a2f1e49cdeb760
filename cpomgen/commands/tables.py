"""A file that a command is given → the sheet that it holds, its columns; a sheet → the file that was asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpomgen.column import plain
from cpomgen.commands.asked import type_of
from cpomgen.commands.placed import put
from cpomgen.delimited import read_delimited, write_delimited
from cpomgen.feuille import Cell, Feuille, as_text, letters
from cpomgen.glance import typed
from cpomgen.heading import Headings
from cpomgen.problem import Mark, Problem, ProblemError, Severity
from cpomgen.project import kind_of, known_type
from cpomgen.reading import Reading
from cpomgen.schema import Schema
from cpomgen.titles import ERRORS, Titles, read_mapping, read_titles
from cpomgen.tree import Tree
from cpomgen.wording import majuscule
from cpomgen.workbook import read_workbook

if TYPE_CHECKING:
    from cpomgen.commands.importing import Ligne

BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how a workbook begins, whatever it is called


def schema_named(tree: Tree, kind: str | None) -> Schema:
    """Return the schema of a type of contract, that of the project when it has one alone."""
    return Reading(tree).kind(known_type(tree, type_of(tree, kind, "des contrats")))[0]


def schema_read(tree: Tree, kind: str | None, feuille: Feuille, mapping: Path | None) -> Schema:
    """Return the schema of the type that is asked for, else of the only one that has all the columns of a sheet."""
    names = tree.names("schemas", ".yaml")
    if kind is None and len(names) > 1:
        fitting = [name for name in names if _fits(tree, name, feuille, mapping)]
        kind = fitting[0] if len(fitting) == 1 else None
    return schema_named(tree, kind)


def _fits(tree: Tree, kind: str, feuille: Feuille, mapping: Path | None) -> bool:
    try:
        read_columns(feuille, schema_named(tree, kind), mapping)
    except ProblemError:
        return False
    return True


def started_from(
    tree: Tree, base: Path | None, kind: str | None, feuille: Feuille, mapping: Path | None
) -> tuple[bytes | None, Schema]:
    """Return what new contracts start from, and the schema of their type; raise ProblemError for a base of another."""
    if base is None:
        return None, schema_read(tree, kind, feuille, mapping)
    content = base.read_bytes()
    found = kind_of(typed(content, base.name), tree)
    if kind not in (None, found):
        message = f"ce contrat de départ est du type « {found} », et non « {kind} »."
        raise ProblemError(Problem("CPOM712", Mark(base.name), message, "Donnez un contrat de départ du même type."))
    return content, schema_named(tree, found)


def open_sheet(path: Path, asked: str = "") -> Feuille:
    """Return the sheet of a file, a workbook or CSV; raise ProblemError when it cannot be read."""
    content = path.read_bytes()
    return read_workbook(content, path.name, asked) if content.startswith(BOOKS) else read_delimited(content, path.name)


def read_columns(feuille: Feuille, schema: Schema, mapping: Path | None) -> tuple[Headings, Titles]:
    """Return the fields that titles may name, and the columns of a sheet; raise ProblemError when some are none."""
    headings = Headings(schema)
    known = read_mapping(typed(mapping.read_bytes(), mapping.name), headings) if mapping else None
    return headings, read_titles(feuille, headings, known)


def returned(feuille: Feuille, titles: Titles, refused: Iterable[Ligne]) -> bytes:
    """Return the workbook of what was refused: the same sheet, faulty cells marked, a last column that says why."""
    from cpomgen.writebook import write_workbook

    rows = {number: dict(row) for number, row in feuille.rows.items()}
    last = next((rank for rank, cell in rows[titles.row].items() if plain(as_text(cell.value)) == plain(ERRORS)), 0)
    last = last or feuille.last_column + 1
    for row in rows.values():
        row.pop(last, None)
    rows[titles.row][last] = Cell(ERRORS)
    faults: dict[tuple[int, int], list[str]] = defaultdict(list)
    for ligne in refused:
        told = [(fault.rank, _sentence(fault.problem)) for fault in ligne.faults]
        rows[ligne.number][last] = Cell("\n".join(_placed(rank, text) for rank, text in told))
        for rank, text in told:
            faults[ligne.number, rank or titles.identity].append(text)
    marked = {place: "\n".join(texts) for place, texts in faults.items()}
    return write_workbook(Feuille(feuille.file, rows, feuille.name), marked, titles.row)


def _sentence(problem: Problem) -> str:
    return " ".join(filter(None, (majuscule(problem.message), majuscule(problem.remedy))))


def _placed(rank: int, text: str) -> str:
    return f"{letters(rank)} : {text}" if rank else text


def write_beside(path: Path, content: bytes, *, taken: bool) -> Path:
    """Write a file, under the next free name unless it may be `taken`, and return its path."""
    count = 1
    place = path
    while not taken and place.exists() and place.read_bytes() != content:
        count += 1
        place = path.with_stem(f"{path.stem}-{count}")
    put(place, content, str(place))
    return place


def write_sheet(path: Path, feuille: Feuille, encoding: str, *, overwrite: bool) -> list[Problem]:
    """Write a sheet as the name of its file says, and return what could not be put in it; raise ProblemError."""
    from cpomgen.excel import LONGEST
    from cpomgen.writebook import write_workbook

    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise click.UsageError("le nom du fichier se termine par .xlsx ou par .csv.")
    lost = [
        (number, rank)
        for number, row in feuille.rows.items()
        for rank, cell in row.items()
        if len(as_text(cell.value)) > LONGEST
    ]
    rows = {
        number: {rank: cell for rank, cell in row.items() if (number, rank) not in lost}
        for number, row in feuille.rows.items()
    }
    kept = Feuille(feuille.file, rows, feuille.name)
    content, odd = write_delimited(kept, encoding) if path.suffix.lower() == ".csv" else (write_workbook(kept), [])
    if path.exists() and not overwrite and path.read_bytes() != content:
        message = "ce fichier existe déjà, avec un autre contenu : il n'est pas remplacé."
        raise ProblemError(Problem("CPOM710", Mark(str(path)), message, "Donnez un autre nom par -o, ou --ecraser."))
    put(path, content, str(path))
    return [*(_lost(kept, place, LONG) for place in lost), *(_lost(kept, place, UNKNOWN) for place in odd)]


LONG = "ce texte est trop long pour une cellule d'Excel : la cellule reste vide, ce qui ne change rien au retour."
UNKNOWN = "ce texte a des signes que Windows-1252 n'a pas : la cellule reste vide, ce qui ne change rien au retour."


def _lost(feuille: Feuille, place: tuple[int, int], message: str) -> Problem:
    return Problem("CPOM711", feuille.mark(*place), message, severity=Severity.AVERTISSEMENT)
