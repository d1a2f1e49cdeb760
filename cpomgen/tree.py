"""The one door through which bytes of a project come in: a Tree reads a path, wherever the bytes are kept."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Protocol

from cpomgen.problem import Mark, Problem, ProblemError


class Tree(Protocol):
    """Files of a project at one moment; paths are POSIX, relative to the project's root."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing or unreadable."""

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""


class WorkTree:
    """The files on disk, as they are now."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing or unreadable."""
        try:
            return (self.root / PurePosixPath(path)).read_bytes()
        except FileNotFoundError:
            raise ProblemError(Problem("CPOM001", Mark(path), "ce fichier n'existe pas.")) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise ProblemError(Problem("CPOM002", Mark(path), f"ce fichier est illisible ({reason}).")) from None

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        found = (self.root / PurePosixPath(folder)).glob(f"*{suffix}")
        return tuple(sorted(path.name.removesuffix(suffix) for path in found if path.is_file()))
