"""A sheet of cells: what is read of a spreadsheet before anything is made of it, what is written as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.wording import combien

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | Decimal | date | bool

MAX_ROWS = 50_000
MAX_COLUMNS = 5_000
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
TITLES = 30  # rows among which the titles of columns are looked for
LETTERS = 26


class Cell(NamedTuple):
    """What a cell holds, and why it cannot be taken; `form` is how figures show.

    It is `loose` when a spreadsheet may have altered it: a number, or what a CSV file has no type for.
    """

    value: Value = ""
    fault: str = ""
    form: str = ""
    loose: bool = False

    def __bool__(self) -> bool:
        return bool(self.fault) or not isinstance(self.value, str) or bool(self.value.strip())


def text_cell(text: str, *, loose: bool = False) -> Cell:
    """Return the cell of a text, its line ends made alike; what commands a terminal is not to be taken."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := COMMANDS.search(text):
        fault = f"cette cellule a un signe de commande (U+{ord(found[0]):04X})"
        return Cell(COMMANDS.sub("\ufffd", text), fault, loose=loose)
    return Cell(text, loose=loose)


Row = dict[int, Cell]  # by rank of column, from 1; those with nothing are left out


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet: the file it is of, its name, its rows by number as a spreadsheet shows them, what is told of it."""

    file: str
    rows: Mapping[int, Row]
    name: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def last_row(self) -> int:
        """Return the number of the last row that holds something."""
        return max(self.rows, default=0)

    @property
    def last_column(self) -> int:
        """Return the rank of the last column that holds something."""
        return max((max(row, default=0) for row in self.rows.values()), default=0)

    def mark(self, row: int, column: int = 0) -> Mark:
        """Return the place of a cell, of a whole row without a column."""
        return Mark(self.file, place=f"cellule {letters(column)}{row}" if column else f"ligne {row}")


def as_text(value: Value) -> str:
    """Return a value as one types it in a French spreadsheet."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04}"
    return value


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column: A, Z, AA."""
    found = ""
    while column:
        column, rank = divmod(column - 1, LETTERS)
        found = chr(ord("A") + rank) + found
    return found


def rank_of(name: str) -> int:
    """Return the rank of a column by its letters."""
    rank = 0
    for letter in name:
        rank = rank * LETTERS + ord(letter) - ord("A") + 1
    return rank


def check_size(file: str, rows: int, columns: int) -> None:
    """Raise ProblemError for a sheet that no campaign fills."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        size = f"{combien(rows, 'ligne')} et {combien(columns, 'colonne')}"
        message = f"cette feuille a {size} ; {MAX_ROWS} et {MAX_COLUMNS} au plus sont lues."
        remedy = "Gardez une ligne par contrat, et les seules colonnes utiles."
        raise ProblemError(Problem("CPOM700", Mark(file), message, remedy))
