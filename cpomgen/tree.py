"""The one door through which bytes of a project come in: a Tree reads a path, wherever the bytes are kept."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Protocol

from cpomgen.problem import Mark, Problem, ProblemError

MAX_BYTES = 64 * 1024 * 1024  # no file of a project comes near; stages that read one have bounds of their own
LONGEST = 100  # signs of a name: the whole path of a document has 260 on Windows
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?", re.IGNORECASE | re.DOTALL)
REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]')

INSIDE = (
    "un nom de fichier du projet a des lettres, des chiffres et des tirets, sans « .. » ni nom réservé par Windows."
)


def is_portable(name: str) -> bool:
    """Tell whether a file or a folder can have this name wherever a project may be copied to."""
    ends = name.startswith((".", " ")) or name.endswith((".", " "))
    return 0 < len(name) <= LONGEST and not (ends or REFUSED.search(name) or RESERVED.fullmatch(name))


def inside(path: str) -> tuple[str, ...]:
    """Return the parts of a path of the project; raise ProblemError when it leads out of it."""
    parts = PurePosixPath(path).parts
    if not all(map(is_portable, parts)):
        raise ProblemError(Problem("CPOM005", Mark(path), "ce chemin ne désigne pas un fichier du projet.", INSIDE))
    return parts


def missing(path: str) -> Problem:
    """Return what is wrong with a path of the project where there is no file."""
    remedy = "remettez-le à cette place, ou corrigez le nom demandé."
    return Problem("CPOM001", Mark(path), "ce fichier n'existe pas.", remedy)


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
        target = self.root.joinpath(*inside(path))
        try:
            found = target.stat()
            if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
                raise ProblemError(
                    Problem("CPOM002", Mark(path), "ce n'est pas un fichier ordinaire.", "remplacez-le par un fichier.")
                )
            if found.st_size > MAX_BYTES:
                message = f"ce fichier a plus de {MAX_BYTES} octets."
                raise ProblemError(Problem("CPOM002", Mark(path), message, "remettez le fichier du projet."))
            return target.read_bytes()
        except FileNotFoundError:
            raise ProblemError(missing(path)) from None
        except OSError as error:
            raise ProblemError(self._unreadable(path, error)) from None

    def _unreadable(self, path: str, error: OSError) -> Problem:
        if (self.root / PurePosixPath(path)).is_dir():  # which Windows calls a refused permission
            return Problem("CPOM002", Mark(path), "un dossier porte le nom de ce fichier.", "renommez ce dossier.")
        reason = "l'accès en est refusé" if isinstance(error, PermissionError) else f"erreur {error.errno} du système"
        remedy = "vérifiez que vous pouvez l'ouvrir, puis relancez."
        return Problem("CPOM002", Mark(path), f"ce fichier est illisible ({reason}).", remedy)

    def below(self, folder: str) -> tuple[str, ...]:
        """Return the paths of all the files of a folder and of those in it, but hidden ones and Word's own marks."""
        found = (path.relative_to(self.root) for path in (self.root / folder).rglob("*") if path.is_file())
        return tuple(sorted(path.as_posix() for path in found if not path.name.startswith((".", "~$"))))

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        found = (self.root / PurePosixPath(folder)).glob(f"*{suffix}")
        return tuple(sorted(path.name.removesuffix(suffix) for path in found if path.is_file()))


def as_git_keeps(content: bytes) -> bytes:
    """Return a file with the line ends that git keeps, whatever those of the disk; one that is no text as it is."""
    return content if b"\0" in content[:8000] else content.replace(b"\r\n", b"\n")


class Alone:
    """One file, by itself, whatever it is called; there is no other."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, _path: str) -> bytes:
        """Return the bytes of the file."""
        return self.content

    def names(self, _folder: str, _suffix: str) -> tuple[str, ...]:
        """Return no name."""
        return ()


class Bundle:
    """Files of a project as a value, which can be sent elsewhere; problems stand for one that cannot be read."""

    def __init__(self, files: Mapping[str, bytes | tuple[Problem, ...]]) -> None:
        self.files = files

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing or unreadable."""
        found = self.files.get(path)
        if isinstance(found, bytes):
            return found
        raise ProblemError(*(found or (missing(path),)))

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        where = PurePosixPath(folder)
        names = (PurePosixPath(path).name for path in self.files if PurePosixPath(path).parent == where)
        return tuple(sorted(name.removesuffix(suffix) for name in names if name.endswith(suffix)))


class Moment:
    """A tree as it is when its files are first read: whoever reads one again finds the same, whatever is saved.

    `contents` are the files read, `sought` all that were asked for, whether they are there or not.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.contents: dict[str, bytes] = {}
        self.sought: set[str] = set()

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing or unreadable."""
        self.sought.add(path)
        if path not in self.contents:
            self.contents[path] = self.tree.read(path)
        return self.contents[path]

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        return self.tree.names(folder, suffix)


class Overlaid:
    """A tree some files of which are others, or new: what would be read if they were written."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.contents: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raise ProblemError when it is missing or unreadable."""
        return self.contents[path] if path in self.contents else self.tree.read(path)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the sorted stems of the files of `folder` whose names end in `suffix`."""
        paths = (path.rpartition("/") for path in self.contents)
        new = {name.removesuffix(suffix) for above, _, name in paths if above == folder and name.endswith(suffix)}
        return tuple(sorted({*self.tree.names(folder, suffix), *new}))
