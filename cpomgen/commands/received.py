"""A file that a command is given, wherever it is, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpomgen.problem import Mark, Problem, ProblemError
from cpomgen.tree import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from cpomgen.package import Package


def received(folder: Path, file: str, *, linked: bool = False) -> Package:
    """Return the Word file of that path; raise ProblemError when it is none. Pictures may be `linked`, not in it."""
    from cpomgen.package import unpack

    return unpack(content_of(folder, file), file, linked=linked)


def content_of(folder: Path, file: str) -> bytes:
    """Return the bytes of the file of that path; raise ProblemError when it does not open, or has no end."""
    message, remedy = "ce fichier ne s'ouvre pas.", "vérifiez son nom, et qu'il n'est pas ouvert dans Word."
    path = folder / file
    try:
        if path.is_file() and path.stat().st_size <= MAX_BYTES:
            return path.read_bytes()
        if path.is_file():
            remedy = f"il a plus de {MAX_BYTES} octets : ce n'est pas un document de cpomgen."
    except (OSError, ValueError):  # closed to us, or no name at all
        pass
    raise ProblemError(Problem("CPOM664", Mark(file), message, remedy))
