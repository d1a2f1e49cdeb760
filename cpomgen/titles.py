"""A sheet × the fields that titles may name → its columns, by their titles or by a mapping file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from cpomgen.column import Column, Item, column_at, leaves, plain
from cpomgen.feuille import TITLES, Cell, Feuille, as_text
from cpomgen.heading import Headings
from cpomgen.problem import Mark, Problem, ProblemError, Severity
from cpomgen.source import Scalar, Source, shown

ERRORS = "Erreurs"  # the column that is added to what comes back
SHOWN = 6  # candidates that a message shows
CODE = "CPOM704"
WAYS = "Un chemin s'écrit comme duree.date_fin, ou annexes.financement.sources[fir].montants.2012."


@dataclass(frozen=True, slots=True)
class Titles:
    """The row of titles of a sheet, its columns by rank, what of it is left aside."""

    row: int
    columns: Mapping[int, Column]
    identity: int
    problems: tuple[Problem, ...] = ()


def read_titles(feuille: Feuille, headings: Headings, mapping: Mapping[str, Column] | None = None) -> Titles:
    """Return the columns of a sheet; raise ProblemError with all that keeps it from being read."""
    known = {plain(title): column for title, column in mapping.items()} if mapping is not None else None
    row = _row(feuille, headings, known)
    columns: dict[int, Column] = {}
    problems: list[Problem] = []
    aside: list[str] = []
    seen: dict[str, int] = {}
    for rank, cell in sorted(feuille.rows[row].items()):
        title = " ".join(as_text(cell.value).split())
        if plain(title) == plain(ERRORS):
            continue
        mark = feuille.mark(row, rank)
        found = _told(cell, mark) or _column(title, mark, headings, known)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is None:
            aside.append(title)
        elif (twin := seen.setdefault(_same(found), rank)) != rank:
            message = f"« {shown(title)} » donne le même champ que la {feuille.mark(row, twin).place}."
            problems.append(Problem(CODE, mark, message, "Ne gardez que l'une des deux."))
        else:
            columns[rank] = found
    problems += _untitled(feuille, row)
    if problems:
        raise ProblemError(*problems)
    return Titles(row, columns, _identity(columns, headings), tuple(_aside(feuille, row, aside)))


def _row(feuille: Feuille, headings: Headings, known: Mapping[str, Column] | None) -> int:
    """Return the number of the row of titles: the first that names the field by which contracts are known."""
    first = [number for number in sorted(feuille.rows) if number <= TITLES]
    for number in first:
        for cell in feuille.rows[number].values():
            title = as_text(cell.value)
            found = headings.columns(title) if known is None else filter(None, [known.get(plain(title))])
            if [str(each) for each in found] == [str(headings.identity)]:
                return number
    label = headings.title(headings.identity) if headings.identity else "identifiant"
    message = f"aucune colonne n'a pour titre « {label} » : on ne sait pas de quel contrat parle une ligne."
    place = feuille.mark(first[0]) if first else Mark(feuille.file)
    raise ProblemError(Problem(CODE, place, message, f"Ajoutez cette colonne, parmi les {TITLES} premières lignes."))


def _told(cell: Cell, mark: Mark) -> Problem | None:
    return Problem(CODE, mark, f"{cell.fault} : ce n'est pas un titre.", "Corrigez-la.") if cell.fault else None


def _column(title: str, mark: Mark, headings: Headings, known: Mapping[str, Column] | None) -> Column | Problem | None:
    """Return the column that a title means, None when a mapping file does not, or what is wrong with it."""
    if known is not None:
        return known.get(plain(title))
    found = headings.columns(title)
    if len(found) == 1:
        return found[0]
    if not found:
        return Problem(CODE, mark, f"aucun champ ne s'appelle « {shown(title)} ».", headings.nearest(title))
    names = " ; ".join(f"« {headings.title(each)} »" for each in found[:SHOWN])
    message = f"« {shown(title)} » peut désigner {len(found)} champs."
    return Problem(CODE, mark, message, f"Écrivez l'un de ces titres : {names}{' …' if found[SHOWN:] else ''}")


def _same(column: Column) -> str:
    """Return what two columns of one field have alike: the only item of a list is its first."""
    return str(Column(tuple(Item("", 1) if step == Item() else step for step in column.steps), column.field))


def _untitled(feuille: Feuille, row: int) -> Iterator[Problem]:
    """Yield the columns that hold values below the row of titles, and have none."""
    named = set(feuille.rows[row])
    seen: set[int] = set()
    for number, cells in feuille.rows.items():
        for rank in sorted(set(cells) - named - seen) if number > row else ():
            seen.add(rank)
            message = "cette colonne a des valeurs, et pas de titre."
            yield Problem(CODE, feuille.mark(number, rank), message, "Donnez-lui un titre, ou videz-la.")


def _identity(columns: Mapping[int, Column], headings: Headings) -> int:
    return next(rank for rank, column in columns.items() if str(column) == str(headings.identity))


def _aside(feuille: Feuille, row: int, aside: list[str]) -> Iterator[Problem]:
    if aside:
        names = ", ".join(f"« {shown(title)} »" for title in aside)
        message = f"colonnes que le fichier de correspondance ne cite pas, non lues : {names}."
        yield Problem(CODE, feuille.mark(row), message, severity=Severity.AVERTISSEMENT)


def read_mapping(source: Source, headings: Headings) -> dict[str, Column]:
    """Return the columns that a mapping file gives, by title; raise ProblemError with all that is wrong in it."""
    found: dict[str, Column] = {}
    problems: list[Problem] = []
    known = [str(each) for each in leaves(headings.root)]
    for entry in source.root.entries:
        way = entry.value.text.strip() if isinstance(entry.value, Scalar) else ""
        column = column_at(headings.root, way)
        if column is None:
            message = f"« {shown(way)} » ne mène à aucun champ qu'une cellule puisse contenir."
            near = get_close_matches(way, known, 1)
            remedy = f"vouliez-vous écrire « {near[0]} » ?" if near else WAYS
            problems.append(Problem("CPOM705", entry.value.mark, message, remedy))
        else:
            found[entry.key.text] = column
    if str(headings.identity) not in map(str, found.values()):
        message = f"aucune colonne ne donne « {headings.identity} »."
        problems.append(
            Problem("CPOM705", source.root.mark, message, f"Ajoutez une ligne « titre: {headings.identity} ».")
        )
    if problems:
        raise ProblemError(*problems)
    return found
