"""A file that a command makes where it is asked to → on the disk, over no other unless that is asked too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpomgen.problem import Mark, Problem, ProblemError

if TYPE_CHECKING:
    from pathlib import Path


def place(folder: Path, file: str, content: bytes, *, overwrite: bool) -> None:
    """Write a file; raise ProblemError rather than over another."""
    path = folder / file
    if path.exists() and not overwrite:
        message, remedy = "ce fichier existe déjà.", "donnez-lui un autre nom par « -o », ou ajoutez --ecraser."
        raise ProblemError(Problem("CPOM681", Mark(file), message, remedy))
    put(path, content, file)


def put(path: Path, content: bytes, file: str) -> None:
    """Write a file that is told as `file`; raise ProblemError when the disk refuses."""
    from cpomgen.disk import swap, unwritable

    try:
        swap(path, content)
    except OSError as error:
        raise ProblemError(unwritable(error, Mark(file))) from None
