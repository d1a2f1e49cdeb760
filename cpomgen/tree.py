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
            remedy = "remettez-le à cette place, ou corrigez le nom demandé."
            raise ProblemError(Problem("CPOM001", Mark(path), "ce fichier n'existe pas.", remedy)) from None
        except OSError as error:
            raise ProblemError(self._unreadable(path, error)) from None

    def _unreadable(self, path: str, error: OSError) -> Problem:
        if (self.root / PurePosixPath(path)).is_dir():  # which Windows calls a refused permission
            return Problem("CPOM002", Mark(path), "un dossier porte le nom de ce fichier.", "renommez ce dossier.")
        reason = "l'accès en est refusé" if isinstance(error, PermissionError) else f"erreur {error.errno} du système"
        remedy = "vérifiez que vous pouvez l'ouvrir, puis relancez."
        return Problem("CPOM002", Mark(path), f"ce fichier est illisible ({reason}).", remedy)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        found = (self.root / PurePosixPath(folder)).glob(f"*{suffix}")
        return tuple(sorted(path.name.removesuffix(suffix) for path in found if path.is_file()))
