"""A Word file that a command is given, wherever it is, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpomgen.problem import Mark, Problem, ProblemError

if TYPE_CHECKING:
    from pathlib import Path

    from cpomgen.package import Package


def received(folder: Path, file: str, *, linked: bool = False) -> Package:
    """Return the Word file of that path; raise ProblemError when it is none. Pictures may be `linked`, not in it."""
    from cpomgen.package import unpack

    try:
        content = (folder / file).read_bytes()
    except (OSError, ValueError):
        message, remedy = "ce fichier ne s'ouvre pas.", "vérifiez son nom, et qu'il n'est pas ouvert dans Word."
        raise ProblemError(Problem("CPOM664", Mark(file), message, remedy)) from None
    return unpack(content, file, linked=linked)
